import { expect, test } from "bun:test";
import { PostBatch } from "./post-batch.ts";

test("what one piece of work says leaves together and in order, and nothing twice", async () => {
  const posted: (readonly number[])[] = [];
  const batch = new PostBatch<number>((messages) => posted.push(messages));
  batch.add(1);
  batch.add(2);
  expect(posted).toEqual([]);
  await Promise.resolve();
  expect(posted).toEqual([[1, 2]]);
  await Promise.resolve();
  batch.add(3);
  await Promise.resolve();
  expect(posted).toEqual([[1, 2], [3]]);
});

test("what is said while a batch leaves goes with the next one", async () => {
  const posted: (readonly number[])[] = [];
  const batch = new PostBatch<number>((messages) => {
    posted.push(messages);
    if (messages.includes(1)) batch.add(2);
  });
  batch.add(1);
  await Promise.resolve();
  await Promise.resolve();
  expect(posted).toEqual([[1], [2]]);
});
