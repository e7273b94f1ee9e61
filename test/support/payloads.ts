import { BitWriter, escapeNalu } from "./bit-writer.ts";

/** VP8 with picture id, TL0PICIDX and layer; a key frame carries its size. */
export function vp8Payload(options: {
  readonly isStart?: boolean;
  readonly pictureId?: number;
  readonly tl0?: number;
  readonly tid?: number;
  readonly sync?: boolean;
  readonly keyIdx?: number;
  readonly size?: readonly [number, number];
}): Uint8Array {
  const id = options.pictureId ?? 1;
  const idBytes = id > 127 ? [0x80 | (id >> 8), id & 0xff] : [id];
  const head = [
    (options.isStart ?? true) ? 0x90 : 0x80,
    0xf0,
    ...idBytes,
    options.tl0 ?? 0,
    ((options.tid ?? 0) << 6) | (options.sync === true ? 0x20 : 0) | (options.keyIdx ?? 0),
  ];
  if (options.size === undefined) return Uint8Array.from([...head, 0x11, 2, 3, 4, 5, 6]);
  const [width, height] = options.size;
  const frame = [0x10, 2, 0, 0x9d, 0x01, 0x2a, width & 255, width >> 8, height & 255, height >> 8];
  return Uint8Array.from([...head, ...frame, 7, 8, 9]);
}

/** An H.264 sequence parameter set: baseline, or high with a scaling matrix. */
export function h264Sps(width: number, height: number, profile: number = 66): Uint8Array {
  const w = new BitWriter().u(8, profile).u(8, 0xc0).u(8, 31).ue(0);
  if (profile === 100) {
    w.ue(1).ue(0).ue(0).u(1, 0).u(1, 1);
    // One list that ends early (delta -8 makes the next scale zero), seven absent ones.
    w.u(1, 1).ue(16).u(7, 0);
  }
  const widthMbs = Math.ceil(width / 16);
  const heightMbs = Math.ceil(height / 16);
  w.ue(0).ue(2).ue(1).u(1, 0);
  w.ue(widthMbs - 1)
    .ue(heightMbs - 1)
    .u(1, 1)
    .u(1, 1);
  const cropX = (widthMbs * 16 - width) / 2;
  const cropY = (heightMbs * 16 - height) / 2;
  if (cropX + cropY > 0) w.u(1, 1).ue(0).ue(cropX).ue(0).ue(cropY);
  else w.u(1, 0);
  w.u(1, 0).u(1, 1);
  return Uint8Array.from([0x67, ...escapeNalu(w.bytes())]);
}

/** An H.265 sequence parameter set with `subLayers` further temporal layers. */
export function h265Sps(width: number, height: number, subLayers: number = 0): Uint8Array {
  const w = new BitWriter().u(4, 0).u(3, subLayers).u(1, 1);
  w.u(8, 1).u(32, 0x6000_0000).u(32, 0x9000_0000).u(16, 0).u(8, 93);
  for (let i = 0; i < subLayers; i++) w.u(2, 3);
  if (subLayers > 0) for (let i = subLayers; i < 8; i++) w.u(2, 0);
  for (let i = 0; i < subLayers; i++) w.u(32, 0).u(32, 0).u(24, 0).u(8, 30);
  w.ue(0)
    .ue(1)
    .ue(Math.ceil(width / 8) * 8)
    .ue(Math.ceil(height / 8) * 8);
  w.u(1, 1)
    .ue(0)
    .ue((Math.ceil(width / 8) * 8 - width) / 2);
  w.ue(0)
    .ue((Math.ceil(height / 8) * 8 - height) / 2)
    .u(1, 1);
  return Uint8Array.from([0x42, 0x01, ...escapeNalu(w.bytes())]);
}

/** Aggregates units into one payload: `header`, then each with its 16-bit size. */
export function aggregate(header: readonly number[], units: readonly Uint8Array[]): Uint8Array {
  const out = [...header];
  for (const unit of units) out.push(unit.length >> 8, unit.length & 255, ...unit);
  return Uint8Array.from(out);
}

/**
 * A dependency descriptor of two spatial and two temporal layers (L2T2 without chains on the upper
 * layer being special): templates S0T0 key, S0T0, S0T1, S1T0, S1T1; decode targets S0T0, S0T1,
 * S1T0, S1T1; two chains. Without `template` it is the key frame that brings the structure.
 */
export function dependencyL2T2(options: {
  readonly frameNumber: number;
  readonly template?: number;
  readonly isFirst?: boolean;
  readonly isLast?: boolean;
  readonly activeTargets?: number;
  readonly customDiffs?: readonly number[];
}): Uint8Array {
  const isKey = options.template === undefined;
  const w = new BitWriter();
  w.u(1, (options.isFirst ?? true) ? 1 : 0).u(1, (options.isLast ?? true) ? 1 : 0);
  w.u(6, (TEMPLATE_ID_OFFSET + (options.template ?? 0)) % 64).u(16, options.frameNumber);
  const hasMask = options.activeTargets !== undefined;
  const diffs = options.customDiffs;
  if (!isKey && !hasMask && diffs === undefined) return w.bytes();
  w.u(1, isKey ? 1 : 0)
    .u(1, hasMask ? 1 : 0)
    .u(1, 0)
    .u(1, diffs === undefined ? 0 : 1)
    .u(1, 0);
  if (isKey) {
    w.u(6, TEMPLATE_ID_OFFSET).u(5, 3);
    for (const next of [0, 1, 2, 1, 3]) w.u(2, next);
    for (const dtis of L2T2_DTIS) for (const dti of dtis) w.u(2, dti);
    for (const fdiffs of [[], [4], [2], [4, 1], [2, 1]]) {
      for (const diff of fdiffs) w.u(1, 1).u(4, diff - 1);
      w.u(1, 0);
    }
    w.ns(5, 2);
    for (const chain of [0, 0, 1, 1]) w.ns(2, chain);
    for (const chains of [
      [0, 0],
      [4, 3],
      [2, 1],
      [1, 1],
      [3, 2],
    ]) {
      for (const diff of chains) w.u(4, diff);
    }
    w.u(1, 1).u(16, 319).u(16, 179).u(16, 639).u(16, 359);
  }
  if (hasMask) w.u(4, options.activeTargets!);
  if (diffs !== undefined) {
    for (const diff of diffs) w.u(2, 1).u(4, diff - 1);
    w.u(2, 0);
  }
  return w.bytes();
}

const TEMPLATE_ID_OFFSET = 61;
/** By template and decode target: 0 not present, 1 discardable, 2 switch, 3 required. */
const L2T2_DTIS = [
  [2, 2, 2, 2],
  [2, 3, 3, 3],
  [0, 1, 0, 3],
  [0, 0, 2, 3],
  [0, 0, 0, 1],
];
