import { expect, test } from "bun:test";
import { compactNtp } from "../../wire/rtcp/ntp.ts";
import { RtcpCursor } from "../../wire/rtcp/rtcp-cursor.ts";
import { writeDlrr } from "../../wire/rtcp/rtcp-writer.ts";
import { RttProbe } from "./rtt-probe.ts";

test("RttProbe asks every second and takes the delay of the answer off", () => {
  const probe = new RttProbe(42);
  const out = new Uint8Array(64);
  expect(probe.pollTransmit(0, out)).toBe(0);
  probe.start(5_000);
  expect(probe.pollTimeout()).toBe(5_000);
  expect(probe.pollTransmit(5_000, out)).toBe(20);
  expect(probe.pollTransmit(5_999, out)).toBe(0);
  const cursor = new RtcpCursor();
  cursor.start(out, 0, 20);
  cursor.next();
  cursor.nextXrBlock();
  const lastRr = compactNtp(cursor.rrtrSeconds(), cursor.rrtrFraction());

  const answer = (ssrc: number, rr: number, delay: number) => {
    const end = writeDlrr(out, 0, 7, ssrc, rr, delay);
    cursor.start(out, 0, end);
    cursor.next();
    cursor.nextXrBlock();
    return probe.handleDlrr(5_150, cursor);
  };
  expect(answer(43, lastRr, 0)).toBeFalse();
  expect(answer(42, 0, 0)).toBeFalse();
  expect(probe.rttMs).toBe(-1);
  expect(answer(42, lastRr, 6_554)).toBeTrue();
  expect(probe.rttMs).toBeGreaterThanOrEqual(50);
  expect(probe.rttMs).toBeLessThanOrEqual(51);
  expect(answer(42, lastRr, 655_400)).toBeFalse();
});
