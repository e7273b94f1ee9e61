import { expect, test } from "bun:test";
import { ArrivalGathering } from "./arrival-gathering.ts";

test("what arrives gathers after a turn that had nothing to send", () => {
  const gathering = new ArrivalGathering();
  expect(gathering.endTurn(1000, 1, false, 0)).toBe(2);
  expect(gathering.endTurn(1002, 15, false, 0)).toBe(2);
});

test("it does not after a turn that sent, or that was not for arrivals", () => {
  const gathering = new ArrivalGathering();
  expect(gathering.endTurn(1000, 1, true, 0)).toBe(0);
  expect(gathering.endTurn(1001, 0, false, 0)).toBe(0);
});

test("it does not while there is media, and for half a second after it", () => {
  const gathering = new ArrivalGathering();
  expect(gathering.endTurn(1000, 1, false, 1)).toBe(0);
  expect(gathering.endTurn(1001, 1, false, 1)).toBe(0);
  expect(gathering.endTurn(1500, 1, false, 1)).toBe(0);
  expect(gathering.endTurn(1501, 1, false, 1)).toBe(2);
  expect(gathering.endTurn(1502, 1, false, 2)).toBe(0);
});
