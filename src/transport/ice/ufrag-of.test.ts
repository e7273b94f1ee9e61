import { expect, test } from "bun:test";
import { StunAttribute, StunType } from "../../wire/stun/constants.ts";
import { StunWriter } from "../../wire/stun/stun-writer.ts";
import { readUsernameUfrag } from "./ufrag-of.ts";

function withUsername(username: string): Uint8Array {
  const writer = new StunWriter();
  const out = new Uint8Array(700);
  writer.begin(out, 0, StunType.BindingRequest, new Uint8Array(12), 0);
  writer.uint32(StunAttribute.Priority, 1);
  writer.bytes(StunAttribute.Username, new TextEncoder().encode(username));
  return out.slice(0, writer.length);
}

test.each([
  ["localFragment+/1:remote", "localFragment+/1"],
  ["a:b:c", "a"],
  ["nocolon", ""],
  [":remote", ""],
  ["bad name:remote", ""],
  [`${"x".repeat(33)}:remote`, ""],
  [`${"x".repeat(32)}:remote`, "x".repeat(32)],
])("the fragment in %p is %p", (username, ufrag) => {
  const bytes = withUsername(username);
  expect(readUsernameUfrag(bytes, 0, bytes.length)).toBe(ufrag);
  const shifted = new Uint8Array(bytes.length + 5);
  shifted.set(bytes, 5);
  expect(readUsernameUfrag(shifted, 5, bytes.length)).toBe(ufrag);
});

test("every truncation of a message has no fragment", () => {
  const bytes = withUsername("abcd:efgh");
  for (let length = 0; length < bytes.length; length++) {
    expect(readUsernameUfrag(bytes.slice(0, length), 0, length)).toBe("");
  }
});
