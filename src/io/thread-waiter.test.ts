import { afterEach, expect, test } from "bun:test";
import { SILENT_LOG } from "../base/log.ts";
import { createSignal, EventDoorbell, retireDescriptors, ThreadWaiter } from "./thread-waiter.ts";
import { UdpCounter } from "./udp-counters.ts";
import { createUdpPort, type UdpPort, type UdpPortOptions } from "./udp-port.ts";

/** Long enough that a wait which is not ended by what it waits for fails the test. */
const LONG_MS = 60_000;

const waiter = ThreadWaiter.create();
/** What needs system calls of Linux is skipped on other systems. */
const linuxTest = test.skipIf(waiter === null);
const open: UdpPort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

async function openPort(options: Partial<UdpPortOptions> = {}): Promise<UdpPort> {
  const port = await createUdpPort({
    address: "127.0.0.1",
    port: 0,
    log: SILENT_LOG,
    bufferBytes: 212_992 / 2,
    handler() {},
    ...options,
  });
  open.push(port);
  return port;
}

function send(from: UdpPort, to: UdpPort, bytes: Uint8Array): void {
  const address = to.localAddress.includes(":") ? "::1" : "127.0.0.1";
  const path = from.pathTo(address, to.localPort);
  from.arena.set(bytes, from.reserve(bytes.length));
  from.commit(path, bytes.length);
  from.flush();
}

test("this system has what a thread needs to wait by itself, where it is Linux", () => {
  expect(waiter !== null).toBe(process.platform === "linux");
});

linuxTest("a signal ends the wait, and is counted", () => {
  const signal = createSignal(waiter!.event);
  signal();
  waiter!.wait(LONG_MS);
  expect(waiter!.takeSignals()).toBe(1);
  signal();
  signal();
  waiter!.wait(LONG_MS);
  expect(waiter!.takeSignals()).toBe(2);
  waiter!.wait(0);
  expect(waiter!.takeSignals()).toBe(0);
});

linuxTest("a bell ends the wait, and is told from signals", () => {
  const bell = new EventDoorbell(waiter!.event);
  bell.ring();
  waiter!.wait(LONG_MS);
  expect(waiter!.takeSignals()).toBe(0);
  expect(waiter!.wasRung).toBe(true);
  createSignal(waiter!.event)();
  for (let i = 0; i < 3; i++) bell.ring();
  waiter!.wait(LONG_MS);
  expect(waiter!.takeSignals()).toBe(1);
  expect(waiter!.wasRung).toBe(true);
  waiter!.wait(0);
  expect(waiter!.takeSignals()).toBe(0);
  expect(waiter!.wasRung).toBe(false);
});

linuxTest.each(["127.0.0.1", "::1", "::"])(
  "datagrams end the wait, and are handed over whole, in order, with where they are from, %s",
  async (address) => {
    const received: { bytes: Uint8Array; path: number }[] = [];
    const port = await openPort({
      address,
      receiving: waiter!.receiving,
      handler: (bytes, path) => received.push({ bytes: bytes.slice(), path }),
    });
    const index = waiter!.watch(port.waitFd);
    const senders = [await openPort({ address }), await openPort({ address })];
    const sent: Uint8Array[] = [];
    for (let i = 0; i < 100; i++) {
      const bytes = new Uint8Array(1 + ((i * 97) % 500)).fill(i);
      sent.push(bytes);
      send(senders[i % 2]!, port, bytes);
    }
    for (let count = 0; count < sent.length; ) {
      waiter!.wait(LONG_MS);
      expect(waiter!.isReadable(index)).toBe(true);
      count += port.receiveWaiting();
    }
    expect(received.map(({ bytes }) => bytes)).toEqual(sent);
    for (const [i, { path }] of received.entries()) {
      expect(port.pathAddress(path).port).toBe(senders[i % 2]!.localPort);
    }
    // and back, on the same socket
    const answers: number[] = [];
    const asker = await openPort({ address, handler: (bytes) => answers.push(bytes[0]!) });
    send(asker, port, Uint8Array.of(1));
    waiter!.wait(LONG_MS);
    port.receiveWaiting();
    const { path } = received.at(-1)!;
    port.arena[port.reserve(1)] = 7;
    port.commit(path, 1);
    port.flush();
    while (answers.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(answers).toEqual([7]);
  },
);

linuxTest("what is longer than any media is counted and dropped", async () => {
  let received = 0;
  const port = await openPort({ receiving: waiter!.receiving, handler: () => (received += 1) });
  waiter!.watch(port.waitFd);
  const sender = await Bun.udpSocket({ hostname: "127.0.0.1" });
  for (const length of [1500, 1501, 2049, 9000]) {
    sender.send(new Uint8Array(length), port.localPort, "127.0.0.1");
  }
  for (let count = 0; count < 4; ) {
    waiter!.wait(LONG_MS);
    count += port.receiveWaiting();
  }
  sender.close();
  expect(received).toBe(1);
  expect(port.counters[UdpCounter.Oversized]).toBe(3);
});

linuxTest("a closed port hands over nothing, and is not waited for", async () => {
  const port = await openPort({ receiving: waiter!.receiving });
  expect(port.waitFd).toBeGreaterThanOrEqual(0);
  port.close();
  expect(port.waitFd).toBe(-1);
  expect(port.receiveWaiting()).toBe(0);
});

linuxTest("what a lost thread had open is closed, and its numbers lead nowhere", async () => {
  const waiter = ThreadWaiter.create()!;
  const options = { address: "127.0.0.1", port: 0, log: SILENT_LOG, handler: () => {} };
  const lost = await createUdpPort({ ...options, receiving: waiter.receiving });
  const fd = lost.waitFd;
  waiter.watch(fd);
  retireDescriptors(waiter.event, [fd]);
  const next = await createUdpPort({
    ...options,
    port: lost.localPort,
    receiving: waiter.receiving,
  });
  try {
    expect(next.waitFd).not.toBe(fd);
    // the thread goes on for a moment
    waiter.wait(0);
    expect([waiter.isReadable(0), lost.receiveWaiting()]).toEqual([false, 0]);
    lost.reserve(1);
    lost.commit(lost.pathTo("127.0.0.1", next.localPort), 1);
    lost.flush();
    expect(lost.counters[UdpCounter.Refused]).toBe(1);
    expect(next.receiveWaiting()).toBe(0);
  } finally {
    next.close();
    lost.close();
    waiter.receiving.native.close(waiter.event);
  }
});

linuxTest("what waits in a socket is seen, and what found it full", async () => {
  let count = 0;
  const port = await openPort({
    receiving: waiter!.receiving,
    handler: () => {
      count += 1;
    },
  });
  const sender = await openPort();
  expect(port.memory()).toEqual({ queuedBytes: 0, drops: 0 });
  // more than the buffer holds
  const datagrams = 1_000;
  for (let i = 0; i < datagrams; i++) send(sender, port, new Uint8Array(1_000));
  const { queuedBytes, drops } = port.memory();
  expect(queuedBytes).toBeGreaterThan(50_000);
  expect(drops).toBeGreaterThan(0);
  while (port.receiveWaiting() > 0);
  expect([port.memory().queuedBytes, count + drops]).toEqual([0, datagrams]);
  port.close();
  expect(port.memory()).toEqual({ queuedBytes: 0, drops: 0 });
});
