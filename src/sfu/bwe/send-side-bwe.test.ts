import { expect, test } from "bun:test";
import fc from "fast-check";
import { seededRandom } from "../../../test/support/sctp-link.ts";
import { TwccPath } from "../../../test/support/twcc-path.ts";
import { CAPACITY_UNKNOWN_BPS } from "./bandwidth-estimator.ts";
import { DEFAULT_SEND_SIDE_BWE } from "./default-settings.ts";
import { SendSideBwe } from "./send-side-bwe.ts";
import { SentPackets } from "./sent-packets.ts";

const SECOND = 1_000;
const UINT32 = 2 ** 32;

function rig(seed = 1): { bwe: SendSideBwe; path: TwccPath; sent: SentPackets } {
  const random = seededRandom(seed);
  const sent = new SentPackets(seed);
  const bwe = new SendSideBwe(DEFAULT_SEND_SIDE_BWE, sent);
  return { bwe, sent, path: new TwccPath(bwe, sent, () => random() / UINT32) };
}

/** Runs in steps, and collects the states that showed. */
function statesOf(bwe: SendSideBwe, path: TwccPath, durationMs: number, bps: number): string[] {
  const states: string[] = [];
  for (let ms = 0; ms < durationMs; ms += 20) {
    path.run(20, bps);
    if (states.at(-1) !== bwe.state) states.push(bwe.state);
  }
  return states;
}

test("nothing is thought of a path that takes all, and nothing of one that is not reported", () => {
  const { bwe, path } = rig();
  path.run(10 * SECOND, 2e6);
  expect(bwe.state).toBe("none");
  expect(bwe.capacityBps).toBe(CAPACITY_UNKNOWN_BPS);
  expect(bwe.pollChange()).toBe(false);
  path.deliver = () => {};
  path.shape.rateBps = 100_000;
  path.run(30 * SECOND, 2e6);
  expect(bwe.state).toBe("none");
  expect(bwe.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
});

test.each([
  { sendBps: 1.7e6, rateBps: 500e3, queueMs: 1_000, withinMs: 1_200 },
  { sendBps: 1.7e6, rateBps: 1e6, queueMs: 1_000, withinMs: 1_500 },
  { sendBps: 1.7e6, rateBps: 500e3, queueMs: 30, withinMs: 1_200 },
  { sendBps: 600e3, rateBps: 500e3, queueMs: 1_000, withinMs: 3_000 },
])("a path that got short is seen, warned of and measured: %p", (it) => {
  const { bwe, path } = rig();
  path.shape.queueMs = it.queueMs;
  path.run(10 * SECOND, it.sendBps);
  path.shape.rateBps = it.rateBps;
  expect(statesOf(bwe, path, it.withinMs, it.sendBps)).toEqual([
    "none",
    "early-warning",
    "congested",
  ]);
  expect(bwe.pollChange()).toBe(true);
  expect(bwe.pollChange()).toBe(false);
  expect(bwe.capacityBps).toBeGreaterThan(it.rateBps * 0.6);
  expect(bwe.capacityBps).toBeLessThan(it.rateBps * 1.05);
});

test("a path that takes far less than what is allocated is seen before its queue is full", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { bwe, path } = rig(seed);
    bwe.setExpectedUsage(1.7e6);
    path.run(10 * SECOND, 1.7e6, 1_100, 6);
    path.shape.rateBps = 500e3;
    path.run(500, 1.7e6, 1_100, 6);
    expect(bwe.state).toBe("congested");
    expect(bwe.capacityBps).toBeGreaterThan(300e3);
    expect(bwe.capacityBps).toBeLessThan(525e3);
  }
});

test("large frames that come as fast as the path takes them are no congestion", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { bwe, path } = rig(seed);
    bwe.setExpectedUsage(1.7e6);
    path.shape.rateBps = 2.2e6;
    for (let i = 0; i < 30; i++) {
      expect(statesOf(bwe, path, 1_500 + seed, 1.4e6)).not.toContain("congested");
      path.run(130, 6e6);
    }
  }
});

test.each([100, 200, 350])("stalls of %p ms are no congestion", (stallMs) => {
  for (let seed = 1; seed <= 10; seed++) {
    const { bwe, path } = rig(seed);
    bwe.setExpectedUsage(1.7e6);
    for (let i = 0; i < 30; i++) {
      expect(statesOf(bwe, path, 1_500 + 20 * i, 1.7e6)).not.toContain("congested");
      path.run(seed * 5, 1.7e6);
      for (let ms = 0; ms < stallMs; ms += 10) {
        path.shape.delayMs = 20 + stallMs - ms;
        path.run(10, 1.7e6);
      }
      path.shape.delayMs = 20;
    }
  }
});

test("congestion is over when what is sent fits again and the queue is empty", () => {
  const { bwe, path } = rig();
  path.run(5 * SECOND, 1.7e6);
  path.shape.rateBps = 500e3;
  path.run(1.2 * SECOND, 1.7e6);
  expect(bwe.state).toBe("congested");
  path.run(8 * SECOND, 250e3);
  expect(bwe.state).toBe("none");
  expect(bwe.capacityBps).toBeGreaterThan(200e3);
  expect(bwe.capacityBps).toBeLessThan(300e3);
});

test("a path that gets shorter still while congested lowers the capacity, and tells", () => {
  const { bwe, path } = rig();
  path.run(5 * SECOND, 1.7e6);
  path.shape.rateBps = 1e6;
  path.run(1.5 * SECOND, 1.7e6);
  expect(bwe.state).toBe("congested");
  const before = bwe.capacityBps;
  bwe.pollChange();
  path.shape.rateBps = 300e3;
  path.run(4 * SECOND, 800e3);
  expect(bwe.pollChange()).toBe(true);
  expect(bwe.state).toBe("congested");
  expect(bwe.capacityBps).toBeLessThan(Math.min(before, 400e3));
});

test.each([
  { title: "5 % loss", shape: { loss: 0.05 } },
  { title: "8 % loss", shape: { loss: 0.08 } },
  { title: "20 ms of jitter", shape: { jitterMs: 20 } },
  { title: "60 ms of jitter", shape: { jitterMs: 60 } },
  { title: "5 % loss and 20 ms of jitter", shape: { loss: 0.05, jitterMs: 20 } },
  { title: "a long way", shape: { delayMs: 400 } },
])("no congestion is $title", ({ shape }) => {
  for (let seed = 1; seed <= 5; seed++) {
    const { bwe, path } = rig(seed);
    bwe.setExpectedUsage(2e6);
    Object.assign(path.shape, shape);
    expect(statesOf(bwe, path, 60 * SECOND, 2e6)).toEqual(["none"]);
  }
});

test("bursts as of key frames are no congestion", () => {
  const { bwe, path } = rig();
  path.shape.rateBps = 2.5e6;
  for (let i = 0; i < 30; i++) {
    path.run(900, 1.5e6, 1_100, 5);
    for (let j = 0; j < 40; j++) path.send(1_100);
    path.run(100, 1e6);
    expect(bwe.state).not.toBe("congested");
  }
});

test("another route with a longer way, and a slow drift of clocks, are no congestion", () => {
  const { bwe, path } = rig();
  path.run(10 * SECOND, 1e6);
  path.shape.delayMs = 90;
  expect(statesOf(bwe, path, 20 * SECOND, 1e6)).not.toContain("congested");
  for (let i = 0; i < 600; i++) {
    path.clockOffsetMs += 0.1;
    path.run(SECOND, 300e3);
  }
  expect(bwe.state).toBe("none");
});

test("a clock of the receiver that is set, either way, is no congestion", () => {
  const { bwe, path } = rig();
  for (const stepMs of [3_600_000, -7_200_000, 11_000]) {
    path.run(5 * SECOND, 1e6);
    path.clockOffsetMs += stepMs;
    expect(statesOf(bwe, path, 5 * SECOND, 1e6)).toEqual(["none"]);
  }
});

test("congestion is found though every other report is lost", () => {
  const { bwe, path } = rig();
  const handle = path.deliver;
  let count = 0;
  path.deliver = (report) => {
    count += 1;
    if (count % 2 === 0) handle(report);
  };
  expect(statesOf(bwe, path, 10 * SECOND, 1.7e6)).toEqual(["none"]);
  path.shape.rateBps = 500e3;
  path.run(3 * SECOND, 1.7e6);
  expect(bwe.state).toBe("congested");
});

test("reports that come twice or the wrong way round are no congestion", () => {
  const { bwe, path } = rig();
  const handle = path.deliver;
  let held: Uint8Array | undefined;
  path.deliver = (report) => {
    if (held === undefined) {
      held = report;
      return;
    }
    handle(report);
    handle(held);
    handle(report);
    held = undefined;
  };
  expect(statesOf(bwe, path, 20 * SECOND, 1.5e6)).toEqual(["none"]);
  expect(bwe.debugInfo()).toMatchObject({ ambientLoss: 0 });
});

test("a probe that the path takes raises the capacity, and tells when it is known", () => {
  const { bwe, path } = rig();
  path.shape.rateBps = 1e6;
  path.run(5 * SECOND, 300e3);
  const goal = { expectedBps: 300e3, desiredBps: 700e3, durationMs: 400, bytes: 35_000 };
  bwe.startProbe(path.nowMs, goal);
  path.run(450, 750e3, 500);
  bwe.endProbe(path.nowMs);
  expect(bwe.pollTimeout()).toBeGreaterThan(path.nowMs);
  path.run(200, 300e3);
  const outcome = bwe.pollProbeOutcome(path.nowMs);
  expect(outcome?.verdict).toBe("clear");
  expect(outcome?.capacityBps).toBeGreaterThan(650e3);
  expect(outcome?.capacityBps).toBeLessThan(850e3);
  expect(bwe.pollProbeOutcome(path.nowMs)).toBeUndefined();
});

test("a probe that the path does not take is congesting, before its end", () => {
  const { bwe, path } = rig();
  path.shape.rateBps = 400e3;
  path.run(5 * SECOND, 300e3);
  const goal = { expectedBps: 300e3, desiredBps: 900e3, durationMs: 2_000, bytes: 225_000 };
  bwe.startProbe(path.nowMs, goal);
  let outcome = bwe.pollProbeOutcome(path.nowMs);
  for (let ms = 0; ms < 2_000 && outcome === undefined; ms += 100) {
    path.run(100, 900e3, 500);
    outcome = bwe.pollProbeOutcome(path.nowMs);
  }
  expect(outcome?.verdict).toBe("congesting");
});

test("a probe of which too little was sent or reported says nothing", () => {
  const { bwe, path } = rig();
  path.run(2 * SECOND, 300e3);
  const goal = { expectedBps: 300e3, desiredBps: 900e3, durationMs: 400, bytes: 45_000 };
  bwe.startProbe(path.nowMs, goal);
  path.run(50, 300e3);
  bwe.endProbe(path.nowMs);
  path.run(SECOND, 300e3);
  expect(bwe.pollProbeOutcome(path.nowMs)?.verdict).toBe("inconclusive");
  bwe.startProbe(path.nowMs, goal);
  path.deliver = () => {};
  path.run(400, 900e3);
  bwe.endProbe(path.nowMs);
  expect(bwe.pollProbeOutcome(path.nowMs + 200)).toBeUndefined();
  expect(bwe.pollProbeOutcome(path.nowMs + 5_000)?.verdict).toBe("inconclusive");
});

test("a probe over a path that loses packets by itself can be clear", () => {
  const { bwe, path } = rig();
  path.shape.loss = 0.05;
  path.run(30 * SECOND, 1e6);
  const goal = { expectedBps: 1e6, desiredBps: 1.5e6, durationMs: 1_000, bytes: 187_500 };
  bwe.startProbe(path.nowMs, goal);
  path.run(SECOND, 1.6e6, 600);
  bwe.endProbe(path.nowMs);
  path.run(300, 1e6);
  expect(bwe.pollProbeOutcome(path.nowMs)?.verdict).toBe("clear");
});

test("a reset forgets congestion and probe, but not how long the way is", () => {
  const { bwe, path } = rig();
  path.run(5 * SECOND, 1.7e6);
  path.shape.rateBps = 500e3;
  path.run(1.2 * SECOND, 1.7e6);
  bwe.startProbe(path.nowMs, { expectedBps: 1, desiredBps: 2, durationMs: 1, bytes: 1 });
  bwe.reset(path.nowMs);
  expect(bwe.state).toBe("none");
  expect(bwe.capacityBps).toBe(CAPACITY_UNKNOWN_BPS);
  expect(bwe.pollChange()).toBe(false);
  expect(bwe.pollProbeOutcome(path.nowMs)).toBeUndefined();
  path.run(1.2 * SECOND, 1.7e6);
  expect(bwe.state).toBe("congested");
});

test("a change of state is always told, and the capacity stays a figure, on any path", () => {
  const shape = fc.record({
    rateBps: fc.integer({ min: 50_000, max: 5_000_000 }),
    delayMs: fc.integer({ min: 0, max: 300 }),
    jitterMs: fc.integer({ min: 0, max: 80 }),
    loss: fc.double({ min: 0, max: 0.3, noNaN: true }),
    queueMs: fc.integer({ min: 10, max: 2_000 }),
  });
  const phase = fc.tuple(shape, fc.integer({ min: 50_000, max: 3_000_000 }));
  fc.assert(
    fc.property(fc.array(phase, { minLength: 1, maxLength: 6 }), fc.nat(), (phases, seed) => {
      const { bwe, path } = rig(seed);
      let before: string = bwe.state;
      for (const [next, sendBps] of phases) {
        path.shape = next;
        for (let ms = 0; ms < 2_000; ms += 50) {
          path.run(50, sendBps);
          if (bwe.state !== before) {
            expect(bwe.pollChange()).toBe(true);
          }
          // a warning may come of packets that are all lost: they tell no rate
          if (bwe.state === "congested") {
            expect(bwe.capacityBps).toBeLessThan(CAPACITY_UNKNOWN_BPS);
          }
          expect(bwe.capacityBps).toBeGreaterThanOrEqual(0);
          before = bwe.state;
        }
      }
    }),
    { numRuns: 40 },
  );
});
