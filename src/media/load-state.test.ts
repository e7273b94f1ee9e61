import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  BEHIND_WINDOWS,
  BUSY_WINDOWS,
  CALM_LOSS,
  CALM_WINDOWS,
  CALM_WINDOWS_MAX,
  LoadAction,
  LoadState,
  STEP_WINDOWS,
} from "./load-state.ts";
import type { LoadSample } from "./overload-meter.ts";

const HOT: LoadSample = { busy: 0.97, lagMs: 3, queueMs: 0 };
const LATE: LoadSample = { busy: 0.5, lagMs: 60, queueMs: 0 };
/** Of a thread that others keep from its core so much that it cannot keep up. */
const BEHIND: LoadSample = { busy: 0.2, lagMs: 20, queueMs: 80 };
/** Of one that is kept from it, and keeps up all the same. */
const STARVED: LoadSample = { busy: 0.2, lagMs: 60, queueMs: 3 };
const FAIR: LoadSample = { busy: 0.85, lagMs: 3, queueMs: 3 };
/** Of one that is late for once. */
const UNEVEN: LoadSample = { busy: 0.5, lagMs: 20, queueMs: 3 };
const CALM: LoadSample = { busy: 0.3, lagMs: 2, queueMs: 1 };
/** Steps that there are to take in all. */
const STEPS = 6;

/** A state with somebody who takes its steps. */
class Rig {
  readonly state = new LoadState();
  level = 0;

  next(sample: LoadSample): LoadAction {
    const action = this.state.next(sample, this.level === 0);
    if (action === LoadAction.Shed) this.level = Math.min(this.level + 1, STEPS);
    if (action === LoadAction.Restore) this.level -= 1;
    return action;
  }

  run(windows: number, sample: LoadSample): LoadAction[] {
    return Array.from({ length: windows }, () => this.next(sample));
  }
}

test("a burst sheds nothing, and a load that stays sheds a step every half second", () => {
  const cases = [
    { sample: HOT, windows: BUSY_WINDOWS },
    { sample: LATE, windows: BEHIND_WINDOWS },
    { sample: BEHIND, windows: BEHIND_WINDOWS },
  ];
  for (const { sample, windows } of cases) {
    const rig = new Rig();
    for (let i = 0; i < 20; i++) rig.run(windows - 1, sample).concat(rig.run(1, FAIR));
    expect([rig.level, rig.state.isOverloaded, rig.state.isHot]).toEqual([0, false, false]);
    rig.run(windows + 3 * STEP_WINDOWS, sample);
    expect([rig.level, rig.state.isOverloaded, rig.state.isHot]).toEqual([4, true, true]);
    rig.run(50, FAIR);
    expect([rig.level, rig.state.isOverloaded, rig.state.isHot]).toEqual([4, true, false]);
  }
});

test("steps that follow each other at once are larger and larger", () => {
  const state = new LoadState();
  const shares: number[] = [];
  const run = (samples: readonly LoadSample[]): void => {
    for (const sample of samples) {
      if (state.next(sample, false) !== LoadAction.Shed) continue;
      shares.push(state.share);
      state.noteShed();
    }
  };
  run(Array.from({ length: BEHIND_WINDOWS + 3 * STEP_WINDOWS }, () => BEHIND));
  run([FAIR, BEHIND, BEHIND]);
  expect(shares).toEqual([0.15, 0.3, 0.6, 0.6, 0.15]);
});

test("what was taken comes back step by step, and then it is over", () => {
  const rig = new Rig();
  rig.run(BUSY_WINDOWS + 2 * STEP_WINDOWS, HOT);
  const levels: number[] = [];
  for (let i = 0; i < 4; i++) {
    rig.run(CALM_WINDOWS, CALM);
    levels.push(rig.level);
  }
  expect([levels, rig.state.isOverloaded]).toEqual([[2, 1, 0, 0], false]);
});

test("a machine that is never quite in time does not keep what was taken", () => {
  // others keep a core from a thread that does little
  const starved = new Rig();
  starved.run(BUSY_WINDOWS + 2 * STEP_WINDOWS, HOT);
  starved.run(4 * CALM_WINDOWS, STARVED);
  expect([starved.level, starved.state.isOverloaded]).toEqual([0, false]);
  // every second and a half something takes a while, as the collection of garbage does
  const uneven = new Rig();
  uneven.run(BUSY_WINDOWS + 2 * STEP_WINDOWS, HOT);
  for (let i = 0; i < 20; i++) uneven.run(5, CALM).concat(uneven.run(1, UNEVEN));
  expect([uneven.level, uneven.state.isOverloaded]).toEqual([0, false]);
});

test("a machine that stood still for a second sheds nothing while the thread catches up", () => {
  const rig = new Rig();
  rig.run(20, CALM);
  expect(rig.next({ busy: 0.1, lagMs: 750, queueMs: 3_000 })).toBe(LoadAction.None);
  expect(rig.next({ busy: 1, lagMs: 3, queueMs: 126 })).toBe(LoadAction.None);
  expect(rig.run(20, CALM)).not.toContain(LoadAction.Shed);
  // one that stands still again and again does
  rig.run(BUSY_WINDOWS, { busy: 0.5, lagMs: 750, queueMs: 3_000 });
  expect(rig.level).toBe(1);
});

test("a thread at its limit does not swing: what was too much is tried ever more rarely", () => {
  const rig = new Rig();
  const windows = 40_000;
  let steps = 0;
  // two steps too many make it hot
  for (let i = 0; i < windows; i++) {
    const action = rig.next(rig.level >= 3 ? CALM : HOT);
    if (action !== LoadAction.None) steps += 1;
  }
  expect([2, 3]).toContain(rig.level);
  expect(steps).toBeLessThan((2.5 * windows) / CALM_WINDOWS_MAX + 40);
});

test("whatever the load does: nothing is taken without need, and nothing is kept without", () => {
  const loads = fc.array(fc.constantFrom(HOT, LATE, BEHIND, STARVED, UNEVEN, FAIR, CALM), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(loads, (samples) => {
      const rig = new Rig();
      let hot = 0;
      let calm = 0;
      for (const sample of samples) {
        hot = [HOT, LATE, BEHIND].includes(sample) ? hot + 1 : 0;
        if (hot > 0) calm = 0;
        else calm = [CALM, STARVED].includes(sample) ? calm + 1 : Math.max(calm - CALM_LOSS, 0);
        const action = rig.next(sample);
        if (action === LoadAction.Shed) expect(hot).toBeGreaterThanOrEqual(BEHIND_WINDOWS);
        if (action === LoadAction.Restore) expect(calm).toBeGreaterThanOrEqual(CALM_WINDOWS);
        expect(rig.level).toBeGreaterThanOrEqual(0);
        expect(rig.state.isOverloaded || rig.level === 0).toBe(true);
      }
      // from any state: under load all is shed in bounded time, and given back after it
      rig.run(BUSY_WINDOWS + STEPS * STEP_WINDOWS, HOT);
      expect(rig.level).toBe(STEPS);
      rig.run((STEPS + 1) * CALM_WINDOWS_MAX, CALM);
      expect([rig.level, rig.state.isOverloaded]).toEqual([0, false]);
    }),
    { numRuns: 300 },
  );
});
