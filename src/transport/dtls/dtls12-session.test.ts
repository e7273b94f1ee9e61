import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createTestDtlsFactory } from "../../../test/support/dtls-factory.ts";
import {
  type Carry,
  DtlsEnd,
  DtlsLink,
  expectMatchingKeys,
  splitRecords,
} from "../../../test/support/dtls-link.ts";
import { DropReason } from "../../base/drop-reason.ts";
import type { AeadFactory } from "../../crypto/aead.ts";
import { createAesGcm } from "../../crypto/aes-gcm.ts";
import { writeMessage } from "../../wire/dtls/handshake.ts";
import { DtlsContent, RECORD_HEADER_BYTES, writeRecordHeader } from "../../wire/dtls/record.ts";

const ours = createTestDtlsFactory();
const theirs = createTestDtlsFactory();

function record(type: number, epoch: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(RECORD_HEADER_BYTES + payload.length);
  writeRecordHeader(bytes, 0, type, epoch, 9, payload.length);
  bytes.set(payload, RECORD_HEADER_BYTES);
  return bytes;
}

function handshake(type: number, seq: number, body: Uint8Array): Uint8Array {
  return record(DtlsContent.Handshake, 0, writeMessage({ type, seq, body }));
}

describe("a server and a client", () => {
  test("agree on keys of the preferred profile in two round trips, and carry data", () => {
    const link = new DtlsLink(ours, theirs);
    let datagrams = 0;
    link.run((carried) => {
      datagrams += carried.length;
      return carried;
    });
    const { server, client } = link;
    expect(datagrams).toBe(4);
    expectMatchingKeys(server.keys, client.keys);
    expect(server.keys?.profile).toBe("AEAD_AES_128_GCM");
    expect(server.keys?.localKey).toHaveLength(16);
    expect(server.keys?.localSalt).toHaveLength(12);
    server.send("from the server");
    client.send("from the client");
    link.run();
    expect(server.received).toEqual(["from the client"]);
    expect(client.received).toEqual(["from the server"]);
    expect(new Set([...server.drops, ...client.drops])).toEqual(new Set([DropReason.None]));
    link.close();
  });

  test("make new keys in every session", () => {
    const first = new DtlsLink(ours, theirs).run();
    const second = new DtlsLink(ours, theirs).run();
    expect(first.server.keys?.localKey).not.toEqual(second.server.keys!.localKey);
  });

  test("connect by way of a cookie where the server asks for one", () => {
    const careful = createTestDtlsFactory({ requiresCookie: true });
    const link = new DtlsLink(careful, theirs);
    const sizes: number[] = [];
    link.run((carried, to) => {
      for (const { length } of carried) if (to === "client") sizes.push(length);
      return carried;
    });
    expect(sizes).toHaveLength(3);
    expect(sizes[0]).toBeLessThan(100); // before the address is proven it says little
    expectMatchingKeys(link.server.keys, link.client.keys);
  });

  test.each([0, 1, 2, 3, 4, 5])("connect by way of a cookie when datagram %d is lost", (lost) => {
    const link = new DtlsLink(createTestDtlsFactory({ requiresCookie: true }), theirs);
    let index = 0;
    link.run((datagrams) => datagrams.filter(() => index++ !== lost));
    expectMatchingKeys(link.server.keys, link.client.keys);
  });

  test.each([0, 1, 2, 3])("connect when datagram %d of the handshake is lost", (lost) => {
    const link = new DtlsLink(ours, theirs);
    let index = 0;
    link.run((datagrams) => datagrams.filter(() => index++ !== lost));
    expectMatchingKeys(link.server.keys, link.client.keys);
    expect(link.nowMs).toBe(1_100); // one repetition is enough
  });

  test("connect when messages come one by one and backwards", () => {
    const link = new DtlsLink(ours, theirs);
    link.run((datagrams) => datagrams.flatMap((datagram) => splitRecords(datagram).reverse()));
    expectMatchingKeys(link.server.keys, link.client.keys);
    expect(link.nowMs).toBe(1_000);
  });

  const fates = fc.array(
    fc.constantFrom("keep", "keep", "keep", "drop", "twice", "late", "reverse", "shred", "damage"),
    { maxLength: 40 },
  );
  const dice = fc.infiniteStream(fc.nat(1 << 24));

  test("connect with equal keys or fail with a reason, in time, whatever the link does", () => {
    fc.assert(
      fc.property(fates, dice, fc.boolean(), (plan, random, requiresCookie) => {
        const server = createTestDtlsFactory({ requiresCookie });
        const link = new DtlsLink(server, theirs);
        link.run(badLink(plan.values(), random));
        for (const end of [link.server, link.client]) {
          expect((end.keys === undefined) !== (end.failure === undefined)).toBe(true);
        }
        if (link.server.keys !== undefined && link.client.keys !== undefined) {
          expectMatchingKeys(link.server.keys, link.client.keys);
          link.client.send("over");
          link.server.send("and out");
          link.run();
          expect(link.server.received).toEqual(["over"]);
          expect(link.client.received).toEqual(["and out"]);
        }
        expect(link.nowMs).toBeLessThanOrEqual(1_000 + 2 * 60_000);
        link.close();
      }),
      { numRuns: 150 },
    );
  });

  test("connect on every link that damages nothing", () => {
    fc.assert(
      fc.property(fates, dice, (plan, random) => {
        const link = new DtlsLink(ours, theirs);
        const harmless = plan.filter((fate) => fate !== "damage");
        link.run(badLink(harmless.values(), random));
        expectMatchingKeys(link.server.keys, link.client.keys);
        link.close();
      }),
      { numRuns: 150 },
    );
  });

  /** Datagrams meet the fates of the plan, one each, and then none any more. */
  function badLink(plan: Iterator<string>, random: IterableIterator<number>): Carry {
    const below = (limit: number): number => (random.next().value ?? 0) % Math.max(1, limit);
    return (datagrams) => {
      const early: Uint8Array[] = [];
      const late: Uint8Array[] = [];
      for (const datagram of datagrams) {
        const { value: fate = "keep" } = plan.next();
        if (fate === "keep") early.push(datagram);
        else if (fate === "twice") early.push(datagram, datagram);
        else if (fate === "late") late.push(datagram);
        else if (fate === "reverse") early.push(...splitRecords(datagram).reverse());
        else if (fate === "shred") early.push(...shred(datagram, below));
        else if (fate === "damage") {
          const damaged = datagram.slice();
          damaged[below(damaged.length)]! ^= 1 << below(8);
          early.push(damaged);
        }
      }
      return [...early, ...late];
    };
  }
});

/** Plain handshake records cut into fragments of a few bytes, in any order. */
function shred(datagram: Uint8Array, below: (limit: number) => number): Uint8Array[] {
  const pieces = splitRecords(datagram).flatMap((bytes) => {
    const isPlainHandshake = bytes[0] === DtlsContent.Handshake && bytes[4] === 0;
    if (!isPlainHandshake) return [bytes];
    const header = bytes.subarray(RECORD_HEADER_BYTES, RECORD_HEADER_BYTES + 12);
    const body = bytes.subarray(RECORD_HEADER_BYTES + 12);
    const cut: Uint8Array[] = [];
    for (let at = 0; at < body.length || cut.length === 0; ) {
      const length = Math.min(1 + below(90), body.length - at);
      const payload = new Uint8Array(12 + length);
      payload.set(header);
      const offset = ((header[6]! << 16) | (header[7]! << 8) | header[8]!) + at;
      payload.set([offset >> 16, offset >> 8, offset, length >> 16, length >> 8, length], 6);
      payload.set(body.subarray(at, at + length), 12);
      cut.push(record(DtlsContent.Handshake, 0, payload));
      at += length;
    }
    return cut;
  });
  return pieces
    .map((piece) => ({ piece, key: below(1000) }))
    .sort((a, b) => a.key - b.key)
    .map(({ piece }) => piece);
}

describe("a session", () => {
  test("passes over garbage and forged records between the real ones", () => {
    const link = new DtlsLink(ours, theirs);
    const forged = [
      new Uint8Array(0),
      Uint8Array.of(22),
      new Uint8Array(40).fill(22),
      record(DtlsContent.Alert, 0, Uint8Array.of(2, 40)),
      record(DtlsContent.Alert, 1, new Uint8Array(26)),
      record(DtlsContent.ApplicationData, 0, new TextEncoder().encode("plain")),
      record(DtlsContent.ApplicationData, 1, new Uint8Array(40)),
      record(DtlsContent.Handshake, 1, new Uint8Array(60)),
      record(DtlsContent.Handshake, 0, new Uint8Array(12).fill(255)),
      record(DtlsContent.Handshake, 7, new Uint8Array(12)),
      // a Finished that nobody encrypted, at every place it could be looked for
      ...[0, 1, 2, 3, 4, 5].map((seq) => handshake(20, seq, new Uint8Array(12))),
      record(99, 0, new Uint8Array(5)),
    ];
    let index = 0;
    link.run((datagrams) => {
      index += 1;
      return index > 40 ? datagrams : [...forged, ...datagrams, ...forged];
    });
    expectMatchingKeys(link.server.keys, link.client.keys);
    expect(link.server.received).toEqual([]);
    for (const datagram of forged) link.server.handle(link.nowMs, datagram);
    link.client.send("still here");
    link.run();
    expect(link.server.received).toEqual(["still here"]);
    expect(link.server.failure).toBeUndefined();
    link.close();
  });

  test("says why it puts a datagram aside", () => {
    const link = new DtlsLink(ours, theirs).run();
    const { server, client, nowMs } = link;
    client.send("once");
    const [datagram] = client.sent.splice(0);
    const damaged = datagram!.slice();
    damaged[20]! ^= 1;
    const dropped = (bytes: Uint8Array): DropReason => server.session.handleDatagram(nowMs, bytes);
    expect(dropped(damaged)).toBe(DropReason.BadTag);
    expect(dropped(datagram!.slice())).toBe(DropReason.None);
    expect(dropped(datagram!.slice())).toBe(DropReason.Duplicate);
    for (let count = 0; count < 65; count++) client.send("later");
    for (const later of client.sent.splice(0)) dropped(later);
    expect(dropped(datagram!.slice())).toBe(DropReason.TooOld);
    expect(dropped(datagram!.slice(0, 12))).toBe(DropReason.Malformed);
    expect(dropped(record(DtlsContent.ApplicationData, 2, new Uint8Array(40)))).toBe(
      DropReason.Unsupported,
    );
    server.session.close();
    expect(dropped(datagram!.slice())).toBe(DropReason.WrongState);
  });

  test("keeps going when the whole handshake is played to it again", () => {
    const link = new DtlsLink(ours, theirs);
    const toServer: Uint8Array[] = [];
    link.run((datagrams, to) => {
      if (to === "server") toServer.push(...datagrams);
      return datagrams;
    });
    link.nowMs += 1_000;
    for (const datagram of toServer) link.server.handle(link.nowMs, datagram);
    link.client.send("same keys");
    link.run();
    expect(link.server.received).toEqual(["same keys"]);
    expect(link.server.failure).toBeUndefined();
  });

  test("outlives the peer's close_notify, and says one of its own", () => {
    const { server, client, nowMs } = new DtlsLink(ours, theirs).run();
    client.session.close();
    expect(client.sent).toHaveLength(1);
    for (const datagram of client.sent.splice(0)) server.handle(nowMs, datagram);
    expect(server.drops.at(-1)).toBe(DropReason.None);
    server.send("nobody there");
    expect(server.failure).toBeUndefined();
    expect(server.sent).toHaveLength(1);
    server.session.close();
    server.send("closed");
    server.session.close();
    expect(server.sent).toHaveLength(2);
  });

  test.each(["server", "client"] as const)(
    "ends at the %s when the other's certificate is not the announced one",
    (side) => {
      const announced = side === "server" ? theirs.localFingerprint : ours.localFingerprint;
      const wrong = announced.replace(/^../, (hex) => (hex === "00" ? "01" : "00"));
      const expected = side === "server" ? { client: wrong } : { server: wrong };
      const link = new DtlsLink(ours, theirs, expected).run();
      const [failed, other] =
        side === "server" ? [link.server, link.client] : [link.client, link.server];
      expect(failed.failure).toContain("fingerprint");
      // an alert that proves nothing shortens the other's wait
      expect(other.failure).toBe(
        "DTLS handshake not complete in time: peer sent alert bad_certificate (42)",
      );
      expect(link.nowMs).toBe(6_000);
      expect(link.server.keys).toBeUndefined();
      expect(link.client.keys).toBeUndefined();
    },
  );

  test("takes a fingerprint in lower case", () => {
    const expected = { client: theirs.localFingerprint.toLowerCase() };
    const link = new DtlsLink(ours, theirs, expected).run();
    expectMatchingKeys(link.server.keys, link.client.keys);
  });

  test("repeats a client's hello with doubling waits and fails after 60 s", () => {
    const client = new DtlsEnd(theirs, "client", ours.localFingerprint);
    const sentMs: number[] = [];
    const numbers = new Set<string>();
    let nowMs = 5_000;
    for (; nowMs < Number.POSITIVE_INFINITY; nowMs = client.session.pollTimeout()) {
      client.session.handleTimeout(nowMs);
      for (const datagram of client.sent.splice(0)) {
        if (datagram[0] !== DtlsContent.Handshake) continue;
        sentMs.push(nowMs - 5_000);
        numbers.add(datagram.slice(3, 11).toHex());
      }
      if (client.failure !== undefined) break;
    }
    expect(sentMs).toEqual([0, 100, 300, 700, 1500, 3100, 6300, 12700, 25500, 51100]);
    expect(numbers.size).toBe(sentMs.length); // record numbers do not repeat
    expect(nowMs).toBe(65_000);
    expect(client.failure).toContain("not complete in time");
  });

  test("has nothing to do as a server that is never asked, nor once connected or closed", () => {
    const server = new DtlsEnd(ours, "server", theirs.localFingerprint);
    expect(server.session.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
    const link = new DtlsLink(ours, theirs).run();
    expect(link.server.session.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
    expect(link.client.session.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
    const other = new DtlsLink(ours, theirs);
    other.wait();
    other.step();
    expect(other.server.session.pollTimeout()).toBe(1_100);
    other.close();
    expect(other.server.session.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
    expect(other.server.sent).toHaveLength(1); // no goodbye to somebody unknown
  });

  test("ends when a peer that is not proven sends without end", () => {
    const server = new DtlsEnd(ours, "server", theirs.localFingerprint);
    const junk = handshake(11, 3, new Uint8Array(1_000));
    for (let count = 0; count < 300; count++) server.handle(0, junk);
    expect(server.failure).toContain("more than any DTLS handshake");
  });

  test("answers repetitions of a hello no more than 20 times a second", () => {
    const link = new DtlsLink(ours, theirs);
    link.wait();
    const [hello] = link.client.sent.splice(0);
    for (let ms = 0; ms < 90; ms++) link.server.handle(1_000 + ms, hello!);
    expect(link.server.sent).toHaveLength(2);
    expect(link.server.sent.every(({ length }) => length <= 1200)).toBe(true);
  });

  test("seals nothing twice under one nonce, however often it repeats itself", () => {
    let sealed = 0;
    const createAead: AeadFactory = (key) => {
      const aead = createAesGcm(key);
      const nonces = new Set<string>();
      const seal = aead.seal.bind(aead);
      aead.seal = (nonce, ...rest): number => {
        sealed += 1;
        expect(nonces.has(nonce.toHex())).toBe(false);
        nonces.add(nonce.toHex());
        return seal(nonce, ...rest);
      };
      return aead;
    };
    const link = new DtlsLink(createTestDtlsFactory({ createAead }), theirs);
    let finals = 0;
    // the server's last flight is lost four times
    link.run((datagrams, to) =>
      to === "client"
        ? datagrams.filter(([type]) => type !== DtlsContent.ChangeCipherSpec || ++finals > 4)
        : datagrams,
    );
    for (let count = 0; count < 5; count++) link.server.send("data");
    link.close();
    expectMatchingKeys(link.server.keys, link.client.keys);
    expect(sealed).toBe(5 + 5 + 1);
  });

  test("gives back what AEADs it took", () => {
    let open = 0;
    const createAead: AeadFactory = (key) => {
      const aead = createAesGcm(key);
      open += 1;
      const close = aead.close.bind(aead);
      aead.close = (): void => {
        open -= 1;
        close();
      };
      return aead;
    };
    const link = new DtlsLink(createTestDtlsFactory({ createAead }), theirs).run();
    expect(open).toBe(2);
    link.close();
    link.close();
    expect(open).toBe(0);
  });
});

describe("DTLS against one who only pokes", () => {
  function pokeRecord(type: number, payload: Uint8Array): Uint8Array {
    const bytes = new Uint8Array(RECORD_HEADER_BYTES + payload.length);
    writeRecordHeader(bytes, 0, type, 0, 0, payload.length);
    bytes.set(payload, RECORD_HEADER_BYTES);
    return bytes;
  }

  test("repeats a flight that is asked for a bounded number of times", () => {
    const factory = createTestDtlsFactory();
    const server = new DtlsEnd(factory, "server", factory.localFingerprint);
    const client = new DtlsEnd(factory, "client", factory.localFingerprint);
    client.session.handleTimeout(1_000);
    server.handle(1_000, client.sent[0]!);
    const flightDatagrams = server.sent.length;
    server.sent.length = 0;
    const emptyHello = new Uint8Array(12);
    emptyHello[0] = 1;
    const poke = pokeRecord(DtlsContent.Handshake, emptyHello);
    // until before its own timer would fire for the last time
    for (let nowMs = 1_050; nowMs < 11_000; nowMs += 50) server.handle(nowMs, poke);
    expect(server.sent.length).toBeGreaterThan(0);
    expect(server.sent.length).toBeLessThanOrEqual(10 * flightDatagrams);
  });

  test("does not believe an alert before anything began", () => {
    const factory = createTestDtlsFactory();
    const server = new DtlsEnd(factory, "server", factory.localFingerprint);
    server.handle(1_000, pokeRecord(DtlsContent.Alert, Uint8Array.of(2, 40)));
    expect(server.session.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
  });
});
