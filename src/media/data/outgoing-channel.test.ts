import { expect, test } from "bun:test";
import { Backlog } from "./data-port.ts";
import { LossyOutput, ReliableOutput } from "./outgoing-channel.ts";

const KB = 1024;

/** A queue that is drained at a steady rate, looked at every 10 ms. */
function fill(output: ReliableOutput, fromMs: number, forMs: number, bytesPerMs: number): void {
  let buffered = 1024 * KB;
  output.sent(fromMs, buffered, buffered);
  for (let ms = 10; ms <= forMs; ms += 10) {
    buffered -= 10 * bytesPerMs;
    output.noteBuffered(fromMs + ms, buffered);
  }
}

test("a reader is behind from 512 KiB on until it has caught up", () => {
  const output = new ReliableOutput(0);
  output.sent(0, 512 * KB, 512 * KB);
  expect(output.backlog(0)).toBe(Backlog.None);
  output.sent(1, 1, 512 * KB + 1);
  expect(output.backlog(1)).toBe(Backlog.Congested);
  output.noteBuffered(2, 300 * KB);
  expect(output.backlog(2)).toBe(Backlog.Congested);
  output.caughtUp();
  expect(output.backlog(3)).toBe(Backlog.None);
});

test("one that takes nothing for three seconds is stalled until it takes something", () => {
  const output = new ReliableOutput(0);
  output.sent(0, 600 * KB, 600 * KB);
  output.noteBuffered(2_000, 599 * KB);
  output.noteBuffered(4_000, 599 * KB);
  expect(output.backlog(5_000)).toBe(Backlog.Congested);
  expect(output.backlog(5_001)).toBe(Backlog.Stalled);
  output.sent(5_500, 10 * KB, 609 * KB);
  expect(output.backlog(5_500)).toBe(Backlog.Stalled);
  output.noteBuffered(6_000, 608 * KB);
  expect(output.backlog(6_000)).toBe(Backlog.Congested);
});

test("with a threshold a reader below it is too slow, one above it or of unknown speed is not", () => {
  const unknown = new ReliableOutput(800_000);
  unknown.sent(0, 600 * KB, 600 * KB);
  expect(unknown.isTooSlow(50)).toBe(false);
  const slow = new ReliableOutput(800_000);
  const fast = new ReliableOutput(800_000);
  fill(slow, 0, 1_000, 99);
  fill(fast, 0, 1_000, 101);
  expect(slow.isTooSlow(1_000)).toBe(true);
  expect(slow.backlog(1_000)).toBe(Backlog.Stalled);
  expect(fast.isTooSlow(1_000)).toBe(false);
  expect(fast.backlog(1_000)).toBe(Backlog.Congested);
});

test("with a threshold the queue of a slow reader is short, that of a fast one as long as ever", () => {
  const slow = new ReliableOutput(8_000);
  expect(slow.sent(0, 64 * KB, 64 * KB)).toBe(false);
  expect(slow.sent(0, 1, 64 * KB + 1)).toBe(true);
  expect(slow.lowBytes).toBe(32 * KB);
  const fast = new ReliableOutput(8_000);
  fill(fast, 0, 1_000, 600);
  fast.caughtUp();
  expect(fast.sent(1_000, 1, 300_000)).toBe(false);
  expect(fast.sent(1_000, 1, 600_000)).toBe(true);
  expect(fast.lowBytes).toBeGreaterThan(100_000);
});

/** Drains at this rate for a second, with something in the queue all the time. */
function learnt(latencyMs: number, bytesPerMs: number): LossyOutput {
  const output = new LossyOutput(latencyMs);
  output.note(0, 1_000_000, 1_000_000);
  for (let ms = 10; ms <= 1_000; ms += 10) output.note(ms, 0, 1_000_000 - ms * bytesPerMs);
  return output;
}

test("a lossy queue holds what its reader takes within the target, and 8 KiB at least", () => {
  const output = learnt(100, 500);
  expect(output.isFull(1_000, 49_000)).toBe(false);
  expect(output.isFull(1_000, 51_000)).toBe(true);
  expect(learnt(100, 1).isFull(1_000, 8_192)).toBe(false);
  expect(learnt(100, 1).isFull(1_000, 8_193)).toBe(true);
});

test("without a target it is a quarter of a second, and 64 KiB at least", () => {
  expect(learnt(0, 10).isFull(1_000, 64 * KB)).toBe(false);
  expect(learnt(0, 10).isFull(1_000, 64 * KB + 1)).toBe(true);
  expect(learnt(0, 900).isFull(1_000, 220_000)).toBe(false);
  expect(learnt(0, 900).isFull(1_000, 230_000)).toBe(true);
});

test("while the speed is not known a lossy queue is bounded all the same", () => {
  const output = new LossyOutput(100);
  expect(output.isFull(0, 1024 * KB)).toBe(false);
  expect(output.isFull(0, 1024 * KB + 1)).toBe(true);
});
