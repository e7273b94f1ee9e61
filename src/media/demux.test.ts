import { expect, test } from "bun:test";
import { classify, DatagramKind } from "./demux.ts";

test.each([
  { title: "a STUN message", bytes: [0x00, 0x01], kind: DatagramKind.Stun },
  { title: "a DTLS record", bytes: [22, 254], kind: DatagramKind.Dtls },
  { title: "an RTP packet", bytes: [0x80, 111], kind: DatagramKind.Rtp },
  { title: "an RTP packet with marker", bytes: [0x90, 0x80 | 96], kind: DatagramKind.Rtp },
  { title: "an RTCP sender report", bytes: [0x80, 200], kind: DatagramKind.Rtcp },
  { title: "RTCP feedback", bytes: [0x81, 206], kind: DatagramKind.Rtcp },
  { title: "a TURN channel", bytes: [64, 0], kind: DatagramKind.Unknown },
  { title: "one byte", bytes: [0x80], kind: DatagramKind.Unknown },
  { title: "nothing", bytes: [], kind: DatagramKind.Unknown },
])("classify knows $title", ({ bytes, kind }) => {
  expect(classify(Uint8Array.from(bytes))).toBe(kind);
});
