import { expect, test } from "bun:test";
import { dependencyL2T2 } from "../../../test/support/payloads.ts";
import { DropReason } from "../../base/drop-reason.ts";
import {
  DependencyDescriptor,
  DependencyReader,
  isSwitchIndicated,
} from "./dependency-descriptor.ts";

function readInto(reader: DependencyReader, bytes: Uint8Array) {
  const padded = new Uint8Array(bytes.length + 8).fill(0xff);
  padded.set(bytes, 2);
  const out = new DependencyDescriptor();
  const reason = reader.read(padded, 2, bytes.length, out);
  return { out, reason };
}

test("DependencyReader reads the templates of a key frame", () => {
  const reader = new DependencyReader();
  const { out, reason } = readInto(reader, dependencyL2T2({ frameNumber: 100 }));
  expect(reason).toBe(DropReason.None);
  expect(out).toMatchObject({
    isFirstInFrame: true,
    isLastInFrame: true,
    frameNumber: 100,
    hasStructure: true,
    hasActiveTargets: true,
    activeTargets: 0b1111,
    spatialLayer: 0,
    temporalLayer: 0,
    frameDiffCount: 0,
  });
  const structure = reader.structure;
  expect(structure).toMatchObject({
    templateCount: 5,
    decodeTargetCount: 4,
    chainCount: 2,
    maxSpatialLayer: 1,
    maxTemporalLayer: 1,
    resolutionCount: 2,
  });
  expect([structure.widths[0], structure.heights[0]]).toEqual([320, 180]);
  expect([structure.widths[1], structure.heights[1]]).toEqual([640, 360]);
  expect([...structure.targetSpatialLayers.slice(0, 4)]).toEqual([0, 0, 1, 1]);
  expect([...structure.targetTemporalLayers.slice(0, 4)]).toEqual([0, 1, 0, 1]);
  expect([...structure.protectedBy.slice(0, 4)]).toEqual([0, 0, 1, 1]);
});

type Resolved = Record<"template" | "spatial" | "temporal", number> &
  Record<"diffs" | "chains" | "dtis", number[]>;
const RESOLVED: Resolved[] = [
  { template: 1, spatial: 0, temporal: 0, diffs: [4], chains: [4, 3], dtis: [2, 3, 3, 3] },
  { template: 2, spatial: 0, temporal: 1, diffs: [2], chains: [2, 1], dtis: [0, 1, 0, 3] },
  { template: 3, spatial: 1, temporal: 0, diffs: [4, 1], chains: [1, 1], dtis: [0, 0, 2, 3] },
  { template: 4, spatial: 1, temporal: 1, diffs: [2, 1], chains: [3, 2], dtis: [0, 0, 0, 1] },
];

test.each(RESOLVED)("DependencyReader resolves template $template", (want) => {
  const reader = new DependencyReader();
  readInto(reader, dependencyL2T2({ frameNumber: 1 }));
  const { out, reason } = readInto(
    reader,
    dependencyL2T2({ frameNumber: 2, template: want.template, isLast: false }),
  );
  expect(reason).toBe(DropReason.None);
  expect([out.spatialLayer, out.temporalLayer]).toEqual([want.spatial, want.temporal]);
  expect([...out.frameDiffs.slice(0, out.frameDiffCount)]).toEqual(want.diffs);
  expect([...out.chainDiffs.slice(0, 2)]).toEqual(want.chains);
  expect([...out.dtis.slice(0, 4)]).toEqual(want.dtis);
  expect(out.hasStructure).toBeFalse();
  expect(out.isLastInFrame).toBeFalse();
  expect(isSwitchIndicated(out, reader.structure)).toBe(want.temporal === 0);
});

test("DependencyReader reads a mask and differences of the frame's own", () => {
  const reader = new DependencyReader();
  readInto(reader, dependencyL2T2({ frameNumber: 1 }));
  const { out } = readInto(
    reader,
    dependencyL2T2({ frameNumber: 2, template: 1, activeTargets: 0b0011, customDiffs: [1, 9] }),
  );
  expect(out.hasActiveTargets).toBeTrue();
  expect(out.activeTargets).toBe(0b0011);
  expect([...out.frameDiffs.slice(0, out.frameDiffCount)]).toEqual([1, 9]);
});

test("DependencyReader says so when it does not know the structure or the template", () => {
  const reader = new DependencyReader();
  const early = readInto(reader, dependencyL2T2({ frameNumber: 1, template: 1 }));
  expect(early.reason).toBe(DropReason.WrongState);
  readInto(reader, dependencyL2T2({ frameNumber: 2 }));
  const unknown = readInto(reader, dependencyL2T2({ frameNumber: 3, template: 9 }));
  expect(unknown.reason).toBe(DropReason.WrongState);
});

test("DependencyReader unwraps frame numbers and drops a key frame older than the structure", () => {
  const reader = new DependencyReader();
  const first = readInto(reader, dependencyL2T2({ frameNumber: 65_535 })).out.extFrameNumber;
  expect(first % 65_536).toBe(65_535);
  const next = readInto(reader, dependencyL2T2({ frameNumber: 1, template: 1 }));
  expect(next.out.extFrameNumber).toBe(first + 2);
  readInto(reader, dependencyL2T2({ frameNumber: 2 }));
  expect(reader.structureFrame).toBe(first + 3);
  const late = readInto(reader, dependencyL2T2({ frameNumber: 65_535 }));
  expect(late.reason).toBe(DropReason.TooOld);
  expect(reader.structureFrame).toBe(first + 3);
});

test("DependencyReader reads late frames of before a structure that came again", () => {
  const reader = new DependencyReader();
  readInto(reader, dependencyL2T2({ frameNumber: 100 }));
  readInto(reader, dependencyL2T2({ frameNumber: 110 }));
  const late = dependencyL2T2({ frameNumber: 105, template: 1 });
  expect(readInto(reader, late).reason).toBe(DropReason.None);
  const before = dependencyL2T2({ frameNumber: 99, template: 1 });
  expect(readInto(reader, before).reason).toBe(DropReason.TooOld);
});

test("DependencyReader refuses a structure behind the first packet of a frame", () => {
  const reader = new DependencyReader();
  const { reason } = readInto(reader, dependencyL2T2({ frameNumber: 1, isFirst: false }));
  expect(reason).toBe(DropReason.Malformed);
  expect(reader.structure.templateCount).toBe(0);
});

test("DependencyReader lists decode targets from the highest down", () => {
  const reader = new DependencyReader();
  readInto(reader, dependencyL2T2({ frameNumber: 1 }));
  expect([...reader.structure.targetOrder.slice(0, 4)]).toEqual([3, 2, 1, 0]);
  expect(reader.structure.targetsUpTo(0, 1)).toBe(0b0011);
  expect(reader.structure.targetsUpTo(1, 0)).toBe(0b0101);
});

test("DependencyReader refuses a structure that is cut anywhere, and keeps the one it has", () => {
  const whole = dependencyL2T2({ frameNumber: 7 });
  for (let length = 0; length < whole.length - 1; length++) {
    const reader = new DependencyReader();
    readInto(reader, dependencyL2T2({ frameNumber: 6 }));
    const structureFrame = reader.structureFrame;
    const { reason } = readInto(reader, whole.slice(0, length));
    if (length !== 3) expect(reason).not.toBe(DropReason.None);
    expect(reader.structureFrame).toBe(structureFrame);
    expect(reader.structure.templateCount).toBe(5);
  }
});
