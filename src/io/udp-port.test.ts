import { afterEach, expect, test } from "bun:test";
import { type Log, SILENT_LOG } from "../base/log.ts";
import { UdpCounter } from "./udp-counters.ts";
import { createUdpPort, type UdpPort, type UdpPortOptions } from "./udp-port.ts";

/** What a system grants that nobody has tuned: tests must not need more. Linux doubles it. */
const BUFFER_BYTES = 212_992 / 2;

type Datagram = { readonly path: number; readonly bytes: Uint8Array };

/** A port on loopback that keeps what it receives; `waitFor` resolves at the count. */
class Peer {
  readonly received: Datagram[] = [];
  port!: UdpPort;
  #wanted = Number.POSITIVE_INFINITY;
  #resolve: () => void = () => {};

  static async open(options: Partial<UdpPortOptions> = {}): Promise<Peer> {
    const peer = new Peer();
    peer.port = await createUdpPort({
      address: "127.0.0.1",
      port: 0,
      log: SILENT_LOG,
      bufferBytes: BUFFER_BYTES,
      ...options,
      handler: (bytes, path) => {
        peer.received.push({ path, bytes: bytes.slice() });
        options.handler?.(bytes, path);
        if (peer.received.length >= peer.#wanted) peer.#resolve();
      },
    });
    open.push(peer.port);
    return peer;
  }

  async waitFor(count: number): Promise<void> {
    if (this.received.length >= count) return;
    this.#wanted = count;
    await new Promise<void>((resolve) => {
      this.#resolve = resolve;
    });
  }

  send(path: number, bytes: Uint8Array): void {
    const offset = this.port.reserve(bytes.length);
    this.port.arena.set(bytes, offset);
    this.port.commit(path, bytes.length);
  }

  pathTo(other: Peer): number {
    return this.port.pathTo(
      this.port.localAddress.includes(":") ? "::1" : "127.0.0.1",
      other.port.localPort,
    );
  }

  count(counter: UdpCounter): number {
    return this.port.counters[counter]!;
  }
}

const open: UdpPort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** Recognizable bytes: the number in front, and a fill that depends on it. */
function datagram(number: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length).fill(number * 37 + length);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

const BACKENDS = ["auto", "sendmmsg", "sendMany"] as const;

test.each([...BACKENDS])(
  "datagrams of mixed sizes arrive whole and in order, %s",
  async (backend) => {
    const sender = await Peer.open({ backend });
    const receivers = [await Peer.open(), await Peer.open(), await Peer.open()];
    const paths = receivers.map((receiver) => sender.pathTo(receiver));
    // Runs of equal sizes, shorter and longer ends, single ones, and runs over 64 pieces.
    const sizes = [1200, 1200, 1200, 700, 1200, 4, 4, 4, 5, 1472, 1472, 90, 1300, 1300, 1301];
    const total = 900;
    const sent: Uint8Array[] = [];
    for (let i = 0; i < total; i++) {
      const bytes = datagram(i, i < 300 ? 1000 : sizes[i % sizes.length]!);
      sent.push(bytes);
      for (const path of paths) sender.send(path, bytes);
      if (i % 45 === 44) {
        sender.port.flush();
        for (const receiver of receivers) await receiver.waitFor(i + 1);
      }
    }
    for (const receiver of receivers) {
      expect(receiver.received.length).toBe(total);
      for (const [i, { bytes }] of receiver.received.entries()) expect(bytes).toEqual(sent[i]!);
    }
    expect(sender.count(UdpCounter.Sent)).toBe(total * 3);
    expect(sender.count(UdpCounter.SentBytes)).toBe(
      3 * sent.reduce((sum, bytes) => sum + bytes.length, 0),
    );
    expect(sender.count(UdpCounter.Refused) + sender.count(UdpCounter.Dropped)).toBe(0);
  },
);

test("a burst to one peer takes a fraction of the messages, where the system can segment", async () => {
  const sender = await Peer.open();
  const receiver = await Peer.open();
  expect(["sendmmsg+gso", "sendmmsg", "sendMany"]).toContain(sender.port.backend);
  const path = sender.pathTo(receiver);
  for (let i = 0; i < 60; i++) sender.send(path, datagram(i, 1100));
  sender.port.flush();
  await receiver.waitFor(60);
  expect(sender.count(UdpCounter.SendCalls)).toBe(1);
});

test("a full arena flushes itself and keeps the order", async () => {
  const sender = await Peer.open();
  const receivers = await Promise.all(
    Array.from({ length: 60 }, () => Peer.open({ pathsMax: 16 })),
  );
  const paths = receivers.map((receiver) => sender.pathTo(receiver));
  for (let i = 0; i < 30; i++) for (const path of paths) sender.send(path, datagram(i, 1400));
  expect(sender.count(UdpCounter.Sent)).toBeGreaterThan(0);
  sender.port.flush();
  for (const receiver of receivers) {
    await receiver.waitFor(30);
    const numbers = receiver.received.map(({ bytes }) => new DataView(bytes.buffer).getUint32(0));
    expect(numbers).toEqual(Array.from({ length: 30 }, (_, i) => i));
  }
});

test("an answer from the handler goes back to where the datagram came from", async () => {
  const echo: Peer = await Peer.open({
    handler: (bytes, path) => {
      echo.send(path, bytes);
      echo.port.flush();
    },
  });
  const clients = [await Peer.open(), await Peer.open()];
  for (const [i, client] of clients.entries()) client.send(client.pathTo(echo), datagram(i, 20));
  for (const client of clients) client.port.flush();
  for (const [i, client] of clients.entries()) {
    await client.waitFor(1);
    expect(client.received[0]!.bytes).toEqual(datagram(i, 20));
    const { path } = client.received[0]!;
    expect(client.port.pathAddress(path)).toEqual({
      protocol: "udp",
      address: "127.0.0.1",
      port: echo.port.localPort,
    });
  }
});

test("the end of a receive batch is told once, after all its datagrams", async () => {
  const order: string[] = [];
  let ended: () => void = () => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const receiver = await Peer.open({
    handler: (bytes) => order.push(`datagram ${bytes[3]}`),
    onReceiveEnd: () => {
      order.push("end");
      ended();
    },
  });
  const sender = await Peer.open();
  for (let i = 0; i < 3; i++) sender.send(sender.pathTo(receiver), datagram(i, 4 + i));
  sender.port.flush();
  await end;
  expect(order).toEqual(["datagram 0", "datagram 1", "datagram 2", "end"]);
});

test("answers leave by themselves when nobody minds the end of a batch", async () => {
  const echo: Peer = await Peer.open({ handler: (bytes, path) => echo.send(path, bytes) });
  const client = await Peer.open();
  client.send(client.pathTo(echo), datagram(1, 20));
  client.port.flush();
  await client.waitFor(1);
  expect(client.received[0]!.bytes).toEqual(datagram(1, 20));
});

test("an uncommitted reservation sends nothing", async () => {
  const sender = await Peer.open();
  const receiver = await Peer.open();
  const path = sender.pathTo(receiver);
  sender.port.reserve(1200);
  sender.port.flush();
  sender.port.reserve(1200);
  sender.send(path, datagram(1, 30));
  sender.port.flush();
  await receiver.waitFor(1);
  expect(receiver.received[0]!.bytes).toEqual(datagram(1, 30));
  expect(sender.count(UdpCounter.Sent)).toBe(1);
});

test("datagrams for a released path, an unknown one and a closed port are counted", async () => {
  const sender = await Peer.open();
  const receiver = await Peer.open();
  const path = sender.pathTo(receiver);
  sender.port.holdPath(path);
  sender.send(path, datagram(1, 8));
  sender.port.releasePath(path); // what was queued before still leaves
  await receiver.waitFor(1);
  sender.send(path, datagram(2, 8));
  sender.send(4000, datagram(3, 8));
  sender.send(-1, datagram(4, 8));
  sender.port.close();
  sender.send(path, datagram(5, 8));
  sender.port.flush();
  expect(sender.count(UdpCounter.ClosedPath)).toBe(4);
  expect(sender.count(UdpCounter.Sent)).toBe(1);
});

test.each([...BACKENDS])(
  "what the system refuses is counted and does not stop the rest, %s",
  async (backend) => {
    const sender = await Peer.open({ backend });
    const receiver = await Peer.open();
    const good = sender.pathTo(receiver);
    const bad = sender.port.pathTo("240.0.0.1", 9); // a loopback socket has no route there
    for (let i = 0; i < 3; i++) {
      sender.send(bad, datagram(i, 100));
      sender.send(bad, datagram(i, 100));
      sender.send(good, datagram(i, 100));
    }
    sender.port.flush();
    await receiver.waitFor(3);
    expect(sender.count(UdpCounter.Refused)).toBe(6);
    expect(sender.count(UdpCounter.Sent)).toBe(3);
  },
);

test("a peer that is gone costs nobody else a datagram", async () => {
  const sender = await Peer.open();
  const gone = await Peer.open();
  const receiver = await Peer.open();
  const paths = [sender.pathTo(gone), sender.pathTo(receiver)];
  gone.port.close();
  for (let i = 0; i < 50; i++) {
    for (const path of paths) sender.send(path, datagram(i, 60));
    sender.port.flush();
  }
  await receiver.waitFor(50);
  expect(sender.count(UdpCounter.Refused)).toBe(0);
});

test("who has fallen silent is sent a trickle, others everything, until it is heard again", async () => {
  let nowMs = 1_000;
  const server = await Peer.open({ nowMs: () => nowMs });
  const [silent, lively] = [await Peer.open(), await Peer.open()];
  const say = async (...clients: Peer[]): Promise<void> => {
    const count = server.received.length + clients.length;
    for (const client of clients) {
      client.send(client.pathTo(server), Uint8Array.of(1));
      client.port.flush();
    }
    await server.waitFor(count);
  };
  const deliver = async (toSilent: number, toLively: number): Promise<void> => {
    const paths = [server.pathTo(silent), server.pathTo(lively)];
    for (let i = 0; i < 80; i++) for (const path of paths) server.send(path, Uint8Array.of(i));
    server.port.flush();
    await Promise.all([silent.waitFor(toSilent), lively.waitFor(toLively)]);
  };
  await say(silent, lively);
  await deliver(80, 80);
  nowMs += 10_000;
  await say(lively);
  await deliver(80 + 50, 160);
  expect(server.count(UdpCounter.Silenced)).toBe(30);
  await say(silent);
  await deliver(80 + 50 + 80, 240);
  expect(server.count(UdpCounter.Silenced)).toBe(30);
});

test("too large a datagram is put aside", async () => {
  const receiver = await Peer.open();
  const client = await Bun.udpSocket({ hostname: "127.0.0.1" });
  client.send(new Uint8Array(1501), receiver.port.localPort, "127.0.0.1");
  client.send(new Uint8Array(1500), receiver.port.localPort, "127.0.0.1");
  await receiver.waitFor(1);
  client.close();
  expect(receiver.received[0]!.bytes.length).toBe(1500);
  expect(receiver.count(UdpCounter.Oversized)).toBe(1);
});

test("a failing handler is logged once and does not end the port", async () => {
  const errors: string[] = [];
  const log: Log = { ...SILENT_LOG, error: (message) => errors.push(message), with: () => log };
  const receiver = await Peer.open({
    log,
    handler: (bytes) => {
      if (bytes[3] !== 2) throw new Error("a bug");
    },
  });
  const sender = await Peer.open();
  for (let i = 0; i < 3; i++) sender.send(sender.pathTo(receiver), datagram(i, 4 + i));
  sender.port.flush();
  await receiver.waitFor(3).catch(() => {});
  expect(errors.length).toBe(1);
  expect(receiver.count(UdpCounter.HandlerFailures)).toBe(2);
});

test.each([...BACKENDS])(
  "one dual-stack port talks to IPv4 and IPv6 peers, %s",
  async (backend) => {
    const dual = await Peer.open({ address: "::", backend });
    const old = await Bun.udpSocket({
      hostname: "127.0.0.1",
      socket: { data: (_socket, bytes) => gotOld(bytes.length) },
    });
    const young = await Bun.udpSocket({
      hostname: "::1",
      socket: { data: (_socket, bytes) => gotYoung(bytes.length) },
    });
    let gotOld: (length: number) => void = () => {};
    let gotYoung: (length: number) => void = () => {};
    const answers = Promise.all([
      new Promise<number>((resolve) => {
        gotOld = resolve;
      }),
      new Promise<number>((resolve) => {
        gotYoung = resolve;
      }),
    ]);
    old.send("four", dual.port.localPort, "127.0.0.1");
    young.send("sixsix", dual.port.localPort, "::1");
    await dual.waitFor(2);
    for (const { path, bytes } of dual.received) dual.send(path, bytes);
    const addresses = dual.received.map(({ path }) => dual.port.pathAddress(path).address);
    expect(addresses.sort()).toEqual(["127.0.0.1", "::1"]);
    dual.port.flush();
    expect(await answers).toEqual([4, 6]);
    old.close();
    young.close();
  },
);

test("a port in use is refused with advice", async () => {
  const taken = await Peer.open();
  const attempt = createUdpPort({
    address: "127.0.0.1",
    port: taken.port.localPort,
    log: SILENT_LOG,
    handler: () => {},
  });
  await expect(attempt).rejects.toThrow(
    `Cannot listen on UDP port ${taken.port.localPort} of 127.0.0.1: another process uses it`,
  );
});

test("a small receive buffer is reported, except in dev mode", async () => {
  const warnings: string[] = [];
  const log: Log = { ...SILENT_LOG, warn: (message) => warnings.push(message), with: () => log };
  const quiet = await Peer.open({ log, bufferBytes: 65_536, warnOfSmallBuffer: false });
  expect(warnings).toEqual([]);
  await Peer.open({ log, bufferBytes: 65_536 });
  // Where the size cannot be asked for there is nothing to report.
  const isKnown = quiet.port.receiveBufferBytes !== undefined;
  expect(warnings.length).toBe(isKnown ? 1 : 0);
});

test("the address table stays bounded under a flood and keeps held paths", async () => {
  const { port } = await Peer.open({ pathsMax: 8 });
  const held = port.pathTo("127.0.0.9", 9);
  port.holdPath(held);
  for (let i = 1; i <= 1000; i++) {
    expect(port.pathTo(`127.0.1.${i % 250}`, 1000 + i)).toBeLessThan(8);
    if (i % 3 === 0) expect(port.pathTo("127.0.0.9", 9)).toBe(held);
  }
  expect(port.pathAddress(held)).toEqual({ protocol: "udp", address: "127.0.0.9", port: 9 });
  expect(port.debugInfo().paths).toBe(8);
});
