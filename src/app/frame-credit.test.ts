import { expect, test } from "bun:test";
import { FRAMES_WAITING_MAX, FrameCredit } from "./frame-credit.ts";

test("FrameCredit lets any number through to a thread that takes them", () => {
  const [ours, theirs] = [new FrameCredit(), new FrameCredit()];
  for (let i = 0; i < 5 * FRAMES_WAITING_MAX; i++) {
    expect(ours.send()).toBe(true);
    const count = theirs.take();
    if (count > 0) ours.giveBack(count);
  }
  expect(ours.dropped).toBe(0);
});

test("FrameCredit drops what a thread that takes nothing could not hold, and recovers", () => {
  const [ours, theirs] = [new FrameCredit(), new FrameCredit()];
  let sent = 0;
  for (let i = 0; i < FRAMES_WAITING_MAX + 10; i++) if (ours.send()) sent += 1;
  expect(sent).toBe(FRAMES_WAITING_MAX);
  expect(ours.dropped).toBe(10);
  for (let i = 0; i < sent; i++) ours.giveBack(theirs.take());
  for (let i = 0; i < FRAMES_WAITING_MAX; i++) expect(ours.send()).toBe(true);
});
