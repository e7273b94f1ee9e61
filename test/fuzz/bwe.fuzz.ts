import { expect, test } from "bun:test";
import { DropReason } from "../../src/base/drop-reason.ts";
import { DEFAULT_REMOTE_BWE, DEFAULT_SEND_SIDE_BWE } from "../../src/sfu/bwe/default-settings.ts";
import { NegotiatedBwe } from "../../src/sfu/bwe/negotiated-bwe.ts";
import { SENT_PACKETS_MAX, SentPackets } from "../../src/sfu/bwe/sent-packets.ts";
import { putU16 } from "../../src/wire/bytes.ts";
import { TwccFeedbackReader, TwccFeedbackWriter } from "../../src/wire/rtcp/twcc-feedback.ts";
import { runMutations } from "../support/mutate.ts";
import { seededRandom } from "../support/sctp-link.ts";

const SEED = 20_269;
const SETTINGS = { remote: DEFAULT_REMOTE_BWE, sendSide: DEFAULT_SEND_SIDE_BWE };
const HEADER_BYTES = 4;
const BASE_OFFSET = HEADER_BYTES + 8;
const COUNT_OFFSET = HEADER_BYTES + 10;
const CHUNKS_OFFSET = HEADER_BYTES + 16;
const STATES = ["none", "early-warning", "congested"];

function report(base: number, arrivals: readonly number[]): Uint8Array {
  const out = new Uint8Array(1_400);
  const writer = new TwccFeedbackWriter();
  writer.start(out, 0, out.length, 1, 2, base, arrivals[0] ?? 0, 0);
  for (const [i, ticks] of arrivals.entries()) writer.add(base + i, ticks);
  return out.slice(0, writer.finish());
}

test("forged transport-wide feedback leaves states and figures sane, and costs little", () => {
  const random = seededRandom(SEED);
  const sent = new SentPackets(SEED);
  const bwe = new NegotiatedBwe(SETTINGS, sent);
  const reader = new TwccFeedbackReader();
  const corpus = [
    report(0, [0, 4, 8, 12, 16, 20, 24]),
    report(0, [0, 30_000, 4, 32_000]),
    report(
      0,
      Array.from({ length: 300 }, (_, i) => i * (i % 5)),
    ),
  ];
  let nowMs = 0;
  runMutations(corpus, 20_000, SEED, (bytes) => {
    nowMs += random() % 40;
    for (let i = random() % 40; i > 0; i--) sent.note(nowMs, random() % 1_500);
    // Most reports are about numbers that were sent, or nearly.
    if (bytes.length > CHUNKS_OFFSET && random() % 8 !== 0) {
      putU16(bytes, BASE_OFFSET, sent.nextExtSn - (random() % (2 * SENT_PACKETS_MAX)));
    }
    if (reader.start(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES) !== DropReason.None) return;
    if (random() % 50 === 0) {
      bwe.startProbe(nowMs, { expectedBps: 1e5, desiredBps: 5e5, durationMs: 100, bytes: 6_000 });
    }
    bwe.handleFeedback(nowMs, reader);
    if (random() % 50 === 0) bwe.endProbe(nowMs);
    const outcome = bwe.pollProbeOutcome(nowMs);
    expect(STATES).toContain(bwe.state);
    expect(Number.isFinite(bwe.capacityBps) && bwe.capacityBps >= 0).toBe(true);
    if (outcome !== undefined) expect(Number.isFinite(outcome.capacityBps)).toBe(true);
    if (random() % 500 === 0) bwe.reset(nowMs);
  });
});

test("a report of 65535 packets that were never sent is read no further than what was", () => {
  const sent = new SentPackets(SEED);
  for (let i = 0; i < 10; i++) sent.note(i, 100);
  const bytes = new Uint8Array(HEADER_BYTES + 16 + 20);
  const first = sent.nextExtSn - 10;
  putU16(bytes, BASE_OFFSET, first);
  putU16(bytes, COUNT_OFFSET, 0xffff);
  // Nine run-length chunks of 8191 packets that did not come.
  for (let i = 0; i < 9; i++) putU16(bytes, CHUNKS_OFFSET + 2 * i, 0x1fff);
  const reader = new TwccFeedbackReader();
  expect(reader.start(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES)).toBe(DropReason.None);
  new NegotiatedBwe(SETTINGS, sent).handleFeedback(100, reader);
  let left = 0;
  while (reader.next()) left += 1;
  expect(left).toBe(0xffff - 10);
});

test("any row of REMBs leaves states and figures sane", () => {
  const random = seededRandom(SEED);
  const bwe = new NegotiatedBwe(SETTINGS, new SentPackets(0));
  for (let i = 0; i < 50_000; i++) {
    bwe.setExpectedUsage(random() % 3_000_000);
    const estimateBps = random() % 7 === 0 ? 2 ** (random() % 81) : random() % 4_000_000;
    bwe.handleRemb(i * (random() % 300), estimateBps, random() % 100_000, random() % 10_000);
    expect(STATES).toContain(bwe.state);
    expect(Number.isFinite(bwe.capacityBps) && bwe.capacityBps >= 0).toBe(true);
    if (random() % 100 === 0) bwe.reset(i);
  }
});
