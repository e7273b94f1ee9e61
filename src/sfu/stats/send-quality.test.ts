import { expect, test } from "bun:test";
import { Codec } from "../../wire/rtp/codec.ts";
import { SendQuality } from "./send-quality.ts";
import { SendStatistics } from "./send-statistics.ts";

const WINDOW_MS = 5_000;

/** A down track that sends 100 packets a second, and a subscriber that reports each second. */
class Stream {
  readonly stats: SendStatistics = new SendStatistics();
  readonly quality: SendQuality = new SendQuality(0);
  nowMs = 0;
  #sn = 1_000;

  /** One window: each second `lost` of its packets are lost, and `holes` never leave. */
  window(fields: { lost?: number; holes?: number; repaired?: number; isReported?: boolean } = {}) {
    const { lost = 0, holes = 0, repaired = 0, isReported = true } = fields;
    for (let second = 0; second < 5; second++) {
      this.nowMs += 1_000;
      this.#send(100 - holes);
      this.#sn += holes;
      this.#send(1);
      this.stats.totalLost += lost + holes;
      this.stats.retransmits += repaired;
      if (repaired > 0) this.stats.rtxReportMs = this.nowMs;
      if (isReported) this.quality.noteReport(this.nowMs, this.#sn - 1, this.stats);
    }
    return this.close();
  }

  silentWindow(): number {
    this.nowMs += WINDOW_MS;
    return this.close();
  }

  close(): number {
    return this.quality.update(this.nowMs, this.stats, Codec.Vp8, false);
  }

  #send(count: number): void {
    for (let i = 0; i < count; i++) {
      this.stats.sent.note(this.#sn);
      this.stats.packets += 1;
      this.#sn += 1;
    }
  }
}

test("a stream is judged once a report came after it was seen to flow", () => {
  const stream = new Stream();
  expect(stream.window({ lost: 50 })).toBe(100);
  expect(stream.window({ lost: 50 })).toBeLessThan(50);
});

test("what the publisher's own loss left out is no loss of the downlink, also in one burst", () => {
  const stream = new Stream();
  stream.window();
  for (let i = 0; i < 5; i++) expect(stream.window({ holes: 20 })).toBe(100);
  expect(stream.window({ holes: 60 })).toBe(100);
  expect(stream.window()).toBe(100);
  expect(stream.quality.sample.lost).toBe(0);
});

test("what is lost beside the publisher's loss counts", () => {
  const stream = new Stream();
  stream.window();
  stream.quality.sample.clear();
  expect(stream.window({ holes: 10, lost: 8 })).toBeLessThan(50);
  expect(stream.quality.sample.lost).toBe(40);
});

test("what retransmissions mended is forgiven, where the subscriber reports on them", () => {
  const stream = new Stream();
  stream.window();
  expect(stream.window({ lost: 8, repaired: 8 })).toBe(100);
  stream.stats.repeatedNacks += 20;
  expect(stream.window({ lost: 8, repaired: 8 })).toBeLessThan(80);
});

test("a stream that nobody sends on keeps its score, however long", () => {
  const stream = new Stream();
  stream.window();
  const score = stream.window({ lost: 5 });
  for (let i = 0; i < 20; i++) expect(stream.silentWindow()).toBe(score);
});

test("a subscriber that stops reporting is poor after 30 seconds", () => {
  const stream = new Stream();
  stream.window();
  stream.window();
  const told = [];
  for (let i = 0; i < 8; i++) told.push(stream.window({ isReported: false }));
  expect(told).toEqual([100, 100, 100, 100, 100, 100, 40, 40]);
});

test("held back is poor at once; then it climbs as after any loss", () => {
  const stream = new Stream();
  stream.window();
  stream.quality.noteAllocation(stream.nowMs, true, 2);
  expect(stream.quality.score).toBe(30);
  expect(stream.silentWindow()).toBe(30);
  stream.quality.noteAllocation(stream.nowMs, false, 0);
  expect(stream.window()).toBe(30);
  expect(stream.window()).toBeCloseTo(30 + 70 * 0.4, 5);
});

test("layers that bandwidth takes away lower the score for as long as they lack", () => {
  const stream = new Stream();
  stream.window();
  stream.quality.noteAllocation(stream.nowMs, false, 1);
  expect(stream.window()).toBeCloseTo(100 - 35 * 0.8, 5);
});
