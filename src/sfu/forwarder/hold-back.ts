import type { MediaPacket } from "../packet/media-packet.ts";
import type { Layers } from "../selector/layers.ts";

/**
 * Keeps packets of a simulcast layer back while bandwidth is short and a lower layer is wanted that
 * has no key frame yet (spec-media 4.6).
 */
export class HoldBack {
  #isHolding = false;
  #fromExtSn = 0;

  /**
   * Nothing more after the frame that is on its way. What comes late from before goes out: frames
   * that were sent need it.
   *
   * @param isAtFrameEnd the frame that was sent last is complete
   */
  holds(packet: MediaPacket, layers: Layers, isAtFrameEnd: boolean): boolean {
    const mayBegin = isAtFrameEnd && !packet.isOutOfOrder && !this.#isHolding;
    if (mayBegin && isAboveTarget(layers)) {
      this.#isHolding = true;
      this.#fromExtSn = packet.extSn;
    }
    return this.#isHolding && packet.extSn >= this.#fromExtSn;
  }

  /** What was held back is gone, and its layer is wanted again: it needs a key frame. */
  isOver(layers: Layers): boolean {
    return this.#isHolding && !isAboveTarget(layers);
  }

  /** Another piece begins. */
  end(): void {
    this.#isHolding = false;
  }
}

function isAboveTarget(layers: Layers): boolean {
  return layers.isDeficient && layers.targetSpatial < layers.currentSpatial;
}
