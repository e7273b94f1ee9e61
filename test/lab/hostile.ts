import { ReportBlock } from "../../src/wire/rtcp/rtcp-cursor.ts";
import {
  writeFir,
  writeNack,
  writePli,
  writeReceiverReport,
  writeRemb,
  writeSenderReport,
} from "../../src/wire/rtcp/rtcp-writer.ts";
import { TwccFeedbackWriter } from "../../src/wire/rtcp/twcc-feedback.ts";
import { PUBLISHED_IDS } from "./extensions.ts";
import { Lab } from "./lab.ts";
import type { LabPeer } from "./lab-peer.ts";
import type { PublishedVideo, PublisherClient } from "./publisher-client.ts";
import { Random } from "./random.ts";
import { createRtp, type Element } from "./rtp-writer.ts";
import type { SubscriberClient, WatchedVideo } from "./subscriber-client.ts";
import { VIDEO_PAYLOAD_TYPE } from "./video-tracks.ts";

/** A room with an honest pair, and one who attacks: it publishes to the viewer, and watches too. */
export type HostileRoom = {
  readonly lab: Lab;
  readonly random: Random;
  readonly publisher: PublisherClient;
  readonly camera: PublishedVideo;
  readonly viewer: SubscriberClient;
  readonly watched: WatchedVideo;
  readonly attacker: PublisherClient;
  readonly attackedTrack: PublishedVideo;
  readonly watcher: SubscriberClient;
  readonly ownView: WatchedVideo;
};

const WARM_UP_MS = 3_000;

export function createHostileRoom(seed: number): HostileRoom {
  const lab = new Lab(seed);
  const publisher = lab.addPublisher();
  const camera = lab.publishVideo(publisher, { mode: "vp8" });
  const attacker = lab.addPublisher();
  const attackedTrack = lab.publishVideo(attacker, { mode: "vp8" });
  const downlink = { rateBps: 20_000_000, delayMs: 20 };
  const viewer = lab.addSubscriber({ feedback: "twcc", downlink });
  const watched = lab.watch(viewer, camera);
  lab.watch(viewer, attackedTrack);
  const watcher = lab.addSubscriber({ feedback: "twcc", downlink });
  const ownView = lab.watch(watcher, camera);
  lab.run(WARM_UP_MS);
  return {
    lab,
    random: new Random(seed + 1),
    publisher,
    camera,
    viewer,
    watched,
    attacker,
    attackedTrack,
    watcher,
    ownView,
  };
}

/** Hands the engine so many packets a second, spread over the time, while everybody goes on. */
export function attack(
  room: HostileRoom,
  peer: LabPeer,
  packetsPerSecond: number,
  durationMs: number,
  create: (index: number) => Uint8Array,
): void {
  const count = (packetsPerSecond * durationMs) / 1_000;
  for (let index = 0; index < count; index++) {
    room.lab.simulation.after((index * 1_000) / packetsPerSecond, () => {
      peer.receive(create(index));
    });
  }
  room.lab.run(durationMs);
}

export type RtpOptions = {
  readonly ssrc: number;
  readonly sn: number;
  readonly ts?: number;
  readonly payloadType?: number;
  readonly bytes?: number;
  readonly elements?: readonly Element[];
};

/** A packet with a payload of chance, which begins like VP8. */
export function rtp(random: Random, options: RtpOptions): Uint8Array {
  const payloadBytes = Math.max(1, (options.bytes ?? 64) - 12);
  const packet = createRtp(
    {
      payloadType: options.payloadType ?? VIDEO_PAYLOAD_TYPE,
      marker: random.chance(0.3),
      sn: options.sn & 0xffff,
      ts: (options.ts ?? random.uint32()) >>> 0,
      ssrc: options.ssrc,
      elements: options.elements ?? [],
    },
    payloadBytes,
  );
  const at = packet.length - payloadBytes;
  for (let i = 0; i < Math.min(payloadBytes, 16); i++) packet[at + i] = random.uint32();
  packet[at] = 0x90;
  return packet;
}

/** Extension elements of chance under the ids that mean something, and others. */
export function elementsOfChance(random: Random): Element[] {
  const ids = [...Object.values(PUBLISHED_IDS), 14].filter((id) => id > 0);
  return ids
    .filter(() => random.chance(0.5))
    .map((id) => ({
      id,
      bytes: Uint8Array.from({ length: 1 + (random.uint32() % 40) }, () => random.uint32()),
    }));
}

/** Rubbish that a subscriber, or publisher, may say of a stream that need not be its own. */
export function rtcp(random: Random, ssrc: number): Uint8Array {
  const out = new Uint8Array(2_000);
  const sender = random.uint32();
  const kind = random.uint32() % 9;
  if (kind === 0) return out.slice(0, writePli(out, 0, sender, ssrc));
  if (kind === 1) return out.slice(0, writeFir(out, 0, sender, ssrc, random.uint32()));
  if (kind === 2) {
    const sns = Uint16Array.from({ length: 300 }, () => random.uint32());
    return out.slice(0, writeNack(out, 0, sender, ssrc, sns, sns.length));
  }
  if (kind === 3) {
    const bps = [0, 1, 1e3, 2 ** 60, 2 ** 80][random.uint32() % 5]!;
    return out.slice(0, writeRemb(out, 0, sender, [ssrc], bps));
  }
  if (kind === 4) {
    const block = new ReportBlock();
    block.ssrc = ssrc;
    block.fractionLost = random.uint32() & 0xff;
    block.totalLost = random.uint32() & 0x7fffff;
    block.highestSn = random.uint32();
    block.jitterTicks = random.uint32();
    block.lastSr = random.uint32();
    block.delaySinceLastSr = random.uint32();
    return out.slice(0, writeReceiverReport(out, 0, sender, block));
  }
  if (kind === 5) {
    const [seconds, fraction, ts] = [random.uint32(), random.uint32(), random.uint32()];
    return out.slice(0, writeSenderReport(out, 0, ssrc, seconds, fraction, ts, 1, 1));
  }
  if (kind === 6) {
    const writer = new TwccFeedbackWriter();
    const base = random.uint32() & 0xffff;
    const ticks = random.uint32() & 0xffffff;
    writer.start(out, 0, 1_200, sender, ssrc, base, ticks, random.uint32());
    for (let i = 0, sn = base; i < 300; i++, sn += 1 + (random.uint32() % 90)) {
      writer.add(sn, ticks + (random.uint32() % 60_000));
    }
    return out.slice(0, writer.finish());
  }
  const length = 8 + 4 * (random.uint32() % 60);
  const bytes = Uint8Array.from({ length }, () => random.uint32());
  bytes[0] = 0x80 | (bytes[0]! & 0x1f);
  bytes[1] = 200 + (random.uint32() % 8);
  if (kind === 7) {
    bytes[2] = 0;
    bytes[3] = length / 4 - 1;
  }
  return bytes;
}
