/**
 * What the readers of this folder find out about one packet's payload. `MediaPacket` has these
 * fields, so that readers fill it in place. A reader sets only what its format tells; the caller
 * begins with the values of `clearPayloadFields`.
 */
export interface PayloadFields {
  /** Layer of an SVC stream, 0..3; 0 where the format does not tell. */
  spatialLayer: number;
  /** 0..7 */
  temporalLayer: number;
  /** The packet begins a key frame. */
  isKeyFrame: boolean;
  /** The packet begins a frame; true where the format does not tell. */
  isFrameStart: boolean;
  /** A subscriber may go up to this temporal layer here. */
  isSwitchingPoint: boolean;
  /** -1 where absent, 7 or 15 bits. */
  pictureId: number;
  pictureIdIsLong: boolean;
  /** 8 bits; -1 where absent. */
  tl0PicIdx: number;
  /** 5 bits; -1 where absent. */
  keyIdx: number;
  /** Length of a payload descriptor that may be rewritten (VP8); 0 elsewhere. */
  descriptorBytes: number;
  isLayerFrameStart: boolean;
  isLayerFrameEnd: boolean;
  isInterPicturePredicted: boolean;
}

export function clearPayloadFields(fields: PayloadFields): void {
  fields.spatialLayer = 0;
  fields.temporalLayer = 0;
  fields.isKeyFrame = false;
  fields.isFrameStart = true;
  fields.isSwitchingPoint = false;
  fields.pictureId = -1;
  fields.pictureIdIsLong = false;
  fields.tl0PicIdx = -1;
  fields.keyIdx = -1;
  fields.descriptorBytes = 0;
  fields.isLayerFrameStart = false;
  fields.isLayerFrameEnd = false;
  fields.isInterPicturePredicted = false;
}

export const SPATIAL_LAYERS_MAX = 8;

/**
 * Sizes of the pictures that a packet announces, by spatial layer; `count` is 0 when it announces
 * none. Filled by the readers, emptied by the caller.
 */
export class FrameSizes {
  count = 0;
  readonly widths: Uint16Array = new Uint16Array(SPATIAL_LAYERS_MAX);
  readonly heights: Uint16Array = new Uint16Array(SPATIAL_LAYERS_MAX);

  /** A single picture; sizes of zero or beyond 16 bits are no sizes. */
  set(width: number, height: number): void {
    if (width <= 0 || height <= 0 || width > 65_535 || height > 65_535) return;
    this.widths[0] = width;
    this.heights[0] = height;
    this.count = 1;
  }
}
