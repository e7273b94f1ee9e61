import { expect, test } from "bun:test";
import { settle } from "../../../test/support/test-room.ts";
import { PostGate } from "./post-gate.ts";

test("so many run at a time, in the order they came, and a failure gives its place back", async () => {
  const gate = new PostGate(2);
  const started: number[] = [];
  const ends: PromiseWithResolvers<void>[] = [];
  const runs = [0, 1, 2, 3].map((n) => {
    const end = Promise.withResolvers<void>();
    ends.push(end);
    return gate.pass(() => {
      started.push(n);
      return end.promise;
    });
  });
  await settle();
  expect(started).toEqual([0, 1]);
  ends[1]!.reject(new Error("refused"));
  await expect(runs[1]).rejects.toThrow("refused");
  await settle();
  expect(started).toEqual([0, 1, 2]);
  for (const index of [0, 2, 3]) ends[index]!.resolve();
  await Promise.all([runs[0], runs[2], runs[3]]);
  expect(started).toEqual([0, 1, 2, 3]);
  expect(await gate.pass(() => Promise.resolve("free again"))).toBe("free again");
});
