/**
 * What forwarding leaves behind, and what it throws away: the whole engine of a media thread in
 * this process, one camera to 60 subscribers and five microphones to 60, a million packets out at a
 * time. Heap sizes after full collections, no times. Ends with 1 when a bound is passed.
 *
 * - *kept*: growth of the collected heap over a million packets, of the least of three rounds, as
 *   the compilers' own objects come and go.
 * - *garbage*: memory that the heap takes for new objects, where nothing is collected meanwhile; in
 *   steps of its blocks, so a few bytes a packet are none.
 */
import { heapStats } from "bun:jsc";
import { BenchEngine, NullPort } from "../support/bench-engine.ts";
import { AUDIO_LOAD, BenchFrames, type FrameLoad, VIDEO_LOAD } from "../support/bench-frames.ts";

const SUBSCRIBERS = 60;
const PACKETS = 1_000_000;
const ROUNDS = 3;
/** A collection begins by itself after some megabytes: small enough to come before it. */
const GARBAGE_PACKETS = 50_000;
const GARBAGE_ROUNDS = 5;

const KEPT_BYTES_MAX = 64 * 1024;
const GARBAGE_BYTES_MAX = 16;

const LOADS: readonly { readonly load: FrameLoad; readonly publishers: number }[] = [
  { load: VIDEO_LOAD, publishers: 1 },
  { load: AUDIO_LOAD, publishers: 5 },
];

function collectedBytes(): number {
  Bun.gc(true);
  Bun.gc(true); // what finalizers of the first let go
  const { heapSize, extraMemorySize } = heapStats();
  return heapSize + extraMemorySize;
}

/** @returns bytes a packet, or Infinity when a collection came in between */
function garbageOf(forward: (packets: number) => void): number {
  collectedBytes();
  const before = heapStats();
  forward(GARBAGE_PACKETS);
  const after = heapStats();
  if (after.heapSize !== before.heapSize) return Number.POSITIVE_INFINITY;
  return (after.heapCapacity - before.heapCapacity) / GARBAGE_PACKETS;
}

function measure(load: FrameLoad, publishers: number): boolean {
  const port = new NullPort();
  const profile = "AEAD_AES_128_GCM";
  const { media } = load;
  const pathOf = (index: number): number => index;
  const engine = new BenchEngine({
    port,
    profile,
    subscribers: SUBSCRIBERS,
    media,
    publishers,
    pathOf,
  });
  const frames = new BenchFrames(engine, load);
  const forward = (packets: number): void => {
    const start = port.count;
    const frameCount = Math.ceil(packets / (SUBSCRIBERS * publishers * load.packetsPerFrame));
    for (let i = 0; i < frameCount; i++) {
      frames.next();
      engine.node.handleTimeout(engine.nowMs);
    }
    if (port.count - start < packets) {
      throw new Error(`Only ${port.count - start} of ${packets} packets went out`);
    }
  };
  forward(PACKETS); // rings are allocated and hot code is compiled
  const kept: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = collectedBytes();
    forward(PACKETS);
    kept.push(collectedBytes() - before);
  }
  const garbage = Array.from({ length: GARBAGE_ROUNDS }, () => garbageOf(forward));
  const keptBytes = Math.min(...kept);
  const garbageBytes = garbage.toSorted((a, b) => a - b)[GARBAGE_ROUNDS >> 1]!;
  const isGood = keptBytes <= KEPT_BYTES_MAX && garbageBytes <= GARBAGE_BYTES_MAX;
  const title = `${load.name}, ${publishers} to ${SUBSCRIBERS}`;
  console.log(
    `${title.padEnd(34)} kept ${(keptBytes / 1024).toFixed(1).padStart(7)} KiB a million ` +
      `(at most ${KEPT_BYTES_MAX / 1024}), garbage ${garbageBytes.toFixed(1).padStart(5)} B a packet ` +
      `(at most ${GARBAGE_BYTES_MAX})${isGood ? "" : ": TOO MUCH"}   ` +
      `rounds: ${kept.map((bytes) => (bytes / 1024).toFixed(1)).join(" ")} | ` +
      garbage.map((bytes) => bytes.toFixed(1)).join(" "),
  );
  return isGood;
}

const results = LOADS.map(({ load, publishers }) => measure(load, publishers));
if (results.includes(false)) process.exitCode = 1;
