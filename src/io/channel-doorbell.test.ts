import { expect, test } from "bun:test";
import { answerDoorbell, ChannelDoorbell } from "./channel-doorbell.ts";

/** Numbers that no media thread of another test has. */
const [HERE, THERE] = [9_001, 9_002];

test("a bell is heard by the thread that it is of, until it answers no more", async () => {
  const heard: number[] = [];
  const waiting: (() => void)[] = [];
  const answer = (thread: number): (() => void) =>
    answerDoorbell(thread, () => {
      heard.push(thread);
      waiting.shift()?.();
    });
  const ends = [answer(HERE), answer(THERE)];
  const bells = [new ChannelDoorbell(HERE), new ChannelDoorbell(THERE)];
  for (const bell of [bells[1]!, bells[0]!, bells[1]!]) {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    bell.ring();
    await promise;
  }
  expect(heard).toEqual([THERE, HERE, THERE]);
  ends[0]!();
  bells[0]!.ring();
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.push(resolve);
  bells[1]!.ring();
  await promise;
  expect(heard).toEqual([THERE, HERE, THERE, THERE]);
  ends[1]!();
  for (const bell of bells) bell.close();
});
