import { expect, test } from "bun:test";
import { hasChunk, hasData, SctpLink, seededRandom } from "../../../test/support/sctp-link.ts";
import { chunk, packet } from "../../../test/support/sctp-packets.ts";
import { DropReason } from "../../base/drop-reason.ts";
import { putU16, putU32, u32 } from "../../wire/bytes.ts";
import { ChunkType, DATA_IMMEDIATE } from "../../wire/sctp/chunk-type.ts";
import { SctpAssociation } from "./sctp-association.ts";
import type { SctpEvent } from "./sctp-event.ts";
import type { SctpOptions } from "./sctp-options.ts";

function create(seed: number, options: Partial<SctpOptions> = {}): SctpAssociation {
  return new SctpAssociation({ random: seededRandom(seed), ...options });
}

function events(association: SctpAssociation): SctpEvent[] {
  const list: SctpEvent[] = [];
  for (let event = association.pollEvent(); event; event = association.pollEvent()) {
    list.push(event);
  }
  return list;
}

function packets(association: SctpAssociation, nowMs: number): Uint8Array[] {
  const out = new Uint8Array(association.packetBytesMax);
  const list: Uint8Array[] = [];
  for (let n = association.pollTransmit(nowMs, out); n > 0; ) {
    list.push(out.slice(0, n));
    n = association.pollTransmit(nowMs, out);
  }
  return list;
}

/** `b` and what it takes to forge packets to it: its tag, and the TSN that it expects. */
function createVictim(options: Partial<SctpOptions> = {}) {
  const a = create(1, options);
  const b = create(2, options);
  const link = new SctpLink(a, b);
  link.nowMs = -1000;
  a.connect(-1000);
  link.run(-500);
  a.send(-500, 1000, 1, Uint8Array.of(0));
  const [first] = packets(a, -500);
  b.handlePacket(-500, first!);
  b.handleTimeout(-100); // the delayed SACK is out of the way
  packets(b, -100);
  events(a);
  events(b);
  const tag = u32(first!, 4);
  const tsn = (u32(first!, 16) + 1) >>> 0;
  return { a, b, tag, tsn };
}

function data(tsn: number, flags: number, payload: readonly number[] = [7]): number[] {
  const value = new Uint8Array(12);
  putU32(value, 0, tsn);
  putU16(value, 4, 1);
  putU32(value, 8, 53);
  return chunk(ChunkType.Data, flags, [...value, ...payload]);
}

/** An I-DATA chunk; `either` is the PPID of a first fragment, else its number. */
function interleaved(
  tsn: number,
  flags: number,
  mid: number,
  either: number,
  length = 1,
): number[] {
  const value = new Uint8Array(16 + length);
  putU32(value, 0, tsn);
  putU16(value, 4, 1);
  putU32(value, 8, mid);
  putU32(value, 12, either);
  return chunk(ChunkType.IData, flags, [...value]);
}

function sack(cumulative: number, rwndBytes: number, gaps: readonly number[] = []): number[] {
  const value = new Uint8Array(12 + gaps.length * 2);
  putU32(value, 0, cumulative);
  putU32(value, 4, rwndBytes);
  putU16(value, 8, gaps.length / 2);
  for (const [i, gap] of gaps.entries()) putU16(value, 12 + i * 2, gap);
  return chunk(ChunkType.Sack, 0, [...value]);
}

test.each([
  { name: "DATA without data", interleaving: false, chunk: (tsn: number) => data(tsn, 3, []) },
  {
    name: "I-DATA without data",
    interleaving: true,
    chunk: (tsn: number) => interleaved(tsn, 3, 0, 53, 0),
  },
  { name: "DATA where I-DATA was agreed on", interleaving: true, chunk: (t: number) => data(t, 3) },
])("$name ends the association; both sides can tell why", (table) => {
  const { a, b, tag, tsn } = createVictim({ interleaving: table.interleaving });
  b.handlePacket(100, packet(tag, [table.chunk(tsn)]));
  expect(events(b)).toMatchObject([{ kind: "closed", reason: "violation" }]);
  const [abort] = packets(b, 100);
  expect(abort![12]).toBe(ChunkType.Abort);
  a.handlePacket(100, abort!);
  expect(events(a)).toMatchObject([{ kind: "closed", reason: "peer-aborted" }]);
});

test("An ABORT is described by its cause and its printable text", () => {
  for (const [bytes, detail] of [
    [[], "no cause given"],
    [[0, 12, 0, 4], "cause 12"],
    [[0, 13, 0, 9, 0x62, 0x61, 0x64, 0x07, 0xff], "cause 13: bad.."],
    [[0, 12, 0xff, 0xff, ...new Array<number>(300).fill(0x41)], `cause 12: ${"A".repeat(100)}`],
  ] as const) {
    const { b, tag } = createVictim();
    b.handlePacket(100, packet(tag, [chunk(ChunkType.Abort, 0, bytes)]));
    expect(events(b)).toEqual([{ kind: "closed", reason: "peer-aborted", detail }]);
  }
});

test("Lengths that do not fit end the packet, not the association", () => {
  const { b, tag, tsn } = createVictim({ interleaving: false });
  for (const length of [0, 1, 3, 5, 15, 40, 65_535]) {
    const bad = data(tsn, 3);
    bad[2] = length >> 8;
    bad[3] = length & 255;
    const reason = b.handlePacket(100, packet(tag, [bad]));
    expect(reason === DropReason.Malformed || reason === DropReason.Truncated).toBe(true);
  }
  for (const type of Object.values(ChunkType)) {
    if (type === ChunkType.Abort || type === ChunkType.Data) continue;
    b.handlePacket(100, packet(tag, [chunk(type, 0, [])]));
    b.handlePacket(100, packet(tag, [chunk(type, 0, [0, 0])]));
  }
  expect(b.isClosed).toBe(false);
  expect(b.handlePacket(100, packet(tag, [data(tsn, 3)]))).toBe(DropReason.None);
});

test("Packets with a tag of somebody else change nothing", () => {
  const { b, tag, tsn } = createVictim({ interleaving: false });
  for (const wrong of [0, tag ^ 1, (tag + 1) >>> 0]) {
    for (const one of [
      data(tsn, 3),
      chunk(ChunkType.Abort, 0, []),
      chunk(ChunkType.Abort, 1, []),
      chunk(ChunkType.ShutdownAck, 0, []),
      chunk(ChunkType.ShutdownComplete, 1, []),
      chunk(ChunkType.Init, 0, []),
    ]) {
      expect(b.handlePacket(100, packet(wrong, [one]))).not.toBe(DropReason.None);
    }
  }
  expect(events(b)).toEqual([]);
  expect(b.isClosed).toBe(false);
});

test("A cookie is good for a minute, and again and again only for what it already made", () => {
  const b = create(2);
  const a = create(1);
  a.connect(0);
  const [init] = packets(a, 0);
  b.handlePacket(0, init!);
  const [initAck] = packets(b, 0);
  a.handlePacket(0, initAck!);
  const [echo] = packets(a, 0);
  expect(b.handlePacket(60_000, echo!)).toBe(DropReason.BadTag);
  expect(b.isConnected).toBe(false);

  expect(b.handlePacket(59_999, echo!)).toBe(DropReason.None);
  expect(events(b)).toMatchObject([{ kind: "connected" }]);
  b.send(59_999, 1, 53, Uint8Array.of(1));
  for (let i = 0; i < 100; i++) b.handlePacket(59_999, echo!);
  expect(events(b)).toEqual([]);
  expect(b.bufferedBytes).toBe(1);

  // A peer starts over; the cookie of its former life is worth nothing then.
  const again = create(3);
  const link = new SctpLink(again, b);
  link.nowMs = 1000;
  again.connect(1000);
  link.run(2000);
  expect(events(b)).toMatchObject([{ kind: "restarted" }]);
  expect(b.handlePacket(2000, echo!)).toBe(DropReason.BadTag);
  expect(events(b)).toEqual([]);
});

test("A flood of INITs is answered two at a time and keeps four cookies", () => {
  const { b } = createVictim();
  const flood = create(9);
  flood.connect(0);
  const [init] = packets(flood, 0);
  const answers: Uint8Array[] = [];
  for (let i = 0; i < 1000; i++) {
    b.handlePacket(100, init!);
    if (i % 10 === 9) answers.push(...packets(b, 100));
  }
  expect(answers).toHaveLength(200);
  expect(events(b)).toEqual([]);
});

test.each([{ interleaving: true }, { interleaving: false }])(
  "A message without end is dropped whole and costs no memory, $interleaving",
  (options) => {
    const huge = 20_000_000;
    const a = create(1, { ...options, maxMessageBytes: huge, sendBufferBytes: 2 * huge });
    const b = create(2, { ...options, receiveBufferBytes: 200_000 });
    const link = new SctpLink(a, b, { delayMs: 1, loss: 0.001, seed: 4 });
    let leastRwndBytes = Number.POSITIVE_INFINITY;
    const received: number[] = [];
    link.onStep = () => {
      const { rwndBytes } = b.debugInfo();
      leastRwndBytes = Math.min(leastRwndBytes, Number(rwndBytes));
      for (const event of events(b))
        if (event.kind === "message") received.push(event.bytes.length);
    };
    a.connect(0);
    a.send(0, 1, 53, new Uint8Array(huge));
    a.send(0, 1, 53, new Uint8Array(65_535));
    link.run(120_000, () => received.length > 0);
    expect(received).toEqual([65_535]);
    expect(b.debugInfo()["rejectedMessages"]).toBe(1);
    // What lies beyond a lost packet is kept for a round trip; never the message.
    expect(leastRwndBytes).toBeGreaterThan(0);
  },
);

test("Messages that are begun and never ended fill the buffer once, then end the association", () => {
  const { b, tag, tsn } = createVictim({ receiveBufferBytes: 20_000 });
  let begun = 0;
  while (!b.isClosed && begun < 10_000) {
    b.handlePacket(100, packet(tag, [interleaved(tsn + begun, 2, begun, 53, 100)]));
    begun += 1;
  }
  expect(begun).toBeLessThan(400);
  expect(events(b)).toMatchObject([{ kind: "closed", reason: "violation" }]);
});

test("A storm of stream resets is answered, two of a packet, and leaves nothing behind", () => {
  const { b, tag, tsn } = createVictim({ interleaving: false });
  const lastTsn = (tsn - 1) >>> 0;
  // Request sequence numbers begin at the peer's initial TSN.
  let sequence = (tsn - 1) >>> 0;
  let resets = 0;
  const reset = (ids: readonly number[]): number[] => {
    const value = new Uint8Array(16 + ids.length * 2);
    putU16(value, 0, 13);
    putU16(value, 2, value.length);
    putU32(value, 4, sequence++);
    putU32(value, 8, 0);
    putU32(value, 12, lastTsn);
    for (const [i, id] of ids.entries()) putU16(value, 16 + i * 2, id);
    return chunk(ChunkType.Reconfig, 0, [...value]);
  };
  for (let i = 0; i < 2000; i++) {
    const before = sequence;
    b.handlePacket(100, packet(tag, [reset([]), reset([1, 2]), reset([3]), reset([60_000])]));
    sequence = before + 2; // what was not read is sent again
    resets += events(b).filter((event) => event.kind === "streams-reset").length;
    expect(packets(b, 100).length).toBeLessThan(5);
  }
  expect(resets).toBe(4000);
  b.handlePacket(100, packet(tag, [data(tsn, 3)]));
  expect(events(b)).toMatchObject([{ kind: "message", streamId: 1 }]);
});

test("A receiver that never acknowledges is given up in time, with a reason; others know", () => {
  let isCut = false;
  const a = create(1, { sendBufferBytes: 100_000 });
  const b = create(2);
  const aborts: boolean[] = [];
  const link = new SctpLink(a, b, {
    passes: (bytes, isFromA) => {
      if (isFromA && hasChunk(bytes, ChunkType.Abort)) aborts.push(true);
      return !isCut || isFromA;
    },
  });
  a.connect(0);
  link.run(100);
  isCut = true;
  events(a);
  const refused = () => a.send(link.nowMs, 1, 53, new Uint8Array(1000)) === "full";
  while (!refused());
  link.run(Number.POSITIVE_INFINITY);
  expect(events(a)).toEqual([
    {
      kind: "closed",
      reason: "timeout",
      detail: "data was sent again and again, no SACK came",
    },
  ]);
  expect(aborts).toEqual([true]);
  expect(b.isClosed).toBe(true);
  expect(a.bufferedBytes).toBe(0);
});

test("A peer that takes back what it acknowledged gets it again", () => {
  const { b, tag } = createVictim();
  for (let i = 0; i < 5; i++) b.send(100, 1, 53, new Uint8Array(1000).fill(i));
  const sent = packets(b, 100).filter(hasData);
  const tsn = u32(sent[0]!, 16);
  b.handlePacket(150, packet(tag, [sack(tsn - 1, 100_000, [2, 5])]));
  const resent: number[] = [];
  let cumulative = tsn - 1;
  for (let nowMs = 150; nowMs < 20_000 && resent.length < 5; nowMs += 10) {
    if (nowMs >= b.pollTimeout()) b.handleTimeout(nowMs);
    for (const bytes of packets(b, nowMs).filter(hasData)) {
      const got = u32(bytes, 16);
      if (got !== cumulative + 1) continue;
      // Only what comes in order is kept; no gap is ever told of again.
      cumulative = got;
      resent.push(got - tsn);
      b.handlePacket(nowMs, packet(tag, [sack(cumulative, 100_000)]));
    }
  }
  expect(resent).toEqual([0, 1, 2, 3, 4]);
  expect(b.bufferedBytes).toBe(0);
});

test("A peer that shrinks its window is not sent more than it has room for", () => {
  const { b, tag } = createVictim();
  for (let i = 0; i < 100; i++) b.send(100, 1, 53, new Uint8Array(1100));
  const sent = packets(b, 100).filter(hasData);
  const tsn = u32(sent[0]!, 16);
  b.handlePacket(150, packet(tag, [sack(tsn + sent.length - 1, 2500)]));
  const more = packets(b, 150).filter(hasData).length;
  expect(more).toBe(2);
  b.handlePacket(200, packet(tag, [sack(tsn + sent.length + more - 1, 0)]));
  const probes = packets(b, 200).filter(hasData);
  expect(probes).toHaveLength(1);
  expect(probes[0]![13]! & DATA_IMMEDIATE).toBe(DATA_IMMEDIATE);
  // it was taken, and the window is still closed: the next one takes its time
  b.handlePacket(201, packet(tag, [sack(tsn + sent.length + more, 0)]));
  expect(packets(b, 201).filter(hasData)).toHaveLength(0);
  expect(b.pollTimeout()).toBeGreaterThan(300);
  expect(b.pollTimeout()).toBeLessThan(1000);
});

test("Of one packet two SACKs are read", () => {
  const { b, tag } = createVictim();
  for (let i = 0; i < 3; i++) b.send(100, 1, 53, new Uint8Array(1100));
  const tsn = u32(packets(b, 100).filter(hasData)[0]!, 16);
  const three = [0, 1, 2].map((i) => sack(tsn + i, 1e6));
  expect(b.handlePacket(150, packet(tag, three))).toBe(DropReason.Full);
  expect(b.bufferedBytes).toBe(1100);
});

test("Gap blocks may begin and end anywhere, each chunk counts once, and taking back works", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = seededRandom(seed);
    const { b, tag } = createVictim({ minWindowBytes: 1e6 });
    for (let i = 0; i < 15; i++) b.send(100, 1, 53, new Uint8Array(1100));
    const sent = packets(b, 100).filter(hasData);
    expect(sent).toHaveLength(15);
    const before = u32(sent[0]!, 16) - 1;
    const acked = new Set<number>();
    for (let i = 0; i < 30; i++) {
      const first = 2 + (random() % 14);
      const last = first + (random() % (16 - first));
      for (let at = first; at <= last; at++) acked.add(at);
      b.handlePacket(101, packet(tag, [sack(before, 1e6, [first, last])]));
      expect(b.bufferedBytes).toBe((15 - acked.size) * 1100);
    }
    b.handlePacket(102, packet(tag, [sack(before + 1, 1e6)]));
    // Nothing of it is told of again: after a timeout it is all on its way.
    b.handlePacket(103, packet(tag, [sack(before + 1, 1e6, [3, 3])]));
    for (let nowMs = 103; nowMs < 2000; nowMs += 50) b.handleTimeout(nowMs);
    expect(b.bufferedBytes).toBeLessThanOrEqual(14 * 1100);
    b.handlePacket(2000, packet(tag, [sack(before + 15, 1e6)]));
    expect(b.bufferedBytes).toBe(0);
  }
});

test("What uses up the peer's window asks for its SACK at once", () => {
  const { b, tag } = createVictim();
  for (let i = 0; i < 100; i++) b.send(100, 1, 53, new Uint8Array(1100));
  const sent = packets(b, 100).filter(hasData);
  const last = u32(sent[0]!, 16) + sent.length - 1;
  b.handlePacket(150, packet(tag, [sack(last, 3400)]));
  const flags = packets(b, 150)
    .filter(hasData)
    .map((bytes) => bytes[13]! & DATA_IMMEDIATE);
  expect(flags).toEqual([0, 0, DATA_IMMEDIATE]);
});

test("A probe that the peer had no room for is repeated, and the congestion window stays", () => {
  const { b, tag } = createVictim();
  for (let i = 0; i < 100; i++) b.send(100, 1, 53, new Uint8Array(1100));
  const sent = packets(b, 100).filter(hasData);
  const last = u32(sent[0]!, 16) + sent.length - 1;
  b.handlePacket(150, packet(tag, [sack(last, 0)]));
  expect(packets(b, 150).filter(hasData)).toHaveLength(1);
  for (let i = 0; i < 5; i++) {
    b.handlePacket(b.pollTimeout() - 1, packet(tag, [sack(last, 0)]));
    const dueMs = b.pollTimeout();
    b.handleTimeout(dueMs);
    expect(packets(b, dueMs).filter(hasData)).toHaveLength(1);
  }
  const nowMs = b.pollTimeout() - 1;
  b.handlePacket(nowMs, packet(tag, [sack(last + 1, 1e6)]));
  expect(packets(b, nowMs).filter(hasData).length).toBeGreaterThanOrEqual(sent.length);
});

test("SACKs with thousands of blocks, and jumps to far TSNs, cost nothing and break nothing", () => {
  const { b, tag, tsn } = createVictim();
  for (let i = 0; i < 100; i++) b.send(100, 1, 53, new Uint8Array(1100));
  const sent = packets(b, 100).filter(hasData);
  const first = u32(sent[0]!, 16);
  const gaps = Array.from({ length: 8000 }, (_, i) => 2 + 4 * i + (i & 1));
  b.handlePacket(100, packet(tag, [sack(first - 1, 1e6, gaps)]));
  expect(b.isClosed).toBe(false);

  const forward = (to: number): number[] => {
    const value = new Uint8Array(4);
    putU32(value, 0, to);
    return chunk(ChunkType.IForwardTsn, 0, [...value]);
  };
  b.handlePacket(100, packet(tag, [forward(tsn + 2 ** 31 - 10)]));
  expect(b.handlePacket(100, packet(tag, [interleaved(tsn, 3, 0, 53)]))).toBe(DropReason.Duplicate);
  const next = (tsn + 2 ** 31 - 9) >>> 0;
  expect(b.handlePacket(100, packet(tag, [interleaved(next, 3, 0, 53)]))).toBe(DropReason.None);
  expect(events(b)).toMatchObject([{ kind: "message" }]);
});
