import { createHash, createHmac } from "node:crypto";
import { DropReason } from "../../src/base/drop-reason.ts";
import { StunAttribute } from "../../src/wire/stun/constants.ts";
import { formatIpText, readIpText } from "../../src/wire/stun/ip-address.ts";
import { readMappedAddressBytes } from "../../src/wire/stun/stun-view.ts";
import { StunWriter } from "../../src/wire/stun/stun-writer.ts";
import { TurnAttribute } from "../../src/wire/turn/constants.ts";
import { readPeerAddress, readTurn, TurnView } from "../../src/wire/turn/turn-view.ts";

export type Attribute = (writer: StunWriter) => void;
export type Login = { readonly username: string; readonly password: string };

const encoder = new TextEncoder();
let transactions = 0;

/** Twelve bytes that no other message has. */
export function newTransaction(): Uint8Array {
  const id = new Uint8Array(12);
  transactions += 1;
  new DataView(id.buffer).setUint32(8, transactions);
  return id;
}

export const lifetime =
  (seconds: number): Attribute =>
  (writer) =>
    writer.uint32(TurnAttribute.Lifetime, seconds);
export const overUdp: Attribute = (writer) =>
  writer.uint32(TurnAttribute.RequestedTransport, 17 << 24);
export const channel =
  (number: number): Attribute =>
  (writer) =>
    writer.uint32(TurnAttribute.ChannelNumber, (number << 16) >>> 0);
export const data =
  (bytes: Uint8Array): Attribute =>
  (writer) =>
    writer.bytes(TurnAttribute.Data, bytes);
export const raw =
  (type: number, bytes: Uint8Array): Attribute =>
  (writer) =>
    writer.bytes(type, bytes);

export function peer(address: string, port = 9): Attribute {
  const bytes = new Uint8Array(16);
  const length = readIpText(address, bytes);
  return (writer) => writer.xorAddress(TurnAttribute.XorPeerAddress, bytes, 0, length, port);
}

export function keyOf({ username, password }: Login): Uint8Array {
  return createHash("md5").update(`${username}:livekit:${password}`).digest();
}

export type MessageOptions = {
  readonly transaction?: Uint8Array;
  /** With it the message is signed. */
  readonly login?: Login;
  readonly nonce?: Uint8Array;
  readonly realm?: string;
};

/** One message of a client. */
export function message(
  type: number,
  attributes: readonly Attribute[] = [],
  { transaction = newTransaction(), login, nonce, realm = "livekit" }: MessageOptions = {},
): Uint8Array {
  const out = new Uint8Array(2048);
  const writer = new StunWriter();
  writer.begin(out, 0, type, transaction, 0);
  for (const attribute of attributes) attribute(writer);
  if (login !== undefined) {
    writer.bytes(StunAttribute.Username, encoder.encode(login.username));
    writer.bytes(StunAttribute.Realm, encoder.encode(realm));
    if (nonce !== undefined) writer.bytes(StunAttribute.Nonce, nonce);
    const covered = writer.reserveIntegrity()!;
    writer.setIntegrity(createHmac("sha1", keyOf(login)).update(covered).digest());
  }
  writer.fingerprint();
  return out.slice(0, writer.length);
}

export function channelData(number: number, payload: Uint8Array): Uint8Array {
  const out = new Uint8Array(4 + payload.length);
  new DataView(out.buffer).setUint16(0, number);
  new DataView(out.buffer).setUint16(2, payload.length);
  out.set(payload, 4);
  return out;
}

/** What a server said. */
export type Answer = {
  readonly type: number;
  /** 0 when it is no error. */
  readonly code: number;
  readonly nonce: Uint8Array | undefined;
  readonly lifetimeSeconds: number;
  /** `address port`, where there is one. */
  readonly mapped: string | undefined;
  readonly relayed: string | undefined;
  readonly peer: string | undefined;
  readonly data: Uint8Array | undefined;
  readonly isSigned: boolean;
  readonly bytes: Uint8Array;
};

/** @throws when these bytes are no STUN message */
export function readAnswer(bytes: Uint8Array): Answer {
  const view = new TurnView();
  if (readTurn(bytes, 0, bytes.length, view) !== DropReason.None) throw new Error("no STUN");
  const address = new Uint8Array(16);
  const mappedBytes = readMappedAddressBytes(bytes, view.stun, address);
  const mapped =
    mappedBytes > 0
      ? `${formatIpText(address, 0, mappedBytes)} ${view.stun.mappedPort}`
      : undefined;
  const peerBytes = view.peerCount > 0 ? readPeerAddress(bytes, view, 0, address) : 0;
  const { nonceOffset, nonceBytes, dataOffset, dataBytes } = view;
  return {
    type: view.stun.type,
    code: view.stun.errorCode,
    nonce: nonceOffset < 0 ? undefined : bytes.slice(nonceOffset, nonceOffset + nonceBytes),
    lifetimeSeconds: view.lifetimeSeconds,
    mapped,
    relayed: relayedOf(bytes),
    peer: peerBytes > 0 ? `${formatIpText(address, 0, peerBytes)} ${view.peerPorts[0]}` : undefined,
    data: dataOffset < 0 ? undefined : bytes.slice(dataOffset, dataOffset + dataBytes),
    isSigned: view.stun.integrityOffset >= 0,
    bytes,
  };
}

/** XOR-RELAYED-ADDRESS, which only clients read. */
function relayedOf(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 20; at + 4 <= bytes.length; at += 4 + ((view.getUint16(at + 2) + 3) & ~3)) {
    if (view.getUint16(at) !== TurnAttribute.XorRelayedAddress) continue;
    const length = view.getUint16(at + 2) - 4;
    const address = new Uint8Array(16);
    for (let i = 0; i < length; i++) address[i] = bytes[at + 8 + i]! ^ bytes[4 + i]!;
    return `${formatIpText(address, 0, length)} ${view.getUint16(at + 6) ^ 0x2112}`;
  }
  return undefined;
}
