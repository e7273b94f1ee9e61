import { expect, test } from "bun:test";
import { DropReason } from "../../src/base/drop-reason.ts";
import { createTestDtlsFactory } from "../support/dtls-factory.ts";
import { DtlsEnd } from "../support/dtls-link.ts";
import { SimClient } from "../support/sim-client.ts";
import { SimEngine } from "../support/sim-engine.ts";

const theirs = createTestDtlsFactory();

/** A client whose DTLS is real. */
class HandshakingClient extends SimClient {
  readonly end: DtlsEnd;
  /** When datagrams of the server's came, in the engine's time. */
  readonly arrivalsMs: number[] = [];
  /** So many of them are lost first. */
  lossesLeft = 0;

  constructor(engine: SimEngine, peerId: number, serverFingerprint: string) {
    super(peerId, (bytes, path) => engine.receive(bytes, path));
    this.end = new DtlsEnd(theirs, "client", serverFingerprint);
  }

  override receive(nowMs: number, bytes: Uint8Array): void {
    const isDtls = bytes[0]! >= 20 && bytes[0]! < 64;
    if (!isDtls) {
      super.receive(nowMs, bytes);
      return;
    }
    this.arrivalsMs.push(nowMs);
    this.lossesLeft -= 1;
    if (this.lossesLeft >= 0) return;
    this.end.handle(nowMs, bytes);
    this.flush();
  }

  flush(): void {
    for (const datagram of this.end.sent.splice(0)) this.send(datagram);
  }
}

function connect(fingerprint: string = theirs.localFingerprint) {
  const ours = createTestDtlsFactory();
  const engine = new SimEngine(ours);
  const client = new HandshakingClient(engine, 1, ours.localFingerprint);
  const localUfrag = "ufrag1";
  const localPwd = "a-password-of-the-server";
  engine.command({ kind: "create-peer", peerId: 1, localUfrag, localPwd });
  const { ufrag, pwd } = client.ice;
  engine.command({ kind: "set-remote", peerId: 1, ufrag, pwd, fingerprint });
  client.setRemote(localUfrag, localPwd);
  engine.clients.push(client);
  engine.advance(50);
  return { engine, client };
}

test("a client connects to the engine within the turns of its own datagrams", () => {
  const { engine, client } = connect();
  const startMs = engine.nowMs;
  client.end.session.handleTimeout(startMs);
  client.flush();
  expect(engine.events("peer-connected")).toHaveLength(1);
  expect(client.end.keys?.profile).toBe("AEAD_AES_128_GCM");
  expect(engine.nowMs).toBe(startMs);
});

test("the engine repeats a flight that was lost, on its own clock, and then sleeps", () => {
  const { engine, client } = connect();
  const startMs = engine.nowMs;
  client.lossesLeft = 2;
  client.end.session.handleTimeout(startMs);
  client.flush();
  engine.advance(1_000);
  expect(client.arrivalsMs.slice(0, 3).map((ms) => ms - startMs)).toEqual([0, 100, 300]);
  expect(engine.events("peer-connected")).toHaveLength(1);
  expect(client.end.keys).toBeDefined();
  engine.wakeUps = 0;
  engine.advance(900);
  expect(engine.wakeUps).toBeLessThan(10);
});

test("the engine gives up on a client that stops in the middle, and says why", () => {
  const { engine, client } = connect();
  client.lossesLeft = Number.POSITIVE_INFINITY;
  client.end.session.handleTimeout(engine.nowMs);
  client.flush();
  engine.advance(59_000);
  expect(engine.events("peer-failed")).toEqual([]);
  engine.advance(2_000);
  expect(engine.events("peer-failed")).toMatchObject([
    { peerId: 1, reason: "dtls", detail: "DTLS handshake not complete in time" },
  ]);
});

test("the engine tells of a client whose certificate is not the announced one", () => {
  const { engine, client } = connect(createTestDtlsFactory().localFingerprint);
  client.end.session.handleTimeout(engine.nowMs);
  client.flush();
  const [failure] = engine.events("peer-failed");
  expect(failure).toMatchObject({ peerId: 1, reason: "dtls" });
  expect(failure?.detail).toContain("fingerprint");
  expect(engine.events("peer-connected")).toEqual([]);
});

test("the engine counts datagrams that DTLS puts aside, by reason", () => {
  const { engine } = connect();
  const junk = new Uint8Array(60);
  junk[0] = 22;
  for (let count = 0; count < 3; count++) engine.receive(junk, 1);
  engine.advance(60_000);
  const { counters } = engine.events("statistics-report").at(-1)!;
  expect(counters.dropped[DropReason.Malformed]).toBe(3);
});
