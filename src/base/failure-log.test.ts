import { expect, test } from "bun:test";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { FailureLog } from "./failure-log.ts";

test("the first failures are logged, of later ones their count at each power of two", () => {
  const log = new RecordingLog();
  const failures = new FailureLog(log, "It failed");
  const error = new Error("broken");
  for (let i = 0; i < 100; i++) failures.note(error);
  expect(log.lines.map(({ fields }) => fields?.["failures"])).toEqual([
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 32, 64],
  ]);
  expect(log.lines[0]).toEqual({
    level: "error",
    message: "It failed",
    fields: { failures: 1, error },
  });
});
