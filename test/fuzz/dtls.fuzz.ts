import { expect, test } from "bun:test";
import { HandshakeInbox, ReplayWindow, readDtlsRecords } from "../../src/io/dtls-records.ts";
import { createWeriftDtlsFactory } from "../../src/io/werift-dtls.ts";
import type { DtlsFactory, DtlsSession } from "../../src/transport/dtls/dtls-session.ts";
import { runMutations } from "../support/mutate.ts";

const MUTATIONS = 20_000;
/** A session that takes a ClientHello makes keys, so these are fewer. */
const SESSION_MUTATIONS = 1500;
const DATAGRAMS_PER_SESSION = 30;
const SEED = 0xd715;

const timers = { set: () => 0, clear: () => {}, nowMs: () => 0 };
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The datagrams of a handshake and some data, by receiver. */
async function record(server: DtlsFactory, client: DtlsFactory) {
  const toServer: Uint8Array[] = [];
  const toClient: Uint8Array[] = [];
  const ignore = { onConnected: () => {}, onApplicationData: () => {}, onFailed: () => {} };
  const ends: { server?: DtlsSession; client?: DtlsSession } = {};
  ends.server = server.create({
    role: "server",
    remoteFingerprint: client.localFingerprint,
    events: {
      ...ignore,
      onTransmit: (datagram) => {
        toClient.push(datagram.slice());
        ends.client?.handleDatagram(datagram.slice());
      },
    },
  });
  ends.client = client.create({
    role: "client",
    remoteFingerprint: server.localFingerprint,
    events: {
      ...ignore,
      onTransmit: (datagram) => {
        toServer.push(datagram.slice());
        ends.server?.handleDatagram(datagram.slice());
      },
    },
  });
  await settle();
  ends.client.sendApplicationData(new Uint8Array(50));
  ends.server.sendApplicationData(new Uint8Array(50));
  ends.client.close();
  ends.server.close();
  return { toServer, toClient };
}

test("the DTLS record reader and the handshake inbox stay inside every mutated datagram", async () => {
  const factory = await createWeriftDtlsFactory(timers);
  const { toServer, toClient } = await record(factory, factory);
  const inbox = new HandshakeInbox();
  const window = new ReplayWindow();
  let records = 0;
  runMutations([...toServer, ...toClient], MUTATIONS, SEED, (bytes) => {
    for (const { payload, sequence, epoch } of readDtlsRecords(bytes)) {
      records += 1;
      expect(payload.byteOffset + payload.length).toBeLessThanOrEqual(
        bytes.byteOffset + bytes.length,
      );
      if (window.isNew(sequence)) window.note(sequence);
      inbox.push(payload, epoch > 0);
      if (inbox.peek() !== undefined && records % 3 === 0) inbox.advance();
    }
  });
  expect(records).toBeGreaterThan(0);
});

test.each(["server", "client"] as const)(
  "a DTLS %s survives mutated datagrams and never connects on them",
  async (role) => {
    const factory = await createWeriftDtlsFactory(timers);
    const other = await createWeriftDtlsFactory(timers);
    const recorded = await (role === "server" ? record(factory, other) : record(other, factory));
    const corpus = role === "server" ? recorded.toServer : recorded.toClient;
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    const inputs: Uint8Array[] = [];
    runMutations(corpus, SESSION_MUTATIONS, SEED, (bytes) => void inputs.push(bytes));
    let sentBytes = 0;
    let session: DtlsSession | undefined;
    for (const [index, bytes] of inputs.entries()) {
      if (index % DATAGRAMS_PER_SESSION === 0) {
        await settle();
        session?.close();
        session = factory.create({
          role,
          remoteFingerprint: other.localFingerprint,
          events: {
            onTransmit: (datagram) => {
              sentBytes += datagram.length;
            },
            onConnected: () => {
              throw new Error(`Connected on mutated datagrams: seed ${SEED}, input ${index}`);
            },
            onApplicationData: () => {
              throw new Error(`Data out of mutated datagrams: seed ${SEED}, input ${index}`);
            },
            onFailed: (reason) => expect(reason).not.toContain("Connected"),
          },
        });
      }
      session?.handleDatagram(bytes);
      await settle();
    }
    session?.close();
    await settle();
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
    // a server answers a hello with less than eight times its bytes
    expect(sentBytes).toBeLessThan(8 * inputs.reduce((sum, bytes) => sum + bytes.length, 0));
  },
);
