import { expect, test } from "bun:test";
import fc from "fast-check";
import { type FakeRelay, TurnLab } from "../../../test/support/turn-lab.ts";
import {
  channel,
  channelData,
  data,
  message,
  peer,
  raw,
  readAnswer,
} from "../../../test/support/turn-messages.ts";
import { DropReason } from "../../base/drop-reason.ts";
import { TurnAttribute, TurnType } from "../../wire/turn/constants.ts";
import type { TurnOwnHost } from "./turn-ports.ts";

const PEER = "198.51.100.7";
const MINUTE_MS = 60_000;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An allocation of client 1 that may talk to PEER. */
function permitted(options: ConstructorParameters<typeof TurnLab>[0] = {}): {
  lab: TurnLab;
  relay: FakeRelay;
} {
  const lab = new TurnLab(options);
  const relay = lab.allocate(1);
  lab.request(1, TurnType.CreatePermission, [peer(PEER)]);
  return { lab, relay };
}

function bind(lab: TurnLab, number: number, port: number): void {
  lab.request(1, TurnType.ChannelBind, [peer(PEER, port), channel(number)]);
}

/** What the client is sent when a peer sends something. */
function fromPeer(lab: TurnLab, relay: FakeRelay, text: string, address: string, port: number) {
  const before = lab.link.sent.length;
  relay.owner.received(lab.nowMs, bytesOf(text), address, port);
  return lab.link.sent.slice(before).map((one) => one.bytes);
}

function send(text: string, address = PEER, port = 9): Uint8Array {
  return message(TurnType.SendIndication, [peer(address, port), data(bytesOf(text))]);
}

test("Send and Data indications carry what has no channel", () => {
  const { lab, relay } = permitted();
  expect(lab.receive(1, send("hello"))).toEqual([]);
  expect(relay.sent).toEqual([`hello to ${PEER} 9`]);
  const [indication] = fromPeer(lab, relay, "there", PEER, 9);
  expect(readAnswer(indication!)).toMatchObject({
    type: 0x0017,
    peer: `${PEER} 9`,
    data: bytesOf("there"),
    isSigned: false,
  });
});

test("a channel carries both ways, with four bytes in front", () => {
  const { lab, relay } = permitted();
  bind(lab, 0x4001, 9);
  lab.receive(1, channelData(0x4001, bytesOf("hello")));
  // some pad datagrams, too (RFC 8656 §12.5)
  lab.receive(1, new Uint8Array([...channelData(0x4001, bytesOf("padded")), 0, 0]));
  expect(relay.sent).toEqual([`hello to ${PEER} 9`, `padded to ${PEER} 9`]);
  expect(fromPeer(lab, relay, "there", PEER, 9)).toEqual([channelData(0x4001, bytesOf("there"))]);
  expect(readAnswer(fromPeer(lab, relay, "x", PEER, 10)[0]!).type).toBe(0x0017);
});

test("an empty datagram is one, too", () => {
  const { lab, relay } = permitted();
  bind(lab, 0x4001, 9);
  lab.receive(1, channelData(0x4001, new Uint8Array(0)));
  lab.receive(1, send(""));
  expect(relay.sent).toEqual([` to ${PEER} 9`, ` to ${PEER} 9`]);
  expect(fromPeer(lab, relay, "", PEER, 9)).toEqual([channelData(0x4001, new Uint8Array(0))]);
});

test.each([
  ["a peer without permission", 1, send("x", "198.51.100.8"), DropReason.WrongState],
  ["a client without allocation", 2, send("x"), DropReason.Unknown],
  ["no peer", 1, message(TurnType.SendIndication, [data(bytesOf("x"))]), DropReason.Malformed],
  ["no data", 1, message(TurnType.SendIndication, [peer(PEER)]), DropReason.Malformed],
  [
    "a datagram in one piece",
    1,
    message(TurnType.SendIndication, [
      peer(PEER),
      data(bytesOf("x")),
      raw(TurnAttribute.DontFragment, new Uint8Array(0)),
    ]),
    DropReason.Unsupported,
  ],
  ["an unbound channel", 1, channelData(0x4005, bytesOf("x")), DropReason.Unknown],
  ["half a channel header", 1, new Uint8Array([0x40, 1, 0]), DropReason.Truncated],
  ["a length beyond the datagram", 1, new Uint8Array([0x40, 1, 0, 2, 0]), DropReason.Truncated],
  ["nothing", 1, new Uint8Array(0), DropReason.Truncated],
  ["something else", 1, new Uint8Array(40).fill(0x80), DropReason.Malformed],
])("%s: dropped, counted, not answered", (_, client, bytes, reason) => {
  const { lab, relay } = permitted();
  const before = lab.link.sent.length;
  expect(lab.listener.handleMessage(lab.nowMs, client, bytes)).toBe(reason);
  expect(lab.context.drops[reason]).toBe(1);
  expect(lab.link.sent).toHaveLength(before);
  expect(relay.sent).toEqual([]);
});

test("a permission ends after five minutes, both ways, and a channel after ten", () => {
  const { lab, relay } = permitted();
  bind(lab, 0x4001, 9);
  lab.nowMs += 5 * MINUTE_MS;
  lab.receive(1, send("late"));
  lab.receive(1, channelData(0x4001, bytesOf("in time")));
  expect(relay.sent).toEqual([`in time to ${PEER} 9`]);
  expect(fromPeer(lab, relay, "late", PEER, 10)).toEqual([]);
  expect(fromPeer(lab, relay, "in time", PEER, 9)).toHaveLength(1);
  lab.request(1, TurnType.Refresh);
  lab.nowMs += 5 * MINUTE_MS;
  lab.listener.handleTimeout(lab.nowMs);
  lab.receive(1, channelData(0x4001, bytesOf("late")));
  expect(relay.sent).toHaveLength(1);
  expect(fromPeer(lab, relay, "late", PEER, 9)).toEqual([]);
});

test("a peer that nobody asked for is not heard", () => {
  const { lab, relay } = permitted();
  expect(fromPeer(lab, relay, "x", "198.51.100.8", 9)).toEqual([]);
});

test("an allocation that has ended relays nothing, before it is swept up too", () => {
  const { lab, relay } = permitted();
  lab.nowMs += 10 * MINUTE_MS;
  expect(fromPeer(lab, relay, "x", PEER, 9)).toEqual([]);
  lab.receive(1, send("x"));
  expect(relay.sent).toEqual([]);
  expect(relay.isClosed).toBe(true);
});

test("relays reach this host's media ports, and nothing else of it", () => {
  const ownHost: TurnOwnHost = {
    isOwnAddress: (address) => address[3] === 7,
    isMediaPort: (port) => port === 7882,
  };
  const { lab, relay } = permitted({ ownHost });
  lab.receive(1, send("media", PEER, 7882));
  lab.receive(1, send("other", PEER, 6379));
  bind(lab, 0x4000, 7882);
  bind(lab, 0x4001, 6379);
  lab.receive(1, channelData(0x4000, bytesOf("media")));
  lab.receive(1, channelData(0x4001, bytesOf("other")));
  expect(relay.sent).toEqual([`media to ${PEER} 7882`, `media to ${PEER} 7882`]);
  lab.request(1, TurnType.CreatePermission, [peer("198.51.100.8")]);
  lab.receive(1, send("elsewhere", "198.51.100.8", 6379));
  expect(relay.sent).toHaveLength(3);
});

test("no bytes of a client make the listener throw, nor reach a peer", () => {
  const { lab, relay } = permitted();
  const nonce = lab.nonce(1);
  const login = lab.login();
  const whole = [
    message(TurnType.Allocate, [], { login, nonce }),
    message(TurnType.CreatePermission, [peer("10.0.0.1")], { login, nonce }),
    message(TurnType.ChannelBind, [peer("10.0.0.1"), channel(0x4000)], { login, nonce }),
    send("x", "198.51.100.8"),
    channelData(0x4000, bytesOf("x")),
  ];
  const mutated = fc
    .tuple(
      fc.constantFrom(...whole),
      fc.array(fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 255 })), { maxLength: 6 }),
      fc.nat({ max: 220 }),
    )
    .map(([bytes, changes, length]) => {
      const copy = bytes.slice(0, Math.max(length, 1));
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      return copy;
    });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 100 })), (bytes) => {
      lab.listener.handleMessage(lab.nowMs, 1, bytes);
      expect(relay.sent).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test("of a signed request no byte that counts can be changed", () => {
  const lab = new TurnLab();
  lab.allocate(1);
  const login = lab.login();
  const bytes = message(TurnType.CreatePermission, [peer(PEER)], { login, nonce: lab.nonce(1) });
  // without the FINGERPRINT that would tell before the signature is looked at
  const signed = bytes.slice(0, -8);
  signed[3] = signed.length - 20;
  expect(readAnswer(lab.receive(1, signed)[0]!).code).toBe(0);
  for (let at = 0; at < signed.length; at++) {
    const forged = signed.slice();
    forged[at] = forged[at]! ^ 1;
    for (const answer of lab.receive(1, forged)) {
      expect(readAnswer(answer).code).toBeGreaterThan(0);
    }
  }
});

test("who comes when the allocation has run out, and is not swept yet, is answered", () => {
  const { lab, relay } = permitted();
  lab.nowMs += 10 * MINUTE_MS;
  expect(lab.request(1, TurnType.Refresh).code).toBe(437);
  expect(relay.isClosed).toBe(true);
  expect(lab.link.holds.get(1)).toBe(0);
});

test("a new allocation in place of one that has run out keeps its client", () => {
  const { lab, relay } = permitted();
  lab.nowMs += 10 * MINUTE_MS;
  const second = lab.allocate(1);
  expect(second).not.toBe(relay);
  expect(lab.link.holds.get(1)).toBe(1);
  expect(lab.link.forgotten.has(1)).toBe(false);
});
