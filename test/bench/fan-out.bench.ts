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
import { BenchEngine, NullPort } from "../support/bench-engine.ts";
import { AUDIO_LOAD, BenchFrames, type FrameLoad, VIDEO_LOAD } from "../support/bench-frames.ts";

const SUBSCRIBERS = 60;
const NAME_WIDTH = 76;
const ROUNDS = 5;
const FRAMES_A_ROUND = 300;
const PACED_FRAMES = 60;
const IDLE_TICKS = 4_000;
const TICK_MS = 5;

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

function measure(load: FrameLoad, profile: SrtpProfile, target: Target): void {
  const { port, pathOf } = target;
  const engine = new BenchEngine({
    port,
    profile,
    subscribers: SUBSCRIBERS,
    media: load.media,
    pathOf,
  });
  const frames = new BenchFrames(engine, load);
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
async function measurePaced(load: FrameLoad, profile: SrtpProfile, target: Target): Promise<void> {
  const { port, pathOf } = target;
  const engine = new BenchEngine({
    port,
    profile,
    subscribers: SUBSCRIBERS,
    media: load.media,
    pathOf,
  });
  const frames = new BenchFrames(engine, load);
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

function measureIdle(load: FrameLoad): void {
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

for (const load of [AUDIO_LOAD, VIDEO_LOAD]) {
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
for (const load of [AUDIO_LOAD, VIDEO_LOAD]) {
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
measureIdle(VIDEO_LOAD);
