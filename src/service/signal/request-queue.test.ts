import { expect, test } from "bun:test";
import fc from "fast-check";
import { FakeScheduler } from "../../../test/support/fake-scheduler.ts";
import { livekit } from "../../gen/livekit.js";
import { RequestQueue, WAITING_MAX } from "./request-queue.ts";

const MIB = 1024 * 1024;

function queue() {
  const scheduler = new FakeScheduler();
  const handled: number[] = [];
  const requests = new RequestQueue(scheduler, ({ ping }) => handled.push(Number(ping)));
  let count = 0;
  const push = (bytes = 10) => requests.push(new livekit.SignalRequest({ ping: count++ }), bytes);
  return { scheduler, handled, requests, push };
}

test("a client that asks for little waits for nothing", () => {
  const { scheduler, handled, push } = queue();
  for (let second = 0; second < 60; second++) {
    for (let message = 0; message < 500; message++) expect(push(100)).toBe(true);
    expect(handled).toHaveLength((second + 1) * 500);
    scheduler.advance(1_000);
  }
});

test("a flood is held back, and refused once too much waits", () => {
  const { scheduler, handled, push } = queue();
  let taken = 0;
  while (push()) taken += 1;
  expect(handled.length).toBeGreaterThan(4_000);
  expect(handled.length).toBeLessThan(4_200);
  expect(taken).toBe(handled.length + WAITING_MAX);
  scheduler.advance(500);
  expect(handled.length).toBeLessThan(4_700);
  scheduler.advance(1_000);
  expect(handled).toEqual(Array.from({ length: taken }, (_, i) => i));
  expect(scheduler.pendingCount).toBe(0);
  expect(push()).toBe(true);
});

test("large messages count by their bytes, and descriptions by eight times those", () => {
  const { handled, push } = queue();
  for (let message = 0; message < 6; message++) push(2 * MIB);
  expect(handled).toHaveLength(4);
  expect(push(5 * MIB)).toBe(false);
  for (const message of ["offer", "answer"] as const) {
    const other = queue();
    const sdp = new livekit.SignalRequest({ [message]: { sdp: "" } });
    for (let offer = 0; offer < 12; offer++) other.requests.push(sdp, MIB / 10);
    expect(other.handled).toHaveLength(10);
  }
});

test("closing forgets what waits, but for the farewell", () => {
  const { scheduler, handled, requests, push } = queue();
  expect(requests.close()).toBeUndefined();
  push(9 * MIB);
  push();
  requests.push(new livekit.SignalRequest({ leave: {} }), 4);
  expect(requests.close()?.message).toBe("leave");
  scheduler.advance(60_000);
  expect(handled).toHaveLength(1);
  expect(scheduler.pendingCount).toBe(0);
});

test("whatever comes when, requests are handled once and in order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 2 * MIB }), fc.nat(2_000)), { maxLength: 200 }),
      (steps) => {
        const { scheduler, handled, requests } = queue();
        const taken: number[] = [];
        for (const [index, [bytes, pauseMs]] of steps.entries()) {
          if (requests.push(new livekit.SignalRequest({ ping: index }), bytes)) taken.push(index);
          scheduler.advance(pauseMs);
        }
        scheduler.advance(60_000);
        expect(handled).toEqual(taken);
        expect(scheduler.pendingCount).toBe(0);
      },
    ),
  );
});
