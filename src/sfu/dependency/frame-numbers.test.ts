import { expect, test } from "bun:test";
import { FrameNumbers } from "./frame-numbers.ts";

test("FrameNumbers leave the first stream as it is, and continue with others", () => {
  const numbers = new FrameNumbers();
  expect(numbers.lastOut).toBe(-1);
  numbers.restart(65_540);
  expect(numbers.map(65_540)).toBe(4);
  expect(numbers.map(65_543)).toBe(7);
  expect(numbers.map(65_541)).toBe(5);
  numbers.restart(500_000);
  expect(numbers.map(500_000)).toBe(8);
  expect(numbers.map(500_004)).toBe(12);
});

test("FrameNumbers move ahead what would look old", () => {
  const numbers = new FrameNumbers();
  numbers.restart(70_000);
  numbers.map(70_000);
  numbers.align(70_000 + 0x7fff);
  expect(numbers.map(70_000 + 0x7fff)).toBe((70_000 + 0x7fff) & 0xffff);
  const far = 70_000 + 0x7fff + 0x8000;
  numbers.align(far);
  expect(numbers.map(far)).toBe((70_000 + 0x7fff + 6_000) & 0xffff);
  expect(numbers.map(far + 2)).toBe((70_000 + 0x7fff + 6_002) & 0xffff);
});
