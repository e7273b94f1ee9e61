import { afterEach, beforeAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { CipherContext, DtlsClient, DtlsServer } from "werift";
import type {
  DtlsEvents,
  DtlsFactory,
  DtlsSession,
  SrtpKeys,
} from "../transport/dtls/dtls-session.ts";
import { fingerprintOf } from "./dtls-proofs.ts";
import { DtlsContent, writeDtlsRecord, writeHandshake } from "./dtls-records.ts";
import { createWeriftDtlsFactory, type DtlsTimers } from "./werift-dtls.ts";

/** A clock that stands still between `advance` calls. */
class StillTimers implements DtlsTimers {
  #nowMs = 0;
  readonly #pending: Map<object, { handler: () => void; atMs: number }> = new Map();

  set(handler: () => void, delayMs: number): object {
    const timer = {};
    this.#pending.set(timer, { handler, atMs: this.#nowMs + delayMs });
    return timer;
  }

  clear(timer: unknown): void {
    this.#pending.delete(timer as object);
  }

  nowMs(): number {
    return this.#nowMs;
  }

  get count(): number {
    return this.#pending.size;
  }

  /** Goes to the next timer and runs it. */
  advance(): boolean {
    const next = [...this.#pending].sort(([, a], [, b]) => a.atMs - b.atMs)[0];
    if (next === undefined) return false;
    this.#pending.delete(next[0]);
    this.#nowMs = Math.max(this.#nowMs, next[1].atMs);
    next[1].handler();
    return true;
  }

  wait(ms: number): void {
    this.#nowMs += ms;
  }
}

/** Everything that waits for nothing but its turn has run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const timers = new StillTimers();
let ours: DtlsFactory;
let theirs: DtlsFactory;

beforeAll(async () => {
  ours = await createWeriftDtlsFactory(timers);
  theirs = await createWeriftDtlsFactory(timers);
});

afterEach(() => {
  expect(timers.count).toBe(0);
});

type End = {
  session: DtlsSession;
  keys: SrtpKeys | undefined;
  received: string[];
  failure: string | undefined;
  /** Datagrams that wait to be carried to the other end. */
  sent: Uint8Array[];
};

function createEnd(factory: DtlsFactory, role: "server" | "client", fingerprint: string): End {
  const end: Omit<End, "session"> = {
    keys: undefined,
    received: [],
    failure: undefined,
    sent: [],
  };
  const events: DtlsEvents = {
    onTransmit: (datagram) => void end.sent.push(datagram.slice()),
    onConnected: (keys) => {
      expect(end.keys).toBeUndefined();
      end.keys = keys;
    },
    onApplicationData: (bytes) => void end.received.push(new TextDecoder().decode(bytes)),
    onFailed: (reason) => {
      expect(end.failure).toBeUndefined();
      end.failure = reason;
    },
  };
  const session = factory.create({ role, remoteFingerprint: fingerprint, events });
  return Object.assign(end, { session });
}

function createPair(): { server: End; client: End } {
  return {
    server: createEnd(ours, "server", theirs.localFingerprint),
    client: createEnd(theirs, "client", ours.localFingerprint),
  };
}

type Carry = (datagrams: Uint8Array[]) => Uint8Array[];

/** Carries datagrams to and fro until both ends are silent; time goes on only when it must. */
async function run(server: End, client: End, carry: Carry = (datagrams) => datagrams) {
  for (let rounds = 0; rounds < 200; rounds++) {
    await settle();
    if (server.sent.length + client.sent.length > 0) {
      for (const datagram of carry(client.sent.splice(0))) server.session.handleDatagram(datagram);
      for (const datagram of carry(server.sent.splice(0))) client.session.handleDatagram(datagram);
    } else if (server.keys !== undefined && client.keys !== undefined) {
      return;
    } else if (!timers.advance()) {
      return;
    }
  }
  throw new Error("The ends do not come to rest");
}

function closeBoth(server: End, client: End): void {
  server.session.close();
  client.session.close();
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function expectMatchingKeys(a: SrtpKeys | undefined, b: SrtpKeys | undefined): void {
  if (a === undefined || b === undefined) throw new Error("The ends are not connected");
  expect(a.profile).toBe(b.profile);
  expect(a.localKey).toEqual(b.remoteKey);
  expect(a.localSalt).toEqual(b.remoteSalt);
  expect(b.localKey).toEqual(a.remoteKey);
  expect(b.localSalt).toEqual(a.remoteSalt);
  expect(a.localKey).not.toEqual(a.remoteKey);
}

describe("two sessions", () => {
  test("agree on keys of the preferred profile in two round trips, and carry data", async () => {
    const { server, client } = createPair();
    let datagrams = 0;
    await run(server, client, (carried) => {
      datagrams += carried.length;
      return carried;
    });
    expect(datagrams).toBe(4);
    expectMatchingKeys(server.keys, client.keys);
    expect(server.keys?.profile).toBe("AEAD_AES_128_GCM");
    expect(server.keys?.localKey).toHaveLength(16);
    expect(server.keys?.localSalt).toHaveLength(12);
    server.session.sendApplicationData(bytesOf("from the server"));
    client.session.sendApplicationData(bytesOf("from the client"));
    await run(server, client);
    expect(server.received).toEqual(["from the client"]);
    expect(client.received).toEqual(["from the server"]);
    closeBoth(server, client);
  });

  test("connect however datagrams are lost, repeated and reordered", async () => {
    const fates = fc.array(fc.constantFrom("keep", "keep", "drop", "twice", "late"), {
      maxLength: 16,
    });
    await fc.assert(
      fc.asyncProperty(fates, async (plan) => {
        const { server, client } = createPair();
        const fate = plan.values();
        await run(server, client, (datagrams) => {
          const early: Uint8Array[] = [];
          const late: Uint8Array[] = [];
          for (const datagram of datagrams) {
            const { value = "keep" } = fate.next();
            if (value === "drop") continue;
            (value === "late" ? late : early).push(datagram);
            if (value === "twice") early.push(datagram);
          }
          return [...early, ...late];
        });
        expectMatchingKeys(server.keys, client.keys);
        closeBoth(server, client);
      }),
      { numRuns: 20 },
    );
  });

  test.each([0, 1, 2, 3])("connect when datagram %d of the handshake is lost", async (lost) => {
    const { server, client } = createPair();
    let index = 0;
    await run(server, client, (datagrams) => datagrams.filter(() => index++ !== lost));
    expectMatchingKeys(server.keys, client.keys);
    closeBoth(server, client);
  });

  test("connect when the client's messages come one by one and backwards", async () => {
    const { server, client } = createPair();
    await run(server, client, (datagrams) =>
      datagrams.flatMap((datagram) => splitRecords(datagram).reverse()),
    );
    expectMatchingKeys(server.keys, client.keys);
    closeBoth(server, client);
  });

  test("pass over garbage and forged records between the real ones", async () => {
    const { server, client } = createPair();
    const forged = [
      new Uint8Array(0),
      Uint8Array.of(22),
      new Uint8Array(40).fill(22),
      writeDtlsRecord(DtlsContent.Alert, 0, 9, Uint8Array.of(2, 40)),
      writeDtlsRecord(DtlsContent.Alert, 1, 9, new Uint8Array(26)),
      writeDtlsRecord(DtlsContent.ApplicationData, 0, 9, bytesOf("plain")),
      writeDtlsRecord(DtlsContent.ApplicationData, 1, 9, new Uint8Array(40)),
      writeDtlsRecord(DtlsContent.Handshake, 1, 9, new Uint8Array(60)),
      writeDtlsRecord(DtlsContent.Handshake, 0, 9, new Uint8Array(12).fill(255)),
      // a Finished that nobody encrypted, at every place it could be looked for
      ...[0, 1, 2, 3, 4, 5].map((seq) =>
        writeDtlsRecord(
          DtlsContent.Handshake,
          0,
          9,
          writeHandshake({ type: 20, seq, body: new Uint8Array(12) }),
        ),
      ),
      writeDtlsRecord(99, 0, 9, new Uint8Array(5)),
    ];
    let index = 0;
    await run(server, client, (datagrams) => {
      index += 1;
      return index > 40 ? datagrams : [...forged, ...datagrams, ...forged];
    });
    expectMatchingKeys(server.keys, client.keys);
    expect(server.received).toEqual([]);
    for (const datagram of forged) server.session.handleDatagram(datagram);
    client.session.sendApplicationData(bytesOf("still here"));
    await run(server, client);
    expect(server.received).toEqual(["still here"]);
    expect(server.failure).toBeUndefined();
    closeBoth(server, client);
  });

  test("keep going when the whole handshake is played to them again", async () => {
    const { server, client } = createPair();
    const toServer: Uint8Array[] = [];
    await run(server, client, (datagrams) => {
      toServer.push(...datagrams);
      return datagrams;
    });
    timers.wait(1000);
    for (const datagram of toServer) server.session.handleDatagram(datagram);
    client.session.sendApplicationData(bytesOf("same keys"));
    await run(server, client);
    expect(server.received).toEqual(["same keys"]);
    closeBoth(server, client);
  });

  test("deliver a repeated datagram once", async () => {
    const { server, client } = createPair();
    await run(server, client);
    client.session.sendApplicationData(bytesOf("one"));
    client.session.sendApplicationData(bytesOf("two"));
    await run(server, client, (datagrams) => [...datagrams, ...datagrams]);
    expect(server.received).toEqual(["one", "two"]);
    closeBoth(server, client);
  });

  test("outlive the peer's close_notify", async () => {
    const { server, client } = createPair();
    await run(server, client);
    client.session.close();
    expect(client.sent).toHaveLength(1);
    for (const datagram of client.sent.splice(0)) server.session.handleDatagram(datagram);
    server.session.sendApplicationData(bytesOf("nobody there"));
    expect(server.failure).toBeUndefined();
    expect(server.sent).toHaveLength(1);
    server.session.close();
    server.session.sendApplicationData(bytesOf("closed"));
    expect(server.sent).toHaveLength(2);
  });

  test.each(["server", "client"] as const)(
    "fail at the %s when the other's certificate is not the announced one",
    async (side) => {
      const wrong = ours.localFingerprint.replace(/^../, (hex) => (hex === "00" ? "01" : "00"));
      const expected = { server: theirs.localFingerprint, client: ours.localFingerprint };
      expected[side] = wrong;
      const server = createEnd(ours, "server", expected.server);
      const client = createEnd(theirs, "client", expected.client);
      await run(server, client);
      const failed = side === "server" ? server : client;
      expect(failed.failure).toContain("fingerprint");
      expect(server.keys).toBeUndefined();
      closeBoth(server, client);
    },
  );

  test("leave no timer behind after 20 handshakes, nor when closed in the middle of one", async () => {
    for (let count = 0; count < 20; count++) {
      const { server, client } = createPair();
      await run(server, client);
      expect(timers.count).toBe(0);
      closeBoth(server, client);
    }
    const { server, client } = createPair();
    await settle();
    for (const datagram of client.sent.splice(0)) server.session.handleDatagram(datagram);
    await settle();
    expect(timers.count).toBe(2);
    closeBoth(server, client);
  });
});

describe("alone", () => {
  test("a client repeats its hello with doubling waits and fails after 60 s", async () => {
    const client = createEnd(theirs, "client", ours.localFingerprint);
    await settle();
    const startMs = timers.nowMs();
    const sentMs: number[] = [];
    const attempts = new Set<string>();
    do {
      for (const datagram of client.sent.splice(0)) {
        sentMs.push(timers.nowMs() - startMs);
        attempts.add(datagram.slice(3, 11).toHex());
      }
    } while (timers.advance());
    expect(sentMs).toEqual([0, 100, 300, 700, 1500, 3100, 6300, 12700, 25500, 51100]);
    expect(attempts.size).toBe(sentMs.length); // record numbers do not repeat
    expect(timers.nowMs() - startMs).toBe(60_000);
    expect(client.failure).toContain("60 s");
  });

  test("a server that is never asked has no timer", async () => {
    const server = createEnd(ours, "server", theirs.localFingerprint);
    await settle();
    expect(timers.count).toBe(0);
    expect(server.sent).toEqual([]);
    server.session.close();
  });
});

describe("against werift's own DTLS", () => {
  type Transport = ConstructorParameters<typeof DtlsServer>[0]["transport"];
  const signatureHash = { signature: 3, hash: 4 } as const;

  function createTransport(send: (datagram: Uint8Array) => void): Transport {
    return {
      type: "memory",
      address: { address: "", family: "", port: 0 },
      closed: false,
      onData: () => {},
      send: (data: Buffer): Promise<void> => {
        send(data.slice());
        return Promise.resolve();
      },
      close: (): Promise<void> => Promise.resolve(),
    };
  }

  function createClient(
    transport: Transport,
    offer: readonly number[],
    cert: string,
    key: string,
  ): DtlsClient {
    return new DtlsClient({
      transport,
      cert,
      key,
      signatureHash,
      srtpProfiles: [...offer] as (1 | 7)[], // the type lists those of werift's own SRTP only
      extendedMasterSecret: true,
    });
  }

  test("a server session keeps the handshake and data of werift's client", async () => {
    const certificate = await CipherContext.createSelfSignedCertificateWithKey(signatureHash);
    const server = createEnd(ours, "server", fingerprintOfPem(certificate.certPem));
    const transport = createTransport((datagram) => {
      server.session.handleDatagram(Uint8Array.of(22, 254, 253, 0)); // garbage in between
      server.session.handleDatagram(datagram);
      server.session.handleDatagram(datagram);
    });
    const client = createClient(transport, [1, 7], certificate.certPem, certificate.keyPem);
    const connected = client.onConnect.asPromise();
    const received = client.onData.asPromise();
    void client.connect();
    await settle();
    server.sent.splice(0); // our first flight is lost
    timers.advance();
    await deliver(server, transport);
    await connected;
    expect(server.keys?.profile).toBe("AEAD_AES_128_GCM");
    const keys = client.extractSessionKeys(16, 12);
    expect(Buffer.from(server.keys!.remoteKey)).toEqual(Buffer.from(keys.localKey));
    expect(Buffer.from(server.keys!.localSalt)).toEqual(Buffer.from(keys.remoteSalt));
    await client.send(Buffer.from("from werift"));
    expect(server.received).toEqual(["from werift"]);
    server.session.sendApplicationData(bytesOf("to werift"));
    await deliver(server, transport);
    expect(String((await received)[0])).toBe("to werift");
    server.session.close();
  });

  test.each([
    { offer: [8, 1, 7], chosen: "AEAD_AES_128_GCM" as const, keyBytes: 16, saltBytes: 12 },
    { offer: [1, 8], chosen: "AEAD_AES_256_GCM" as const, keyBytes: 32, saltBytes: 12 },
    { offer: [2, 1], chosen: "AES128_CM_HMAC_SHA1_80" as const, keyBytes: 16, saltBytes: 14 },
  ])("a server session takes $chosen of the offer $offer", async (choice) => {
    const certificate = await CipherContext.createSelfSignedCertificateWithKey(signatureHash);
    const server = createEnd(ours, "server", fingerprintOfPem(certificate.certPem));
    const transport = createTransport((datagram) => server.session.handleDatagram(datagram));
    const client = createClient(transport, choice.offer, certificate.certPem, certificate.keyPem);
    const connected = client.onConnect.asPromise();
    void client.connect();
    await deliver(server, transport);
    await connected;
    expect(server.keys?.profile).toBe(choice.chosen);
    expect(server.keys?.localKey).toHaveLength(choice.keyBytes);
    expect(server.keys?.localSalt).toHaveLength(choice.saltBytes);
    server.session.close();
  });

  test("a client session follows werift's server through its cookie exchange", async () => {
    const certificate = await CipherContext.createSelfSignedCertificateWithKey(signatureHash);
    const client = createEnd(theirs, "client", fingerprintOfPem(certificate.certPem));
    const transport = createTransport((datagram) => client.session.handleDatagram(datagram));
    const server = new DtlsServer({
      transport,
      cert: certificate.certPem,
      key: certificate.keyPem,
      signatureHash: certificate.signatureHash,
      srtpProfiles: [1],
      extendedMasterSecret: true,
      certificateRequest: true,
    });
    const connected = server.onConnect.asPromise();
    await deliver(client, transport);
    await connected;
    await settle();
    expect(client.keys?.profile).toBe("AES128_CM_HMAC_SHA1_80");
    expect(client.keys?.localSalt).toHaveLength(14);
    const keys = server.extractSessionKeys(16, 14);
    expect(Buffer.from(client.keys!.localKey)).toEqual(Buffer.from(keys.remoteKey));
    client.session.close();
  });

  test("a client that shows a certificate whose key it does not have is refused", async () => {
    const stolen = await CipherContext.createSelfSignedCertificateWithKey(signatureHash);
    const own = await CipherContext.createSelfSignedCertificateWithKey(signatureHash);
    const server = createEnd(ours, "server", fingerprintOfPem(stolen.certPem));
    const transport = createTransport((datagram) => server.session.handleDatagram(datagram));
    const client = createClient(transport, [7], stolen.certPem, own.keyPem);
    void client.connect();
    await deliver(server, transport);
    expect(server.failure).toContain("does not hold");
    expect(server.keys).toBeUndefined();
  });

  test("a client that offers no SRTP profile of ours is refused", async () => {
    const certificate = await CipherContext.createSelfSignedCertificateWithKey(signatureHash);
    const server = createEnd(ours, "server", fingerprintOfPem(certificate.certPem));
    const transport = createTransport((datagram) => server.session.handleDatagram(datagram));
    const client = new DtlsClient({
      transport,
      cert: certificate.certPem,
      key: certificate.keyPem,
      signatureHash: certificate.signatureHash,
    });
    void client.connect();
    await deliver(server, transport);
    expect(server.failure).toContain("SRTP");
  });

  /** Carries to werift until our end is silent. */
  async function deliver(end: End, transport: Transport): Promise<void> {
    await settle();
    while (end.sent.length > 0) {
      for (const datagram of end.sent.splice(0)) {
        transport.onData(Buffer.from(datagram), ["", 0]);
      }
      await settle();
    }
  }
});

function fingerprintOfPem(pem: string): string {
  return fingerprintOf(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64"));
}

function splitRecords(datagram: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let at = 0; at < datagram.length; ) {
    const end = at + 13 + ((datagram[at + 11]! << 8) | datagram[at + 12]!);
    records.push(datagram.slice(at, end));
    at = end;
  }
  return records;
}
