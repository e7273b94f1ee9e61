import { expect, test } from "bun:test";
import fc from "fast-check";
import { SVC_MODES, SvcEncoder, type SvcModeName } from "../../../test/support/svc-encoder.ts";
import { DropReason } from "../../base/drop-reason.ts";
import { DependencyDescriptor, DependencyReader } from "./dependency-descriptor.ts";
import { DependencyRewrite, rewrittenBytes, writeDependency } from "./dependency-rewriter.ts";

const MODES = Object.keys(SVC_MODES) as SvcModeName[];

function rewriteOf(descriptor: DependencyDescriptor, frameNumber: number): DependencyRewrite {
  const rewrite = new DependencyRewrite();
  const { maskBit, maskBits, endBit } = descriptor;
  return Object.assign(rewrite, { isPresent: true, frameNumber, maskBit, maskBits, endBit });
}

function rewritten(bytes: Uint8Array, rewrite: DependencyRewrite): Uint8Array {
  const source = new Uint8Array(bytes.length + 5).fill(0xff);
  source.set(bytes, 3);
  const out = new Uint8Array(600).fill(0xff);
  const end = writeDependency(source, 3, bytes.length, rewrite, out, 7);
  expect(end - 7).toBe(rewrittenBytes(bytes.length, rewrite));
  expect([out[6], out[end]]).toEqual([0xff, 0xff]);
  return out.slice(7, end);
}

test("a rewritten descriptor says the same but for frame number and mask", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MODES),
      fc.integer({ min: 0, max: 63 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 65_535 }),
      fc.nat(),
      fc.boolean(),
      (name, offset, step, frameNumber, mask, hadMask) => {
        const encoder = new SvcEncoder(SVC_MODES[name], { offset, step, first: 60_000 });
        const reader = new DependencyReader();
        const readerAfter = new DependencyReader();
        const [before, after] = [new DependencyDescriptor(), new DependencyDescriptor()];
        const targets = 2 ** encoder.targetCount;
        for (let picture = 0; picture < 6; picture++) {
          for (const frame of encoder.picture(picture % 5 === 0)) {
            const own = hadMask ? (mask * 7) % targets : undefined;
            const bytes = encoder.descriptor(frame, true, true, own);
            expect(reader.read(bytes, 0, bytes.length, before)).toBe(DropReason.None);
            const rewrite = rewriteOf(before, frameNumber + frame.number);
            rewrite.hasMask = true;
            rewrite.activeTargets = mask % targets;
            rewrite.targetCount = encoder.targetCount;
            const out = rewritten(bytes, rewrite);
            expect(readerAfter.read(out, 0, out.length, after)).toBe(DropReason.None);
            expect(after.frameNumber).toBe(rewrite.frameNumber & 0xffff);
            expect(after.activeTargets).toBe(mask % targets);
            const said = ({ frameDiffCount: count, ...d }: DependencyDescriptor) => [
              [d.isFirstInFrame, d.isLastInFrame, d.templateId, d.hasStructure],
              [d.spatialLayer, d.temporalLayer, [...d.dtis].slice(0, encoder.targetCount)],
              [[...d.frameDiffs].slice(0, count), [...d.chainDiffs].slice(0, 3)],
            ];
            expect(said(after)).toEqual(said(before));
            expect(readerAfter.structure).toEqual(reader.structure);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("without a mask only the frame number is another", () => {
  const encoder = new SvcEncoder(SVC_MODES.L3T3);
  const reader = new DependencyReader();
  const descriptor = new DependencyDescriptor();
  for (const frame of encoder.picture(true)) {
    const bytes = encoder.descriptor(frame, true, true);
    reader.read(bytes, 0, bytes.length, descriptor);
    const out = rewritten(bytes, rewriteOf(descriptor, 0xabcd));
    const expected = bytes.slice();
    expected.set([0xab, 0xcd], 1);
    expect(out).toEqual(expected);
  }
});

test("a mask makes a short descriptor of three bytes a long one", () => {
  const encoder = new SvcEncoder(SVC_MODES.L1T3);
  const reader = new DependencyReader();
  const descriptor = new DependencyDescriptor();
  const read = (isKey: boolean): Uint8Array => {
    const [frame] = encoder.picture(isKey);
    const bytes = encoder.descriptor(frame!, true, true);
    expect(reader.read(bytes, 0, bytes.length, descriptor)).toBe(DropReason.None);
    return bytes;
  };
  read(true);
  const bytes = read(false);
  expect(bytes.length).toBe(3);
  const rewrite = rewriteOf(descriptor, 2);
  Object.assign(rewrite, { hasMask: true, activeTargets: 0b011, targetCount: 3 });
  expect(rewritten(bytes, rewrite)).toEqual(Uint8Array.of(bytes[0]!, 0, 2, 0b01000_011));
});
