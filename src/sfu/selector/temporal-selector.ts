import type { MediaPacket } from "../packet/media-packet.ts";
import type { Layers } from "./layers.ts";

/**
 * Temporal layers of streams without spatial ones (VP8, H.265): up to the target at a key frame,
 * else one layer at a time where the encoder allows it; down at the end of a frame.
 *
 * Call once per selected packet.
 *
 * @returns whether the packet is within the temporal layer that is forwarded
 */
export function selectTemporal(packet: MediaPacket, layers: Layers): boolean {
  if (packet.isOutOfOrder) return packet.temporalLayer <= layers.temporalAt(packet.extSn);
  const layer = packet.temporalLayer;
  if (layers.currentTemporal < layers.targetTemporal && layer <= layers.targetTemporal) {
    if (packet.isKeyFrame) layers.raiseTemporal(layers.targetTemporal, packet.extSn);
    else if (
      layer === layers.currentTemporal + 1 &&
      packet.isSwitchingPoint &&
      packet.isFrameStart
    ) {
      layers.raiseTemporal(layer, packet.extSn);
    }
  }
  const isWithin = layer <= layers.currentTemporal;
  if (packet.marker && layers.currentTemporal > layers.targetTemporal) {
    layers.currentTemporal = layers.targetTemporal;
  }
  return isWithin;
}

/**
 * Of a late packet above the temporal layer that was forwarded, whose VP8 picture has an id reserved:
 * receivers can decode it, and a picture that is missing would keep others back, so it goes out,
 * but where nothing but the lowest layer did: then what it refers to was left out.
 */
export function mayComeLate(packet: MediaPacket, layers: Layers): boolean {
  if (!packet.isOutOfOrder) return false;
  return packet.isSwitchingPoint || layers.temporalAt(packet.extSn) > 0;
}
