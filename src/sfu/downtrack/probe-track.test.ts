import { expect, test } from "bun:test";
import {
  FakeSource,
  type PacketFields,
  packetOf,
  RecordingSink,
} from "../../../test/support/send-side.ts";
import { ReportBlock } from "../../wire/rtcp/rtcp-cursor.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";
import { Allocator } from "../allocator/allocator.ts";
import { Forwarder } from "../forwarder/forwarder.ts";
import { Translation, Verdict } from "../forwarder/translation.ts";
import { DownTrack } from "./down-track.ts";
import { SendTransport } from "./send-transport.ts";

const SSRC = 10;
const RTX_SSRC = 11;
const PAYLOAD_TYPE = 104;
const RTX_PAYLOAD_TYPE = 105;

function rig(rtxSsrc = RTX_SSRC) {
  const source = new FakeSource();
  source.isVideo = true;
  const sink = new RecordingSink();
  const transport = new SendTransport(sink);
  transport.extensions = { ...NO_EXTENSIONS, transportSequence: 5 };
  const codec = {
    codec: Codec.H264,
    payloadType: PAYLOAD_TYPE,
    rtxPayloadType: rtxSsrc === 0 ? 0 : RTX_PAYLOAD_TYPE,
    fmtp: "packetization-mode=1;profile-level-id=42e01f",
  };
  const settings = {
    isDisabled: false,
    maxSpatialLayer: 0,
    maxTemporalLayer: 3,
    maxFrameRate: 0,
    priority: 1,
  };
  const track = new DownTrack(
    0,
    {
      downTrackId: 1,
      ssrc: SSRC,
      rtxSsrc,
      codecs: [codec],
      cname: "c",
      isScreenShare: false,
      settings,
    },
    source,
    transport,
    new Allocator(true),
    7,
  );
  const write = (nowMs: number, extSn: number, fields: Partial<PacketFields> = {}): void => {
    const whole: PacketFields = {
      codec: Codec.H264,
      extSn,
      extTs: extSn * 3_000,
      marker: true,
      isKeyFrame: extSn === 1,
      payload: new Uint8Array(400).fill(extSn),
      ...fields,
    };
    source.kept.set(`0:${extSn}`, whole);
    track.write(packetOf(whole), nowMs);
  };
  /** The client has reported on what it receives. */
  const report = (): void => {
    const block = Object.assign(new ReportBlock(), { ssrc: SSRC, highestSn: 4_097 });
    track.handleReceiverReport(1_000, block);
  };
  return { source, sink, transport, track, settings, write, report };
}

test("a track is not probed before it flows and its receiver has reported, nor while muted", () => {
  const { track, settings, write, report, transport } = rig();
  expect(track.canProbe).toBe(false);
  write(0, 1);
  expect(track.canProbe).toBe(false);
  report();
  expect(track.canProbe).toBe(true);
  track.setSettings(10, { ...settings, isDisabled: true });
  expect(track.canProbe).toBe(false);
  track.setSettings(20, settings);
  expect(track.canProbe).toBe(true);
  transport.extensions = NO_EXTENSIONS;
  expect(track.canProbe).toBe(false);
});

test("a probe repeats the newest packets, on the RTX stream and numbered", () => {
  const { track, sink, write, report, transport } = rig();
  for (let extSn = 1; extSn <= 8; extSn++) write(extSn * 33, extSn);
  report();
  const mediaBytes = track.sentBytes;
  sink.take();
  const before = transport.sent.nextExtSn;
  const sent = track.sendProbe(1_000, 900);
  const packets = sink.take();
  expect(packets.map(({ payload }) => payload.at(-1))).toEqual([8, 7, 6]);
  for (const packet of packets) {
    expect(packet).toMatchObject({ ssrc: RTX_SSRC, payloadType: RTX_PAYLOAD_TYPE });
  }
  expect(transport.sent.nextExtSn - before).toBe(3);
  expect(track.sentBytes - mediaBytes).toBe(sent);
  track.sendProbe(1_020, 100_000);
  expect(sink.take()).toHaveLength(6);
});

test("where nothing can be repeated a probe is padding of 255 bytes on the RTX stream", () => {
  const { track, sink, source, write, report } = rig();
  write(0, 1, { marker: false });
  report();
  source.kept.clear();
  sink.take();
  const sent = track.sendProbe(1_000, 1_100);
  const packets = sink.take();
  expect(packets).toHaveLength(4);
  expect(packets.map(({ bytes }) => bytes.length).reduce((a, b) => a + b)).toBe(sent);
  for (const packet of packets) {
    expect(packet).toMatchObject({ ssrc: RTX_SSRC, ts: 0, paddingBytes: 255 });
    expect(packet.payload).toHaveLength(0);
  }
  const sns = packets.map(({ sn }) => sn);
  expect(sns).toEqual(sns.map((_, i) => sns[0]! + i));
  expect(track.stats).toMatchObject({ probePackets: 4, probeBytes: sent, fillPackets: 0 });
});

test("without RTX padding goes between two frames of the media, and its numbers stay whole", () => {
  const { track, sink, write, report } = rig(0);
  write(0, 1);
  write(33, 2, { marker: false });
  report();
  expect(track.sendProbe(40, 500)).toBe(0);
  write(45, 3);
  write(50, 5, { marker: true });
  expect(track.sendProbe(60, 500)).toBeGreaterThan(500);
  write(66, 6);
  write(67, 4);
  const packets = sink.take();
  const sns = packets.map(({ sn }) => sn).toSorted((a, b) => a - b);
  expect(sns).toEqual(sns.map((_, i) => sns[0]! + i));
  const padding = packets.filter(({ paddingBytes }) => paddingBytes > 0);
  expect(padding).toHaveLength(2);
  expect(padding[0]).toMatchObject({ ssrc: SSRC, payloadType: PAYLOAD_TYPE, marker: false });
});

test("padding closes a frame that a pause broke off, before more of it goes out", () => {
  const forwarder = new Forwarder(new FakeSource());
  const sent = new Translation();
  forwarder.layers.maxSpatial = 0;
  forwarder.setTarget(0, 3, 0, false);
  expect(forwarder.placePadding(sent)).toBe(false);
  const fields = { codec: Codec.H264, extSn: 1, extTs: 3_000, isKeyFrame: true, marker: false };
  expect(forwarder.translate(0, packetOf(fields), sent)).toBe(Verdict.Forward);
  const { outSn, outTs } = sent;
  expect(forwarder.placePadding(sent)).toBe(false);
  forwarder.setTarget(-1, -1, -1, true);
  expect(forwarder.placePadding(sent)).toBe(true);
  expect(sent).toMatchObject({ outSn: outSn + 1, outTs, marker: true });
  expect(forwarder.placePadding(sent)).toBe(true);
  expect(sent).toMatchObject({ outSn: outSn + 2, outTs, marker: false });
});

test("padding on the media stream is no number that was left out", () => {
  const { track, write, report } = rig(0);
  write(0, 1);
  report();
  expect(track.sendProbe(20, 500)).toBeGreaterThan(0);
  write(33, 2);
  expect(track.stats.sent.missingUpTo(Number.MAX_SAFE_INTEGER)).toBe(0);
});
