import { test } from "bun:test";
import { DropReason } from "../../src/base/drop-reason.ts";
import { DependencyForwarder } from "../../src/sfu/dependency/dependency-forwarder.ts";
import { DependencyParser } from "../../src/sfu/dependency/dependency-parser.ts";
import { DependencySlots } from "../../src/sfu/dependency/dependency-slots.ts";
import { Described } from "../../src/sfu/dependency/frame-dependency.ts";
import { TargetBitrates } from "../../src/sfu/dependency/target-bitrates.ts";
import { MediaPacket } from "../../src/sfu/packet/media-packet.ts";
import { Layers } from "../../src/sfu/selector/layers.ts";
import { Selection } from "../../src/sfu/selector/selection.ts";
import {
  DependencyDescriptor,
  DependencyReader,
} from "../../src/wire/payload/dependency-descriptor.ts";
import {
  DependencyRewrite,
  rewrittenBytes,
  writeDependency,
} from "../../src/wire/payload/dependency-rewriter.ts";
import type { DependencyStructure } from "../../src/wire/payload/dependency-structure.ts";
import { runMutations } from "../support/mutate.ts";
import { SVC_MODES, SvcEncoder, type SvcModeName } from "../support/svc-encoder.ts";

const SEED = 20_265;
const COUNT = 30_000;
const BEHIND = 64;

/** A GOP of each mode, with masks and without. */
const corpus = (Object.keys(SVC_MODES) as SvcModeName[]).flatMap((name, index) => {
  const encoder = new SvcEncoder(SVC_MODES[name], { first: 65_530, offset: index * 9 });
  const pictures = Array.from({ length: 6 }, (_, i) => encoder.picture(i === 0));
  return pictures.flat().map((frame, i) => {
    const mask = i % 3 === 0 ? 2 ** encoder.targetCount - 1 : undefined;
    return encoder.descriptor(frame, i % 4 !== 1, true, mask);
  });
});

function check(isRight: boolean, what: string): void {
  if (!isRight) throw new Error(what);
}

/** All but frame number and mask. */
function said(descriptor: DependencyDescriptor, structure: DependencyStructure): string {
  const { isFirstInFrame, isLastInFrame, templateId, hasStructure, frameDiffCount } = descriptor;
  const { dtis, chainDiffs, frameDiffs, spatialLayer, temporalLayer } = descriptor;
  return JSON.stringify([
    [isFirstInFrame, isLastInFrame, templateId, hasStructure, spatialLayer, temporalLayer],
    [...dtis.slice(0, structure.decodeTargetCount)],
    [...chainDiffs.slice(0, structure.chainCount)],
    [...frameDiffs.slice(0, frameDiffCount)],
  ]);
}

test.each([true, false])("any descriptors, all layers in one stream %p", (isSvc) => {
  const parser = new DependencyParser(true);
  const forwarder = new DependencyForwarder();
  const layers = new Layers();
  const slots = new DependencySlots(8);
  const bitrates = new TargetBitrates(1_000);
  const mirror = new DependencyReader();
  const mirrored = new DependencyDescriptor();
  const kept = new DependencyRewrite();
  const packet = new MediaPacket();
  const out = new Uint8Array(400);
  const rewrite = new DependencyRewrite();
  /** @returns length of what was written, from 3 on */
  const write = (): number => {
    const length = writeDependency(packet.bytes, 1, packet.dependencyBytes, rewrite, out, 3) - 3;
    check(length === rewrittenBytes(packet.dependencyBytes, rewrite), "Wrong length");
    check(length <= 260, "Too long");
    return length;
  };
  let count = 0;
  let taken = 0;
  let generation = -1;
  runMutations(corpus, COUNT, SEED, (bytes) => {
    if (bytes.length > 255) return;
    count += 1;
    packet.bytes = new Uint8Array(bytes.length + BEHIND).fill(count & 0xff);
    packet.bytes.set(bytes, 1);
    packet.dependencyOffset = 1;
    packet.dependencyBytes = bytes.length;
    packet.isOutOfOrder = count % 7 === 0;
    packet.extSn = count - (packet.isOutOfOrder ? 5 : 0);
    packet.extTs = count * 1_000;
    packet.arrivalMs = count * (count % 997 === 0 ? 40_000 : 1);
    packet.marker = count % 2 === 0;
    packet.ssrc = 1 + Math.floor(count / 5_000);
    layers.targetSpatial = count % 3;
    layers.targetTemporal = count % 4;
    layers.isDeficient = count % 5 === 0;
    parser.read(packet);
    const { dependency } = packet;
    const { descriptor } = dependency;
    packet.isKeyFrame = descriptor.hasStructure && descriptor.frameDiffCount === 0;
    const isReadable = dependency.described === Described.Yes;
    let isTaken = false;
    if (isSvc) isTaken = forwarder.selector.select(packet, layers) !== Selection.Skip;
    else if (isReadable) isTaken = forwarder.temporal.select(packet, layers);
    check(layers.currentSpatial <= 3 && layers.currentTemporal <= 7, "Layer out of range");
    forwarder.selector.isSynced(count % 3);
    if (!isReadable) {
      check(!isTaken, "An unreadable packet is forwarded");
      return;
    }
    bitrates.add(count, dependency, 100);
    bitrates.handleTimeout(count);
    if (generation !== dependency.generation) mirror.reset();
    generation = dependency.generation;
    kept.isPresent = false;
    rewrite.isPresent = false;
    if (forwarder.describe(packet, isSvc, rewrite) && rewrite.isPresent) {
      if (isTaken) taken += 1;
      slots.put(count % 8, rewrite);
      slots.read(count % 8, kept);
      check(JSON.stringify(kept) === JSON.stringify(rewrite), "What is kept is not what left");
      write();
    }
    // With its own number, a reader that has read all of these says the same of it.
    const { maskBit, maskBits, endBit, frameNumber } = descriptor;
    const targetCount = dependency.structure.decodeTargetCount;
    const activeTargets = count % 2 ** targetCount;
    Object.assign(rewrite, { hasMask: true, activeTargets, targetCount, frameNumber });
    Object.assign(rewrite, { maskBit, maskBits, endBit });
    const reason = mirror.read(out, 3, write(), mirrored);
    check(reason === DropReason.None, `Unreadable after rewriting: ${reason}`);
    check(mirrored.activeTargets === activeTargets, "Mask lost");
    const isSame = said(mirrored, mirror.structure) === said(descriptor, dependency.structure);
    check(isSame, "Says something else after rewriting");
  });
  check(taken > 50, `Only ${taken} packets were forwarded: the corpus is of no use`);
});
