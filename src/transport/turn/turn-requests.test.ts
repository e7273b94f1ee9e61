import { expect, test } from "bun:test";
import fc from "fast-check";
import { TurnLab } from "../../../test/support/turn-lab.ts";
import {
  channel,
  lifetime,
  message,
  newTransaction,
  overUdp,
  peer,
  raw,
  readAnswer,
} from "../../../test/support/turn-messages.ts";
import { TurnAttribute, TurnType } from "../../wire/turn/constants.ts";
import { CHANNELS_MAX, PERMISSIONS_MAX } from "./allocation.ts";
import { PeerFilter } from "./peer-filter.ts";

const { Allocate, Refresh, CreatePermission, ChannelBind } = TurnType;
const PEER = "198.51.100.7";
const MINUTE_MS = 60_000;

test("Allocate asks for credentials, then opens a relay", () => {
  const lab = new TurnLab();
  const challenge = lab.ask(1, Allocate, [overUdp]);
  expect(challenge).toMatchObject({ code: 401, isSigned: false });
  expect(challenge.nonce).toHaveLength(24);
  const login = lab.login();
  const answer = lab.ask(1, Allocate, [overUdp], { login, nonce: challenge.nonce! });
  expect(answer).toMatchObject({
    type: 0x0103,
    code: 0,
    lifetimeSeconds: 600,
    mapped: "192.0.2.1 40000",
    relayed: "203.0.113.1 30000",
    isSigned: true,
  });
  expect(lab.link.holds.get(1)).toBe(1);
});

test("who has proven nothing gets answers that are no larger than a few requests", () => {
  const lab = new TurnLab();
  for (const type of [Allocate, Refresh, CreatePermission, ChannelBind]) {
    expect(lab.receive(1, message(type))[0]!.length).toBeLessThanOrEqual(92);
  }
  expect(lab.receive(1, message(1))[0]!.length).toBeLessThanOrEqual(44);
});

test("a Binding request is answered without credentials", () => {
  expect(new TurnLab().ask(3, 1)).toMatchObject({ type: 0x0101, mapped: "192.0.2.3 40000" });
});

test.each([
  ["a wrong password", { username: "", password: "wrong" }, 401],
  ["a user name that is not ours", { username: "nobody", password: "x" }, 401],
  ["a user name with odd bytes", { username: "a|\u00e9", password: "x" }, 401],
])("%s is asked again", (_, login, code) => {
  const lab = new TurnLab();
  const used = { ...login, username: login.username || lab.login().username };
  expect(lab.request(1, Allocate, [overUdp], used)).toMatchObject({ code, isSigned: false });
  expect(lab.relays.all).toEqual([]);
});

test("a nonce is good for its client and for an hour", () => {
  const lab = new TurnLab();
  const login = lab.login();
  const nonce = lab.nonce(1);
  expect(lab.ask(2, Allocate, [overUdp], { login, nonce }).code).toBe(438);
  lab.nowMs += 60 * MINUTE_MS;
  expect(lab.ask(1, Refresh, [], { login, nonce }).code).toBe(437);
  lab.nowMs += 1_000;
  const stale = lab.ask(1, Refresh, [], { login, nonce });
  expect(stale.code).toBe(438);
  expect(lab.ask(1, Refresh, [], { login, nonce: stale.nonce! }).code).toBe(437);
});

test.each([new Uint8Array(0), new Uint8Array(24).fill(48), new Uint8Array(23).fill(97)])(
  "a nonce that was made up is stale: %p",
  (nonce) => {
    const lab = new TurnLab();
    expect(lab.ask(1, Allocate, [overUdp], { login: lab.login(), nonce }).code).toBe(438);
  },
);

test("a signed request without nonce is bad", () => {
  const lab = new TurnLab();
  expect(lab.ask(1, Allocate, [overUdp], { login: lab.login() }).code).toBe(400);
});

test("credentials that have expired open nothing, and what is open goes on", () => {
  const lab = new TurnLab();
  const login = lab.login("PA_1", 300);
  lab.allocate(1, login);
  lab.wallSeconds += 301;
  expect(lab.request(2, Allocate, [overUdp], login).code).toBe(401);
  expect(lab.request(1, Refresh, [], login).code).toBe(0);
  expect(lab.request(1, CreatePermission, [peer(PEER)], login).code).toBe(0);
  expect(lab.request(1, ChannelBind, [peer(PEER), channel(0x4000)], login).code).toBe(0);
});

test.each([
  ["no transport", [], 400],
  ["TCP", [raw(TurnAttribute.RequestedTransport, new Uint8Array([6, 0, 0, 0]))], 442],
  ["a short transport", [raw(TurnAttribute.RequestedTransport, new Uint8Array(3))], 400],
  ["IPv6", [overUdp, raw(TurnAttribute.RequestedAddressFamily, new Uint8Array([2, 0, 0, 0]))], 440],
  ["IPv4", [overUdp, raw(TurnAttribute.RequestedAddressFamily, new Uint8Array([1, 0, 0, 0]))], 0],
  ["no fragments", [overUdp, raw(TurnAttribute.DontFragment, new Uint8Array(0))], 420],
  ["the next port", [overUdp, raw(TurnAttribute.EvenPort, new Uint8Array([0x80]))], 508],
  ["a kept port", [overUdp, raw(TurnAttribute.ReservationToken, new Uint8Array(8))], 508],
  ["something unknown", [overUdp, raw(0x7abc, new Uint8Array(4))], 420],
  ["something it may ignore", [overUdp, raw(0xfabc, new Uint8Array(4))], 0],
  [
    "a kept port and an even one",
    [
      overUdp,
      raw(TurnAttribute.ReservationToken, new Uint8Array(8)),
      raw(TurnAttribute.EvenPort, new Uint8Array(1)),
    ],
    400,
  ],
])("Allocate that asks for %s", (_, attributes, code) => {
  expect(new TurnLab().request(1, Allocate, attributes)).toMatchObject({ code, isSigned: true });
});

test("an even port is asked of the relays", () => {
  const lab = new TurnLab();
  lab.request(1, Allocate, [overUdp, raw(TurnAttribute.EvenPort, new Uint8Array(1))]);
  expect(lab.relays.all[0]?.isEven).toBe(true);
});

test.each([
  [undefined, 600],
  [1, 600],
  [601, 601],
  [3_600, 3_600],
  [4_294_967_295, 3_600],
])("a lifetime of %p s becomes %p s", (asked, given) => {
  const lab = new TurnLab();
  const attributes = asked === undefined ? [] : [lifetime(asked)];
  expect(lab.request(1, Allocate, [overUdp, ...attributes]).lifetimeSeconds).toBe(given);
  expect(lab.request(1, Refresh, attributes).lifetimeSeconds).toBe(given);
});

test("a repeated Allocate gets the same answer, another one finds the place taken", () => {
  const lab = new TurnLab();
  const login = lab.login();
  const bytes = message(Allocate, [overUdp], {
    login,
    nonce: lab.nonce(1),
    transaction: newTransaction(),
  });
  const [first] = lab.receive(1, bytes);
  expect(lab.receive(1, bytes)).toEqual([first!]);
  expect(lab.request(1, Allocate, [overUdp]).code).toBe(437);
  expect(lab.relays.all).toHaveLength(1);
});

test("while a relay is being opened its Allocate may be repeated, and is answered once", () => {
  const lab = new TurnLab();
  lab.relays.opens = "later";
  const bytes = message(Allocate, [overUdp], { login: lab.login(), nonce: lab.nonce(1) });
  expect(lab.receive(1, bytes)).toEqual([]);
  expect(lab.receive(1, bytes)).toEqual([]);
  expect(lab.request(1, Refresh).code).toBe(437);
  const before = lab.link.sent.length;
  lab.relays.waiting[0]!();
  expect(lab.link.sent.slice(before).map((one) => readAnswer(one.bytes).code)).toEqual([0]);
});

test("a client that left before its relay was open leaves none behind", () => {
  const lab = new TurnLab();
  lab.relays.opens = "later";
  lab.receive(1, message(Allocate, [overUdp], { login: lab.login(), nonce: lab.nonce(1) }));
  lab.listener.handleClosed(1);
  lab.relays.waiting[0]!();
  expect(lab.relays.all[0]?.isClosed).toBe(true);
  expect(lab.context.limits.count).toBe(0);
});

test("where no port is to be had, there is no allocation", () => {
  const lab = new TurnLab();
  lab.relays.opens = "never";
  expect(lab.request(1, Allocate, [overUdp]).code).toBe(508);
  expect(lab.context.limits.count).toBe(0);
  expect(lab.link.holds.get(1)).toBe(0);
  lab.relays.opens = "at once";
  lab.allocate(1);
});

test("a participant has twelve allocations, and others are not in its way", () => {
  const lab = new TurnLab();
  for (let client = 1; client <= 12; client++) lab.allocate(client);
  expect(lab.request(13, Allocate, [overUdp]).code).toBe(486);
  lab.allocate(13, lab.login("PA_2"));
  expect(lab.request(1, Refresh, [lifetime(0)])).toMatchObject({ code: 0, lifetimeSeconds: 0 });
  expect(lab.relays.all[0]?.isClosed).toBe(true);
  lab.allocate(14);
});

test.each([0, -1])("a quota of %d is none", (perUserMax) => {
  const lab = new TurnLab({ bounds: { allMax: 20, perUserMax, perAddressMax: 50 } });
  for (let client = 1; client <= 20; client++) lab.allocate(client);
  expect(lab.request(21, Allocate, [overUdp]).code).toBe(508);
});

test("one address gets so many allocations, unless all clients hide behind it", () => {
  const bounds = { allMax: 100, perUserMax: 0, perAddressMax: 2 };
  for (const hidesClients of [false, true]) {
    const lab = new TurnLab({ bounds, hidesClients });
    lab.link.addressOf = () => "192.0.2.99";
    // ports differ
    for (const client of [0x100, 0x200]) lab.allocate(client);
    expect(lab.request(0x300, Allocate, [overUdp]).code).toBe(hidesClients ? 0 : 508);
  }
});

test("an allocation ends with its lifetime, at the latest when its time is looked at", () => {
  const lab = new TurnLab();
  const relay = lab.allocate(1);
  lab.nowMs += 599_000;
  lab.listener.handleTimeout(lab.nowMs);
  expect(relay.isClosed).toBe(false);
  expect(lab.request(1, Refresh).code).toBe(0);
  lab.nowMs += 599_999;
  expect(lab.request(1, Refresh, [lifetime(3_600)]).code).toBe(0);
  lab.nowMs += 3_600_000;
  lab.listener.handleTimeout(lab.nowMs);
  expect(relay.isClosed).toBe(true);
  expect(lab.request(1, Refresh).code).toBe(437);
  expect(lab.link.holds.get(1)).toBe(0);
});

test("nobody touches another one's allocation", () => {
  const lab = new TurnLab();
  lab.allocate(1, lab.login("PA_1"));
  const other = lab.login("PA_2");
  expect(lab.request(1, Refresh, [lifetime(0)], other).code).toBe(441);
  expect(lab.request(1, CreatePermission, [peer(PEER)], other).code).toBe(441);
  expect(lab.request(1, ChannelBind, [peer(PEER), channel(0x4000)], other).code).toBe(441);
  expect(lab.request(2, CreatePermission, [peer(PEER)]).code).toBe(437);
});

test.each([
  ["nobody", [], 400],
  ["another family", [peer("2001:db8::1")], 443],
  ["a private address", [peer(PEER), peer("10.1.2.3")], 403],
  ["this host", [peer("127.0.0.1")], 403],
  ["too many", Array.from({ length: 33 }, () => peer(PEER)), 400],
  ["two", [peer(PEER), peer("198.51.100.8")], 0],
])("a permission for %s", (_, peers, code) => {
  const lab = new TurnLab();
  lab.allocate(1);
  expect(lab.request(1, CreatePermission, peers).code).toBe(code);
});

test("of a refused request no permission is left", () => {
  const lab = new TurnLab();
  const relay = lab.allocate(1);
  lab.request(1, CreatePermission, [peer(PEER), peer("10.1.2.3")]);
  const before = lab.link.sent.length;
  relay.owner.received(lab.nowMs, new Uint8Array(3), PEER, 9);
  expect(lab.link.sent).toHaveLength(before);
});

test("what is denied stays denied, though it is allowed", () => {
  const range = { network: new Uint8Array([10, 0, 0, 0]), prefixBits: 8 };
  const inner = { network: new Uint8Array([10, 9, 0, 0]), prefixBits: 16 };
  const lab = new TurnLab({ filter: new PeerFilter([range], [inner]) });
  lab.allocate(1);
  expect(lab.request(1, CreatePermission, [peer("10.1.2.3")]).code).toBe(0);
  expect(lab.request(1, CreatePermission, [peer("10.9.2.3")]).code).toBe(403);
});

test.each([
  ["below the range", [peer(PEER), channel(0x3fff)], 400],
  ["above the range", [peer(PEER), channel(0x7fff)], 400],
  ["no number", [peer(PEER)], 400],
  ["no peer", [channel(0x4000)], 400],
  ["two peers", [peer(PEER), peer(PEER), channel(0x4000)], 400],
  ["a peer that is refused", [peer("192.168.0.1"), channel(0x4000)], 403],
  ["a peer of another family", [peer("2001:db8::1"), channel(0x4000)], 443],
])("a channel with %s", (_, attributes, code) => {
  const lab = new TurnLab();
  lab.allocate(1);
  expect(lab.request(1, ChannelBind, attributes).code).toBe(code);
});

test("a channel has one peer and a peer one channel, until it expires", () => {
  const lab = new TurnLab();
  lab.allocate(1);
  const bind = (number: number, port: number): number =>
    lab.request(1, ChannelBind, [peer(PEER, port), channel(number)]).code;
  expect(bind(0x4000, 1)).toBe(0);
  expect(bind(0x4000, 1)).toBe(0);
  expect(bind(0x4000, 2)).toBe(400);
  expect(bind(0x4001, 1)).toBe(400);
  expect(bind(0x4001, 2)).toBe(0);
  lab.nowMs += 9 * MINUTE_MS;
  lab.request(1, Refresh);
  lab.nowMs += MINUTE_MS;
  expect(bind(0x4001, 1)).toBe(0);
  expect(bind(0x4000, 2)).toBe(0);
});

test("permissions and channels have bounds, and what has expired makes room", () => {
  const lab = new TurnLab();
  lab.allocate(1);
  const permit = (number: number): number =>
    lab.request(1, CreatePermission, [peer(`198.51.100.${number}`)]).code;
  const bind = (number: number): number =>
    lab.request(1, ChannelBind, [peer(PEER, number + 1), channel(0x4000 + number)]).code;
  for (let i = 0; i < CHANNELS_MAX; i++) expect(bind(i)).toBe(0);
  expect(bind(CHANNELS_MAX)).toBe(508);
  for (let i = 0; i < PERMISSIONS_MAX - 1; i++) expect(permit(100 + i)).toBe(0);
  expect(permit(99)).toBe(508);
  expect(permit(100)).toBe(0);
  lab.nowMs += 6 * MINUTE_MS;
  expect(permit(99)).toBe(0);
});

test.each([TurnType.Connect, TurnType.ConnectionBind])(
  "relays over TCP are refused: %d",
  (type) => {
    const lab = new TurnLab();
    lab.allocate(1);
    expect(lab.request(1, type).code).toBe(403);
  },
);

test("an unknown method, an indication and an answer are nothing to answer", () => {
  const lab = new TurnLab();
  for (const type of [0x0002, 0x0011, 0x0101, 0x0103, 0x0113, 0x0017]) {
    expect(lab.receive(1, message(type))).toEqual([]);
  }
});

test("an allocation of IPv6 has peers of IPv6", () => {
  const lab = new TurnLab({ family: 6 });
  const relay = lab.allocate(1);
  expect(lab.request(1, CreatePermission, [peer(PEER)]).code).toBe(443);
  expect(lab.request(1, CreatePermission, [peer("2001:db8::2")]).code).toBe(0);
  const before = lab.link.sent.length;
  relay.owner.received(lab.nowMs, new Uint8Array(3), "2001:db8::2", 9);
  relay.owner.received(lab.nowMs, new Uint8Array(3), "2001:db8:0:0::2", 9);
  expect(lab.link.sent).toHaveLength(before + 2);
});

test("whatever clients ask for, nothing is counted or held that is not there", () => {
  const step = fc.record({
    client: fc.integer({ min: 1, max: 5 }),
    kind: fc.constantFrom("allocate", "refresh", "end", "close", "permit", "bind", "wait"),
    user: fc.integer({ min: 1, max: 2 }),
    number: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const lab = new TurnLab({ bounds: { allMax: 4, perUserMax: 2, perAddressMax: 2 } });
      for (const { client, kind, user, number } of steps) {
        const login = lab.login(`PA_${user}`);
        if (kind === "allocate") lab.request(client, Allocate, [overUdp], login);
        else if (kind === "refresh") lab.request(client, Refresh, [], login);
        else if (kind === "end") lab.request(client, Refresh, [lifetime(0)], login);
        else if (kind === "close") lab.listener.handleClosed(client);
        else if (kind === "permit") lab.request(client, CreatePermission, [peer(PEER)], login);
        else if (kind === "bind") {
          lab.request(client, ChannelBind, [peer(PEER, number), channel(0x4000 + number)], login);
        } else {
          lab.nowMs += 200_000 * (number + 1);
          lab.listener.handleTimeout(lab.nowMs);
        }
        const open = lab.relays.all.filter((relay) => !relay.isClosed).length;
        expect(lab.listener.allocationCount).toBe(open);
        expect(lab.context.limits.count).toBe(open);
        expect([...lab.link.holds.values()].reduce((sum, holds) => sum + holds, 0)).toBe(open);
      }
      lab.listener.close();
      expect(lab.context.limits.count).toBe(0);
    }),
    { numRuns: 60 },
  );
});
