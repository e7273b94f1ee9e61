import { describe, expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { DropReason } from "../../base/drop-reason.ts";
import { StunAttribute, StunType } from "../../wire/stun/constants.ts";
import { formatIpText } from "../../wire/stun/ip-address.ts";
import { readMappedAddressBytes, readStun, StunView } from "../../wire/stun/stun-view.ts";
import { StunWriter } from "../../wire/stun/stun-writer.ts";
import { IceLiteAgent, type IceLiteOptions } from "./ice-lite-agent.ts";
import { type HmacSha1, verifyIntegrity, writeIntegrity } from "./integrity.ts";
import { ICE_PATHS_MAX } from "./path-table.ts";

const hmacSha1: HmacSha1 = (key, data) => createHmac("sha1", key).update(data).digest();
const LOCAL = { ufrag: "localFragment+/1", pwd: "localPasswordOfThisGeneration001" };
const LOCAL_2 = { ufrag: "localFragment+/2", pwd: "localPasswordOfThisGeneration002" };
const REMOTE = { ufrag: "abcd", pwd: "remotePasswordOfTheFirst" };
const REMOTE_2 = { ufrag: "efgh", pwd: "remotePasswordOfTheOther" };
const ADDRESS = { protocol: "udp", address: "203.0.113.7", port: 50123 } as const;
const TCP_ADDRESS = { protocol: "tcp", address: "2001:db8::7", port: 443 } as const;
const PRFLX_PRIORITY = 110 * 2 ** 24 + 65535 * 256 + 255;
const PATH = 3;

type Check = {
  local?: { ufrag: string; pwd: string };
  remoteUfrag?: string;
  nominate?: boolean;
  nomination?: number;
  priority?: number;
  role?: "controlling" | "controlled";
  extra?: number;
};

function checkOf(check: Check = {}): Uint8Array {
  const { ufrag, pwd } = check.local ?? LOCAL;
  const writer = new StunWriter();
  const out = new Uint8Array(256);
  const transaction = Uint8Array.from({ length: 12 }, (_, i) => i + 1);
  writer.begin(out, 0, StunType.BindingRequest, transaction, 0);
  const username = `${ufrag}:${check.remoteUfrag ?? REMOTE.ufrag}`;
  writer.bytes(StunAttribute.Username, new TextEncoder().encode(username));
  writer.uint32(StunAttribute.Priority, check.priority ?? PRFLX_PRIORITY);
  const role =
    check.role === "controlled" ? StunAttribute.IceControlled : StunAttribute.IceControlling;
  writer.bytes(role, new Uint8Array(8));
  if (check.nominate) writer.flag(StunAttribute.UseCandidate);
  if (check.nomination !== undefined) writer.uint32(StunAttribute.Nomination, check.nomination);
  if (check.extra !== undefined) writer.bytes(check.extra, new Uint8Array(4));
  writeIntegrity(writer, new TextEncoder().encode(pwd), hmacSha1);
  return out.slice(0, writer.length);
}

function createAgent(options: Partial<IceLiteOptions> = {}): IceLiteAgent {
  const agent = new IceLiteAgent({
    localUfrag: LOCAL.ufrag,
    localPwd: LOCAL.pwd,
    hmacSha1,
    nowMs: 0,
    ...options,
  });
  agent.setRemote(REMOTE);
  agent.start(0);
  return agent;
}

const OUT = new Uint8Array(128);

function send(agent: IceLiteAgent, nowMs: number, path: number, check: Check = {}): number {
  return agent.handleRequest(nowMs, checkOf(check), path, ADDRESS, OUT);
}

function eventsOf(agent: IceLiteAgent): string[] {
  const kinds: string[] = [];
  for (let event = agent.pollEvent(); event; event = agent.pollEvent()) kinds.push(event.kind);
  return kinds;
}

function answerOf(length: number): StunView {
  const view = new StunView();
  expect(readStun(OUT, 0, length, view)).toBe(DropReason.None);
  return view;
}

describe("answers", () => {
  test.each([ADDRESS, TCP_ADDRESS])("a check is answered with its own address, %p", (address) => {
    const agent = createAgent();
    const view = answerOf(agent.handleRequest(1, checkOf(), PATH, address, OUT));
    const mapped = new Uint8Array(16);
    const text = formatIpText(mapped, 0, readMappedAddressBytes(OUT, view, mapped));
    expect(view.type).toBe(StunType.BindingSuccess);
    expect(text).toBe(address.address.replace("::", ":0:0:0:0:0:"));
    expect(view.mappedPort).toBe(address.port);
    expect(OUT.slice(8, 20)).toEqual(Uint8Array.from({ length: 12 }, (_, i) => i + 1));
    expect(view.fingerprintOffset).toBeGreaterThan(0);
    expect(verifyIntegrity(OUT, view, new TextEncoder().encode(LOCAL.pwd), hmacSha1)).toBe(true);
  });

  test("the check itself is left as it came", () => {
    const check = checkOf();
    const before = check.slice();
    createAgent().handleRequest(1, check, PATH, ADDRESS, OUT);
    expect(check).toEqual(before);
  });

  test("a client that claims to be controlled is told of the role conflict", () => {
    const agent = createAgent();
    const length = send(agent, 1, PATH, { role: "controlled", nominate: true });
    expect(answerOf(length).errorCode).toBe(487);
    expect(agent.selectedPath).toBe(-1);
  });

  test("an attribute that must be understood and is not is answered with 420", () => {
    const agent = createAgent();
    const view = answerOf(send(agent, 1, PATH, { extra: 0x7abc }));
    expect(view.errorCode).toBe(420);
    expect(verifyIntegrity(OUT, view, new TextEncoder().encode(LOCAL.pwd), hmacSha1)).toBe(true);
    expect(agent.hasPath(PATH)).toBe(false);
  });

  test.each([
    { title: "another agent's fragment", check: { local: { ...LOCAL, ufrag: "other" } } },
    { title: "another client's fragment", check: { remoteUfrag: "zzzz" } },
    { title: "a longer client's fragment", check: { remoteUfrag: `${REMOTE.ufrag}x` } },
  ])("a check with $title is dropped without a trace but a count", ({ check }) => {
    const agent = createAgent();
    expect(send(agent, 1, PATH, check)).toBe(0);
    expect(agent.dropCount(DropReason.Unknown)).toBe(1);
    expect(agent.hasPath(PATH)).toBe(false);
  });

  test("a check made with another password is dropped", () => {
    const agent = createAgent();
    expect(send(agent, 1, PATH, { local: { ...LOCAL, pwd: "guessed" }, nominate: true })).toBe(0);
    expect(agent.dropCount(DropReason.BadTag)).toBe(1);
    expect(agent.selectedPath).toBe(-1);
  });

  test("a check with no integrity at all is dropped", () => {
    const writer = new StunWriter();
    const check = new Uint8Array(100);
    writer.begin(check, 0, StunType.BindingRequest, new Uint8Array(12), 0);
    writer.bytes(StunAttribute.Username, new TextEncoder().encode(`${LOCAL.ufrag}:abcd`));
    writer.fingerprint();
    const agent = createAgent();
    const bytes = check.slice(0, writer.length);
    expect(agent.handleRequest(1, bytes, PATH, ADDRESS, OUT)).toBe(0);
    expect(agent.dropCount(DropReason.BadTag)).toBe(1);
  });

  test("responses are dropped, and indications count as traffic on known paths only", () => {
    const agent = createAgent();
    const writer = new StunWriter();
    const bytes = new Uint8Array(20);
    writer.begin(bytes, 0, StunType.BindingSuccess, new Uint8Array(12), 0);
    expect(agent.handleRequest(1, bytes, PATH, ADDRESS, OUT)).toBe(0);
    expect(agent.dropCount(DropReason.Unsupported)).toBe(1);
    writer.begin(bytes, 0, StunType.BindingIndication, new Uint8Array(12), 0);
    agent.handleRequest(1, bytes, PATH, ADDRESS, OUT);
    expect(agent.dropCount(DropReason.Unknown)).toBe(1);
    send(agent, 2, PATH, { nominate: true });
    agent.handleRequest(5000, bytes, PATH, ADDRESS, OUT);
    expect(agent.pollTimeout()).toBe(15_000);
  });

  test("before the remote description is known any client's fragment is right", () => {
    const agent = new IceLiteAgent({
      localUfrag: LOCAL.ufrag,
      localPwd: LOCAL.pwd,
      hmacSha1,
      nowMs: 0,
    });
    expect(send(agent, 1, PATH, { remoteUfrag: "whatever" })).toBeGreaterThan(0);
    agent.setRemote(REMOTE);
    expect(send(agent, 2, PATH, { remoteUfrag: "whatever" })).toBe(0);
  });

  test("an answer buffer that is too small gets no half answer", () => {
    const agent = createAgent();
    expect(agent.handleRequest(1, checkOf(), PATH, ADDRESS, new Uint8Array(40))).toBe(0);
  });
});

describe("nomination", () => {
  test("the first valid path is for sending, and USE-CANDIDATE connects", () => {
    const agent = createAgent();
    send(agent, 1, 5);
    send(agent, 2, 6);
    expect(agent.selectedPath).toBe(5);
    expect(eventsOf(agent)).toEqual([]);
    send(agent, 3, 6, { nominate: true });
    expect(agent.selectedPath).toBe(6);
    expect(eventsOf(agent)).toEqual(["connected"]);
  });

  test("traffic on a valid path connects before anything was nominated", () => {
    const agent = createAgent();
    send(agent, 1, 5);
    send(agent, 2, 6);
    agent.noteReceived(3, 99);
    expect(eventsOf(agent)).toEqual([]);
    agent.noteReceived(4, 6);
    expect(eventsOf(agent)).toEqual(["connected"]);
    expect(agent.selectedPath).toBe(6);
    send(agent, 5, 5, { nominate: true });
    expect(eventsOf(agent)).toEqual(["path-changed"]);
    expect(agent.selectedPath).toBe(5);
  });

  test("the latest nomination wins at once, also downwards in priority", () => {
    const agent = createAgent();
    send(agent, 1, 5, { nominate: true, priority: 2000 });
    send(agent, 2, 6, { nominate: true, priority: 1000 });
    send(agent, 3, 6, { nominate: true, priority: 1000 });
    expect(agent.selectedPath).toBe(6);
    expect(eventsOf(agent)).toEqual(["connected", "path-changed"]);
  });

  test("with the highest rule a lower path waits until the selected one is not nominated", () => {
    const agent = createAgent({ nomination: "highest" });
    send(agent, 1, 5, { nominate: true, priority: 2000 });
    send(agent, 2, 6, { nominate: true, priority: 1000 });
    expect(agent.selectedPath).toBe(5);
    send(agent, 3, 7, { nominate: true, priority: 3000 });
    expect(agent.selectedPath).toBe(7);
    send(agent, 5000, 7, { nominate: true, priority: 3000 });
    send(agent, 12_000, 6, { nominate: true, priority: 1000 });
    expect(agent.selectedPath).toBe(7);
    send(agent, 13_000, 6, { nominate: true, priority: 1000 });
    expect(agent.selectedPath).toBe(6);
  });

  test("UDP outranks TCP under the highest rule when the client prefers both alike", () => {
    const agent = createAgent({ nomination: "highest" });
    agent.handleRequest(1, checkOf({ nominate: true }), 5, ADDRESS, OUT);
    agent.handleRequest(2, checkOf({ nominate: true }), 6, TCP_ADDRESS, OUT);
    expect(agent.selectedPath).toBe(5);
  });

  test("of renominations the highest count wins, however they are reordered", () => {
    const agent = createAgent();
    send(agent, 1, 5, { nomination: 2 });
    send(agent, 2, 6, { nomination: 1 });
    expect(agent.selectedPath).toBe(5);
    send(agent, 3, 6, { nomination: 3 });
    expect(agent.selectedPath).toBe(6);
  });

  test("when the selected path closes, the one heard last takes over", () => {
    const agent = createAgent();
    send(agent, 1, 5);
    send(agent, 2, 6);
    send(agent, 3, 7, { nominate: true });
    eventsOf(agent);
    agent.removePath(7);
    expect(agent.selectedPath).toBe(6);
    expect(eventsOf(agent)).toEqual(["path-changed"]);
    agent.removePath(6);
    agent.removePath(5);
    expect(agent.selectedPath).toBe(-1);
    send(agent, 4, 8);
    expect(agent.selectedPath).toBe(8);
  });

  test("the path table is bounded, and the selected path is never the one to go", () => {
    const agent = createAgent();
    send(agent, 0, 100, { nominate: true });
    for (let path = 0; path < ICE_PATHS_MAX - 1; path++) send(agent, path + 1, path);
    expect(agent.pollEvictedPath()).toBe(-1);
    send(agent, 50, 200);
    expect(agent.pollEvictedPath()).toBe(0);
    expect(agent.pollEvictedPath()).toBe(-1);
    expect(agent.hasPath(100)).toBe(true);
    expect(agent.hasPath(200)).toBe(true);
    expect(agent.hasPath(0)).toBe(false);
    expect(agent.selectedPath).toBe(100);
  });
});

describe("liveness", () => {
  test("checking fails after its limit, which can be set", () => {
    for (const checkingLimitMs of [undefined, 5000]) {
      const agent = createAgent(checkingLimitMs === undefined ? {} : { checkingLimitMs });
      const limitMs = checkingLimitMs ?? 15_000;
      expect(agent.pollTimeout()).toBe(limitMs);
      agent.handleTimeout(limitMs - 1);
      expect(agent.state).toBe("checking");
      agent.handleTimeout(limitMs);
      expect(eventsOf(agent)).toEqual(["failed"]);
      expect(agent.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
    }
  });

  test("nothing times out before start", () => {
    const agent = new IceLiteAgent({
      localUfrag: LOCAL.ufrag,
      localPwd: LOCAL.pwd,
      hmacSha1,
      nowMs: 0,
    });
    agent.handleTimeout(1e9);
    expect(agent.state).toBe("new");
  });

  test("silence disconnects after 10 s and fails 5 s later", () => {
    const agent = createAgent();
    send(agent, 100, PATH, { nominate: true });
    agent.noteReceived(1000, PATH);
    expect(agent.pollTimeout()).toBe(11_000);
    agent.handleTimeout(10_999);
    agent.handleTimeout(11_000);
    expect(eventsOf(agent)).toEqual(["connected", "disconnected"]);
    expect(agent.pollTimeout()).toBe(16_000);
    agent.handleTimeout(16_000);
    expect(eventsOf(agent)).toEqual(["failed"]);
  });

  test("a timer that comes late reports both steps", () => {
    const agent = createAgent();
    send(agent, 100, PATH, { nominate: true });
    agent.handleTimeout(60_000);
    expect(eventsOf(agent)).toEqual(["connected", "disconnected", "failed"]);
  });

  test("any traffic brings a disconnected peer back", () => {
    const agent = createAgent();
    send(agent, 100, PATH, { nominate: true });
    agent.handleTimeout(10_100);
    agent.noteReceived(11_000, PATH);
    expect(eventsOf(agent)).toEqual(["connected", "disconnected", "connected"]);
    agent.handleTimeout(21_000);
    send(agent, 22_000, PATH);
    expect(eventsOf(agent)).toEqual(["disconnected", "connected"]);
    expect(agent.pollTimeout()).toBe(32_000);
  });

  test("a failed agent answers no check until it is restarted", () => {
    const agent = createAgent();
    agent.handleTimeout(15_000);
    expect(send(agent, 16_000, PATH, { nominate: true })).toBe(0);
    agent.restart(17_000, LOCAL_2);
    agent.setRemote(REMOTE_2);
    const check = { local: LOCAL_2, remoteUfrag: REMOTE_2.ufrag, nominate: true };
    expect(send(agent, 18_000, PATH, check)).toBeGreaterThan(0);
    expect(eventsOf(agent)).toEqual(["failed", "connected"]);
  });
});

describe("restart", () => {
  const fresh = { local: LOCAL_2, remoteUfrag: REMOTE_2.ufrag };

  test("old credentials work until the first valid check with the new ones", () => {
    const agent = createAgent();
    send(agent, 1, PATH, { nominate: true });
    agent.restart(2, LOCAL_2);
    agent.setRemote(REMOTE_2);
    expect(agent.localUfrag).toBe(LOCAL_2.ufrag);
    expect(send(agent, 3, PATH)).toBeGreaterThan(0);
    expect(send(agent, 4, PATH, { ...fresh, local: { ...LOCAL_2, pwd: "guessed" } })).toBe(0);
    expect(send(agent, 5, PATH)).toBeGreaterThan(0);
    expect(agent.pollRetiredUfrag()).toBeUndefined();
    expect(send(agent, 6, PATH, fresh)).toBeGreaterThan(0);
    expect(agent.pollRetiredUfrag()).toBe(LOCAL.ufrag);
    expect(send(agent, 7, PATH)).toBe(0);
  });

  test("the selection survives a restart until the new generation nominates", () => {
    const agent = createAgent({ nomination: "highest" });
    send(agent, 1, 5, { nominate: true, priority: 9000 });
    eventsOf(agent);
    agent.restart(2, LOCAL_2);
    agent.setRemote(REMOTE_2);
    send(agent, 3, 6, { ...fresh, priority: 10 });
    expect(agent.selectedPath).toBe(5);
    send(agent, 4, 6, { ...fresh, priority: 10, nominate: true });
    expect(agent.selectedPath).toBe(6);
    expect(eventsOf(agent)).toEqual(["path-changed"]);
  });

  test("a second restart before any new check keeps the credentials that work", () => {
    const agent = createAgent();
    const third = { ufrag: "localFragment+/3", pwd: "localPasswordOfThisGeneration003" };
    agent.restart(1, LOCAL_2);
    agent.restart(2, third);
    agent.setRemote(REMOTE_2);
    expect(agent.pollRetiredUfrag()).toBe(LOCAL_2.ufrag);
    expect(send(agent, 3, PATH)).toBeGreaterThan(0);
    expect(send(agent, 4, PATH, fresh)).toBe(0);
    expect(send(agent, 5, PATH, { ...fresh, local: third })).toBeGreaterThan(0);
    expect(agent.pollRetiredUfrag()).toBe(LOCAL.ufrag);
  });
});
