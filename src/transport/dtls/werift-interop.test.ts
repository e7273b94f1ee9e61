import { beforeAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { CipherContext, DtlsClient, DtlsServer } from "werift";
import { createTestDtlsFactory } from "../../../test/support/dtls-factory.ts";
import {
  type Carry,
  DtlsEnd,
  DtlsLink,
  expectMatchingKeys,
  splitRecords,
} from "../../../test/support/dtls-link.ts";
import { createWeriftDtlsFactory } from "../../../test/support/werift-dtls.ts";
import { fingerprintOf } from "../../crypto/certificate.ts";
import type { DtlsFactory, SrtpProfile } from "./dtls-session.ts";

/** Everything that waits for nothing but its turn has run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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

type WeriftOptions = {
  readonly offer?: readonly number[];
  readonly isExtended?: boolean;
  readonly key?: string;
};

describe("werift's client and our server", () => {
  /** Both ends of a handshake that has come to rest. */
  async function connect({ offer = [1, 7], isExtended = true, key }: WeriftOptions) {
    const certificate = await CipherContext.createSelfSignedCertificateWithKey(signatureHash);
    const fingerprint = fingerprintOfPem(certificate.certPem);
    const server = new DtlsEnd(createTestDtlsFactory(), "server", fingerprint);
    const transport = createTransport((datagram) => server.handle(0, datagram));
    const client = new DtlsClient({
      transport,
      cert: certificate.certPem,
      key: key ?? certificate.keyPem,
      signatureHash,
      srtpProfiles: [...offer] as (1 | 7)[], // the type lists those of werift's own SRTP only
      extendedMasterSecret: isExtended,
    });
    const received = client.onData.asPromise();
    void client.connect();
    await deliver(server, transport);
    return { server, transport, client, received };
  }

  test("agree on keys and carry data", async () => {
    const { server, transport, client, received } = await connect({});
    expect(server.failure).toBeUndefined();
    expect(server.keys?.profile).toBe("AEAD_AES_128_GCM");
    const keys = client.extractSessionKeys(16, 12);
    expect(Buffer.from(server.keys!.remoteKey)).toEqual(Buffer.from(keys.localKey));
    expect(Buffer.from(server.keys!.localKey)).toEqual(Buffer.from(keys.remoteKey));
    expect(Buffer.from(server.keys!.localSalt)).toEqual(Buffer.from(keys.remoteSalt));
    await client.send(Buffer.from("from werift"));
    expect(server.received).toEqual(["from werift"]);
    server.send("to werift");
    await deliver(server, transport);
    expect(String((await received)[0])).toBe("to werift");
  });

  test("agree on keys without the extended master secret", async () => {
    const { server, client } = await connect({ isExtended: false });
    const keys = client.extractSessionKeys(16, 12);
    expect(Buffer.from(server.keys!.remoteKey)).toEqual(Buffer.from(keys.localKey));
  });

  test.each<{ offer: number[]; chosen: SrtpProfile; keyBytes: number; saltBytes: number }>([
    { offer: [8, 1, 7], chosen: "AEAD_AES_128_GCM", keyBytes: 16, saltBytes: 12 },
    { offer: [1, 8], chosen: "AEAD_AES_256_GCM", keyBytes: 32, saltBytes: 12 },
    { offer: [2, 1], chosen: "AES128_CM_HMAC_SHA1_80", keyBytes: 16, saltBytes: 14 },
  ])("take $chosen of the offer $offer", async ({ offer, chosen, keyBytes, saltBytes }) => {
    const { server, client } = await connect({ offer });
    expect(server.keys?.profile).toBe(chosen);
    expect(server.keys?.localSalt).toHaveLength(saltBytes);
    const keys = client.extractSessionKeys(keyBytes, saltBytes);
    expect(Buffer.from(server.keys!.localKey)).toEqual(Buffer.from(keys.remoteKey));
    expect(Buffer.from(server.keys!.remoteSalt)).toEqual(Buffer.from(keys.localSalt));
  });

  test("part when it shows a certificate whose key it does not have", async () => {
    const own = await CipherContext.createSelfSignedCertificateWithKey(signatureHash);
    const { server } = await connect({ key: own.keyPem });
    expect(server.failure).toContain("does not hold");
    expect(server.keys).toBeUndefined();
  });

  test("part when it offers no SRTP profile of ours", async () => {
    const { server } = await connect({ offer: [] });
    expect(server.failure).toContain("SRTP");
  });
});

describe("our client and werift's server", () => {
  test("agree on keys, by way of a cookie", async () => {
    const certificate = await CipherContext.createSelfSignedCertificateWithKey(signatureHash);
    const fingerprint = fingerprintOfPem(certificate.certPem);
    const client = new DtlsEnd(createTestDtlsFactory(), "client", fingerprint);
    const transport = createTransport((datagram) => client.handle(0, datagram));
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
    client.session.handleTimeout(0);
    await deliver(client, transport);
    await connected;
    await settle();
    expect(client.failure).toBeUndefined();
    expect(client.keys?.profile).toBe("AES128_CM_HMAC_SHA1_80");
    const keys = server.extractSessionKeys(16, 14);
    expect(Buffer.from(client.keys!.localKey)).toEqual(Buffer.from(keys.remoteKey));
    expect(Buffer.from(client.keys!.remoteSalt)).toEqual(Buffer.from(keys.localSalt));
  });
});

describe("werift's messages on a bad link", () => {
  let ours: DtlsFactory;
  let theirs: DtlsFactory;
  const pending = new Map<object, { handler: () => void; atMs: number }>();
  let link: DtlsLink;

  beforeAll(async () => {
    ours = createTestDtlsFactory();
    theirs = await createWeriftDtlsFactory({
      nowMs: () => link.nowMs,
      set(handler, delayMs) {
        const timer = {};
        pending.set(timer, { handler, atMs: link.nowMs + delayMs });
        return timer;
      },
      clear: (timer) => void pending.delete(timer as object),
    });
  });

  /** As `DtlsLink.run`, with a turn of the event loop between, and the timers of one end. */
  async function run(carry: Carry): Promise<void> {
    for (let rounds = 0; rounds < 300; rounds++) {
      link.client.session.handleTimeout(link.nowMs);
      await settle();
      if (link.step(carry)) continue;
      if (link.server.keys !== undefined && link.client.keys !== undefined) return;
      const [first] = [...pending].sort(([, a], [, b]) => a.atMs - b.atMs);
      const ends = [link.server.session, link.client.session];
      const dueMs = Math.min(...ends.map((session) => session.pollTimeout()));
      if (first !== undefined && first[1].atMs <= dueMs) {
        pending.delete(first[0]);
        link.nowMs = Math.max(link.nowMs, first[1].atMs);
        first[1].handler();
      } else if (!link.wait()) {
        return;
      }
    }
    throw new Error("The ends do not come to rest");
  }

  test.each(["server", "client"] as const)(
    "connect to our %s however datagrams are lost, repeated, reordered and cut",
    async (role) => {
      const fates = fc.array(fc.constantFrom("keep", "keep", "drop", "twice", "late", "cut"), {
        maxLength: 16,
      });
      await fc.assert(
        fc.asyncProperty(fates, async (plan) => {
          link = role === "server" ? new DtlsLink(ours, theirs) : new DtlsLink(theirs, ours);
          const fate = plan.values();
          await run((datagrams) => {
            const early: Uint8Array[] = [];
            const late: Uint8Array[] = [];
            for (const datagram of datagrams) {
              const { value = "keep" } = fate.next();
              if (value === "drop") continue;
              if (value === "late") late.push(datagram);
              else if (value === "cut") early.push(...splitRecords(datagram).reverse());
              else early.push(datagram);
              if (value === "twice") early.push(datagram);
            }
            return [...early, ...late];
          });
          expectMatchingKeys(link.server.keys, link.client.keys);
          link.close();
          pending.clear();
        }),
        { numRuns: 15 },
      );
    },
    30_000,
  );
});

/** Carries to werift until our end is silent. */
async function deliver(end: DtlsEnd, transport: Transport): Promise<void> {
  await settle();
  while (end.sent.length > 0) {
    for (const datagram of end.sent.splice(0)) transport.onData(Buffer.from(datagram), ["", 0]);
    await settle();
  }
}

function fingerprintOfPem(pem: string): string {
  return fingerprintOf(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64"));
}
