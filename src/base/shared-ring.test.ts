import { expect, test } from "bun:test";
import fc from "fast-check";
import { createRingMemory, RING_FULL, RingReader, RingWriter } from "./shared-ring.ts";

const HEADER = 8;

function createRing(bytes: number): { writer: RingWriter; reader: RingReader } {
  const memory = createRingMemory(bytes);
  return { writer: new RingWriter(memory), reader: new RingReader(memory) };
}

function write(writer: RingWriter, kind: number, record: Uint8Array): boolean {
  const at = writer.claim(record.length, kind);
  if (at === RING_FULL) return false;
  writer.bytes.set(record, at);
  writer.commit();
  return true;
}

function read(reader: RingReader): { kind: number; record: Uint8Array } | undefined {
  if (!reader.next()) return undefined;
  const { kind, offset, length } = reader;
  const record = reader.bytes.slice(offset, offset + length);
  reader.release();
  return { kind, record };
}

test("a size that is no power of two is refused", () => {
  for (const bytes of [0, 32, 100, 2 ** 31]) {
    expect(() => createRingMemory(bytes)).toThrow("power of two");
  }
});

test("what is written is read, in order, as long as it fits; nothing else is", () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ write: fc.uint8Array({ maxLength: 120 }), kind: fc.nat(255) }),
      fc.constant("read" as const),
    ),
    { maxLength: 400, size: "max" },
  );
  fc.assert(
    fc.property(steps, (all) => {
      const { writer, reader } = createRing(256);
      const waiting: { kind: number; record: Uint8Array }[] = [];
      for (const step of all) {
        if (step === "read") {
          expect(read(reader)).toEqual(waiting.shift());
        } else if (write(writer, step.kind, step.write)) {
          waiting.push({ kind: step.kind, record: step.write });
        } else {
          // refused only when the room, with what the end of the memory may cost, is short
          const total = HEADER + Math.ceil(step.write.length / 8) * 8;
          expect(writer.usedBytes + 2 * total).toBeGreaterThan(256);
        }
      }
      for (const one of waiting) expect(read(reader)).toEqual(one);
      expect(read(reader)).toBeUndefined();
      expect(writer.usedBytes).toBe(0);
    }),
  );
});

test("the longest record finds room wherever an empty ring stands", () => {
  const { writer, reader } = createRing(256);
  for (let i = 0; i < 100; i++) {
    expect(write(writer, 1, new Uint8Array(writer.recordBytesMax))).toBe(true);
    expect(read(reader)?.record.length).toBe(writer.recordBytesMax);
    expect(write(writer, 1, new Uint8Array(i % 40))).toBe(true);
    read(reader);
  }
});

test("positions go on behind 2^32 bytes", () => {
  const memory = createRingMemory(256);
  const control = new Int32Array(memory);
  const nearEnd = -64;
  control[0] = nearEnd;
  control[16] = nearEnd;
  const writer = new RingWriter(memory);
  const reader = new RingReader(memory);
  for (let i = 0; i < 20; i++) {
    expect(write(writer, i, Uint8Array.of(i, i, i))).toBe(true);
    expect(read(reader)).toEqual({ kind: i, record: Uint8Array.of(i, i, i) });
  }
  expect(control[0]!).toBeGreaterThan(0);
});

test("a reader is woken once for each sleep, and never for what it has seen", () => {
  const { writer, reader } = createRing(256);
  expect(writer.takeSleeper()).toBe(false);
  write(writer, 1, new Uint8Array(1));
  // it has not had its first turn
  expect(writer.takeSleeper()).toBe(true);
  write(writer, 1, new Uint8Array(1));
  expect(writer.takeSleeper()).toBe(false);
  // something is there: no sleep
  expect(reader.sleep()).toBe(false);
  read(reader);
  read(reader);
  expect(reader.sleep()).toBe(true);
  expect(writer.takeSleeper()).toBe(false);
  write(writer, 1, new Uint8Array(1));
  expect(writer.takeSleeper()).toBe(true);
});

test("two threads: all that was written arrives whole, and no wake is lost", async () => {
  const memory = createRingMemory(4096);
  const records = 20_000;
  const worker = new Worker(new URL("../../test/support/ring-reader-worker.ts", import.meta.url));
  const { promise, resolve, reject } = Promise.withResolvers<{ read: number; wakes: number }>();
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => reject(new Error(event.message));
  worker.postMessage({ memory, records });
  const writer = new RingWriter(memory);
  const record = new Uint8Array(200);
  for (let i = 0; i < records; ) {
    const length = (i * 7) % record.length;
    record.fill(i & 0xff, 0, length);
    if (write(writer, i, record.subarray(0, length))) i += 1;
    // a bell for each record: as many chances to miss one as there are
    if (writer.takeSleeper()) worker.postMessage("bell");
    // the reader has work to do, or is about to be woken: either way the ring empties
    if (writer.usedBytes > 3000) await Promise.resolve();
    if (i % 64 === 0) await new Promise<void>((done) => setImmediate(done));
  }
  const outcome = await promise;
  expect(outcome.read).toBe(records);
  expect(outcome.wakes).toBeGreaterThan(0);
  worker.unref(); // it waits for bells that nobody rings any more
});
