import { expect, test } from "bun:test";
import { TwccFeedbackReader, TwccFeedbackWriter } from "../../wire/rtcp/twcc-feedback.ts";
import { CAPACITY_UNKNOWN_BPS } from "./bandwidth-estimator.ts";
import { DEFAULT_REMOTE_BWE, DEFAULT_SEND_SIDE_BWE } from "./default-settings.ts";
import { NegotiatedBwe } from "./negotiated-bwe.ts";
import { SentPackets } from "./sent-packets.ts";

/** Its probes are told from those of transport-wide feedback. */
const REMOTE = {
  ...DEFAULT_REMOTE_BWE,
  probeController: {
    ...DEFAULT_REMOTE_BWE.probeController,
    probeRegulator: { ...DEFAULT_REMOTE_BWE.probeController.probeRegulator, baseIntervalMs: 1_000 },
  },
};

function rig() {
  const sent = new SentPackets(0);
  const bwe = new NegotiatedBwe({ remote: REMOTE, sendSide: DEFAULT_SEND_SIDE_BWE }, sent);
  bwe.setExpectedUsage(1_500_000);
  const fall = (): void => {
    for (let i = 0; i < 12; i++) bwe.handleRemb(i * 500, 2e6 - i * 1e5, 0, 0);
  };
  /** A report about one packet. */
  const report = (extSn: number): void => {
    const out = new Uint8Array(100);
    const writer = new TwccFeedbackWriter();
    writer.start(out, 0, out.length, 1, 2, extSn, 0, 0);
    writer.add(extSn, 0);
    const reader = new TwccFeedbackReader();
    reader.start(out, 4, writer.finish() - 4);
    bwe.handleFeedback(0, reader);
  };
  return { sent, bwe, fall, report };
}

test("REMBs count where no transport-wide feedback comes", () => {
  const { bwe, fall } = rig();
  fall();
  expect(bwe.state).toBe("congested");
  expect(bwe.debugInfo()).toMatchObject({ kind: "remote" });
});

test("from the first transport-wide feedback on REMBs do not count", () => {
  const { sent, bwe, fall, report } = rig();
  sent.note(0, 100);
  report(sent.nextExtSn - 1);
  fall();
  expect(bwe.state).toBe("none");
  expect(bwe.debugInfo()).toMatchObject({ kind: "transport-wide" });
});

test("probes are regulated as the settings of what estimates say", () => {
  const { sent, bwe, report } = rig();
  expect(bwe.probing.baseIntervalMs).toBe(1_000);
  sent.note(0, 100);
  report(sent.nextExtSn - 1);
  expect(bwe.probing).toBe(DEFAULT_SEND_SIDE_BWE.probeRegulator);
});

test("feedback about numbers that were never sent changes nothing", () => {
  const { sent, bwe, fall, report } = rig();
  report(sent.nextExtSn);
  sent.note(0, 100);
  report(sent.nextExtSn + 5);
  fall();
  expect(bwe.state).toBe("congested");
});

test("the round trip is smoothed", () => {
  const { bwe } = rig();
  expect(bwe.rttMs).toBe(0);
  bwe.setRtt(100);
  expect(bwe.rttMs).toBe(100);
  bwe.setRtt(50);
  expect(bwe.rttMs).toBe(75);
  bwe.reset(0);
  expect(bwe.rttMs).toBe(75);
  expect(bwe.capacityBps).toBe(CAPACITY_UNKNOWN_BPS);
});
