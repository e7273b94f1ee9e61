import { expect, test } from "bun:test";
import { aggregate, h264Sps, h265Sps, vp8Payload } from "../../../test/support/payloads.ts";
import { DropReason } from "../../base/drop-reason.ts";
import { readAv1 } from "./av1.ts";
import { readH264 } from "./h264.ts";
import { readH265 } from "./h265.ts";
import { clearPayloadFields, FrameSizes, type PayloadFields } from "./payload-fields.ts";
import { RedBlocks, readRed } from "./red.ts";
import { readVp8 } from "./vp8.ts";
import { readVp9 } from "./vp9.ts";

type Reader = (
  bytes: Uint8Array,
  offset: number,
  length: number,
  fields: PayloadFields,
  sizes: FrameSizes,
) => unknown;

/** Reads the payload at an odd offset, with other bytes behind it. */
function read(reader: Reader, payload: readonly number[] | Uint8Array) {
  const bytes = new Uint8Array(payload.length + 20).fill(0x55);
  bytes.set(payload, 3);
  const fields = {} as PayloadFields;
  clearPayloadFields(fields);
  const sizes = new FrameSizes();
  const reason = reader(bytes, 3, payload.length, fields, sizes) ?? DropReason.None;
  const size = sizes.count > 0 ? `${sizes.widths[0]}x${sizes.heights[0]}` : "";
  return { ...fields, reason, size, sizes };
}

test("readVp8 reads every field of the descriptor and the size of a key frame", () => {
  const payload = vp8Payload({
    pictureId: 0x1234,
    tl0: 200,
    tid: 2,
    sync: true,
    keyIdx: 17,
    size: [1280, 720],
  });
  expect(read(readVp8, payload)).toMatchObject({
    reason: DropReason.None,
    pictureId: 0x1234,
    pictureIdIsLong: true,
    tl0PicIdx: 200,
    temporalLayer: 2,
    isSwitchingPoint: true,
    keyIdx: 17,
    descriptorBytes: 6,
    isFrameStart: true,
    isKeyFrame: true,
    size: "1280x720",
  });
});

test("readVp8 takes the short forms", () => {
  expect(read(readVp8, [0x10, 0x01, 0, 0])).toMatchObject({
    pictureId: -1,
    tl0PicIdx: -1,
    keyIdx: -1,
    descriptorBytes: 1,
    isFrameStart: true,
    isKeyFrame: false,
  });
  expect(read(readVp8, [0x00, 0x00])).toMatchObject({ isFrameStart: false, isKeyFrame: false });
  expect(read(readVp8, [0x91, 0x80, 0x7f, 0x00])).toMatchObject({
    pictureId: 127,
    pictureIdIsLong: false,
    descriptorBytes: 3,
    isFrameStart: false,
    isKeyFrame: true,
    size: "",
  });
});

test.each([
  { title: "nothing", bytes: [], reason: DropReason.Truncated },
  { title: "no extension byte", bytes: [0x90], reason: DropReason.Truncated },
  { title: "half a picture id", bytes: [0x90, 0x80, 0x81], reason: DropReason.Truncated },
  { title: "TL0PICIDX without TID", bytes: [0x90, 0x40, 1, 2], reason: DropReason.Malformed },
])("readVp8 refuses $title", ({ bytes, reason }) => {
  expect(read(readVp8, bytes).reason).toBe(reason);
});

test("readVp9 reads layers, sizes of all of them and the key frame bit", () => {
  // N_S = 1 (two layers), Y and G set, one picture with one reference.
  const result = read(
    readVp9,
    [0xaa, 0x81, 0x02, 0x10, 9, 0x38, 1, 64, 0, 180, 2, 128, 1, 104, 1, 0x04, 1, 0x82, 0x49],
  );
  expect(result).toMatchObject({
    reason: DropReason.None,
    pictureId: 0x102,
    pictureIdIsLong: true,
    tl0PicIdx: 9,
    temporalLayer: 0,
    spatialLayer: 0,
    isSwitchingPoint: true,
    isLayerFrameStart: true,
    isLayerFrameEnd: false,
    isInterPicturePredicted: false,
    isKeyFrame: true,
    size: "320x180",
  });
  expect([result.sizes.count, result.sizes.widths[1], result.sizes.heights[1]]).toEqual([
    2, 640, 360,
  ]);
});

test("readVp9 reads flexible mode and upper layers", () => {
  expect(read(readVp9, [0xfc, 0x05, 0x53, 0x03, 0x04, 0x86, 1])).toMatchObject({
    reason: DropReason.None,
    pictureId: 5,
    temporalLayer: 2,
    spatialLayer: 1,
    isSwitchingPoint: true,
    tl0PicIdx: -1,
    isInterPicturePredicted: true,
    isLayerFrameStart: true,
    isLayerFrameEnd: true,
    isKeyFrame: false,
  });
});

test.each([
  { title: "profile 0, key", byte: 0x82, key: true },
  { title: "profile 0, not key", byte: 0x86, key: false },
  { title: "profile 0, shows an existing frame", byte: 0x8a, key: false },
  { title: "profile 3, key", byte: 0xb0, key: true },
  { title: "profile 3, not key", byte: 0xb2, key: false },
  { title: "no frame marker", byte: 0x42, key: false },
])("readVp9 tells the frame type of $title", ({ byte, key }) => {
  expect(read(readVp9, [0x08, byte, 1]).isKeyFrame).toBe(key);
  expect(read(readVp9, [0x00, byte, 1]).isKeyFrame).toBeFalse();
});

test("readVp9 refuses a descriptor that is cut anywhere", () => {
  const whole = [0xfa, 0x81, 0x02, 0x10, 0x02, 0x38, 1, 64, 0, 180, 2, 128, 1, 104, 1, 0x04, 1];
  expect(read(readVp9, whole).reason).toBe(DropReason.None);
  for (let length = 0; length < whole.length; length++) {
    expect(read(readVp9, whole.slice(0, length)).reason).toBe(DropReason.Truncated);
  }
  expect(read(readVp9, [0x50, 0x03, 0x03, 0x03, 0x02]).reason).toBe(DropReason.Malformed);
});

test("readH264 finds a parameter set alone, aggregated and fragmented, with its size", () => {
  const sps = h264Sps(1280, 720);
  const idr = Uint8Array.from([0x65, 1, 2, 3]);
  expect(read(readH264, sps)).toMatchObject({ isKeyFrame: true, size: "1280x720" });
  expect(read(readH264, aggregate([0x78], [idr, sps]))).toMatchObject({
    isKeyFrame: true,
    size: "1280x720",
  });
  expect(read(readH264, aggregate([0x79, 0, 0], [sps]))).toMatchObject({ size: "1280x720" });
  expect(read(readH264, [0x7a, 0, 0, 0, sps.length, 1, 0, 0, ...sps]).size).toBe("1280x720");
  expect(read(readH264, [0x7b, 0, 0, 0, sps.length, 1, 0, 0, 0, ...sps]).size).toBe("1280x720");
  expect(read(readH264, [0x7c, 0x87, 1, 2])).toMatchObject({ isKeyFrame: true, size: "" });
  expect(read(readH264, [0x7c, 0x07, 1, 2])).toMatchObject({
    isKeyFrame: false,
    isFrameStart: false,
  });
  expect(read(readH264, [0x65, 1, 2]).isKeyFrame).toBeFalse();
});

test.each([
  { width: 1920, height: 1080, profile: 66 },
  { width: 1920, height: 1080, profile: 100 },
  { width: 640, height: 360, profile: 100 },
  { width: 322, height: 182, profile: 66 },
])("readH264 reads $width x $height of profile $profile", ({ width, height, profile }) => {
  expect(read(readH264, h264Sps(width, height, profile)).size).toBe(`${width}x${height}`);
});

test("readH264 takes a camera's parameter set with escaped zeros", () => {
  const sps = Uint8Array.fromHex("6742c01fd9005005bb016a02020280000003008000001e478c1924");
  expect(read(readH264, sps).size).toBe("1280x720");
});

test("readH264 passes over what is cut or empty", () => {
  const sps = h264Sps(640, 480);
  expect(read(readH264, [])).toMatchObject({ isKeyFrame: false });
  expect(read(readH264, [0x78, 0, 0, 0, 9, 0x67]).isKeyFrame).toBeFalse();
  expect(read(readH264, [0x7c]).isKeyFrame).toBeFalse();
  for (let length = 1; length < sps.length - 1; length++) {
    expect(read(readH264, sps.slice(0, length))).toMatchObject({ isKeyFrame: true, size: "" });
  }
});

test.each([
  { title: "TSA_N", bytes: [0x04, 0x02, 9], isPoint: true },
  { title: "STSA_R", bytes: [0x0a, 0x02, 9], isPoint: true },
  { title: "TRAIL_R", bytes: [0x02, 0x02, 9], isPoint: false },
  { title: "RADL_N", bytes: [0x0c, 0x02, 9], isPoint: false },
  { title: "a fragment's start of TSA_R", bytes: [0x62, 0x02, 0x83, 9], isPoint: true },
])("readH265 finds where a temporal layer can be gone up to: $title", ({ bytes, isPoint }) => {
  expect(read(readH265, bytes)).toMatchObject({ isSwitchingPoint: isPoint, temporalLayer: 1 });
});

test("readH265 finds parameter sets and the temporal layer", () => {
  const sps = h265Sps(1280, 720);
  const slice = Uint8Array.from([0x02, 0x03, 1, 2]);
  expect(read(readH265, sps)).toMatchObject({ isKeyFrame: true, size: "1280x720" });
  expect(read(readH265, h265Sps(1918, 1078, 2)).size).toBe("1918x1078");
  expect(read(readH265, aggregate([0x60, 0x01], [slice, sps])).size).toBe("1280x720");
  expect(read(readH265, [0x44, 0x01, 9]).isKeyFrame).toBeTrue();
  expect(read(readH265, [0x62, 0x01, 0xa1, 9]).isKeyFrame).toBeTrue();
  expect(read(readH265, [0x62, 0x01, 0x21, 9])).toMatchObject({
    isKeyFrame: false,
    isFrameStart: false,
  });
  expect(read(readH265, slice)).toMatchObject({ isKeyFrame: false, temporalLayer: 2 });
});

const SEQUENCE = [0x0a, 0x02, 0x00, 0x00];
const KEY_FRAME = [0x32, 0x02, 0x10, 0x00];
const INTER_FRAME = [0x32, 0x02, 0x30, 0x00];

test.each([
  { title: "sequence and key frame, W=2", bytes: [0x28, 4, ...SEQUENCE, ...KEY_FRAME], key: true },
  { title: "sequence and key frame, W=0", bytes: [8, 4, ...SEQUENCE, 4, ...KEY_FRAME], key: true },
  {
    title: "a temporal delimiter first",
    bytes: [0x38, 2, 0x12, 0, 4, ...SEQUENCE, ...KEY_FRAME],
    key: true,
  },
  { title: "an OBU without size field", bytes: [0x28, 2, 0x08, 0, 0x30, 0x10, 1], key: true },
  { title: "an OBU with extension", bytes: [0x28, 2, 0x08, 0, 0x34, 0x08, 0x10, 1], key: true },
  { title: "an inter frame", bytes: [0x28, 4, ...SEQUENCE, ...INTER_FRAME], key: false },
  { title: "no sequence header", bytes: [0x18, ...KEY_FRAME], key: false },
  { title: "no new sequence", bytes: [0x20, 4, ...SEQUENCE, ...KEY_FRAME], key: false },
  { title: "a continuation", bytes: [0xa8, 4, ...SEQUENCE, ...KEY_FRAME], key: false },
  { title: "a sequence header alone", bytes: [0x18, ...SEQUENCE], key: false },
  { title: "a size beyond the end", bytes: [0x28, 90, ...SEQUENCE, ...KEY_FRAME], key: false },
  { title: "an endless size", bytes: [0x08, ...new Array<number>(9).fill(0xff)], key: false },
  { title: "nothing", bytes: [], key: false },
])("readAv1 answers $key for $title", ({ bytes, key }) => {
  expect(read(readAv1, bytes).isKeyFrame).toBe(key);
});

test("readRed splits redundant blocks and the primary", () => {
  const payload = [0xef, 0x1e, 0x00, 2, 0xef, 0x0f, 0x00, 3, 0x6f, 1, 2, 3, 4, 5, 6, 7];
  const blocks = new RedBlocks();
  expect(readRed(Uint8Array.from(payload), 0, payload.length, blocks)).toBe(DropReason.None);
  expect(blocks.count).toBe(3);
  expect([...blocks.payloadTypes.slice(0, 3)]).toEqual([111, 111, 111]);
  expect([...blocks.tsOffsets.slice(0, 3)]).toEqual([1920, 960, 0]);
  expect([...blocks.offsets.slice(0, 3)]).toEqual([9, 11, 14]);
  expect([...blocks.lengths.slice(0, 3)]).toEqual([2, 3, 2]);
  expect(blocks.primary).toBe(2);
});

test.each([
  { title: "nothing", bytes: [], reason: DropReason.Truncated },
  { title: "no primary", bytes: [0xef, 0, 0, 0], reason: DropReason.Truncated },
  { title: "blocks beyond the end", bytes: [0xef, 0, 0, 9, 0x6f, 1], reason: DropReason.Truncated },
  {
    title: "too many blocks",
    bytes: new Array<number>(60).fill(0x80),
    reason: DropReason.Malformed,
  },
])("readRed refuses $title", ({ bytes, reason }) => {
  const blocks = new RedBlocks();
  expect(readRed(Uint8Array.from(bytes), 0, bytes.length, blocks)).toBe(reason);
  expect(blocks.count).toBe(0);
});
