import { expect, test } from "bun:test";
import {
  hasData,
  type LinkOptions,
  SctpLink,
  seededRandom,
} from "../../../test/support/sctp-link.ts";
import { u32 } from "../../wire/bytes.ts";
import { SctpAssociation } from "./sctp-association.ts";
import type { SctpOptions } from "./sctp-options.ts";

const BUFFERED_BYTES = 4_000_000;

function senderInfo(association: SctpAssociation): Record<string, number> {
  return association.debugInfo()["sender"] as Record<string, number>;
}

/** Flows that always have something to send, side by side over one path. */
function transfer(
  flowCount: number,
  untilMs: number,
  linkOptions: LinkOptions,
  options: Partial<SctpOptions> = {},
) {
  const flows = Array.from({ length: flowCount }, (_, i) => ({
    a: new SctpAssociation({ random: seededRandom(2 * i + 1), ...options }),
    b: new SctpAssociation({ random: seededRandom(2 * i + 2), receiveBufferBytes: 8 << 20 }),
    receivedBytes: 0,
  }));
  const [first, ...others] = flows;
  const link = new SctpLink(first!.a, first!.b, linkOptions);
  for (const { a, b } of others) link.add(a, b);
  for (const { a } of flows) a.connect(0);
  const message = new Uint8Array(16_000);
  let leastQueueMs = Number.POSITIVE_INFINITY;
  let queueMs = 0;
  let steps = 0;
  link.onStep = () => {
    for (const flow of flows) {
      while (flow.a.bufferedBytes < BUFFERED_BYTES) {
        if (flow.a.send(link.nowMs, 1, 53, message) !== "sent") break;
      }
      for (let event = flow.b.pollEvent(); event; event = flow.b.pollEvent()) {
        if (event.kind === "message") flow.receivedBytes += event.bytes.length;
      }
      while (flow.a.pollEvent() !== undefined);
    }
    if (link.nowMs < 1000) return;
    leastQueueMs = Math.min(leastQueueMs, link.queuedMs);
    queueMs += link.queuedMs;
    steps += 1;
  };
  link.run(untilMs);
  const bits = flows.map((flow) => flow.receivedBytes * 8);
  const sum = bits.reduce((x, y) => x + y, 0);
  return {
    megabits: sum / untilMs / 1000,
    /** Jain's index: 1 when all got the same. */
    fairness: (sum * sum) / (flowCount * bits.reduce((x, y) => x + y * y, 0)),
    leastQueueMs,
    meanQueueMs: queueMs / steps,
    sender: senderInfo(first!.a),
  };
}

/** One message train of `count` packets after the handshake; `passes` sees DATA packets only. */
function train(count: number, passes: (index: number) => boolean) {
  const a = new SctpAssociation({ random: seededRandom(1) });
  const b = new SctpAssociation({ random: seededRandom(2) });
  let index = -1;
  const link: SctpLink = new SctpLink(a, b, {
    delayMs: 20,
    passes: (bytes, isFromA) => index < 0 || !isFromA || !hasData(bytes) || passes(index++),
  });
  a.connect(0);
  link.run(500);
  // One round trip is known before.
  a.send(500, 1, 53, new Uint8Array(2000));
  link.run(1000);
  index = 0;
  let received = -1;
  link.onStep = () => {
    for (let event = b.pollEvent(); event; event = b.pollEvent()) {
      if (event.kind === "message") received += 1;
    }
  };
  for (let i = 0; i < count; i++) a.send(1000, 1, 53, new Uint8Array(1100));
  link.run(20_000, () => received === count);
  expect(received).toBe(count);
  const tookMs = link.nowMs - 1000;
  link.run(link.nowMs + 1000);
  return { tookMs, sender: senderInfo(a) };
}

test.each([1, 2, 3])(
  "2 %% of loss each way at 50 ms leave more than 5 Mbit/s (seed %d)",
  (seed) => {
    const { megabits, sender } = transfer(1, 20_000, { loss: 0.02, delayMs: 25, seed });
    expect(megabits).toBeGreaterThan(5);
    expect(sender["timeouts"]).toBe(0);
  },
);

test("1 % of loss at 200 ms leaves twice what plain Reno would", () => {
  const { megabits } = transfer(1, 30_000, { loss: 0.01, delayMs: 100, seed: 1 });
  // 1.2 / sqrt(0.01) packets a round trip.
  expect(megabits).toBeGreaterThan((2 * 12 * 1175 * 8) / 200 / 1000);
});

test("A bottleneck is filled without keeping its queue full, and shared fairly", () => {
  const path = { delayMs: 25, seed: 1, bytesPerMs: 1250 };
  for (const [flows, queueLimitMs] of [
    [1, 100],
    [2, 100],
    [4, 100],
    [2, 20],
  ] as const) {
    const result = transfer(flows, 30_000, { ...path, queueMs: queueLimitMs });
    expect(result.megabits).toBeGreaterThan(9.4);
    expect(result.fairness).toBeGreaterThan(0.8);
    expect(result.meanQueueMs).toBeLessThan(queueLimitMs * 0.85);
    expect(result.leastQueueMs).toBeLessThan(queueLimitMs * 0.4);
  }
});

test("A flow that comes later gets its share", () => {
  const random = seededRandom(9);
  const pairs = [0, 1].map(() => ({
    a: new SctpAssociation({ random }),
    b: new SctpAssociation({ random, receiveBufferBytes: 8 << 20 }),
    receivedBytes: 0,
  }));
  const [early, late] = [pairs[0]!, pairs[1]!];
  const link = new SctpLink(early.a, early.b, { delayMs: 25, bytesPerMs: 1250, queueMs: 100 });
  link.add(late.a, late.b);
  early.a.connect(0);
  const message = new Uint8Array(16_000);
  link.onStep = () => {
    for (const { a } of pairs)
      while (a.bufferedBytes < 1e6 && a.send(0, 1, 53, message) === "sent");
    for (const pair of pairs) {
      for (let event = pair.b.pollEvent(); event; event = pair.b.pollEvent()) {
        if (event.kind === "message" && link.nowMs > 20_000) pair.receivedBytes += message.length;
      }
    }
  };
  link.run(10_000);
  late.a.connect(10_000);
  link.run(50_000);
  const share = late.receivedBytes / (early.receivedBytes + late.receivedBytes);
  expect(share).toBeGreaterThan(0.25);
  expect(share).toBeLessThan(0.75);
});

test("The window of a fast path grows quickly", () => {
  const path = { delayMs: 5, bytesPerMs: 250_000, queueMs: 20 };
  expect(transfer(1, 1000, path).megabits).toBeGreaterThan(800);
});

test("Every other packet of a flight is lost: repaired without the timer", () => {
  const { tookMs, sender } = train(40, (index) => index >= 10 || index % 2 === 1);
  expect(sender["timeouts"]).toBe(0);
  expect(tookMs).toBeLessThan(500);
});

test("Retransmissions that are lost in turn are found by what left after them", () => {
  const tsns = new Map<number, number>();
  const a = new SctpAssociation({ random: seededRandom(1) });
  const b = new SctpAssociation({ random: seededRandom(2) });
  let first = -1;
  const link = new SctpLink(a, b, {
    delayMs: 20,
    passes: (bytes, isFromA) => {
      if (!isFromA || !hasData(bytes)) return true;
      const tsn = u32(bytes, 16);
      if (first < 0) first = tsn;
      const times = (tsns.get(tsn) ?? 0) + 1;
      tsns.set(tsn, times);
      // One chunk is lost four times in a row.
      return tsn !== first + 300 || times > 4;
    },
  });
  link.onStep = () => {
    while (b.pollEvent() !== undefined);
  };
  a.connect(0);
  for (let i = 0; i < 1000; i++) a.send(0, 1, 53, new Uint8Array(1100));
  link.run(5000, () => a.isConnected && a.bufferedBytes === 0);
  expect(tsns.get(first + 300)).toBe(5);
  expect(senderInfo(a)["timeouts"]).toBe(0);
  expect(link.nowMs).toBeLessThan(900);
});

test.each([1, 2, 5])(
  "The last %d packets are lost: a probe repairs them, not the timer",
  (count) => {
    const { tookMs, sender } = train(8, (index) => index < 8 - count || index >= 8);
    expect(sender["timeouts"]).toBe(0);
    expect(tookMs).toBeLessThan(250);
  },
);

test("A lone packet that is lost is repaired by a probe that allows for a delayed SACK", () => {
  const { tookMs, sender } = train(1, (index) => index > 0);
  expect(tookMs).toBeLessThan(350);
  expect(sender["retransmits"]).toBe(1);
});

test("Packets that overtake each other are soon no longer taken for losses", () => {
  const calm = transfer(1, 10_000, { delayMs: 25, jitterMs: 10, bytesPerMs: 1250, seed: 4 });
  expect(calm.sender["retransmits"]).toBeLessThan(30);
  expect(calm.sender["timeouts"]).toBe(0);
  expect(calm.megabits).toBeGreaterThan(8);
});

test("A delay of the whole path that was taken for loss does not shrink the window for long", () => {
  let isLate = false;
  const held: Uint8Array[] = [];
  const a = new SctpAssociation({ random: seededRandom(1) });
  const b = new SctpAssociation({ random: seededRandom(2) });
  const link = new SctpLink(a, b, {
    passes: (bytes, isFromA) => {
      if (isFromA && isLate) held.push(bytes);
      return !(isFromA && isLate);
    },
  });
  a.connect(0);
  for (let i = 0; i < 400; i++) a.send(0, 1, 53, new Uint8Array(1100));
  link.run(2000, () => link.nowMs > 100 && a.bufferedBytes === 0);
  const before = senderInfo(a)["windowBytes"]!;
  expect(before).toBeGreaterThan(100_000);
  isLate = true;
  for (let i = 0; i < 50; i++) a.send(link.nowMs, 1, 53, new Uint8Array(1100));
  link.run(link.nowMs + 500);
  expect(senderInfo(a)["timeouts"]).toBe(1);
  isLate = false;
  for (const bytes of held) b.handlePacket(link.nowMs, bytes);
  link.run(link.nowMs + 2000);
  expect(senderInfo(a)["windowBytes"]!).toBeGreaterThanOrEqual(before);
  expect(a.bufferedBytes).toBe(0);
});

test("The window's floor, its step and the burst of a fast retransmission follow the options", () => {
  const lossy = { loss: 0.3, delayMs: 25, seed: 3 };
  const floor = transfer(1, 5000, lossy, { minWindowBytes: 200_000 });
  expect(floor.sender["windowBytes"]).toBeGreaterThanOrEqual(200_000);
  const plain = transfer(1, 20_000, { loss: 0.02, delayMs: 50, seed: 1 });
  const steep = transfer(
    1,
    20_000,
    { loss: 0.02, delayMs: 50, seed: 1 },
    { growthStepBytes: 6000 },
  );
  expect(steep.megabits).toBeGreaterThan(plain.megabits * 1.3);
});

test("An idle connection starts again with a small window", () => {
  const a = new SctpAssociation({ random: seededRandom(1) });
  const b = new SctpAssociation({ random: seededRandom(2) });
  const link = new SctpLink(a, b);
  link.onStep = () => {
    while (b.pollEvent() !== undefined);
  };
  a.connect(0);
  for (let i = 0; i < 1000; i++) a.send(0, 1, 53, new Uint8Array(1100));
  link.run(3000);
  const busy = senderInfo(a)["windowBytes"]!;
  expect(busy).toBeGreaterThan(200_000);
  link.run(60_000);
  a.send(60_000, 1, 53, new Uint8Array(1100));
  link.run(60_001);
  expect(senderInfo(a)["windowBytes"]!).toBeLessThan(12_000);
});

test.each([5, 20])(
  "A path that was dark for %p s is used again within two, at its full rate",
  (dark) => {
    const endMs = 2000 + dark * 1000;
    let receivedBytes = 0;
    const { link, a, b } = createDark(endMs);
    link.onStep = () => {
      while (a.bufferedBytes < BUFFERED_BYTES) a.send(link.nowMs, 1, 53, new Uint8Array(16_000));
      for (let event = b.pollEvent(); event; event = b.pollEvent()) {
        if (event.kind === "message") receivedBytes += event.bytes.length;
      }
    };
    a.connect(0);
    link.run(endMs + 2000);
    receivedBytes = 0;
    link.run(endMs + 3000);
    expect(receivedBytes).toBeGreaterThan(4_500_000);
  },
);

/** 5 MB/s, 40 ms, and nothing from 2 s on until `endMs`. */
function createDark(endMs: number) {
  const a = new SctpAssociation({ random: seededRandom(1) });
  const b = new SctpAssociation({ random: seededRandom(2) });
  const link = new SctpLink(a, b, {
    delayMs: 20,
    bytesPerMs: 5000,
    queueMs: 50,
    passes: () => link.nowMs < 2000 || link.nowMs >= endMs,
  });
  return { link, a, b };
}
