import { expect, test } from "bun:test";
import { hasData, SctpLink, seededRandom } from "../../../test/support/sctp-link.ts";
import { chunk, packet } from "../../../test/support/sctp-packets.ts";
import { DropReason } from "../../base/drop-reason.ts";
import { putU16, putU32, u32 } from "../../wire/bytes.ts";
import { ChunkType } from "../../wire/sctp/chunk-type.ts";
import { SctpAssociation } from "./sctp-association.ts";
import type { SctpEvent } from "./sctp-event.ts";
import type { SctpOptions } from "./sctp-options.ts";

function create(seed: number, options: Partial<SctpOptions> = {}): SctpAssociation {
  return new SctpAssociation({ random: seededRandom(seed), ...options });
}

function events(association: SctpAssociation): SctpEvent[] {
  const list: SctpEvent[] = [];
  const isExpected = association.mayHaveEvents;
  for (let event = association.pollEvent(); event; event = association.pollEvent()) {
    list.push(event);
  }
  if (!isExpected) expect(list).toEqual([]);
  return list;
}

function kinds(association: SctpAssociation): string[] {
  return events(association).map((event) => event.kind);
}

function connectedPair(options: Partial<SctpOptions> = {}) {
  const a = create(1, options);
  const b = create(2, options);
  const link = new SctpLink(a, b);
  a.connect(0);
  link.run(100);
  expect(kinds(a)).toEqual(["connected"]);
  expect(kinds(b)).toEqual(["connected"]);
  return { a, b, link };
}

/** Everything the association has to send now. */
function packets(association: SctpAssociation, nowMs: number): Uint8Array[] {
  const out = new Uint8Array(association.packetBytesMax);
  const list: Uint8Array[] = [];
  for (
    let n = association.pollTransmit(nowMs, out);
    n > 0;
    n = association.pollTransmit(nowMs, out)
  ) {
    list.push(out.slice(0, n));
  }
  return list;
}

/** The tag that packets to `to` carry, read from one that `from` sends. */
function tagOf(from: SctpAssociation, to: SctpAssociation, nowMs: number): number {
  expect(from.send(nowMs, 1000, 1, Uint8Array.of(0))).toBe("sent");
  const sent = packets(from, nowMs);
  for (const bytes of sent) to.handlePacket(nowMs, bytes);
  return u32(sent[0]!, 4);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

test("One side connects, the other follows", () => {
  const { a, b } = connectedPair();
  expect(a.isConnected).toBe(true);
  expect(b.isConnected).toBe(true);
});

test("Both sides connect at once and get one association", () => {
  const a = create(1);
  const b = create(2);
  const link = new SctpLink(a, b, { delayMs: 20 });
  a.connect(0);
  b.connect(0);
  expect(a.send(0, 1, 51, text("from a"))).toBe("sent");
  expect(b.send(0, 1, 51, text("from b"))).toBe("sent");
  link.run(1000);
  expect(kinds(a)).toEqual(["connected", "message"]);
  expect(kinds(b)).toEqual(["connected", "message"]);
});

test("Handshakes from both sides survive the loss of any one of their first packets", () => {
  for (let lost = 0; lost < 10; lost++) {
    let index = 0;
    const a = create(1);
    const b = create(2);
    const link = new SctpLink(a, b, { delayMs: 5, passes: () => index++ !== lost });
    a.connect(0);
    link.run(3);
    b.connect(3);
    expect(a.send(0, 1, 51, text("hello"))).toBe("sent");
    link.run(20_000);
    expect(kinds(a)).toEqual(["connected"]);
    expect(kinds(b)).toEqual(["connected", "message"]);
  }
});

test("Without an answer the handshake is repeated, then given up", () => {
  const a = create(1);
  const link = new SctpLink(a, create(2), { passes: () => false });
  a.connect(0);
  link.run(Number.POSITIVE_INFINITY);
  expect(events(a)).toMatchObject([{ kind: "closed", reason: "timeout" }]);
  expect(link.sentByA).toBe(10);
  expect(a.send(link.nowMs, 1, 51, text("late"))).toBe("closed");
  expect(a.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
});

test("A forged cookie is rejected", () => {
  const a = create(1);
  const b = create(2);
  b.connect(0);
  const [init] = packets(b, 0);
  expect(a.handlePacket(0, init!)).toBe(DropReason.None);
  const [initAck] = packets(a, 0);
  const tag = u32(initAck!, 16);
  const forged = packet(tag, [chunk(ChunkType.CookieEcho, 0, new Array(16).fill(7))]);
  expect(a.handlePacket(0, forged)).toBe(DropReason.BadTag);
  expect(a.isConnected).toBe(false);
});

test("Messages keep their stream, PPID, order mark and bytes", () => {
  const { a, b, link } = connectedPair();
  const large = Uint8Array.from({ length: 50_000 }, (_, i) => i);
  expect(a.send(100, 1, 51, text("first"))).toBe("sent");
  expect(a.send(100, 1023, 53, large, true)).toBe("sent");
  link.run(1000);
  expect(events(b)).toEqual([
    { kind: "message", streamId: 1, ppid: 51, bytes: text("first"), unordered: false },
    { kind: "message", streamId: 1023, ppid: 53, bytes: large, unordered: true },
  ]);
  expect(a.bufferedBytes).toBe(0);
  expect(a.streamBufferedBytes(1)).toBe(0);
});

test("What does not fit is refused: too large, full, unknown stream", () => {
  const a = create(1, { maxMessageBytes: 1000, sendBufferBytes: 1500 });
  expect(a.send(0, 1, 51, new Uint8Array(1001))).toBe("too-large");
  expect(a.send(0, 1024, 51, new Uint8Array(1))).toBe("closed");
  expect(a.send(0, 1, 51, new Uint8Array(1000))).toBe("sent");
  expect(a.send(0, 2, 51, new Uint8Array(501))).toBe("full");
  expect(a.send(0, 2, 51, new Uint8Array(500))).toBe("sent");
  expect(a.bufferedBytes).toBe(1500);
  expect(a.streamBufferedBytes(2)).toBe(500);
});

test("A message longer than we take is dropped, and the next one arrives", () => {
  const a = create(1);
  const b = create(2, { receiveMessageBytesMax: 2000 });
  const link = new SctpLink(a, b);
  a.connect(0);
  link.run(100);
  for (const size of [2000, 2001, 1500]) a.send(100, 1, 53, new Uint8Array(size));
  link.run(1000);
  const sizes = events(b).map((event) => (event.kind === "message" ? event.bytes.length : 0));
  expect(sizes).toEqual([0, 2000, 1500]);
  expect(b.debugInfo()["rejectedMessages"]).toBe(1);
});

test("A stream reports when its buffer has fallen to the threshold", () => {
  const { a, link } = connectedPair();
  a.setBufferedLow(1, 10_000);
  for (let i = 0; i < 50; i++) a.send(100, 1, 53, new Uint8Array(1000));
  expect(kinds(a)).toEqual([]);
  link.run(1000);
  expect(events(a)).toEqual([{ kind: "buffered-low", streamId: 1 }]);
});

test("Who has sent a message to many asks for nothing when it is acknowledged", () => {
  const { a, b, link } = connectedPair();
  a.setBufferedLow(2, 0);
  for (let i = 0; i < 20; i++) {
    a.send(link.nowMs, 1, 53, new Uint8Array(1000));
    a.send(link.nowMs, 1, 53, new Uint8Array(1000));
    for (const sent of packets(a, link.nowMs)) b.handlePacket(link.nowMs, sent);
    expect(events(b)).toHaveLength(2);
    const [sack, ...others] = packets(b, link.nowMs);
    expect(others).toEqual([]);
    a.handlePacket(link.nowMs, sack!);
    expect(a.bufferedBytes).toBe(0);
    expect(a.mayTransmit).toBe(false);
    expect(a.mayHaveEvents).toBe(false);
    expect(a.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
  }
  a.send(link.nowMs, 2, 53, new Uint8Array(1000));
  expect(a.mayTransmit).toBe(true);
  for (const sent of packets(a, link.nowMs)) b.handlePacket(link.nowMs, sent);
  link.run(link.nowMs + 300);
  expect(a.mayHaveEvents).toBe(true);
  expect(kinds(a)).toEqual(["buffered-low"]);
  a.shutdown();
  expect(a.mayTransmit).toBe(true);
  link.run(link.nowMs + 300);
  expect(kinds(a)).toEqual(["closed"]);
});

test("A burst of 3,000 messages of 1200 bytes is through after a dozen round trips", () => {
  const { a, b, link } = connectedPair();
  const message = new Uint8Array(1200);
  for (let i = 0; i < 3000; i++) expect(a.send(100, 1, 53, message)).toBe("sent");
  let received = 0;
  link.onStep = () => {
    received += events(b).length;
  };
  link.run(10_000, () => received === 3000);
  expect(link.nowMs - 100).toBeLessThan(12 * 20);
  expect(link.sentByA).toBeLessThan(4000);
});

test("A receiver acknowledges every second packet, or a lone one after 200 ms", () => {
  const { a, b, link } = connectedPair();
  const sentBefore = link.sentByB;
  a.send(100, 1, 53, new Uint8Array(1000));
  link.run(300);
  expect(link.sentByB).toBe(sentBefore);
  link.run(320);
  expect(link.sentByB).toBe(sentBefore + 1);
  a.send(link.nowMs, 1, 53, new Uint8Array(2000));
  link.run(340);
  expect(link.sentByB).toBe(sentBefore + 2);
  expect(kinds(b)).toEqual(["message", "message"]);
});

test("A single loss is repaired by fast retransmission, within the round trips of the flight", () => {
  let dataIndex = 0;
  const a = create(1);
  const b = create(2);
  const link = new SctpLink(a, b, {
    passes: (bytes) => !hasData(bytes) || dataIndex++ !== 4,
  });
  a.connect(0);
  link.run(100);
  for (let i = 0; i < 30; i++) a.send(100, 1, 53, new Uint8Array(1100));
  let received = 0;
  link.onStep = () => {
    received += events(b).filter((event) => event.kind === "message").length;
  };
  link.run(5000, () => received === 30);
  expect(received).toBe(30);
  expect(link.nowMs).toBeLessThan(100 + 6 * 20);
});

test("A loss on one stream does not delay another", () => {
  let dataIndex = 0;
  const a = create(1);
  const b = create(2);
  const link = new SctpLink(a, b, {
    passes: (bytes) => !hasData(bytes) || dataIndex++ !== 0,
  });
  a.connect(0);
  link.run(100);
  a.send(100, 1, 51, new Uint8Array(1100).fill(1));
  a.send(100, 1, 51, new Uint8Array(1100).fill(2));
  a.send(100, 2, 51, new Uint8Array(2200).fill(3));
  a.send(100, 2, 51, new Uint8Array(1100).fill(4));
  const order: number[] = [];
  link.onStep = () => {
    for (const event of events(b)) if (event.kind === "message") order.push(event.bytes[0]!);
  };
  link.run(115);
  expect(order).toEqual([3, 4]);
  link.run(1000);
  expect(order).toEqual([3, 4, 1, 2]);
});

test("A lossy message is sent once, and its loss holds nothing up", () => {
  let dataIndex = 0;
  const a = create(1);
  const b = create(2);
  const link = new SctpLink(a, b, {
    passes: (bytes) => !hasData(bytes) || dataIndex++ % 5 !== 0,
  });
  a.connect(0);
  link.run(100);
  for (let i = 0; i < 100; i++) a.send(100, 1, 53, new Uint8Array(1100).fill(i), false, 0);
  link.run(30_000);
  expect(dataIndex).toBe(100);
  const received = events(b).flatMap((event) => (event.kind === "message" ? event.bytes[0] : []));
  expect(received).toEqual(Array.from({ length: 100 }, (_, i) => i).filter((i) => i % 5 !== 0));
});

test("A message whose time has passed is given up, also when half of it was sent", () => {
  const { a, b, link } = connectedPair();
  a.send(100, 1, 53, new Uint8Array(60_000).fill(1), false, Number.POSITIVE_INFINITY, 5);
  a.send(100, 1, 53, text("next"));
  link.run(101);
  expect(a.bufferedBytes).toBe(60_004);
  link.run(5000);
  expect(a.bufferedBytes).toBe(0);
  expect(events(b)).toEqual([
    { kind: "message", streamId: 1, ppid: 53, bytes: text("next"), unordered: false },
  ]);
});

test("Towards a peer that never acknowledges, memory stays bounded and the association ends", () => {
  let isCut = false;
  const a = create(1, { sendBufferBytes: 100_000 });
  const b = create(2);
  const link = new SctpLink(a, b, { passes: () => !isCut });
  a.connect(0);
  link.run(100);
  isCut = true;
  kinds(a);
  let sent = 0;
  while (a.send(link.nowMs, 1, 53, new Uint8Array(1000)) === "sent") sent += 1;
  expect(sent).toBe(100);
  link.run(10_000);
  expect(a.send(link.nowMs, 1, 53, new Uint8Array(1000))).toBe("full");
  link.run(Number.POSITIVE_INFINITY);
  expect(events(a)).toMatchObject([{ kind: "closed", reason: "timeout" }]);
  expect(link.nowMs).toBeLessThan(60_000);
  expect(a.bufferedBytes).toBe(0);
});

test("A receiver whose owner takes no messages closes its window; all arrive when it does", () => {
  const a = create(1);
  const b = create(2, { receiveBufferBytes: 50_000 });
  const link = new SctpLink(a, b);
  a.connect(0);
  link.run(100);
  expect(kinds(b)).toEqual(["connected"]);
  for (let i = 0; i < 200; i++) a.send(100, 1, 53, new Uint8Array(1000).fill(i));
  link.run(20_000);
  const early = events(b);
  // Beside what fits, a few probes of the closed window were taken.
  expect(early.length).toBeGreaterThan(40);
  expect(early.length).toBeLessThan(70);
  let received = early.length;
  link.onStep = () => {
    received += events(b).length;
  };
  // The window is told of at once: no timer has to run out.
  link.run(20_500, () => received === 200);
  expect(received).toBe(200);
  expect(a.isClosed).toBe(false);
});

test("Messages that were polled but retained keep the window closed until they are released", () => {
  const a = create(1);
  const b = create(2, { receiveBufferBytes: 50_000 });
  const link = new SctpLink(a, b);
  a.connect(0);
  let received = 0;
  let retained = 0;
  link.onStep = () => {
    for (const event of events(b)) {
      if (event.kind !== "message") continue;
      received += 1;
      retained += event.bytes.length;
      b.retain(event.bytes.length);
    }
  };
  link.run(100);
  for (let i = 0; i < 100; i++) a.send(100, 1, 53, new Uint8Array(1000));
  link.run(1000);
  expect(received).toBeLessThan(60);
  expect(Number(b.debugInfo()["rwndBytes"])).toBeLessThan(1200);
  b.release(retained);
  link.onStep = () => {
    received += events(b).length;
  };
  link.run(1200, () => received === 100);
  expect(received).toBe(100);
});

test("A stream reset begins both sides' numbers anew after what was sent before", () => {
  const { a, b, link } = connectedPair();
  a.send(100, 3, 51, new Uint8Array(40_000));
  a.resetStream(3);
  expect(a.send(100, 3, 51, text("no more"))).toBe("closed");
  link.run(2000);
  expect(events(b)).toMatchObject([
    { kind: "message", streamId: 3 },
    { kind: "streams-reset", direction: "incoming", streamIds: [3] },
  ]);
  expect(events(a)).toEqual([{ kind: "streams-reset", direction: "outgoing", streamIds: [3] }]);
  a.send(2000, 3, 51, text("again"));
  link.run(4000);
  expect(events(b)).toMatchObject([{ kind: "message", bytes: text("again") }]);
});

test("Stream resets survive loss", () => {
  const a = create(1);
  const b = create(2);
  const link = new SctpLink(a, b, { loss: 0.4, seed: 9 });
  a.connect(0);
  const resets: number[] = [];
  link.onStep = () => {
    for (const event of events(b))
      if (event.kind === "streams-reset") resets.push(...event.streamIds);
  };
  link.run(60_000, () => b.isConnected);
  for (let id = 0; id < 20; id++) {
    a.send(link.nowMs, id, 51, new Uint8Array(3000));
    a.resetStream(id);
  }
  link.run(link.nowMs + 120_000, () => resets.length >= 20);
  expect([...new Set(resets)].sort((x, y) => x - y)).toEqual(
    Array.from({ length: 20 }, (_, i) => i),
  );
});

test("A shutdown delivers what was queued and closes both sides", () => {
  const { a, b, link } = connectedPair();
  for (let i = 0; i < 100; i++) a.send(100, 1, 53, new Uint8Array(5000));
  b.send(100, 1, 53, new Uint8Array(50_000));
  a.shutdown();
  expect(a.send(100, 1, 53, new Uint8Array(1))).toBe("closed");
  link.run(5000);
  expect(events(b)).toHaveLength(101);
  const last = events(a).at(-1);
  expect(last).toMatchObject({ kind: "closed", reason: "shutdown" });
  expect(b.isClosed).toBe(true);
});

test("An abort closes both sides at once", () => {
  const { a, b, link } = connectedPair();
  a.abort();
  link.run(1000);
  expect(events(a)).toMatchObject([{ kind: "closed", reason: "aborted" }]);
  expect(events(b)).toMatchObject([{ kind: "closed", reason: "peer-aborted" }]);
  expect(b.handlePacket(1000, packet(1, []))).toBe(DropReason.Truncated);
});

test("A peer that starts over gets a fresh association", () => {
  const { a, b } = connectedPair();
  b.send(100, 1, 53, new Uint8Array(100_000).subarray(0, 60_000));
  const again = create(3);
  const link = new SctpLink(again, b);
  link.nowMs = 200;
  again.connect(200);
  again.send(200, 1, 51, text("hello again"));
  link.run(2000);
  expect(kinds(again)).toEqual(["connected"]);
  expect(events(b)).toMatchObject([
    { kind: "restarted" },
    { kind: "message", bytes: text("hello again") },
  ]);
  expect(b.bufferedBytes).toBe(0);
  expect(a.isConnected).toBe(true);
});

test.each([
  { offered: true, answered: true, left: true },
  { offered: true, answered: false, left: false },
  { offered: false, answered: true, left: false },
])("Checksums are left out when both sides offer it: $offered and $answered", (table) => {
  const a = create(1, { zeroChecksum: table.offered });
  const b = create(2, { zeroChecksum: table.answered });
  const zeros: boolean[] = [];
  const passes = (bytes: Uint8Array): boolean => {
    if (hasData(bytes)) zeros.push(u32(bytes, 8) === 0);
    else if (bytes[12] === ChunkType.Init) expect(u32(bytes, 8)).not.toBe(0);
    return true;
  };
  const link = new SctpLink(a, b, { passes });
  a.connect(0);
  a.send(0, 1, 51, text("one"));
  b.send(0, 1, 51, text("two"));
  link.run(1000);
  expect(kinds(a)).toEqual(["connected", "message"]);
  expect(kinds(b)).toEqual(["connected", "message"]);
  expect(zeros).toEqual(zeros.map(() => table.left));
  expect(zeros.length).toBeGreaterThanOrEqual(2);
});

test("A packet without checksum is dropped by a side that has not offered it", () => {
  const { a, b } = connectedPair();
  const bytes = packet(tagOf(a, b, 100), [chunk(ChunkType.Heartbeat, 0, [0, 1, 0, 4])]);
  putU32(bytes, 8, 0);
  expect(b.handlePacket(100, bytes)).toBe(DropReason.BadTag);
});

test("A heartbeat is echoed", () => {
  const { a, b } = connectedPair();
  const tag = tagOf(a, b, 100);
  packets(b, 100);
  const info = [0, 1, 0, 9, 1, 2, 3, 4, 5];
  expect(b.handlePacket(100, packet(tag, [chunk(ChunkType.Heartbeat, 0, info)]))).toBe(0);
  const [answer] = packets(b, 100);
  expect(answer!.subarray(12, 25).toHex()).toBe("0500000d000100090102030405");
});

test.each([
  { type: 0x3f, passesOn: false, isReported: false },
  { type: 0x7f, passesOn: false, isReported: true },
  { type: 0xbf, passesOn: true, isReported: false },
  { type: 0xff, passesOn: true, isReported: true },
])("An unknown chunk of type $type is treated as its high bits say", (table) => {
  const { a, b } = connectedPair();
  const tag = tagOf(a, b, 100);
  packets(b, 100);
  const unknown = chunk(table.type, 0, [1, 2, 3]);
  const heartbeat = chunk(ChunkType.Heartbeat, 0, [0, 1, 0, 4]);
  expect(b.handlePacket(100, packet(tag, [unknown, heartbeat]))).toBe(DropReason.Unsupported);
  const hex = packets(b, 100)
    .map((bytes) => bytes.toHex())
    .join("");
  expect(hex.includes("0500000800010004")).toBe(table.passesOn);
  expect(hex.includes(`0900000f0006000b${table.type.toString(16)}000007010203`)).toBe(
    table.isReported,
  );
});

test("Packets with wrong ports, tags, checksums or lengths are dropped, each for its reason", () => {
  const { a, b } = connectedPair();
  const tag = tagOf(a, b, 100);
  const heartbeat = chunk(ChunkType.Heartbeat, 0, [0, 1, 0, 4]);
  expect(b.handlePacket(100, new Uint8Array(15))).toBe(DropReason.Truncated);
  expect(b.handlePacket(100, packet(tag ^ 1, [heartbeat]))).toBe(DropReason.BadTag);
  const wrongPort = packet(tag, [heartbeat]);
  putU16(wrongPort, 0, 5001);
  expect(b.handlePacket(100, wrongPort)).toBe(DropReason.Unknown);
  const wrongSum = packet(tag, [heartbeat]);
  wrongSum[19]! ^= 1;
  expect(b.handlePacket(100, wrongSum)).toBe(DropReason.BadTag);
  const longChunk = packet(tag, [[ChunkType.Heartbeat, 0, 0, 200, 0, 1, 0, 4]]);
  expect(b.handlePacket(100, longChunk)).toBe(DropReason.Malformed);
  const shortChunk = packet(tag, [[ChunkType.Heartbeat, 0, 0, 3]]);
  expect(b.handlePacket(100, shortChunk)).toBe(DropReason.Malformed);
});

test("SACKs that lie are dropped, and what they claim stays buffered", () => {
  const { a, b } = connectedPair();
  b.send(100, 1, 53, new Uint8Array(3000));
  const [sent] = packets(b, 100);
  const tsn = u32(sent!, 16);
  const tag = tagOf(a, b, 100);
  const sack = (cumulative: number, gaps: readonly number[] = [], count = gaps.length / 2) => {
    const value = new Uint8Array(12 + gaps.length * 2);
    putU32(value, 0, cumulative);
    putU32(value, 4, 100_000);
    putU16(value, 8, count);
    for (const [i, gap] of gaps.entries()) putU16(value, 12 + i * 2, gap);
    return packet(tag, [chunk(ChunkType.Sack, 0, [...value])]);
  };
  expect(b.handlePacket(100, sack(tsn + 100))).toBe(DropReason.Malformed);
  expect(b.handlePacket(100, sack(tsn - 2))).toBe(DropReason.TooOld);
  expect(b.handlePacket(100, sack(tsn - 1, [2, 3], 5000))).toBe(DropReason.Truncated);
  // Beyond what was sent, backwards, overlapping.
  for (const gaps of [
    [2, 60_000],
    [5, 2],
    [0, 0],
    [60_000, 65_535],
  ]) {
    expect(b.handlePacket(100, sack(tsn - 1, gaps))).toBe(DropReason.None);
  }
  expect(b.bufferedBytes).toBe(3000);
});

test("A flood of duplicates and of chunks far ahead is answered within the window's memory", () => {
  const { a, b } = connectedPair({ interleaving: false });
  a.send(100, 1, 53, Uint8Array.of(1));
  const [first] = packets(a, 100);
  const tag = u32(first!, 4);
  const tsn = u32(first!, 16);
  b.handlePacket(100, first!);
  kinds(b);
  const data = (at: number, flags: number): Uint8Array => {
    const value = new Uint8Array(13);
    putU32(value, 0, at);
    putU16(value, 4, 1);
    putU32(value, 8, 53);
    return packet(tag, [chunk(ChunkType.Data, flags, [...value])]);
  };
  for (let i = 0; i < 1000; i++)
    expect(b.handlePacket(100, data(tsn, 3))).toBe(DropReason.Duplicate);
  expect(b.handlePacket(100, data(tsn + 100_000, 3))).toBe(DropReason.Full);
  // Fragments that never make a message, with a hole at the front.
  for (let i = 2; i < 20_000; i++) b.handlePacket(100, data(tsn + i, 0));
  expect(kinds(b)).toEqual([]);
  const rwndBytes = Number(b.debugInfo()["rwndBytes"]);
  expect(rwndBytes).toBeGreaterThanOrEqual(0);
  expect(packets(b, 100).every((bytes) => bytes.length <= b.packetBytesMax)).toBe(true);
});
