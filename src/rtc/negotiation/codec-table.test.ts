import { expect, test } from "bun:test";
import { ALL_CODECS } from "../../../test/support/negotiation.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import {
  CODEC_TABLE,
  codecSetOf,
  type EnabledCodec,
  isH264High,
  isSameVariant,
  receiveFeedback,
  sendFeedback,
} from "./codec-table.ts";

function payloadTypes(kind: "audio" | "video", enabled: readonly EnabledCodec[]): number[] {
  return codecSetOf(enabled)[kind].map(({ payloadType }) => payloadType);
}

test("a new room's codecs have the payload types of the table", () => {
  expect(payloadTypes("audio", ALL_CODECS)).toEqual([111, 63, 0, 8]);
  expect(payloadTypes("video", ALL_CODECS)).toEqual([96, 98, 100, 125, 108, 123, 35, 116]);
  expect(codecSetOf(ALL_CODECS).hasRtx).toBe(true);
});

test("no two formats share a payload type, retransmission included", () => {
  const all = CODEC_TABLE.flatMap(({ codec, payloadType }) =>
    codec >= Codec.Vp8 ? [payloadType, payloadType + 1] : [payloadType],
  );
  expect(new Set(all).size).toBe(all.length);
});

test.each([
  { title: "RED without opus", enabled: [{ mime: "audio/red", fmtpLine: "" }], found: [] },
  {
    title: "mime types in any case",
    enabled: [{ mime: "AUDIO/Opus", fmtpLine: "" }],
    found: [111],
  },
  {
    title: "other parameters than those of the table",
    enabled: [{ mime: "audio/opus", fmtpLine: "minptime=20" }],
    found: [],
  },
])("codecSetOf finds for $title payload types $found", ({ enabled, found }) => {
  expect(payloadTypes("audio", enabled)).toEqual([...found]);
});

test("rare H264 variants are there when a room names them exactly", () => {
  const fmtpLine = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001F";
  expect(payloadTypes("video", [{ mime: "video/H264", fmtpLine }])).toEqual([102]);
});

test.each([
  {
    codec: Codec.H264,
    payloadType: 108,
    fmtp: "packetization-mode=1;profile-level-id=42e034",
    same: true,
  },
  { codec: Codec.H264, payloadType: 108, fmtp: "profile-level-id=42e01f", same: false },
  { codec: Codec.H264, payloadType: 125, fmtp: "profile-level-id=42e01f", same: true },
  {
    codec: Codec.H264,
    payloadType: 108,
    fmtp: "packetization-mode=1;profile-level-id=640c1f",
    same: false,
  },
  { codec: Codec.Vp9, payloadType: 98, fmtp: "", same: true },
  { codec: Codec.Vp9, payloadType: 98, fmtp: "profile-id=2", same: false },
  { codec: Codec.Av1, payloadType: 35, fmtp: "level-idx=5;profile=0;tier=0", same: true },
  { codec: Codec.Av1, payloadType: 35, fmtp: "profile=1", same: false },
  { codec: Codec.H265, payloadType: 116, fmtp: "profile-id=2", same: false },
  { codec: Codec.Vp8, payloadType: 96, fmtp: "max-fs=12288", same: true },
])("payload type $payloadType and '$fmtp' are the same variant: $same", (one) => {
  const entry = CODEC_TABLE.find(({ payloadType }) => payloadType === one.payloadType)!;
  expect(entry.codec).toBe(one.codec);
  expect(isSameVariant(entry, one.fmtp)).toBe(one.same);
});

test("high profiles are told by profile_idc 100", () => {
  expect(isH264High("packetization-mode=1;profile-level-id=640032")).toBe(true);
  expect(isH264High("profile-level-id=42e01f")).toBe(false);
  expect(isH264High("")).toBe(false);
});

test("feedback follows direction, kind and estimator", () => {
  expect(receiveFeedback("audio", true)).toEqual(["nack"]);
  expect(receiveFeedback("video", false)).not.toContain("goog-remb");
  expect(receiveFeedback("video", true)).toContain("goog-remb");
  expect(sendFeedback("audio", "remb", true)).toEqual([]);
  expect(sendFeedback("video", "transport-cc", false)).not.toContain("goog-remb");
  expect(sendFeedback("video", "remb", false)).not.toContain("transport-cc");
  expect(sendFeedback("video", "both", false).slice(0, 2)).toEqual(["goog-remb", "transport-cc"]);
});
