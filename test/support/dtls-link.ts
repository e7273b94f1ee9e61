import { expect } from "bun:test";
import type { DropReason } from "../../src/base/drop-reason.ts";
import {
  APPLICATION_OVERHEAD_BYTES,
  type DtlsFactory,
  type DtlsSession,
  type SrtpKeys,
} from "../../src/transport/dtls/dtls-session.ts";

/** One end of a link: a session and all that came of it. */
export class DtlsEnd {
  readonly session: DtlsSession;
  /** Datagrams that wait to be carried to the other end. */
  readonly sent: Uint8Array[] = [];
  readonly received: string[] = [];
  readonly drops: DropReason[] = [];
  keys: SrtpKeys | undefined;
  failure: string | undefined;

  constructor(factory: DtlsFactory, role: "server" | "client", remoteFingerprint: string) {
    this.session = factory.create({
      role,
      remoteFingerprint,
      events: {
        onTransmit: (datagram) => void this.sent.push(datagram.slice()),
        onConnected: (keys) => {
          expect(this.keys).toBeUndefined();
          expect(this.failure).toBeUndefined();
          this.keys = keys;
        },
        onApplicationData: (bytes) => void this.received.push(new TextDecoder().decode(bytes)),
        onFailed: (reason) => {
          expect(this.failure).toBeUndefined();
          this.failure = reason;
        },
      },
    });
  }

  handle(nowMs: number, datagram: Uint8Array): void {
    this.drops.push(this.session.handleDatagram(nowMs, datagram.slice()));
  }

  send(text: string): void {
    const bytes = new TextEncoder().encode(text);
    const datagram = new Uint8Array(bytes.length + APPLICATION_OVERHEAD_BYTES);
    const length = this.session.sealApplicationData(bytes, bytes.length, datagram, 0);
    if (length > 0) this.sent.push(datagram.subarray(0, length));
  }
}

export type Carry = (datagrams: Uint8Array[], to: "server" | "client") => Uint8Array[];

/** A server and a client on a clock of their own, which stands still while datagrams move. */
export class DtlsLink {
  readonly server: DtlsEnd;
  readonly client: DtlsEnd;
  nowMs = 1_000;

  constructor(
    serverFactory: DtlsFactory,
    clientFactory: DtlsFactory,
    expected: { server?: string; client?: string } = {},
  ) {
    const { server = serverFactory.localFingerprint, client = clientFactory.localFingerprint } =
      expected;
    this.server = new DtlsEnd(serverFactory, "server", client);
    this.client = new DtlsEnd(clientFactory, "client", server);
  }

  /** Carries datagrams until both ends are silent and wait for nothing. */
  run(carry: Carry = (datagrams) => datagrams): this {
    for (let rounds = 0; rounds < 500; rounds++) {
      if (!this.step(carry) && !this.wait()) return this;
    }
    throw new Error("The ends do not come to rest");
  }

  /** Carries what was sent, both ways. @returns whether there was something */
  step(carry: Carry = (datagrams) => datagrams): boolean {
    const { server, client } = this;
    if (server.sent.length + client.sent.length === 0) return false;
    const toServer = carry(client.sent.splice(0), "server");
    const toClient = carry(server.sent.splice(0), "client");
    for (const datagram of toServer) server.handle(this.nowMs, datagram);
    for (const datagram of toClient) client.handle(this.nowMs, datagram);
    return true;
  }

  /** Goes on to what is due next. @returns whether there was something */
  wait(): boolean {
    const ends = [this.server.session, this.client.session];
    const dueMs = Math.min(...ends.map((session) => session.pollTimeout()));
    if (dueMs === Number.POSITIVE_INFINITY) return false;
    this.nowMs = Math.max(this.nowMs, dueMs);
    for (const session of ends) session.handleTimeout(this.nowMs);
    return true;
  }

  close(): void {
    this.server.session.close();
    this.client.session.close();
  }
}

/** The ends of one association have each other's keys. */
export function expectMatchingKeys(a: SrtpKeys | undefined, b: SrtpKeys | undefined): void {
  if (a === undefined || b === undefined) throw new Error("The ends are not connected");
  expect(a.profile).toBe(b.profile);
  expect(a.localKey).toEqual(b.remoteKey);
  expect(a.localSalt).toEqual(b.remoteSalt);
  expect(b.localKey).toEqual(a.remoteKey);
  expect(b.localSalt).toEqual(a.remoteSalt);
  expect(a.localKey).not.toEqual(a.remoteKey);
}

/** The records of a datagram that was not tampered with, each as a datagram of its own. */
export function splitRecords(datagram: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let at = 0; at < datagram.length; ) {
    const end = at + 13 + ((datagram[at + 11]! << 8) | datagram[at + 12]!);
    records.push(datagram.slice(at, end));
    at = end;
  }
  return records;
}
