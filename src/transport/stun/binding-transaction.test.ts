import { expect, test } from "bun:test";
import { DropReason } from "../../base/drop-reason.ts";
import { StunType } from "../../wire/stun/constants.ts";
import { readIpText } from "../../wire/stun/ip-address.ts";
import { StunWriter } from "../../wire/stun/stun-writer.ts";
import { BINDING_REQUEST_BYTES, BindingTransaction } from "./binding-transaction.ts";

const ID = new Uint8Array(12).fill(5);

function answer(type: number, address?: string, id: Uint8Array = ID): Uint8Array {
  const out = new Uint8Array(100);
  const writer = new StunWriter();
  writer.begin(out, 0, type, id, 0);
  const bytes = new Uint8Array(16);
  if (address !== undefined) writer.xorMappedAddress(bytes, 0, readIpText(address, bytes), 1);
  return out.slice(0, writer.length);
}

test("a request is sent four times in five seconds, then given up", () => {
  const transaction = new BindingTransaction(100, ID);
  const out = new Uint8Array(64);
  const sentMs: number[] = [];
  let nowMs = 100;
  for (; Number.isFinite(transaction.pollTimeout()); nowMs = transaction.pollTimeout()) {
    transaction.handleTimeout(nowMs - 1);
    expect(transaction.pollTransmit(out, 0)).toBe(0);
    transaction.handleTimeout(nowMs);
    if (transaction.pollTransmit(out, 0) === BINDING_REQUEST_BYTES) sentMs.push(nowMs - 100);
  }
  expect(sentMs).toEqual([0, 500, 1_500, 3_500]);
  expect(transaction.pollOutcome()).toBe("failed");
});

test.each(["203.0.113.5", "2001:db8:0:0:0:0:0:5"])(
  "the answer tells the address: %s",
  (address) => {
    const transaction = new BindingTransaction(0, ID.slice());
    transaction.handleTimeout(0);
    expect(transaction.handleDatagram(answer(StunType.BindingSuccess, address))).toBe(
      DropReason.None,
    );
    expect(transaction.pollOutcome()).toEqual({ address });
    expect(transaction.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
    expect(transaction.pollTransmit(new Uint8Array(64), 0)).toBe(0);
  },
);

test("what is no answer to the request changes nothing, an error ends it", () => {
  const transaction = new BindingTransaction(0, ID.slice());
  const other = new Uint8Array(12);
  for (const bytes of [
    answer(StunType.BindingSuccess, "203.0.113.5", other),
    answer(StunType.BindingSuccess),
    answer(StunType.BindingRequest, "203.0.113.5"),
    new Uint8Array(3),
  ]) {
    expect(transaction.handleDatagram(bytes)).not.toBe(DropReason.None);
    expect(transaction.pollOutcome()).toBeUndefined();
  }
  transaction.handleDatagram(answer(StunType.BindingError));
  expect(transaction.pollOutcome()).toBe("failed");
});
