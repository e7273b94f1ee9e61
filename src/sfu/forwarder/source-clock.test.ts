import { expect, test } from "bun:test";
import { FakeSource } from "../../../test/support/send-side.ts";
import { SourceClock, TS_REFUSED } from "./source-clock.ts";

const HZ = 90_000;
const LAST = 2 ** 32 + 1_000_000;

/** Layer 0 is the reference: its clock leaves as it is. */
function startedClock(): SourceClock {
  const clock = new SourceClock();
  clock.start(0, 10, HZ, LAST, LAST);
  return clock;
}

function reports(layer1Shift: number): FakeSource {
  const source = new FakeSource();
  source.reports.set(0, { ntpMs: 5_000, extTs: LAST, arrivalMs: 0 });
  // 200 ms later, in a clock that is `layer1Shift` ahead.
  source.reports.set(1, { ntpMs: 5_200, extTs: LAST + 18_000 + layer1Shift, arrivalMs: 200 });
  return source;
}

test.each([0, 77_777, -123_456_789, 3 * 2 ** 32 + 5])(
  "SourceClock places a layer whose clock is %d ahead by the sender reports",
  (shift) => {
    const clock = startedClock();
    const at = clock.place(
      reports(shift),
      1,
      11,
      HZ,
      LAST + 3_000 + shift,
      LAST,
      LAST + 2_900,
      false,
      2_000,
    );
    expect(at).toBe(LAST + 3_000);
  },
);

test("SourceClock takes the expected time while a report is missing, and agrees once it is there", () => {
  const clock = startedClock();
  const source = reports(500);
  source.reports.delete(1);
  expect(clock.place(source, 1, 11, HZ, 12_345, LAST, LAST + 3_100, false, 2_000)).toBe(
    LAST + 3_100,
  );
  // Back on the reference's own clock.
  expect(
    clock.place(source, 0, 10, HZ, LAST + 6_000, LAST + 3_100, LAST + 6_000, false, 2_000),
  ).toBe(LAST + 6_000);
  const again = reports(500);
  expect(
    clock.place(again, 1, 11, HZ, LAST + 9_500, LAST + 6_000, LAST + 9_000, false, 2_000),
  ).toBe(LAST + 9_000);
});

test("SourceClock relates no clocks by reports that the publisher has for some streams only", () => {
  const source = reports(77_777);
  source.hasFewReports = true;
  const ts = LAST + 3_000 + 77_777;
  const at = startedClock().place(source, 1, 11, HZ, ts, LAST, LAST + 2_900, false, 2_000);
  expect(at).toBe(LAST + 2_900);
});

test("SourceClock never goes back: a little behind becomes one tick ahead", () => {
  const clock = startedClock();
  const at = clock.place(reports(0), 1, 11, HZ, LAST - 100, LAST, LAST + 500, false, 2_000);
  expect(at).toBe(LAST + 1);
});

test("SourceClock refuses a layer that is far behind, but not for ever", () => {
  const clock = startedClock();
  const place = (): number =>
    clock.place(reports(0), 1, 11, HZ, LAST - 9_000, LAST, LAST + 500, false, 2_000);
  expect([place(), place(), place()]).toEqual([TS_REFUSED, TS_REFUSED, TS_REFUSED]);
  expect(place()).toBe(LAST + 500);
});

test.each([
  { title: "believes a source that is 1 s behind", behindMs: 1_000, maxMs: 2_000, jumps: false },
  {
    title: "corrects a source whose clock stood still",
    behindMs: 2_500,
    maxMs: 2_000,
    jumps: true,
  },
  { title: "believes less after a mute", behindMs: 300, maxMs: 200, jumps: true },
])("SourceClock when resuming $title", ({ behindMs, maxMs, jumps }) => {
  const clock = startedClock();
  const expected = LAST + 30 * HZ;
  const extTs = expected - behindMs * 90;
  const at = clock.place(new FakeSource(), 0, 10, HZ, extTs, LAST, expected, true, maxMs);
  expect(at).toBe(jumps ? expected : extTs);
  // What follows keeps the same distance from the source's clock.
  const next = clock.place(new FakeSource(), 0, 10, HZ, extTs + HZ, at, at + HZ, true, maxMs);
  expect(next).toBe(at + HZ);
});

test("SourceClock ties the timeline to a stream that replaces the reference", () => {
  const clock = startedClock();
  const source = new FakeSource();
  expect(clock.place(source, 0, 99, HZ, 42, LAST, LAST + 3_000, false, 2_000)).toBe(LAST + 3_000);
  expect(clock.place(source, 0, 99, HZ, 42 + 9_000, LAST + 3_000, LAST + 11_900, true, 2_000)).toBe(
    LAST + 12_000,
  );
});

test("SourceClock does not believe a mapping that is hours off", () => {
  const clock = startedClock();
  const at = clock.place(reports(0), 1, 11, HZ, LAST + 2 ** 30, LAST, LAST + 3_000, false, 2_000);
  expect(at).toBe(LAST + 3_000);
});

test("SourceClock ties the timeline anew when the reference's stream is restarted", () => {
  const clock = startedClock();
  clock.restartLayer(0);
  const source = reports(500);
  expect(clock.place(source, 1, 11, HZ, 77, LAST, LAST + 3_000, false, 2_000)).toBe(LAST + 3_000);
  // Layer 1 is the reference now.
  expect(clock.referenceLayer).toBe(1);
  expect(clock.place(source, 1, 11, HZ, 77 + 9_000, LAST + 3_000, LAST + 11_000, true, 2_000)).toBe(
    LAST + 12_000,
  );
});
