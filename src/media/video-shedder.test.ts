import { expect, test } from "bun:test";
import fc from "fast-check";
import { NO_LAYER, SPATIAL_LAYER_MAX } from "../sfu/selector/layers.ts";
import { type ShedStream, VideoShedder } from "./video-shedder.ts";

/** Of one step. */
const SHARE = 0.15;

class FakeStream implements ShedStream {
  isEnded = false;
  limit: number = SPATIAL_LAYER_MAX;
  readonly isScreenShare: boolean;
  /** By spatial layer. */
  readonly #bps: readonly number[];

  constructor(bps: readonly number[], isScreenShare = false) {
    this.#bps = bps;
    this.isScreenShare = isScreenShare;
  }

  get layer(): number {
    return Math.min(this.limit, this.#bps.length - 1);
  }

  get costBps(): number {
    return this.layer < 0 ? 0 : this.#bps[this.layer]!;
  }

  get lowerSpatial(): number {
    return Math.max(this.layer - 1, NO_LAYER);
  }

  limitLayers(_nowMs: number, maxSpatial: number): void {
    this.limit = maxSpatial;
  }
}

const layersOf = (streams: readonly FakeStream[]) => streams.map(({ layer }) => layer);

test("layers of the costliest go first, pictures only when there are no layers left", () => {
  const shedder = new VideoShedder();
  const streams = [
    new FakeStream([100, 400, 1_600]),
    new FakeStream([100, 400]),
    new FakeStream([900], true),
    new FakeStream([100, 400, 1_500]),
  ];
  const seen: number[][] = [];
  while (shedder.shed(0, streams, SHARE)) seen.push(layersOf(streams));
  expect(seen).toEqual([
    [1, 1, 0, 2],
    [1, 1, 0, 1],
    [0, 0, 0, 1], // 15 % of 2,100
    [0, 0, 0, 0],
    [-1, -1, 0, 0],
    [-1, -1, -1, -1],
  ]);
  expect([shedder.loweredCount, shedder.pausedCount, shedder.isIdle]).toEqual([0, 4, false]);
  const back: number[][] = [];
  while (!shedder.isIdle) {
    shedder.restore(0);
    back.push(layersOf(streams));
  }
  expect(back.slice(0, -1)).toEqual(seen.slice(0, -1).toReversed());
  expect(back.at(-1)).toEqual([2, 1, 0, 2]);
  expect([shedder.loweredCount, shedder.pausedCount]).toEqual([0, 0]);
});

test("streams that end are forgotten, with the steps that were about them", () => {
  const shedder = new VideoShedder();
  const streams = [new FakeStream([100, 400, 1_600]), new FakeStream([100, 400, 1_500])];
  shedder.shed(0, streams, SHARE);
  shedder.shed(0, streams, SHARE);
  expect(layersOf(streams)).toEqual([1, 1]);
  streams[1]!.isEnded = true;
  shedder.restore(0);
  expect([layersOf(streams), shedder.isIdle]).toEqual([[2, 1], true]);
  expect(shedder.loweredCount).toBe(0);
});

test("however steps and streams come and go, all is as it was when all is given back", () => {
  const stream = fc.record({
    // a lower layer takes less: of two that cost the same, nobody could see that one was taken
    bps: fc.uniqueArray(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 3 }),
    isScreen: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(stream, { maxLength: 20 }),
      fc.array(fc.constantFrom("shed", "restore", "end"), { maxLength: 60 }),
      (specs, actions) => {
        const shedder = new VideoShedder();
        const streams = specs.map(
          ({ bps, isScreen }) =>
            new FakeStream(
              bps.toSorted((a, b) => a - b),
              isScreen,
            ),
        );
        for (const [i, action] of actions.entries()) {
          if (action === "shed") {
            const before = streams.map((one) => ({ cost: one.costBps, lower: one.lowerSpatial }));
            const live = streams.filter((one) => !one.isEnded);
            const isTaken = shedder.shed(i, live, SHARE);
            const isLess = streams.some((one, at) => one.costBps < before[at]!.cost);
            expect(isTaken).toBe(isLess);
            expect(isTaken || live.every(({ costBps }) => costBps === 0)).toBe(true);
            // a picture is paused only where no layer is left to take
            const isPausing = streams.some((one, at) => one.layer < 0 && before[at]!.cost > 0);
            const canLower = before.some(({ lower }, at) => lower >= 0 && !streams[at]!.isEnded);
            expect(isPausing && canLower).toBe(false);
          } else if (action === "restore") shedder.restore(i);
          else if (streams.length > 0) streams[i % streams.length]!.isEnded = true;
        }
        for (let i = 0; !shedder.isIdle; i++) {
          expect(i).toBeLessThan(100);
          shedder.restore(i);
        }
        const alive = streams.filter(({ isEnded }) => !isEnded);
        expect(alive.every(({ limit }) => limit === SPATIAL_LAYER_MAX)).toBe(true);
        expect([shedder.loweredCount, shedder.pausedCount]).toEqual([0, 0]);
      },
    ),
    { numRuns: 300 },
  );
});
