import { expect, test } from "bun:test";
import fc from "fast-check";
import { fakeParts } from "../../../test/support/fake-congestion.ts";
import { FakeVideo, SIMULCAST } from "../../../test/support/fake-video.ts";
import { Allocator } from "./allocator.ts";

/** What can happen around an allocator. `video` picks one of those that there are. */
type Step =
  | { kind: "add"; isScreenShare: boolean; isSvc: boolean; streams: number; priority: number }
  | { kind: "remove" | "mute" | "unmute" | "flow"; video: number }
  | { kind: "layer"; video: number; spatial: number; isThere: boolean; percent: number }
  | { kind: "ask"; video: number; spatial: number; temporal: number }
  | { kind: "prioritise"; video: number; priority: number }
  | { kind: "congested" | "early-warning" | "none"; capacityBps: number }
  | { kind: "override"; capacityBps: number }
  | { kind: "outcome"; verdict: "clear" | "congesting" | "inconclusive"; capacityBps: number }
  | { kind: "wait"; ms: number };

const video = fc.nat({ max: 7 });
const capacityBps = fc.oneof(fc.nat({ max: 400_000 }), fc.nat({ max: 6_000_000 }));
const spatial = fc.nat({ max: 2 });
const priority = fc.integer({ min: 1, max: 3 });
const streams = fc.integer({ min: 1, max: 3 });

const add = fc.record({
  kind: fc.constant("add" as const),
  isScreenShare: fc.boolean(),
  isSvc: fc.boolean(),
  streams,
  priority,
});

const step: fc.Arbitrary<Step> = fc.oneof(
  add,
  fc.record({ kind: fc.constantFrom("remove", "mute", "unmute", "flow"), video }),
  fc.record({ kind: fc.constant("flow" as const), video }),
  fc.record({
    kind: fc.constant("layer" as const),
    video,
    spatial,
    isThere: fc.boolean(),
    percent: fc.integer({ min: 50, max: 200 }),
  }),
  fc.record({
    kind: fc.constant("ask" as const),
    video,
    spatial,
    temporal: fc.nat({ max: 3 }),
  }),
  fc.record({ kind: fc.constant("prioritise" as const), video, priority }),
  fc.record({ kind: fc.constantFrom("congested", "early-warning", "none"), capacityBps }),
  fc.record({
    kind: fc.constant("override" as const),
    capacityBps: fc.oneof(fc.constant(0), capacityBps),
  }),
  fc.record({
    kind: fc.constant("outcome" as const),
    verdict: fc.constantFrom("clear", "congesting", "inconclusive"),
    capacityBps,
  }),
  fc.record({ kind: fc.constant("wait" as const), ms: fc.nat({ max: 5_000 }) }),
);

/** An allocator, its videos, and what has to hold of them whatever happens. */
class Model {
  readonly parts = fakeParts();
  readonly videos: FakeVideo[] = [];
  readonly allocator: Allocator;
  readonly #mayPause: boolean;
  #nowMs = 0;
  #overrideBps = 0;

  constructor(mayPause: boolean) {
    this.#mayPause = mayPause;
    this.allocator = new Allocator(mayPause, this.parts);
  }

  do(step: Step): void {
    this.#nowMs += 10;
    if (step.kind === "add") this.#add(step);
    else if ("video" in step) this.#touch(step);
    else if (step.kind === "override") {
      this.#overrideBps = step.capacityBps;
      this.allocator.setOverride(this.#nowMs, step.capacityBps);
    } else if (step.kind === "outcome") {
      this.parts.prober.isActive = false;
      this.parts.estimator.outcome = step;
    } else if (step.kind === "wait") this.#wait(step.ms);
    else {
      this.parts.estimator.say(step.kind, step.capacityBps);
      this.#poll();
    }
  }

  #add(fields: Extract<Step, { kind: "add" }>): void {
    if (this.videos.length >= 6) return;
    const added = new FakeVideo(fields);
    this.videos.push(added);
    this.allocator.add(this.#nowMs, added.allocation);
  }

  #touch(step: Extract<Step, { video: number }>): void {
    if (this.videos.length === 0) return;
    const index = step.video % this.videos.length;
    const touched = this.videos[index]!;
    const { layers } = touched.forwarder;
    switch (step.kind) {
      case "remove":
        this.videos.splice(index, 1);
        this.allocator.remove(this.#nowMs, touched.allocation);
        return;
      case "flow":
        touched.flow(this.#nowMs);
        return;
      case "mute":
      case "unmute":
        touched.forwarder.setMuted(step.kind === "mute");
        break;
      case "layer":
        if (step.isThere && step.spatial < touched.source.streamCount) {
          const bitrates = SIMULCAST[step.spatial]!.map((bps) => (bps * step.percent) / 100);
          touched.publish(step.spatial, bitrates);
        } else touched.withdraw(step.spatial);
        break;
      case "ask":
        layers.maxSpatial = step.spatial;
        layers.maxTemporal = step.temporal;
        break;
      case "prioritise":
        touched.allocation.priority = step.priority;
        this.allocator.handlePriorityChange(this.#nowMs);
        return;
    }
    this.allocator.handleTrackChange(this.#nowMs, touched.allocation);
  }

  #wait(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (let pings = 0; this.allocator.pollTimeout() <= untilMs; pings++) {
      if (pings > 5 + ms / 100) throw new Error("the allocator is never done");
      this.#nowMs = Math.max(this.#nowMs, this.allocator.pollTimeout());
      this.allocator.handleTimeout(this.#nowMs);
      this.#poll();
    }
    this.#nowMs = untilMs;
  }

  #poll(): void {
    if (this.parts.estimator.pollChange()) this.allocator.handleCongestion(this.#nowMs);
  }

  /** Everything is asked for, and there is room for all of it. */
  release(): void {
    this.do({ kind: "override", capacityBps: 0 });
    for (const { forwarder, allocation } of this.videos) {
      forwarder.setMuted(false);
      this.allocator.handleTrackChange(this.#nowMs, allocation);
    }
    this.do({ kind: "none", capacityBps: 0 });
    for (let i = 0; i < 60 && this.allocator.isDeficient; i++) {
      this.do({ kind: "wait", ms: 3_000 });
      for (let k = 0; k < this.videos.length; k++) this.do({ kind: "flow", video: k });
      this.do({ kind: "outcome", verdict: "clear", capacityBps: 50_000_000 });
    }
  }

  check(): void {
    for (const it of this.videos) this.#checkTrack(it);
    const managed = this.videos.filter(({ allocation }) => !allocation.isExempt);
    const isAnyDeficient = managed.some(({ allocation }) => allocation.isDeficient);
    expect(this.allocator.isDeficient).toBe(isAnyDeficient);
  }

  #checkTrack({ allocation, forwarder, source }: FakeVideo): void {
    const { layers } = forwarder;
    const isPaused = layers.targetSpatial < 0;
    const available = [0, 1, 2].filter((s) => source.isLayerAvailable(s));
    // Never above what was asked for, unless nothing below is published.
    const hasBelow = available.some((s) => s <= layers.maxSpatial);
    if (hasBelow) expect(layers.targetSpatial).toBeLessThanOrEqual(layers.maxSpatial);
    if (!isPaused) expect(layers.targetTemporal).toBeGreaterThanOrEqual(0);
    expect(allocation.isPaused && !isPaused && layers.currentSpatial >= 0).toBe(false);
    if (isPaused) expect(allocation.pauseReason).not.toBe("none");
    if (allocation.pauseReason === "bandwidth") {
      expect(this.#mayPause).toBe(true);
      expect(allocation.isDeficient).toBe(true);
      expect(allocation.streamState).toBe("paused");
      expect(allocation.isExempt).toBe(false);
    }
    expect(forwarder.isMuted).toBe(allocation.pauseReason === "muted");
    if (forwarder.isMuted) expect([layers.targetSpatial, allocation.requestedBps]).toEqual([-1, 0]);
    // Held back for a moment by an early warning: no less than it had, and nobody's loss.
    const isHeld = this.parts.estimator.state === "early-warning";
    if (!isHeld && !allocation.isExempt) {
      expect(allocation.isDeficient).toBe(allocation.requestedBps < allocation.optimalBps);
    }
    if (allocation.isExempt) expect(allocation.isDeficient).toBe(false);
    if (!allocation.isScreenShare && allocation.isDeficient) this.#checkMotion(forwarder, source);
  }

  /** Where bandwidth lacks, no large picture with few pictures instead of a smaller that moves. */
  #checkMotion({ layers }: FakeVideo["forwarder"], source: FakeVideo["source"]): void {
    const { targetSpatial, targetTemporal, maxTemporal } = layers;
    if (targetSpatial < 1 || targetTemporal > 0 || maxTemporal < 1) return;
    if ([0, 1, 2].some((t) => source.bitrateBps(targetSpatial, t) === 0)) return;
    const takenBps = source.bitrateBps(targetSpatial, 0);
    for (let s = 0; s < targetSpatial; s++) {
      const [lowestBps, movingBps] = [source.bitrateBps(s, 0), source.bitrateBps(s, 1)];
      const isBetter = source.isLayerAvailable(s) && movingBps > lowestBps && movingBps <= takenBps;
      expect(isBetter).toBe(false);
    }
  }

  /** After everything was shared out anew. */
  checkCapacity(): void {
    const capacityBps = this.allocator.capacityBps;
    const exemptBps = this.videos
      .filter(({ allocation }) => allocation.isExempt)
      .reduce((sum, { allocation }) => sum + allocation.requestedBps, 0);
    const sumBps = this.videos.reduce((sum, { allocation }) => sum + allocation.requestedBps, 0);
    if (this.#mayPause) expect(sumBps).toBeLessThanOrEqual(Math.max(capacityBps, exemptBps));
  }

  get overrideBps(): number {
    return this.#overrideBps;
  }
}

/** With somebody there to begin with, or most steps would have nobody to happen to. */
function stepsOf(maxLength: number): fc.Arbitrary<Step[]> {
  return fc
    .tuple(fc.array(add, { minLength: 1, maxLength: 4 }), fc.array(step, { maxLength }))
    .map(([adds, steps]) => [...adds, ...steps]);
}

const run = { numRuns: 400 };

test("whatever happens: nothing above what is asked, no pause without reason, lack is lack", () => {
  fc.assert(
    fc.property(fc.boolean(), stepsOf(40), (mayPause, steps) => {
      const model = new Model(mayPause);
      for (const it of steps) {
        model.do(it);
        model.check();
      }
    }),
    run,
  );
});

test("what is shared out stays within the capacity, where pausing is allowed", () => {
  fc.assert(
    fc.property(stepsOf(40), (steps) => {
      const model = new Model(true);
      for (const it of steps) {
        model.do(it);
        if (model.overrideBps > 0) model.checkCapacity();
      }
      model.do({ kind: "override", capacityBps: 0 });
      model.do({ kind: "none", capacityBps: 0 });
      model.do({ kind: "wait", ms: 20_000 });
      model.do({ kind: "congested", capacityBps: 700_000 });
      if (model.allocator.capacityBps === 700_000) model.checkCapacity();
    }),
    run,
  );
});

test("with all the bandwidth that there is, every track is optimal at last", () => {
  fc.assert(
    fc.property(fc.boolean(), stepsOf(30), (mayPause, steps) => {
      const model = new Model(mayPause);
      for (const it of steps) model.do(it);
      model.release();
      expect(model.allocator.isDeficient).toBe(false);
      for (const { allocation } of model.videos) {
        expect(allocation.requestedBps).toBeGreaterThanOrEqual(allocation.optimalBps);
        expect(allocation.pauseReason).not.toBe("bandwidth");
      }
    }),
    run,
  );
});

test("a lone track that never met congestion always has all it can get", () => {
  const quiet = step.filter(
    ({ kind }) => !["add", "remove", "congested", "early-warning", "override"].includes(kind),
  );
  fc.assert(
    fc.property(fc.array(quiet, { maxLength: 40 }), (steps) => {
      const model = new Model(true);
      model.do({ kind: "add", isScreenShare: false, isSvc: false, streams: 3, priority: 1 });
      for (const it of steps) {
        model.do(it);
        const { allocation, forwarder } = model.videos[0]!;
        if (forwarder.isMuted) continue;
        expect(allocation.requestedBps).toBeGreaterThanOrEqual(allocation.optimalBps);
        expect(forwarder.layers.targetSpatial).toBeGreaterThanOrEqual(0);
      }
    }),
    run,
  );
});
