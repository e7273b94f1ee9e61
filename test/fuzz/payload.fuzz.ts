import { test } from "bun:test";
import { DropReason } from "../../src/base/drop-reason.ts";
import { readAv1 } from "../../src/wire/payload/av1.ts";
import {
  DependencyDescriptor,
  DependencyReader,
  isSwitchIndicated,
} from "../../src/wire/payload/dependency-descriptor.ts";
import { readH264 } from "../../src/wire/payload/h264.ts";
import { readH265 } from "../../src/wire/payload/h265.ts";
import { packetTrailerBytes } from "../../src/wire/payload/packet-trailer.ts";
import {
  clearPayloadFields,
  FrameSizes,
  type PayloadFields,
} from "../../src/wire/payload/payload-fields.ts";
import { RedBlocks, readRed } from "../../src/wire/payload/red.ts";
import { readVp8 } from "../../src/wire/payload/vp8.ts";
import { readVp9 } from "../../src/wire/payload/vp9.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { audio, DownTrackRig, OPUS } from "../support/down-track-rig.ts";
import { runMutations } from "../support/mutate.ts";
import { aggregate, dependencyL2T2, h264Sps, h265Sps, vp8Payload } from "../support/payloads.ts";

const SEED = 20_263;
const COUNT = 20_000;

/** Two copies with different bytes behind the payload: the answer must not depend on them. */
function readTwice(
  payload: Uint8Array,
  reader: (
    bytes: Uint8Array,
    offset: number,
    length: number,
    fields: PayloadFields,
    sizes: FrameSizes,
  ) => unknown,
): void {
  const answers: string[] = [];
  for (const filling of [0x00, 0xff]) {
    const bytes = new Uint8Array(payload.length + 32).fill(filling);
    bytes.set(payload, 1);
    const fields = {} as PayloadFields;
    clearPayloadFields(fields);
    const sizes = new FrameSizes();
    const reason = reader(bytes, 1, payload.length, fields, sizes);
    answers.push(JSON.stringify([fields, sizes.count, reason]));
    if (fields.descriptorBytes > payload.length) throw new Error("Descriptor past the end");
    for (const value of Object.values(fields)) {
      if (Number.isNaN(value)) throw new Error("Read past the end");
    }
  }
  if (answers[0] !== answers[1]) throw new Error("Depends on bytes behind the payload");
}

const units = [h264Sps(1280, 720, 100), Uint8Array.from([0x65, 1, 2, 3])];
const TARGETS = [
  {
    name: "VP8",
    reader: readVp8,
    corpus: [vp8Payload({ pictureId: 300, size: [640, 360] }), vp8Payload({ tid: 1, keyIdx: 3 })],
  },
  {
    name: "VP9",
    reader: readVp9,
    corpus: [
      Uint8Array.fromHex("aa8102100938014000b4028001680104018249"),
      Uint8Array.from([0xfc, 0x05, 0x53, 0x03, 0x04, 0x86, 1]),
    ],
  },
  {
    name: "H.264",
    reader: readH264,
    corpus: [units[0]!, aggregate([0x78], units), Uint8Array.from([0x7c, 0x87, 1, 2])],
  },
  {
    name: "H.265",
    reader: readH265,
    corpus: [h265Sps(1918, 1078, 2), aggregate([0x60, 1], [h265Sps(640, 360)])],
  },
  {
    name: "AV1",
    reader: readAv1,
    corpus: [Uint8Array.from([0x28, 4, 0x0a, 2, 0, 0, 0x32, 2, 0x10, 0]), Uint8Array.of(8, 1, 16)],
  },
];

test.each(TARGETS)("reading mutated $name stays inside the payload", ({ reader, corpus }) => {
  runMutations(corpus, COUNT / 2, SEED, (bytes) => readTwice(bytes, reader));
});

test("reading mutated RED stays inside the payload", () => {
  const corpus = [
    Uint8Array.from([0xef, 0x1e, 0, 2, 0xef, 0x0f, 0, 3, 0x6f, 1, 2, 3, 4, 5, 6, 7]),
    Uint8Array.from([0x6f, 1, 2, 3]),
  ];
  const blocks = new RedBlocks();
  runMutations(corpus, COUNT, SEED, (bytes) => {
    if (readRed(bytes, 0, bytes.length, blocks) !== DropReason.None) return;
    for (let i = 0; i < blocks.count; i++) {
      if (blocks.offsets[i]! + blocks.lengths[i]! > bytes.length) throw new Error("Past the end");
    }
  });
});

test("taking mutated RED apart makes no number or byte up", () => {
  const corpus = [
    Uint8Array.from([0xef, 0x1e, 0, 2, 0xef, 0x0f, 0, 3, 0x6f, 1, 2, 3, 4, 5, 6, 7]),
    Uint8Array.from([0xef, 0x0f, 0, 3, 0x6f, 1, 2, 3, 6, 7]),
  ];
  const rig = new DownTrackRig([OPUS]);
  const seen = new Set<number>();
  let extSn = 1_000;
  runMutations(corpus, COUNT, SEED, (payload) => {
    extSn += 1 + (payload.length % 4);
    rig.write(extSn, audio(extSn, { codec: Codec.Red, payloadType: 63, payload }));
    for (const { sn, payload: sent } of rig.sink.take()) {
      if (sent.length >= payload.length) throw new Error("More came out than was put in");
      if (seen.has(sn)) throw new Error("A number left twice");
      seen.add(sn);
    }
    // the numbers wrap
    if (seen.size > 10_000) seen.clear();
    rig.source.kept.clear();
  });
});

test("reading mutated packet trailers stays inside the payload", () => {
  const corpus = [
    Uint8Array.from([9, 9, 1, 2, 7 ^ 0xff, 0x4c, 0x4b, 0x54, 0x53]),
    Uint8Array.from([5 ^ 0xff, 0x4c, 0x4b, 0x54, 0x53]),
  ];
  runMutations(corpus, COUNT, SEED, (bytes) => {
    const found = packetTrailerBytes(bytes, 0, bytes.length);
    if (!(found >= 0 && found <= bytes.length)) throw new Error("Past the beginning");
  });
});

test("reading mutated dependency descriptors stays inside the tables", () => {
  const corpus = [
    dependencyL2T2({ frameNumber: 7 }),
    dependencyL2T2({ frameNumber: 8, template: 3 }),
    dependencyL2T2({ frameNumber: 9, template: 1, activeTargets: 3, customDiffs: [1, 2] }),
  ];
  const reader = new DependencyReader();
  const out = new DependencyDescriptor();
  runMutations(corpus, COUNT, SEED, (bytes) => {
    if (reader.read(bytes, 0, bytes.length, out) !== DropReason.None) return;
    isSwitchIndicated(out, reader.structure);
    const sum = out.spatialLayer + out.temporalLayer + out.frameDiffCount + out.activeTargets;
    if (!Number.isFinite(sum)) throw new Error("Read past the end");
    if (out.spatialLayer > 3 || out.temporalLayer > 7) throw new Error("Layer out of range");
  });
});
