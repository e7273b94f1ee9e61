import { expect, test } from "bun:test";
import { DataReceipts } from "./data-receipts.ts";

test("messages in order are none of them lost", () => {
  const receipts = new DataReceipts();
  for (let i = 0; i < 5; i++) receipts.add(i, 10);
  expect(receipts).toMatchObject({ received: 5, bytes: 50, duplicates: 0, disordered: 0 });
  expect(receipts.lost(5)).toBe(0);
});

test("a late one is disordered and not lost, a second copy is a duplicate", () => {
  const receipts = new DataReceipts();
  for (const index of [0, 2, 3, 1, 1, 3]) receipts.add(index, 1);
  expect(receipts).toMatchObject({ received: 4, duplicates: 2, disordered: 1 });
  expect(receipts.lost(6)).toBe(2);
});
