import { expect, test } from "bun:test";
import { putU16, putU32 } from "../../wire/bytes.ts";
import { DATA_BEGIN, DATA_END, DATA_UNORDERED } from "../../wire/sctp/chunk-type.ts";
import { DataChunk } from "../../wire/sctp/data-chunk.ts";
import { EventQueue } from "./event-queue.ts";
import { InterleavedAssembly } from "./interleaved-assembly.ts";

const MESSAGE_BYTES_MAX = 50;

type Fragment = {
  readonly streamId?: number;
  readonly mid: number;
  readonly fsn: number;
  readonly flags?: number;
  readonly bytes?: Uint8Array;
};

function create() {
  const events = new EventQueue();
  const assembly = new InterleavedAssembly(events, MESSAGE_BYTES_MAX);
  const push = (fragment: Fragment): void => {
    const chunk = new DataChunk();
    const bytes = fragment.bytes ?? Uint8Array.of(fragment.mid, fragment.fsn);
    Object.assign(chunk, {
      flags: fragment.flags ?? 0,
      streamId: fragment.streamId ?? 1,
      mid: fragment.mid,
      fsn: fragment.fsn,
      ppid: 53,
      payloadBytes: bytes.length,
    });
    assembly.pushAhead(0, chunk, bytes);
  };
  /** The bytes of each message that was handed up since. */
  const messages = (): number[][] => {
    const list: number[][] = [];
    for (let event = events.shift(); event; event = events.shift()) {
      if (event.kind === "message") list.push([...event.bytes]);
    }
    return list;
  };
  const forward = (...entries: [streamId: number, unordered: boolean, mid: number][]): void => {
    const bytes = new Uint8Array(entries.length * 8);
    for (const [i, [streamId, unordered, mid]] of entries.entries()) {
      putU16(bytes, i * 8, streamId);
      putU16(bytes, i * 8 + 2, unordered ? 1 : 0);
      putU32(bytes, i * 8 + 4, mid);
    }
    assembly.forwardTo(0, bytes, 0, entries.length);
  };
  return { assembly, push, messages, forward };
}

const WHOLE = DATA_BEGIN | DATA_END;

test("Fragments of several messages may come in any order and mix", () => {
  const { assembly, push, messages } = create();
  push({ mid: 1, fsn: 2, flags: DATA_END });
  push({ streamId: 2, mid: 0, fsn: 0, flags: DATA_BEGIN });
  push({ mid: 0, fsn: 1, flags: DATA_END });
  push({ mid: 1, fsn: 0, flags: DATA_BEGIN });
  push({ streamId: 2, mid: 0, fsn: 1, flags: DATA_END });
  push({ mid: 1, fsn: 1 });
  expect(messages()).toEqual([[0, 0, 0, 1]]);
  push({ mid: 0, fsn: 0, flags: DATA_BEGIN });
  expect(messages()).toEqual([
    [0, 0, 0, 1],
    [1, 0, 1, 1, 1, 2],
  ]);
  expect(assembly.heldBytes).toBe(0);
});

test("Unordered messages wait for nobody, and are numbered by themselves", () => {
  const { push, messages } = create();
  push({ mid: 7, fsn: 0, flags: WHOLE | DATA_UNORDERED });
  push({ mid: 3, fsn: 0, flags: DATA_BEGIN | DATA_UNORDERED });
  push({ mid: 3, fsn: 0, flags: WHOLE });
  push({ mid: 3, fsn: 1, flags: DATA_END | DATA_UNORDERED });
  expect(messages()).toEqual([
    [7, 0],
    [3, 0, 3, 1],
  ]);
});

test("Giving up a message drops its parts and delivers whole ones that waited for it", () => {
  const { assembly, push, messages, forward } = create();
  push({ mid: 0, fsn: 0, flags: DATA_BEGIN });
  push({ mid: 1, fsn: 0, flags: WHOLE });
  push({ mid: 3, fsn: 0, flags: WHOLE });
  push({ mid: 5, fsn: 0, flags: WHOLE });
  push({ mid: 0, fsn: 0, flags: DATA_BEGIN | DATA_UNORDERED });
  forward([1, false, 2], [1, true, 0], [60_000, false, 9]);
  expect(messages()).toEqual([
    [1, 0],
    [3, 0],
  ]);
  push({ mid: 2, fsn: 0, flags: WHOLE });
  push({ mid: 0, fsn: 1, flags: DATA_END | DATA_UNORDERED });
  push({ mid: 4, fsn: 0, flags: WHOLE });
  expect(messages()).toEqual([
    [4, 0],
    [5, 0],
  ]);
  // A notice that comes late says nothing new.
  forward([1, false, 1]);
  push({ mid: 6, fsn: 0, flags: WHOLE });
  expect(messages()).toEqual([[6, 0]]);
  // The fragment that came after its message was given up is all that is left.
  forward([1, true, 10]);
  expect(assembly.heldBytes).toBe(0);
});

test("Message ids wrap", () => {
  const { push, messages, forward } = create();
  forward([1, false, 0x7fff_fff0], [1, false, 0xf000_0000], [1, false, 0xffff_fffe]);
  push({ mid: 0, fsn: 0, flags: WHOLE });
  push({ mid: 0xffff_ffff, fsn: 0, flags: WHOLE });
  expect(messages()).toEqual([
    [255, 0],
    [0, 0],
  ]);
});

test("A message that is too long is dropped whole, counted, and not kept", () => {
  const { assembly, push, messages } = create();
  const bytes = new Uint8Array(20);
  for (let fsn = 0; fsn < 1000; fsn++) {
    push({ mid: 0, fsn, bytes, flags: fsn === 0 ? DATA_BEGIN : 0 });
    expect(assembly.heldBytes).toBeLessThan(600);
  }
  push({ mid: 0, fsn: 1000, bytes, flags: DATA_END });
  push({ mid: 1, fsn: 0, bytes: new Uint8Array(51), flags: WHOLE });
  push({ mid: 2, fsn: 0, bytes, flags: WHOLE });
  expect(messages()).toHaveLength(1);
  expect(assembly.rejectedMessages).toBe(2);
  expect(assembly.heldBytes).toBe(0);
});

test("Fragments twice, beyond the end, or of messages that are over change nothing", () => {
  const { push, messages } = create();
  push({ mid: 0, fsn: 0, flags: DATA_BEGIN });
  push({ mid: 0, fsn: 0, flags: DATA_BEGIN, bytes: Uint8Array.of(9) });
  push({ mid: 0, fsn: 2, flags: DATA_END });
  push({ mid: 0, fsn: 2, flags: DATA_END, bytes: Uint8Array.of(9) });
  push({ mid: 0, fsn: 3, bytes: Uint8Array.of(9) });
  push({ mid: 0, fsn: 0xffff_ffff, bytes: Uint8Array.of(9) });
  push({ mid: 0, fsn: 1 });
  expect(messages()).toEqual([[0, 0, 0, 1, 0, 2]]);
  push({ mid: 0, fsn: 0, flags: WHOLE });
  push({ streamId: 1024, mid: 0, fsn: 0, flags: WHOLE });
  expect(messages()).toEqual([]);
});

test("A reset forgets what was begun and numbers anew", () => {
  const { assembly, push, messages } = create();
  push({ mid: 0, fsn: 0, flags: WHOLE });
  push({ mid: 1, fsn: 0, flags: DATA_BEGIN });
  push({ streamId: 2, mid: 0, fsn: 0, flags: WHOLE });
  assembly.resetStreams([1, 60_000]);
  expect(assembly.heldBytes).toBe(0);
  push({ mid: 0, fsn: 0, flags: WHOLE });
  push({ streamId: 2, mid: 0, fsn: 0, flags: WHOLE });
  push({ streamId: 2, mid: 1, fsn: 0, flags: WHOLE });
  expect(messages()).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
    [1, 0],
  ]);
  assembly.resetStreams([]);
  push({ streamId: 2, mid: 0, fsn: 0, flags: WHOLE });
  expect(messages()).toHaveLength(1);
});

test("A notice that names thousands of streams and messages costs no more than it removes", () => {
  const { assembly, push, forward } = create();
  for (let i = 0; i < 5000; i++) push({ mid: 1_000_000 + i, fsn: 0, flags: DATA_BEGIN });
  const held = assembly.heldBytes;
  for (let i = 1; i < 1000; i++) forward([1, false, i * 100]);
  expect(assembly.heldBytes).toBe(held);
  forward([1, false, 2_000_000]);
  expect(assembly.heldBytes).toBe(0);
});

test("Thousands of messages of which only one byte has come hold what the window counts", () => {
  const events = new EventQueue();
  const assembly = new InterleavedAssembly(events, 65_535);
  const chunk = new DataChunk();
  const push = (mid: number, fsn: number, flags: number, payloadBytes: number): void => {
    Object.assign(chunk, { flags: flags | DATA_UNORDERED, streamId: 1, mid, fsn, payloadBytes });
    assembly.pushNext(0, chunk, new Uint8Array(payloadBytes));
  };
  // The guess at what is to come, which no peer may multiply.
  push(0, 0, DATA_BEGIN, 30_000);
  push(0, 1, DATA_END, 30_000);
  expect(events.shift()?.kind).toBe("message");
  Bun.gc(true);
  const before = process.memoryUsage().external + process.memoryUsage().heapUsed;
  for (let mid = 1; mid <= 2000; mid++) push(mid, 0, DATA_BEGIN, 1);
  Bun.gc(true);
  const grownBytes = process.memoryUsage().external + process.memoryUsage().heapUsed - before;
  expect(assembly.heldBytes).toBeGreaterThan(1_000_000);
  expect(grownBytes).toBeLessThan(8_000_000); // 120 MB with the guess for each
  for (let mid = 1; mid <= 2000; mid++) push(mid, 1, DATA_END, 1);
  expect(assembly.heldBytes).toBe(0);
});
