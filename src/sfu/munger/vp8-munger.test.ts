import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  type PacketFields,
  packetOf,
  readVp8Descriptor,
  type Vp8Fields,
} from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { PICTURE_DROPPED, Vp8Munger } from "./vp8-munger.ts";

const out = new Uint8Array(8);

function vp8(fields: Partial<PacketFields>): ReturnType<typeof packetOf> {
  return packetOf({ codec: Codec.Vp8, extSn: 0, extTs: 0, ...fields });
}

function map(
  munger: Vp8Munger,
  fields: Partial<PacketFields>,
  unwanted = false,
): Vp8Fields | number {
  const length = munger.mapDescriptor(vp8(fields), unwanted, out);
  if (length < 0) return length;
  const read = readVp8Descriptor(out);
  expect(read.length).toBe(length);
  return read;
}

function pictureOf(result: Vp8Fields | number): number {
  return typeof result === "number" ? result : result.pictureId;
}

/** Nearest extension of a 15-bit id to the last. */
function unwrap15(id: number, last: number): number {
  const ahead = (id - last) & 0x7fff;
  return last + (ahead < 0x4000 ? ahead : ahead - 0x8000);
}

test("Vp8Munger lets the first source through as it is", () => {
  const munger = new Vp8Munger();
  const fields = {
    pictureId: 300,
    pictureIdIsLong: true,
    tl0PicIdx: 7,
    temporalLayer: 1,
    keyIdx: 3,
  };
  munger.switchSource(vp8(fields));
  expect(map(munger, fields)).toMatchObject({
    pictureId: 300,
    tl0PicIdx: 7,
    temporalLayer: 1,
    keyIdx: 3,
    isFrameStart: true,
  });
});

test("Vp8Munger continues all counters by one over a switch of source", () => {
  const munger = new Vp8Munger();
  const a = { pictureId: 300, pictureIdIsLong: true, tl0PicIdx: 255, temporalLayer: 0, keyIdx: 31 };
  const b = { pictureId: 5, pictureIdIsLong: true, tl0PicIdx: 90, temporalLayer: 0, keyIdx: 2 };
  munger.switchSource(vp8(a));
  map(munger, a);
  munger.switchSource(vp8(b));
  expect(map(munger, b)).toMatchObject({ pictureId: 301, tl0PicIdx: 0, keyIdx: 0 });
  expect(map(munger, { ...b, pictureId: 6, tl0PicIdx: 91 })).toMatchObject({
    pictureId: 302,
    tl0PicIdx: 1,
    keyIdx: 0,
  });
});

test("Vp8Munger grows the descriptor by a byte from 127 to 128, and shrinks it at the wrap", () => {
  const munger = new Vp8Munger();
  const first = { pictureId: 126, temporalLayer: 0 };
  munger.switchSource(vp8(first));
  const lengths = [126, 127, 0].map((pictureId) =>
    munger.mapDescriptor(vp8({ pictureId }), false, out),
  );
  expect(lengths).toEqual([3, 3, 4]);
  expect(readVp8Descriptor(out).pictureId).toBe(128);

  const wrapping = new Vp8Munger();
  const last = { pictureId: 32_767, pictureIdIsLong: true };
  wrapping.switchSource(vp8(last));
  expect(wrapping.mapDescriptor(vp8(last), false, out)).toBe(4);
  expect(wrapping.mapDescriptor(vp8({ pictureId: 0, pictureIdIsLong: true }), false, out)).toBe(3);
  expect(readVp8Descriptor(out).pictureId).toBe(0);
});

test("Vp8Munger closes the ids of pictures left out, for all packets of the picture", () => {
  const munger = new Vp8Munger();
  munger.switchSource(vp8({ pictureId: 10 }));
  expect(pictureOf(map(munger, { pictureId: 10 }))).toBe(10);
  expect(map(munger, { pictureId: 11 }, true)).toBe(PICTURE_DROPPED);
  expect(map(munger, { pictureId: 11 }, false)).toBe(PICTURE_DROPPED);
  expect(pictureOf(map(munger, { pictureId: 12 }))).toBe(11);
});

test("Vp8Munger reserves the id of a lost picture, and lets it come late", () => {
  const munger = new Vp8Munger();
  munger.switchSource(vp8({ pictureId: 10 }));
  map(munger, { pictureId: 10 });
  expect(pictureOf(map(munger, { pictureId: 12 }))).toBe(12);
  expect(pictureOf(map(munger, { pictureId: 11, isOutOfOrder: true }))).toBe(11);
  // once it has begun, all of it goes out
  expect(pictureOf(map(munger, { pictureId: 11, isOutOfOrder: true }, true))).toBe(11);
});

test("Vp8Munger leaves a late picture out that is not wanted, all of it, under its own id", () => {
  const munger = new Vp8Munger();
  munger.switchSource(vp8({ pictureId: 10 }));
  map(munger, { pictureId: 10 });
  map(munger, { pictureId: 12 });
  expect(map(munger, { pictureId: 11, isOutOfOrder: true }, true)).toBe(PICTURE_DROPPED);
  expect(map(munger, { pictureId: 11, isOutOfOrder: true })).toBe(PICTURE_DROPPED);
  expect(pictureOf(map(munger, { pictureId: 13 }))).toBe(13);
});

test("Vp8Munger forwards the rest of a picture that it has begun", () => {
  const munger = new Vp8Munger();
  munger.switchSource(vp8({ pictureId: 10 }));
  map(munger, { pictureId: 10 });
  expect(pictureOf(map(munger, { pictureId: 10 }, true))).toBe(10);
});

test("Vp8Munger leaves a descriptor without counters alone", () => {
  const munger = new Vp8Munger();
  munger.switchSource(vp8({}));
  expect(munger.mapDescriptor(vp8({}), false, out)).toBe(1);
  expect(out[0]).toBe(0x10);
  expect(munger.mapDescriptor(vp8({}), true, out)).toBe(PICTURE_DROPPED);
});

test("Vp8Munger's own key frames take the next id, and the source continues after them", () => {
  const munger = new Vp8Munger();
  const a = { pictureId: 127, tl0PicIdx: 4, temporalLayer: 0, keyIdx: 9 };
  munger.switchSource(vp8(a));
  map(munger, a);
  const length = munger.writeKeyFrameDescriptor(out);
  expect(readVp8Descriptor(out)).toEqual({
    pictureId: 128,
    tl0PicIdx: 5,
    temporalLayer: 0,
    isSwitchingPoint: true,
    keyIdx: 10,
    isFrameStart: true,
    length,
  });
  expect(map(munger, { ...a, pictureId: 0, tl0PicIdx: 5 })).toMatchObject({
    pictureId: 129,
    tl0PicIdx: 6,
    keyIdx: 10,
  });
});

test("Vp8Munger: ids of sent pictures rise by one per picture kept, over drops and switches", () => {
  const pictures = fc.array(
    fc.record({
      keep: fc.boolean(),
      packets: fc.integer({ min: 1, max: 3 }),
      jumpTo: fc.option(fc.integer({ min: 0, max: 32_767 }), { freq: 10 }),
    }),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(pictures, fc.boolean(), (script, isLong) => {
      const munger = new Vp8Munger();
      const circle = isLong ? 32_768 : 128;
      let id = 100;
      let last = -1;
      const begin = (pictureId: number): void =>
        munger.switchSource(vp8({ pictureId, pictureIdIsLong: isLong }));
      begin(id);
      for (const { keep, packets, jumpTo } of script) {
        if (jumpTo !== null) {
          id = jumpTo % circle;
          begin(id);
        }
        for (let i = 0; i < packets; i++) {
          const result = map(munger, { pictureId: id, pictureIdIsLong: isLong }, !keep);
          if (!keep) {
            expect(result).toBe(PICTURE_DROPPED);
            continue;
          }
          const picture = last < 0 ? pictureOf(result) : unwrap15(pictureOf(result), last);
          if (last >= 0) expect(picture - last).toBe(i === 0 ? 1 : 0);
          last = picture;
        }
        id = (id + 1) % circle;
      }
    }),
    { numRuns: 200 },
  );
});
