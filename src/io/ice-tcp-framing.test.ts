import { expect, test } from "bun:test";
import fc from "fast-check";
import { FrameQueue, FrameReader } from "./ice-tcp-framing.ts";

class Frames {
  readonly taken: number[][] = [];
  skipCount = 0;
  countMax: number = Number.POSITIVE_INFINITY;
  onFrame(bytes: Uint8Array): boolean {
    this.taken.push([...bytes]);
    return this.taken.length < this.countMax;
  }
  onSkip(): void {
    this.skipCount += 1;
  }
}

function framed(lengths: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (const [i, length] of lengths.entries()) {
    bytes.push(length >> 8, length & 0xff);
    for (let k = 0; k < length; k++) bytes.push((i + k) & 0xff);
  }
  return Uint8Array.from(bytes);
}

test("FrameReader finds the same frames however the stream is cut", () => {
  const lengths = fc.array(fc.oneof(fc.nat(5), fc.nat(300), fc.integer({ min: 1495, max: 1600 })), {
    maxLength: 12,
  });
  const cuts = fc.infiniteStream(
    fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2000 })),
  );
  fc.assert(
    fc.property(lengths, cuts, (list, pieces) => {
      const stream = framed(list);
      const frames = new Frames();
      const reader = new FrameReader();
      for (let at = 0; at < stream.length; ) {
        const end = Math.min(stream.length, at + pieces.next().value);
        reader.push(stream.slice(at, end), frames);
        at = end;
      }
      const wanted = list.map((length, i) => Array.from({ length }, (_, k) => (i + k) & 0xff));
      expect(frames.taken).toEqual(wanted.filter(({ length }) => length > 0 && length <= 1500));
      expect(frames.skipCount).toBe(list.filter((length) => length > 1500).length);
    }),
  );
});

test("FrameReader stops where its receiver closed", () => {
  const frames = new Frames();
  frames.countMax = 2;
  new FrameReader().push(framed([3, 3, 3, 3]), frames);
  expect(frames.taken.length).toBe(2);
});

test("FrameQueue hands out whole frames in order to a socket that takes little at a time", () => {
  const takes = fc.array(fc.nat(400), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(fc.array(fc.nat(700), { maxLength: 60 }), takes, (lengths, amounts) => {
      const written: number[] = [];
      const queue = new FrameQueue();
      let turn = 0;
      const socket = {
        write(bytes: Uint8Array, offset: number, length: number): number {
          const taken = Math.min(length, amounts[turn++ % amounts.length]!);
          written.push(...bytes.subarray(offset, offset + taken));
          return taken;
        },
      };
      for (const [i, length] of lengths.entries()) {
        const frame = Uint8Array.from({ length: length + 3 }, (_, k) => i + k - 3);
        expect(queue.push(frame, 3, length)).toBe(true);
        if (i % 3 === 0) queue.writeTo(socket);
      }
      amounts.push(1_000_000);
      for (let i = 0; i < amounts.length; i++) queue.writeTo(socket);
      expect(queue.waitingBytes).toBe(0);
      expect(written).toEqual([...framed(lengths)]);
    }),
    { numRuns: 60 },
  );
});

test("FrameQueue drops whole frames beyond its bound and goes on when there is room", () => {
  const queue = new FrameQueue();
  const frame = new Uint8Array(1000);
  let pushed = 0;
  while (queue.push(frame, 0, 1000)) pushed += 1;
  expect(pushed).toBe(Math.floor((4 * 1024 * 1024) / 1002));
  expect(queue.push(frame, 0, 1000)).toBe(false);
  queue.writeTo({ write: () => 1002 });
  expect(queue.push(frame, 0, 1000)).toBe(true);
  queue.writeTo({ write: () => -1 }); // closed: nothing was taken
  expect(queue.waitingBytes).toBe(pushed * 1002);
});
