import { expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { DropReason } from "../../base/drop-reason.ts";
import { StunAttribute, StunType } from "./constants.ts";
import { formatIpText, readIpText } from "./ip-address.ts";
import { isStunMessage, readMappedAddressBytes, readStun, StunView } from "./stun-view.ts";
import { StunWriter } from "./stun-writer.ts";

// The sample messages of RFC 5769 §2.1 to §2.3; their password is the one in §2.
const PASSWORD = new TextEncoder().encode("VOkJxbRl1RmTxUk/WvJxBt");
const REQUEST = Uint8Array.fromHex(
  "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74" +
    "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020" +
    "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf",
);
const RESPONSE_IPV4 = Uint8Array.fromHex(
  "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220" +
    "002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96",
);
const RESPONSE_IPV6 = Uint8Array.fromHex(
  "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220" +
    "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9" +
    "00080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c",
);

test("readStun finds what stands in the sample request of RFC 5769", () => {
  const view = new StunView();
  expect(readStun(REQUEST, 0, REQUEST.length, view)).toBe(DropReason.None);
  expect(view.type).toBe(StunType.BindingRequest);
  expect(view.priority).toBe(0x6e0001ff);
  const username = REQUEST.slice(view.usernameOffset, view.usernameOffset + view.usernameBytes);
  expect(new TextDecoder().decode(username)).toBe("evtj:h6vY");
  expect(view.controlledOffset).toBeGreaterThan(0);
  expect(view.controllingOffset).toBe(-1);
  expect(view.useCandidate).toBe(false);
  expect(view.fingerprintOffset).toBe(REQUEST.length - 8);
  expect(view.integrityOffset).toBe(REQUEST.length - 32);
  expect(view.unknownCount).toBe(0);
});

test.each([
  { family: "IPv4", message: RESPONSE_IPV4, address: "192.0.2.1" },
  { family: "IPv6", message: RESPONSE_IPV6, address: "2001:db8:1234:5678:11:2233:4455:6677" },
])("readStun reads the mapped $family address of RFC 5769", ({ message, address }) => {
  const view = new StunView();
  const out = new Uint8Array(16);
  expect(readStun(message, 0, message.length, view)).toBe(DropReason.None);
  expect(view.type).toBe(StunType.BindingSuccess);
  expect(view.mappedPort).toBe(32853);
  expect(formatIpText(out, 0, readMappedAddressBytes(message, view, out))).toBe(address);
});

test.each([
  { family: "IPv4", message: RESPONSE_IPV4, address: "192.0.2.1" },
  { family: "IPv6", message: RESPONSE_IPV6, address: "2001:db8:1234:5678:11:2233:4455:6677" },
])("StunWriter writes the $family response of RFC 5769 byte by byte", ({ message, address }) => {
  const writer = new StunWriter();
  const out = new Uint8Array(message.length);
  const bytes = new Uint8Array(16);
  const length = readIpText(address, bytes);
  writer.begin(out, 0, StunType.BindingSuccess, message, 8);
  // the sample pads SOFTWARE with a space, which RFC 8489 does not
  writer.bytes(StunAttribute.Software, new TextEncoder().encode("test vector"));
  out[35] = 0x20;
  writer.xorMappedAddress(bytes, 0, length, 32853);
  const covered = writer.reserveIntegrity();
  writer.setIntegrity(createHmac("sha1", PASSWORD).update(covered!).digest());
  writer.fingerprint();
  expect(writer.length).toBe(message.length);
  expect(out.toHex()).toBe(message.toHex());
});

test("readStun takes a message at an offset and nothing beyond its length", () => {
  const bytes = new Uint8Array(REQUEST.length + 14);
  bytes.set(REQUEST, 7);
  const view = new StunView();
  expect(readStun(bytes, 7, REQUEST.length, view)).toBe(DropReason.None);
  expect(view.fingerprintOffset).toBe(7 + REQUEST.length - 8);
  expect(readStun(bytes, 7, REQUEST.length + 4, view)).toBe(DropReason.Malformed);
  expect(readStun(bytes, 7, 12, view)).toBe(DropReason.Truncated);
});

test("readStun refuses a message with any byte changed while its fingerprint is one", () => {
  const view = new StunView();
  const fingerprintAt = REQUEST.length - 8;
  for (let at = 0; at < REQUEST.length; at++) {
    if (at === fingerprintAt || at === fingerprintAt + 1) continue;
    const changed = REQUEST.slice();
    changed[at]! ^= 0x10;
    expect(readStun(changed, 0, changed.length, view)).not.toBe(DropReason.None);
  }
});

test("isStunMessage tells STUN from DTLS, RTP and TURN channel data", () => {
  expect(isStunMessage(REQUEST, 0, REQUEST.length)).toBe(true);
  for (const first of [20, 63, 64, 127, 128, 255]) {
    const other = REQUEST.slice();
    other[0] = first;
    expect(isStunMessage(other, 0, other.length) && first > 63).toBe(false);
  }
  expect(isStunMessage(new Uint8Array(20), 0, 20)).toBe(false);
});

test("readStun counts attributes it would have to understand, and skips optional ones", () => {
  const writer = new StunWriter();
  const out = new Uint8Array(200);
  writer.begin(out, 0, StunType.BindingRequest, new Uint8Array(12), 0);
  writer.bytes(0x7f01, new Uint8Array(3));
  writer.bytes(0xff01, new Uint8Array(5));
  for (let type = 0x4000; type < 0x4010; type++) writer.flag(type);
  const view = new StunView();
  expect(readStun(out, 0, writer.length, view)).toBe(DropReason.None);
  expect(view.unknownCount).toBe(8);
  expect(view.unknown[0]).toBe(0x7f01);
});

test("readStun ignores what follows MESSAGE-INTEGRITY, where anyone may have put it", () => {
  const writer = new StunWriter();
  const out = new Uint8Array(100);
  writer.begin(out, 0, StunType.BindingRequest, new Uint8Array(12), 0);
  writer.reserveIntegrity();
  writer.flag(StunAttribute.UseCandidate);
  writer.uint32(StunAttribute.Priority, 5);
  const view = new StunView();
  expect(readStun(out, 0, writer.length, view)).toBe(DropReason.None);
  expect(view.useCandidate).toBe(false);
  expect(view.priority).toBe(-1);
});

test("readStun reads an error code and the first of a repeated attribute", () => {
  const writer = new StunWriter();
  const out = new Uint8Array(100);
  writer.begin(out, 0, StunType.BindingError, new Uint8Array(12), 0);
  writer.errorCode(487, "Role Conflict");
  writer.uint32(StunAttribute.Priority, 1);
  writer.uint32(StunAttribute.Priority, 2);
  const view = new StunView();
  expect(readStun(out, 0, writer.length, view)).toBe(DropReason.None);
  expect(view.errorCode).toBe(487);
  expect(view.priority).toBe(1);
});

test("StunWriter reports length 0 once something did not fit", () => {
  const writer = new StunWriter();
  const out = new Uint8Array(30);
  writer.begin(out, 0, StunType.BindingRequest, new Uint8Array(12), 0);
  writer.flag(StunAttribute.UseCandidate);
  expect(writer.length).toBe(24);
  writer.uint32(StunAttribute.Priority, 1);
  expect(writer.length).toBe(0);
  writer.flag(StunAttribute.UseCandidate);
  expect(writer.length).toBe(0);
  expect(writer.reserveIntegrity()).toBeUndefined();
});

test.each([
  ["127.0.0.1", "127.0.0.1"],
  ["::", "0:0:0:0:0:0:0:0"],
  ["::1", "0:0:0:0:0:0:0:1"],
  ["fe80::", "fe80:0:0:0:0:0:0:0"],
  ["2001:DB8::a:0:1", "2001:db8:0:0:0:a:0:1"],
  ["::ffff:10.1.2.3", "10.1.2.3"],
  ["64:ff9b::192.0.2.33", "64:ff9b:0:0:0:0:c000:221"],
])("readIpText reads %s", (text, expected) => {
  const out = new Uint8Array(16);
  expect(formatIpText(out, 0, readIpText(text, out))).toBe(expected);
});

test.each([
  "",
  "1.2.3",
  "1.2.3.4.5",
  "1.2.3.256",
  "1..2.3",
  "1.2.3.4 ",
  ":",
  ":::",
  "1:",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "1::2::3",
  "12345::",
  "fe80::1%eth0",
  "host.local",
  "1:2:3:4:5:6:7:1.2.3.4",
  "1::2:3:4:5:6:7:8",
])("readIpText refuses %p", (text) => {
  expect(readIpText(text, new Uint8Array(16))).toBe(0);
});

test("readIpText reads back every address that formatIpText writes", () => {
  const addresses = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    // not IPv4-mapped: those come back as IPv4
    fc.uint8Array({ minLength: 16, maxLength: 16 }).filter((bytes) => bytes[11] !== 0xff),
  );
  fc.assert(
    fc.property(addresses, (address) => {
      const out = new Uint8Array(16);
      expect(readIpText(formatIpText(address, 0, address.length), out)).toBe(address.length);
      expect(out.slice(0, address.length)).toEqual(address);
    }),
  );
});
