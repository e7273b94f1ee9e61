import { bench } from "mitata";
import { Allocator } from "../../src/sfu/allocator/allocator.ts";
import { DependencyParser } from "../../src/sfu/dependency/dependency-parser.ts";
import { DownTrack } from "../../src/sfu/downtrack/down-track.ts";
import { SendTransport } from "../../src/sfu/downtrack/send-transport.ts";
import type { MediaPacket } from "../../src/sfu/packet/media-packet.ts";
import type { RtpSink } from "../../src/sfu/rtp-sink.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../src/wire/rtp/extension-ids.ts";
import { runBenches } from "../support/run-benches.ts";
import { FakeSource, packetOf } from "../support/send-side.ts";
import { SVC_MODES, SvcEncoder } from "../support/svc-encoder.ts";

/** One arena for all peers of a thread, as in the engine. */
const ARENA = new Uint8Array(1 << 18);
let arenaAt = 0;

/** Writes go round the arena and nowhere else. */
class NullSink implements RtpSink {
  readonly arena: Uint8Array = ARENA;

  reserve(bytesMax: number): number {
    if (arenaAt + bytesMax > ARENA.length) arenaAt = 0;
    return arenaAt;
  }

  streamOf(): undefined {}

  sendRtp(length: number): void {
    arenaAt += length;
  }

  sendRtcp(): void {}
}

function downTracks(count: number, codec: Codec, isSvc: boolean = false): DownTrack[] {
  const source = new FakeSource();
  source.isVideo = codec >= Codec.Vp8;
  source.isSvc = isSvc;
  if (!isSvc) {
    source.available.delete(1);
    source.available.delete(2);
  }
  return Array.from({ length: count }, (_, i) => {
    const transport = new SendTransport(new NullSink());
    transport.extensions = { ...NO_EXTENSIONS, absSendTime: 3, dependencyDescriptor: 4 };
    const config = {
      downTrackId: i,
      ssrc: 1000 + i,
      rtxSsrc: 2000 + i,
      codecs: [{ codec, payloadType: 96, rtxPayloadType: 97, fmtp: "" }],
      cname: "bench",
      isScreenShare: false,
      settings: {
        isDisabled: false,
        maxSpatialLayer: 2,
        maxTemporalLayer: 3,
        maxFrameRate: 0,
        priority: 1,
      },
    };
    return new DownTrack(0, config, source, transport, new Allocator(true), i);
  });
}

/** Writes of one iteration. */
const WRITES = 600;
const WARM_UP_ITERATIONS = 200;

/** WRITES writes: each packet goes to `count` subscribers, as a fan-out does. */
function benchFanOut(name: string, count: number, packet: MediaPacket): void {
  bench(`DownTrack.write, ${name}, ${count} subscribers`, function* () {
    const tracks = downTracks(count, packet.codec);
    let nowMs = 0;
    packet.isKeyFrame = true;
    const iterate = (): void => {
      for (let k = 0; k < WRITES / count; k++) {
        nowMs += 1;
        packet.extSn += 1;
        packet.extTs += 960;
        if (packet.pictureId >= 0) packet.pictureId = (packet.pictureId + 1) & 0x7fff;
        for (let i = 0; i < count; i++) tracks[i]!.write(packet, nowMs);
        packet.isKeyFrame = false;
      }
    };
    for (let i = 0; i < WARM_UP_ITERATIONS; i++) iterate();
    yield iterate;
  }).gc("inner");
}

/** Frames of L3T3 from one key picture to the next, a packet each. */
const GOP = 12;

function describedPackets(): MediaPacket[] {
  const encoder = new SvcEncoder(SVC_MODES.L3T3);
  const parser = new DependencyParser(false);
  const packets: MediaPacket[] = [];
  for (let i = 0; i < GOP / 3; i++) {
    for (const frame of encoder.picture(i === 0)) {
      const packet = packetOf({
        codec: Codec.Av1,
        extSn: packets.length,
        extTs: i * 3_000,
        marker: frame.endsPicture,
        payload: new Uint8Array(1194),
        dependencyDescriptor: encoder.descriptor(frame, true, true),
      });
      parser.read(packet);
      packet.isKeyFrame = packet.dependency.descriptor.hasStructure;
      packets.push(packet);
    }
  }
  return packets;
}

/** The same pictures over and over, with new numbers. */
function benchDescribed(count: number): void {
  bench(`DownTrack.write, AV1 L3T3 of 1200 bytes, ${count} subscribers`, function* () {
    const tracks = downTracks(count, Codec.Av1, true);
    const packets = describedPackets();
    let nowMs = 0;
    const iterate = (): void => {
      for (let k = 0; k < WRITES / count; k++) {
        const packet = packets[nowMs % GOP]!;
        nowMs += 1;
        const { dependency } = packet;
        for (let i = 0; i < count; i++) tracks[i]!.write(packet, nowMs);
        packet.extSn += GOP;
        packet.extTs += (GOP / 3) * 3_000;
        dependency.descriptor.extFrameNumber += GOP;
        dependency.keyFrameNumber += GOP;
      }
    };
    for (let i = 0; i < WARM_UP_ITERATIONS; i++) iterate();
    yield iterate;
  }).gc("inner");
}

const audio = packetOf({ codec: Codec.Opus, extSn: 1, extTs: 1, payload: new Uint8Array(160) });
const h264 = packetOf({ codec: Codec.H264, extSn: 1, extTs: 1, payload: new Uint8Array(1200) });
const vp8 = packetOf({
  codec: Codec.Vp8,
  extSn: 1,
  extTs: 1,
  pictureId: 1,
  pictureIdIsLong: true,
  tl0PicIdx: 1,
  temporalLayer: 0,
  keyIdx: 1,
  payload: new Uint8Array(1194),
});

for (const count of [1, 60]) {
  benchFanOut("Opus of 160 bytes", count, audio);
  benchFanOut("H.264 of 1200 bytes", count, h264);
  benchFanOut("VP8 of 1200 bytes", count, vp8);
  benchDescribed(count);
}
await runBenches(WRITES);
