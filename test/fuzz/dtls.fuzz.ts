import { expect, test } from "bun:test";
import { AEAD_TAG_BYTES, type AeadFactory } from "../../src/crypto/aead.ts";
import type { DtlsFactory } from "../../src/transport/dtls/dtls-session.ts";
import { HandshakeInbox } from "../../src/transport/dtls/handshake-inbox.ts";
import { ReplayWindow } from "../../src/transport/dtls/replay-window.ts";
import { FragmentView, readFragment } from "../../src/wire/dtls/handshake.ts";
import {
  readClientHello,
  readHelloVerifyRequest,
  readServerHello,
} from "../../src/wire/dtls/hello.ts";
import {
  readCertificateRequest,
  readCertificates,
  readClientKeyExchange,
  readServerKeyExchange,
  readSigned,
} from "../../src/wire/dtls/key-exchange.ts";
import { RECORD_HEADER_BYTES, RecordView, readRecord } from "../../src/wire/dtls/record.ts";
import { createTestDtlsFactory } from "../support/dtls-factory.ts";
import { DtlsEnd, DtlsLink, splitRecords } from "../support/dtls-link.ts";
import { mutations, runMutations } from "../support/mutate.ts";

const READER_MUTATIONS = 20_000;
/** A session that takes a ClientHello makes keys, so these are fewer. */
const SESSION_MUTATIONS = 6_000;
const DATAGRAMS_PER_SESSION = 30;
const LINKS = 600;
const SEED = 0xd715;

/** Records that anybody can write, so that what is inside of them is reached too. */
const openToAll: AeadFactory = () => ({
  seal(_nonce, _aad, bytes, offset, length) {
    bytes.fill(0, offset + length, offset + length + AEAD_TAG_BYTES);
    return length + AEAD_TAG_BYTES;
  },
  open: (_nonce, _aad, _bytes, _offset, length) => length - AEAD_TAG_BYTES,
  close() {},
});

/** The datagrams of a handshake, some data and a goodbye, by receiver. */
function play(server: DtlsFactory, client: DtlsFactory) {
  const recorded = { server: [] as Uint8Array[], client: [] as Uint8Array[] };
  const link = new DtlsLink(server, client);
  const carry = (datagrams: Uint8Array[], to: "server" | "client"): Uint8Array[] => {
    recorded[to].push(...datagrams.map((datagram) => datagram.slice()));
    return datagrams;
  };
  link.run(carry);
  link.client.send("some data");
  link.server.send("some more");
  link.close();
  link.run(carry);
  return recorded;
}

const careful = createTestDtlsFactory({ requiresCookie: true, createAead: openToAll });
const easy = createTestDtlsFactory({ createAead: openToAll });
const sealing = createTestDtlsFactory();
const recorded = play(careful, easy);

/** Calls `take` with every array in a result. */
function forArrays(value: unknown, take: (array: Uint8Array) => void): void {
  if (value instanceof Uint8Array) take(value);
  else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) forArrays(part, take);
  }
}

test("the readers of records and fragments stay inside every mutated datagram", () => {
  const record = new RecordView();
  const fragment = new FragmentView();
  const inbox = new HandshakeInbox();
  const window = new ReplayWindow();
  let fragments = 0;
  runMutations([...recorded.server, ...recorded.client], READER_MUTATIONS, SEED, (bytes) => {
    for (let at = 0; at < bytes.length; ) {
      const next = readRecord(bytes, at, record);
      if (next < 0) break;
      expect(next).toBeGreaterThan(at);
      expect(next).toBeLessThanOrEqual(bytes.length);
      if (window.check(record.sequence) === 0) window.note(record.sequence);
      for (let part = record.payloadAt; part < next; ) {
        part = readFragment(bytes, part, next, fragment);
        if (part < 0) break;
        expect(part).toBeLessThanOrEqual(next);
        fragments += 1;
        inbox.push(bytes, fragment, record.epoch > 0);
        const message = inbox.peek();
        if (message !== undefined && fragments % 3 === 0) inbox.advance();
        else if (fragments % 7 === 0) inbox.discard();
      }
      at = next;
    }
  });
  expect(fragments).toBeGreaterThan(READER_MUTATIONS / 10);
});

test("the readers of messages take what is whole, and no byte from outside of it", () => {
  const bodies = [...recorded.server, ...recorded.client]
    .flatMap(splitRecords)
    .filter((bytes) => bytes[0] === 22 && bytes[4] === 0)
    .map((bytes) => bytes.slice(RECORD_HEADER_BYTES + 12));
  const readers = {
    readClientHello,
    readServerHello,
    readHelloVerifyRequest,
    readCertificates,
    readServerKeyExchange,
    readCertificateRequest,
    readClientKeyExchange,
    readSigned,
  };
  const taken = new Map<string, number>();
  runMutations(bodies, READER_MUTATIONS, SEED, (bytes) => {
    for (const [name, read] of Object.entries(readers)) {
      const result = read(bytes);
      if (result === undefined) continue;
      taken.set(name, (taken.get(name) ?? 0) + 1);
      forArrays(result, (array) => expect(array.length).toBeLessThanOrEqual(bytes.length));
    }
  });
  expect([...taken.keys()].toSorted()).toEqual(Object.keys(readers).toSorted());
});

test.each(["server", "client"] as const)(
  "a DTLS %s survives mutated datagrams and never connects on them",
  (role) => {
    const other = play(sealing, createTestDtlsFactory());
    const corpus = [...recorded[role], ...other[role]];
    let end: DtlsEnd | undefined;
    let receivedBytes = 0;
    let sentBytes = 0;
    let index = 0;
    runMutations(corpus, SESSION_MUTATIONS, SEED, (bytes) => {
      if (index % DATAGRAMS_PER_SESSION === 0) {
        end?.session.close();
        end = new DtlsEnd(sealing, role, easy.localFingerprint);
        end.session.handleTimeout(0);
        end.sent.length = 0;
      }
      index += 1;
      receivedBytes += bytes.length;
      end?.session.handleDatagram(index, bytes);
      sentBytes += end?.sent.splice(0).reduce((sum, { length }) => sum + length, 0) ?? 0;
      expect(end?.keys).toBeUndefined();
      expect(end?.received).toEqual([]);
    });
    // a server answers a hello with less than eight times its bytes
    expect(sentBytes).toBeLessThan(8 * receivedBytes);
  },
);

test("a handshake that is mutated on its way connects with equal keys, or fails in time", () => {
  const inputs = mutations([...recorded.server, ...recorded.client], 1_000_000, SEED);
  const outcomes = { connected: 0, failed: 0 };
  for (let run = 0; run < LINKS; run++) {
    const link = new DtlsLink(run % 2 === 0 ? careful : easy, easy);
    // which datagram of the handshake is a mutation of itself and others
    let left = run % 7;
    link.run((datagrams) =>
      datagrams.flatMap((datagram) => {
        left -= 1;
        if (left >= 0) return [datagram];
        left = 3;
        const [, mutated = datagram] = mutations([datagram], 1, SEED + run);
        return [inputs.next().value ?? datagram, mutated, datagram];
      }),
    );
    const { server, client } = link;
    expect(link.nowMs).toBeLessThanOrEqual(1_000 + 2 * 60_000);
    for (const end of [server, client]) {
      expect(end.keys !== undefined || end.failure !== undefined).toBe(true);
    }
    if (server.keys !== undefined && client.keys !== undefined) {
      outcomes.connected += 1;
      expect(server.keys.localKey).toEqual(client.keys.remoteKey);
      expect(server.keys.profile).toBe(client.keys.profile);
    } else {
      outcomes.failed += 1;
    }
    link.close();
  }
  expect(Math.min(outcomes.connected, outcomes.failed)).toBeGreaterThan(0);
});
