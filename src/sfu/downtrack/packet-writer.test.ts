import { expect, test } from "bun:test";
import { FakeSource, packetOf, RecordingSink } from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";
import { findExtension } from "../../wire/rtp/rtp-view.ts";
import { Translation } from "../forwarder/translation.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import { SendStatistics } from "../stats/send-statistics.ts";
import { PacketWriter } from "./packet-writer.ts";
import { type SendCodec, SendCodecs } from "./send-codecs.ts";
import { SendTransport } from "./send-transport.ts";

const SSRC = 10;
const RTX_SSRC = 11;
const OPUS: SendCodec = { codec: Codec.Opus, payloadType: 96, rtxPayloadType: 0, fmtp: "" };
const H264: SendCodec = { codec: Codec.H264, payloadType: 98, rtxPayloadType: 99, fmtp: "" };
const TRANSPORT_ID = 5;

function rig(codec: SendCodec, rtxSsrc: number): { writer: PacketWriter; sink: RecordingSink } {
  const sink = new RecordingSink();
  const transport = new SendTransport(sink);
  transport.extensions = {
    ...NO_EXTENSIONS,
    absSendTime: 3,
    transportSequence: TRANSPORT_ID,
    absCaptureTime: 6,
    dependencyDescriptor: 7,
  };
  const codecs = new SendCodecs([codec], new FakeSource());
  const isVideo = codec.codec >= Codec.Vp8;
  const stats = new SendStatistics();
  return { sink, writer: new PacketWriter(SSRC, rtxSsrc, isVideo, codecs, transport, stats, 7) };
}

function packet({ codec }: SendCodec): MediaPacket {
  const captureTime = new Uint8Array(8).fill(0x55);
  const dependencyDescriptor = new Uint8Array(5).fill(0x66);
  return packetOf({ codec, extSn: 1, extTs: 2, captureTime, dependencyDescriptor });
}

/** @returns the packet as it left, and once more a second later */
function sendTwice({ writer, sink }: ReturnType<typeof rig>, codec: SendCodec) {
  const sent = Object.assign(new Translation(), { outSn: 70_000, outTs: 90_000, marker: true });
  for (const [nowMs, verb] of [
    [1_000, "sendMedia"],
    [2_000, "resend"],
  ] as const) {
    expect(writer.prepare(packet(codec))).toBe(true);
    expect(writer[verb](nowMs, packet(codec), sent)).toBe(true);
  }
  const [first, again] = sink.take();
  return { first: first!, again: again! };
}

test.each([
  { title: "audio", codec: OPUS, rtxSsrc: 0 },
  { title: "video without the payload type", codec: { ...H264, rtxPayloadType: 0 }, rtxSsrc: 9 },
  { title: "video without the SSRC", codec: H264, rtxSsrc: 0 },
])("without an RTX stream a packet goes out again byte for byte: $title", ({ codec, rtxSsrc }) => {
  const { first, again } = sendTwice(rig(codec, rtxSsrc), codec);
  expect(first).toMatchObject({ isRetransmission: false, isRepeatable: true, ssrc: SSRC });
  expect(first.view.extensionOffset).toBeGreaterThan(0);
  expect(again).toMatchObject({ isRetransmission: true, isRepeatable: true, ssrc: SSRC });
  expect(again.bytes).toEqual(first.bytes);
});

test("what has an RTX stream is never repeated under its own number", () => {
  const { first, again } = sendTwice(rig(H264, RTX_SSRC), H264);
  expect(first).toMatchObject({ isRepeatable: false, ssrc: SSRC });
  expect(again).toMatchObject({ isRepeatable: false, ssrc: RTX_SSRC });
  expect(findExtension(first.view, TRANSPORT_ID)).toBeGreaterThan(0);
});

test("the stream of the media SSRC is looked up once", () => {
  const { writer, sink } = rig(H264, RTX_SSRC);
  const sent = Object.assign(new Translation(), { outSn: 7, outTs: 9 });
  const written = packet(H264);
  writer.prepare(written);
  writer.sendMedia(1_000, written, sent);
  writer.sendMedia(1_001, written, sent);
  writer.resend(1_002, written, sent);
  expect(sink.lookedUp).toEqual([SSRC]);
  expect(sink.streams[0]).toBeDefined();
  expect(sink.streams).toEqual([sink.streams[0], sink.streams[0], undefined]);
});

/** `LKTS` and a length around two bytes of metadata. */
const TRAILER = [1, 2, 7 ^ 0xff, 0x4c, 0x4b, 0x54, 0x53];
const FRAME = [9, 9, 9];

test.each([
  { title: "cut off at the end of a frame", marker: true, strips: true, left: FRAME },
  { title: "cut off at the end of a layer", isLayerFrameEnd: true, strips: true, left: FRAME },
  { title: "left in the middle of a frame", strips: true, left: [...FRAME, ...TRAILER] },
  { title: "left where it is known", marker: true, strips: false, left: [...FRAME, ...TRAILER] },
])("a packet trailer is $title, the same when it is sent again", (it) => {
  const sink = new RecordingSink();
  const codecs = new SendCodecs([H264], new FakeSource());
  const transport = new SendTransport(sink);
  const stats = new SendStatistics();
  const options = { stripsPacketTrailer: it.strips };
  const writer = new PacketWriter(SSRC, RTX_SSRC, true, codecs, transport, stats, 7, options);
  const payload = Uint8Array.from([...FRAME, ...TRAILER]);
  const isLayerFrameEnd = it.isLayerFrameEnd ?? false;
  const written = packetOf({ codec: H264.codec, extSn: 1, extTs: 2, payload, isLayerFrameEnd });
  const sent = Object.assign(new Translation(), { outSn: 7, outTs: 9, marker: it.marker ?? false });
  writer.prepare(written);
  writer.sendMedia(1_000, written, sent);
  writer.resend(2_000, written, sent);
  const [first, again] = sink.take();
  expect(first!.payload).toEqual(Uint8Array.from(it.left));
  expect(again!.payload).toEqual(Uint8Array.from([0, 7, ...it.left]));
});
