import { expect, test } from "bun:test";
import { RtpView, readRtp } from "../wire/rtp/rtp-view.ts";
import { PayloadKind } from "./client-descriptions.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import { ReceivedStreams } from "./received-streams.ts";
import type { RtcPeer } from "./rtc-peer.ts";
import { TIME_STAMP_BYTES, writeTimeStamp } from "./time-stamp.ts";

const TAG = 3;
const OPUS = 111;
const VP8 = 96;
const RTX = 97;
const NONE = { streams: 0, packets: 0, bytes: 0, expected: 0 };
const PACKET_BYTES = 12 + TIME_STAMP_BYTES;

function setUp() {
  const latencies = { audio: new LatencyHistogram(), video: new LatencyHistogram() };
  const received = new ReceivedStreams({ processTag: TAG } as unknown as RtcPeer, latencies);
  const kinds = new Uint8Array(128);
  kinds[OPUS] = PayloadKind.Audio;
  kinds[VP8] = PayloadKind.Video;
  received.payloadKinds = kinds;
  return { received, latencies };
}

/** A packet without a payload but its time; with none at all where `sentMs` is below zero. */
function packet(payloadType: number, ssrc: number, sn: number, sentMs: number): Uint8Array {
  const bytes = new Uint8Array(sentMs < 0 ? 12 : PACKET_BYTES);
  bytes.set([0x80, payloadType, sn >> 8, sn & 0xff, 0, 0, 0, 0, 0, 0, 0, ssrc]);
  if (sentMs >= 0) writeTimeStamp(bytes, bytes.length, TAG, sentMs);
  return bytes;
}

function view(bytes: Uint8Array): RtpView {
  const result = new RtpView();
  readRtp(bytes, bytes.length, result);
  return result;
}

test("packets are counted by kind, with what their numbers say is missing", () => {
  const { received, latencies } = setUp();
  for (const sn of [65_534, 65_535, 1, 2]) received.receiveRtp(view(packet(OPUS, 1, sn, 10)), 14);
  received.receiveRtp(view(packet(VP8, 2, 7, 10)), 20);
  expect(received.kindSums(false, NONE)).toEqual({
    streams: 1,
    packets: 4,
    bytes: 4 * PACKET_BYTES,
    expected: 5,
  });
  expect(received.kindSums(true, NONE)).toMatchObject({ streams: 1, packets: 1, expected: 1 });
  expect(latencies.audio.summary()).toMatchObject({ count: 4, maxMs: 4 });
  expect(latencies.video.summary()).toMatchObject({ count: 1, maxMs: 10 });
});

test("padding fills its number and is no media; repeats are of no kind", () => {
  const { received, latencies } = setUp();
  received.receiveRtp(view(packet(VP8, 2, 1, 10)), 11);
  received.receiveRtp(view(packet(VP8, 2, 2, -1)), 12);
  received.receiveRtp(view(packet(VP8, 2, 3, 10)), 13);
  received.receiveRtp(view(packet(RTX, 9, 1, 10)), 14);
  expect(received.kindSums(true, NONE)).toMatchObject({ streams: 1, packets: 2, expected: 2 });
  expect(latencies.video.summary().count).toBe(2);
});

test("a sealed packet counts by its header, without a delay", () => {
  const { received, latencies } = setUp();
  received.receiveSealed(packet(OPUS, 1, 1, 10), 11);
  received.receiveSealed(packet(OPUS, 1, 3, 10), 12);
  received.receiveSealed(new Uint8Array(5), 13);
  expect(received.kindSums(false, NONE)).toMatchObject({ streams: 1, packets: 2, expected: 3 });
  expect(latencies.audio.summary().count).toBe(0);
});
