import { expect, test } from "bun:test";
import { DEFAULT_SEND_SIDE_BWE } from "../bwe/default-settings.ts";
import { ProbeRegulator } from "./probe-regulator.ts";

const { probeRegulator: SETTINGS } = DEFAULT_SEND_SIDE_BWE;

/** When the next probe may begin, ms after `fromMs`; whole steps of 10 ms. */
function waitOf(regulator: ProbeRegulator, fromMs: number): number {
  let waitMs = 0;
  while (!regulator.canProbe(fromMs + waitMs)) waitMs += 10;
  return waitMs;
}

test("ProbeRegulator lets the first probe begin at once, and waits after congestion", () => {
  const regulator = new ProbeRegulator({ probing: SETTINGS });
  expect([waitOf(regulator, 0), regulator.durationMs]).toEqual([0, 200]);
  regulator.hold(1_000);
  expect(waitOf(regulator, 1_000)).toBe(3_000);
});

test("ProbeRegulator waits longer after each probe that cost the picture, up to two minutes", () => {
  const regulator = new ProbeRegulator({ probing: SETTINGS });
  const waits = Array.from({ length: 11 }, () => {
    regulator.noteCongesting(0, Number.POSITIVE_INFINITY);
    return waitOf(regulator, 0);
  });
  expect(waits.slice(0, 4)).toEqual([4_500, 6_750, 10_130, 15_190]);
  expect(waits.at(-1)).toBe(120_000);
  regulator.noteClear(0, true);
  expect(waitOf(regulator, 0)).toBe(3_000);
});

test("ProbeRegulator backs off slowly from probes that did little harm", () => {
  const regulator = new ProbeRegulator({ probing: SETTINGS });
  for (let i = 0; i < 6; i++) regulator.noteCongesting(0, 60);
  expect(waitOf(regulator, 0)).toBeLessThan(6_000);
  for (let i = 0; i < 60; i++) regulator.noteCongesting(0, 60);
  expect(waitOf(regulator, 0)).toBe(120_000);
});

test("ProbeRegulator lengthens probes that went well, and begins anew after one that did not", () => {
  const regulator = new ProbeRegulator({ probing: SETTINGS });
  for (let i = 0; i < 2; i++) regulator.noteClear(0, true);
  expect(regulator.durationMs).toBe(450);
  regulator.noteCongesting(0, 0);
  expect(regulator.durationMs).toBe(200);
  for (let i = 0; i < 30; i++) regulator.noteClear(0, true);
  expect(regulator.durationMs).toBe(20_000);
});

test("ProbeRegulator does not lengthen for ever what shows nothing", () => {
  const regulator = new ProbeRegulator({ probing: SETTINGS });
  for (let i = 0; i < 30; i++) regulator.noteClear(0, false);
  expect(regulator.durationMs).toBe(2_000);
});

test("ProbeRegulator learns how long a probe has to be to tell anything", () => {
  const regulator = new ProbeRegulator({ probing: SETTINGS });
  regulator.noteInconclusive(1_000);
  expect([waitOf(regulator, 1_000), regulator.durationMs]).toEqual([500, 400]);
  regulator.noteInconclusive(2_000);
  regulator.noteClear(3_000, true);
  expect(regulator.durationMs).toBe(1_200);
  regulator.noteCongesting(6_000, 0);
  expect(regulator.durationMs).toBe(800);
});

test("ProbeRegulator backs off where probe after probe tells nothing", () => {
  const regulator = new ProbeRegulator({ probing: SETTINGS });
  const waits = Array.from({ length: 6 }, () => {
    regulator.noteInconclusive(0);
    return waitOf(regulator, 0);
  });
  expect(waits).toEqual([500, 500, 500, 500, 4_500, 6_750]);
  expect(regulator.durationMs).toBe(2_000);
});

test("ProbeRegulator begins anew when another way to estimate has other settings", () => {
  const source = { probing: SETTINGS };
  const regulator = new ProbeRegulator(source);
  regulator.noteClear(0, true);
  expect([waitOf(regulator, 0), regulator.durationMs]).toEqual([3_000, 300]);
  source.probing = { ...SETTINGS, baseIntervalMs: 1_000, minDurationMs: 100 };
  expect(waitOf(regulator, 5_000)).toBe(0);
  expect(regulator.durationMs).toBe(100);
  regulator.hold(5_000);
  expect(waitOf(regulator, 5_000)).toBe(1_000);
});
