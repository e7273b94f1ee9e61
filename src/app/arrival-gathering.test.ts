import { expect, test } from "bun:test";
import { ArrivalGathering } from "./arrival-gathering.ts";

test("what arrives gathers after a turn that had nothing to send, until many have come", () => {
  const gathering = new ArrivalGathering();
  expect(gathering.endTurn(1000, 1, 0, 0, false, 0)).toBe(2);
  expect(gathering.endTurn(1002, 7, 0, 0, false, 0)).toBe(2);
  expect(gathering.endTurn(1004, 8, 0, 0, false, 0)).toBe(0);
});

test("it does after a message to many, if they answered the one before the last", () => {
  const gathering = new ArrivalGathering();
  const send = (): number => gathering.endTurn(1000, 1, 8, 8, false, 0);
  const answer = (): number => gathering.endTurn(1000, 30, 0, 0, false, 0);
  expect(send()).toBe(2);
  answer();
  expect(send()).toBe(2);
  for (let i = 0; i < 3; i++) {
    expect(send()).toBe(2);
    answer();
    expect(send()).toBe(0);
  }
  send();
  expect(send()).toBe(0);
  expect(gathering.endTurn(1000, 1, 0, 0, false, 0)).toBe(2);
  answer();
  send();
  expect(send()).toBe(2);
});

test("it does not after a turn that sent to a few, that has more to do, or was not for arrivals", () => {
  const gathering = new ArrivalGathering();
  expect(gathering.endTurn(1000, 1, 7, 7, false, 0)).toBe(0);
  expect(gathering.endTurn(1001, 1, 0, 0, true, 0)).toBe(0);
  expect(gathering.endTurn(1002, 0, 0, 0, false, 0)).toBe(0);
  expect(gathering.endTurn(1003, 1, 8, 8, true, 0)).toBe(0);
});

test("it does not where many datagrams are a stream to a few, or to many", () => {
  const gathering = new ArrivalGathering();
  expect(gathering.endTurn(1000, 20, 40, 2, false, 0)).toBe(0);
  expect(gathering.endTurn(1001, 3, 90, 30, false, 0)).toBe(0);
  expect(gathering.endTurn(1002, 2, 60, 30, false, 0)).toBe(2);
});

test("it does not while there is media, and for half a second after it", () => {
  const gathering = new ArrivalGathering();
  expect(gathering.endTurn(1000, 1, 0, 0, false, 1)).toBe(0);
  expect(gathering.endTurn(1001, 1, 0, 0, false, 1)).toBe(0);
  expect(gathering.endTurn(1500, 1, 30, 30, false, 1)).toBe(0);
  expect(gathering.endTurn(1501, 1, 0, 0, false, 1)).toBe(2);
  expect(gathering.endTurn(1502, 1, 0, 0, false, 2)).toBe(0);
});
