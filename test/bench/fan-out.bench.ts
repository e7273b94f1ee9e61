/**
 * The whole engine in this process: one publisher's SRTP packets in, 60 subscribers' out. CPU
 * microseconds for each packet that goes out, user and system time together: with nothing behind
 * the engine, and with a UDP port whose receivers are never read. And what a tick of the engine
 * costs for each peer that has nothing to do.
 */
import { SILENT_LOG } from "../../src/base/log.ts";
import { createUdpPort } from "../../src/io/udp-port.ts";
import type { DatagramPort } from "../../src/media/datagram-port.ts";
import type { SrtpProfile } from "../../src/transport/dtls/dtls-session.ts";
import { putU16, putU32 } from "../../src/wire/bytes.ts";
import {
  AUDIO_PAYLOAD_TYPE,
  BenchEngine,
  NullPort,
  PUBLISHED_SSRC,
  VIDEO_PAYLOAD_TYPE,
} from "../support/bench-engine.ts";

const SUBSCRIBERS = 60;
const NAME_WIDTH = 76;
const ROUNDS = 5;
const FRAMES_A_ROUND = 300;
const PACED_FRAMES = 60;
const IDLE_TICKS = 4_000;
const TICK_MS = 5;

type Load = {
  readonly name: string;
  readonly media: "audio" | "video";
  readonly packetsPerFrame: number;
  readonly payloadBytes: number;
  readonly frameMs: number;
};

const AUDIO: Load = {
  name: "Opus 120 B, 1 a batch",
  media: "audio",
  packetsPerFrame: 1,
  payloadBytes: 120,
  frameMs: 20,
};
const VIDEO: Load = {
  name: "VP8 1140 B, 6 a frame",
  media: "video",
  packetsPerFrame: 6,
  payloadBytes: 1140,
  frameMs: 33,
};

/** What a publisher sends, one frame after the other. */
class Frames {
  readonly #engine: BenchEngine;
  readonly #load: Load;
  readonly #bytes: Uint8Array;
  #sn = 1;
  #frame = 0;

  constructor(engine: BenchEngine, load: Load) {
    this.#engine = engine;
    this.#load = load;
    this.#bytes = new Uint8Array(12 + load.payloadBytes + 16);
  }

  next(): void {
    const { packetsPerFrame, frameMs, media } = this.#load;
    this.#engine.nowMs += frameMs;
    this.#frame += 1;
    const ticksPerMs = media === "video" ? 90 : 48;
    for (let i = 0; i < packetsPerFrame; i++) this.#send(i, this.#frame * frameMs * ticksPerMs);
    this.#engine.node.flush();
  }

  #send(index: number, ts: number): void {
    const { packetsPerFrame, payloadBytes, media } = this.#load;
    const bytes = this.#bytes;
    const isVideo = media === "video";
    const isLast = index === packetsPerFrame - 1;
    bytes[0] = 0x80;
    bytes[1] = isVideo ? VIDEO_PAYLOAD_TYPE | (isLast ? 0x80 : 0) : AUDIO_PAYLOAD_TYPE;
    putU16(bytes, 2, this.#sn & 0xffff);
    putU32(bytes, 4, ts >>> 0);
    putU32(bytes, 8, PUBLISHED_SSRC);
    bytes.fill(0x55, 12, 12 + payloadBytes);
    if (isVideo) {
      bytes.set([0x80 | (index === 0 ? 0x10 : 0), 0xf0, 0x80 | (this.#frame >> 8)], 12);
      bytes.set([this.#frame & 0xff, this.#frame & 0xff, this.#frame & 0x1f], 15);
      // A key frame to begin with, and no other (RFC 6386 §9.1).
      if (index === 0) bytes.set([this.#frame === 1 ? 0x10 : 0x11, 2, 0], 18);
      if (index === 0) bytes.set([0x9d, 0x01, 0x2a, 0x00, 0x05, 0xd0, 0x02], 21);
    }
    this.#sn += 1;
    const length = this.#engine.publisher.protectRtp(bytes, 0, 12 + payloadBytes);
    this.#engine.receive(bytes.subarray(0, length));
  }
}

type Target = {
  name: string;
  port: DatagramPort;
  pathOf: (index: number) => number;
  count: () => number;
};

function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function measure(load: Load, profile: SrtpProfile, target: Target): void {
  const { port, pathOf } = target;
  const engine = new BenchEngine({
    port,
    profile,
    subscribers: SUBSCRIBERS,
    media: load.media,
    pathOf,
  });
  const frames = new Frames(engine, load);
  for (let i = 0; i < FRAMES_A_ROUND; i++) frames.next();
  let bestUs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const countBefore = target.count();
    const before = cpuUs();
    for (let i = 0; i < FRAMES_A_ROUND; i++) frames.next();
    const packets = target.count() - countBefore;
    const expected = FRAMES_A_ROUND * load.packetsPerFrame * SUBSCRIBERS;
    if (packets < expected) throw new Error(`Only ${packets} of ${expected} packets went out`);
    bestUs = Math.min(bestUs, (cpuUs() - before) / expected);
  }
  const title = `${load.name}, ${profile}, ${target.name}`.padEnd(NAME_WIDTH);
  console.log(`${title} ${bestUs.toFixed(2).padStart(6)} us a packet out`);
}

/** As live: a frame, then nothing for as long as a camera takes. What idling does to caches counts. */
async function measurePaced(load: Load, profile: SrtpProfile, target: Target): Promise<void> {
  const { port, pathOf } = target;
  const engine = new BenchEngine({
    port,
    profile,
    subscribers: SUBSCRIBERS,
    media: load.media,
    pathOf,
  });
  const frames = new Frames(engine, load);
  for (let i = 0; i < FRAMES_A_ROUND; i++) frames.next();
  const idleBefore = cpuUs();
  for (let i = 0; i < PACED_FRAMES; i++) await Bun.sleep(load.frameMs);
  const idleUs = cpuUs() - idleBefore;
  const before = cpuUs();
  for (let i = 0; i < PACED_FRAMES; i++) {
    frames.next();
    await Bun.sleep(load.frameMs);
  }
  const us = (cpuUs() - before - idleUs) / (PACED_FRAMES * load.packetsPerFrame * SUBSCRIBERS);
  const title = `${load.name}, ${profile}, ${target.name}, at a camera's pace`.padEnd(NAME_WIDTH);
  console.log(`${title} ${us.toFixed(2).padStart(6)} us a packet out`);
}

function measureIdle(load: Load): void {
  const engine = new BenchEngine({
    port: new NullPort(),
    profile: "AEAD_AES_128_GCM",
    subscribers: SUBSCRIBERS,
    media: load.media,
    pathOf: (index) => index,
  });
  const tick = (): void => {
    engine.nowMs += TICK_MS;
    engine.node.handleTimeout(engine.nowMs);
    engine.node.flush();
  };
  for (let i = 0; i < IDLE_TICKS; i++) tick();
  const before = cpuUs();
  for (let i = 0; i < IDLE_TICKS; i++) tick();
  const us = (cpuUs() - before) / IDLE_TICKS / (SUBSCRIBERS + 1);
  const title = `a tick of ${TICK_MS} ms, ${SUBSCRIBERS} subscribers of a silent publisher`.padEnd(
    64,
  );
  console.log(`${title} ${us.toFixed(3).padStart(6)} us a peer`);
}

for (const load of [AUDIO, VIDEO]) {
  for (const profile of [
    "AEAD_AES_128_GCM",
    "AEAD_AES_256_GCM",
    "AES128_CM_HMAC_SHA1_80",
  ] as const) {
    const port = new NullPort();
    const target = {
      name: "no socket",
      port,
      pathOf: (index: number) => index,
      count: () => port.count,
    };
    measure(load, profile, target);
    if (profile === "AEAD_AES_128_GCM") await measurePaced(load, profile, target);
  }
}

const receivers = await Promise.all(
  Array.from({ length: SUBSCRIBERS + 1 }, () => Bun.udpSocket({ hostname: "127.0.0.1" })),
);
for (const load of [AUDIO, VIDEO]) {
  const port = await createUdpPort({
    address: "127.0.0.1",
    port: 0,
    log: SILENT_LOG,
    handler: () => {},
  });
  let count = 0;
  const counting: DatagramPort = {
    arena: port.arena,
    reserve: (bytesMax) => port.reserve(bytesMax),
    commit: (path, length) => {
      count += 1;
      port.commit(path, length);
    },
    flush: () => port.flush(),
    holdPath: (path) => port.holdPath(path),
    releasePath: (path) => port.releasePath(path),
    pathAddress: (path) => port.pathAddress(path),
  };
  const paths = receivers.map((receiver) => port.pathTo("127.0.0.1", receiver.port));
  const target: Target = {
    name: port.backend,
    port: counting,
    pathOf: (index) => paths[index]!,
    count: () => count,
  };
  measure(load, "AEAD_AES_128_GCM", target);
  await measurePaced(load, "AEAD_AES_128_GCM", target);
  port.close();
}
for (const receiver of receivers) receiver.close();
measureIdle(VIDEO);
