import { expect, test } from "bun:test";
import { FakeScheduler } from "../../test/support/fake-scheduler.ts";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { DropReason } from "../base/drop-reason.ts";
import type { MediaCounters } from "../bridge/events.ts";
import { DropLog } from "./drop-log.ts";

function counters(dropped: readonly (readonly [DropReason, number])[]): MediaCounters {
  const sums = new Array<number>(10).fill(0);
  for (const [reason, count] of dropped) sums[reason] = count;
  return { dropped: sums } as Partial<MediaCounters> as MediaCounters;
}

test("DropLog says once a minute and at the end what was dropped since, and nothing else", () => {
  const scheduler = new FakeScheduler();
  const log = new RecordingLog();
  let threads: MediaCounters[] = [];
  const drops = new DropLog(() => threads, scheduler, log);
  const said = (): object[] => log.lines.splice(0).map(({ fields }) => fields);
  scheduler.advance(60_000);
  expect(said()).toEqual([]);
  threads = [counters([[DropReason.None, 1_000]])];
  scheduler.advance(60_000);
  expect(said()).toEqual([]);
  threads = [
    counters([
      [DropReason.Full, 2],
      [DropReason.BadTag, 3],
    ]),
    counters([[DropReason.Full, 5]]),
  ];
  scheduler.advance(59_999);
  expect(said()).toEqual([]);
  scheduler.advance(1);
  expect(log.lines).toMatchObject([{ level: "info", message: "Packets dropped" }]);
  expect(said()).toEqual([{ bad_tag: 3, full: 7 }]);
  scheduler.advance(60_000);
  expect(said()).toEqual([]);
  threads = [
    counters([
      [DropReason.BadTag, 3],
      [DropReason.Full, 8],
    ]),
  ];
  drops.close();
  expect(said()).toEqual([{ full: 1 }]);
  expect(scheduler.pendingCount).toBe(0);
});
