import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  channel,
  data,
  lifetime,
  message,
  overUdp,
  peer,
  raw,
} from "../../../test/support/turn-messages.ts";
import { DropReason } from "../../base/drop-reason.ts";
import { formatIpText } from "../stun/ip-address.ts";
import { TurnAttribute, TurnType } from "./constants.ts";
import { PEERS_MAX, readPeerAddress, readTurn, TurnView } from "./turn-view.ts";

function read(bytes: Uint8Array): TurnView {
  const view = new TurnView();
  expect(readTurn(bytes, 0, bytes.length, view)).toBe(DropReason.None);
  return view;
}

test("readTurn finds the attributes of TURN", () => {
  const bytes = message(TurnType.ChannelBind, [
    lifetime(77),
    overUdp,
    channel(0x4abc),
    data(new Uint8Array([1, 2, 3])),
    raw(TurnAttribute.RequestedAddressFamily, new Uint8Array([2, 0, 0, 0])),
    raw(TurnAttribute.EvenPort, new Uint8Array([0x80])),
    raw(TurnAttribute.ReservationToken, new Uint8Array(8)),
    raw(TurnAttribute.DontFragment, new Uint8Array(0)),
  ]);
  expect(read(bytes)).toMatchObject({
    isMalformed: false,
    lifetimeSeconds: 77,
    transport: 17,
    channel: 0x4abc,
    dataBytes: 3,
    family: 2,
    hasEvenPort: true,
    reservesNextPort: true,
    hasReservationToken: true,
    hasDontFragment: true,
    unknownCount: 0,
  });
});

test("all peers are read, of both families", () => {
  const peers = ["198.51.100.7", "2001:db8:0:0:0:0:0:1"];
  const bytes = message(TurnType.CreatePermission, [peer(peers[0]!, 1), peer(peers[1]!, 65_535)]);
  const view = read(bytes);
  const out = new Uint8Array(16);
  const found = peers.map((_, i) => formatIpText(out, 0, readPeerAddress(bytes, view, i, out)));
  expect(found).toEqual(peers);
  expect([...view.peerPorts.slice(0, view.peerCount)]).toEqual([1, 65_535]);
});

test("more peers than one message may name make it malformed", () => {
  const named = (count: number): TurnView =>
    read(
      message(
        TurnType.CreatePermission,
        Array.from({ length: count }, () => peer("1.2.3.4")),
      ),
    );
  expect(named(PEERS_MAX)).toMatchObject({ isMalformed: false, peerCount: PEERS_MAX });
  expect(named(PEERS_MAX + 1).isMalformed).toBe(true);
});

test.each([
  ["LIFETIME", TurnAttribute.Lifetime, 3],
  ["CHANNEL-NUMBER", TurnAttribute.ChannelNumber, 2],
  ["REQUESTED-TRANSPORT", TurnAttribute.RequestedTransport, 1],
  ["REQUESTED-ADDRESS-FAMILY", TurnAttribute.RequestedAddressFamily, 8],
  ["EVEN-PORT", TurnAttribute.EvenPort, 0],
  ["RESERVATION-TOKEN", TurnAttribute.ReservationToken, 4],
  ["DONT-FRAGMENT", TurnAttribute.DontFragment, 4],
  ["XOR-PEER-ADDRESS", TurnAttribute.XorPeerAddress, 8],
  ["XOR-PEER-ADDRESS", TurnAttribute.XorPeerAddress, 9],
  ["NONCE", 0x0015, 764],
])("a %s (%d) of %d bytes is malformed", (_, type, length) => {
  expect(read(message(TurnType.Allocate, [raw(type, new Uint8Array(length))])).isMalformed).toBe(
    true,
  );
});

test("what has to be understood and is not is named, and the rest passes", () => {
  const bytes = message(TurnType.Allocate, [
    raw(0x0030, new Uint8Array(3)),
    raw(0x8030, new Uint8Array(3)),
  ]);
  const view = read(bytes);
  expect([...view.unknown.slice(0, view.unknownCount)]).toEqual([0x0030]);
});

test("nothing behind MESSAGE-INTEGRITY counts", () => {
  const login = { username: "u", password: "p" };
  const signed = message(TurnType.Refresh, [], { login, nonce: new Uint8Array(4) }).slice(0, -8);
  const bytes = new Uint8Array([...signed, 0, 0x0d, 0, 4, 0, 0, 0, 0]);
  bytes[3] = bytes.length - 20;
  expect(read(bytes).lifetimeSeconds).toBe(-1);
});

test("no bytes make readTurn throw or look outside", () => {
  const view = new TurnView();
  const start = message(TurnType.Allocate, [peer("1.2.3.4"), lifetime(1)]).slice(0, 20);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (tail) => {
      const bytes = new Uint8Array([...start, ...tail]);
      bytes[2] = tail.length >> 8;
      bytes[3] = tail.length;
      if (readTurn(bytes, 0, bytes.length, view) !== DropReason.None) return;
      expect(view.dataOffset + view.dataBytes).toBeLessThanOrEqual(bytes.length);
      for (let i = 0; i < view.peerCount; i++) {
        expect(view.peerOffsets[i]! + view.peerBytes[i]!).toBeLessThanOrEqual(bytes.length);
      }
    }),
    { numRuns: 2_000 },
  );
});
