import { expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { DropReason } from "../../src/base/drop-reason.ts";
import { IceLiteAgent } from "../../src/transport/ice/ice-lite-agent.ts";
import { type HmacSha1, writeIntegrity } from "../../src/transport/ice/integrity.ts";
import { ICE_PATHS_MAX } from "../../src/transport/ice/path-table.ts";
import { readUsernameUfrag } from "../../src/transport/ice/ufrag-of.ts";
import { StunAttribute, StunType } from "../../src/wire/stun/constants.ts";
import { readMappedAddressBytes, readStun, StunView } from "../../src/wire/stun/stun-view.ts";
import { StunWriter } from "../../src/wire/stun/stun-writer.ts";
import { runMutations } from "../support/mutate.ts";

const MUTATIONS = 20_000;
const SEED = 0x57a7;
const UFRAG = "fuzzFragment0001";
const PWD = "fuzzPasswordOfTheLocalAgent00001";
const KEY = new TextEncoder().encode(PWD);
const OUT_GUARD = 0xa5;

const hmacSha1: HmacSha1 = (key, data) => createHmac("sha1", key).update(data).digest();

function message(type: StunType, withIntegrity: boolean, write: (w: StunWriter) => void) {
  const writer = new StunWriter();
  const out = new Uint8Array(300);
  writer.begin(out, 0, type, new Uint8Array(12).fill(7), 0);
  write(writer);
  if (withIntegrity) writeIntegrity(writer, KEY, hmacSha1);
  return out.slice(0, writer.length);
}

function writeCheck(writer: StunWriter): void {
  writer.bytes(StunAttribute.Username, new TextEncoder().encode(`${UFRAG}:peer`));
  writer.uint32(StunAttribute.Priority, 1845501695);
  writer.bytes(StunAttribute.IceControlling, new Uint8Array(8).fill(3));
  writer.flag(StunAttribute.UseCandidate);
}

const CORPUS = [
  message(StunType.BindingRequest, true, writeCheck),
  message(StunType.BindingRequest, false, writeCheck),
  message(StunType.BindingIndication, false, () => {}),
  message(StunType.BindingSuccess, true, (writer) => {
    writer.xorMappedAddress(new Uint8Array(16).fill(9), 0, 16, 5000);
    writer.xorMappedAddress(new Uint8Array(4).fill(9), 0, 4, 5000);
  }),
  message(StunType.BindingError, true, (writer) => {
    writer.errorCode(420, "Unknown Attribute");
    writer.unknownAttributes(new Uint16Array([1, 2, 3]), 3);
  }),
];

/** Lets a mutation in the body reach the attributes: the header's length is made right again. */
function withLength(bytes: Uint8Array): Uint8Array {
  const attributes = Math.max(0, bytes.length - 20) & ~3;
  const fixed = bytes.slice(0, 20 + attributes);
  fixed[2] = attributes >>> 8;
  fixed[3] = attributes;
  return fixed;
}

test("the STUN reader stays inside every mutated message", () => {
  const view = new StunView();
  const mapped = new Uint8Array(16);
  let taken = 0;
  runMutations(CORPUS, MUTATIONS, SEED, (bytes) => {
    for (const input of [bytes, withLength(bytes)]) {
      readUsernameUfrag(input, 0, input.length);
      if (readStun(input, 0, input.length, view) !== DropReason.None) continue;
      taken += 1;
      expect(view.usernameOffset + view.usernameBytes).toBeLessThanOrEqual(input.length);
      if (view.integrityOffset >= 0) {
        expect(view.integrityOffset + 24).toBeLessThanOrEqual(input.length);
      }
      const mappedEnd = view.mappedAddressOffset + view.mappedAddressBytes;
      expect(mappedEnd).toBeLessThanOrEqual(input.length);
      readMappedAddressBytes(input, view, mapped);
    }
  });
  expect(taken).toBeGreaterThan(0);
});

test("IceLiteAgent answers no message that was tampered with and stays bounded", () => {
  const agent = new IceLiteAgent({ localUfrag: UFRAG, localPwd: PWD, hmacSha1, nowMs: 0 });
  agent.setRemote({ ufrag: "peer", pwd: "peerPasswordNobodyNeeds" });
  agent.start(0);
  const address = { protocol: "udp", address: "192.0.2.9", port: 9 } as const;
  const out = new Uint8Array(200);
  const genuine = CORPUS[0]!.toHex();
  const integrityEnd = genuine.length - 16; // FINGERPRINT is 8 bytes

  let path = 0;
  runMutations(CORPUS, MUTATIONS, SEED + 1, (bytes) => {
    out.fill(OUT_GUARD);
    path += 1;
    for (const input of [bytes, withLength(bytes)]) {
      const before = input.toHex();
      const length = agent.handleRequest(path, input, path, address, out);
      expect(input.toHex()).toBe(before);
      expect(length).toBeLessThanOrEqual(128);
      // a mutation behind MESSAGE-INTEGRITY may be answered, one before it never
      if (length > 0) expect(before.slice(8, integrityEnd)).toBe(genuine.slice(8, integrityEnd));
      else expect(out[0]).toBe(OUT_GUARD);
      while (agent.pollEvent() !== undefined);
      agent.pollEvictedPath();
    }
  });
  const { paths } = agent.debugInfo();
  expect(paths).toBeLessThanOrEqual(ICE_PATHS_MAX);
});
