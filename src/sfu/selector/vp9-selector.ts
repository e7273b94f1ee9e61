import type { MediaPacket } from "../packet/media-packet.ts";
import type { Layers } from "./layers.ts";
import { type LayerSelector, Selection } from "./selection.ts";

/**
 * VP9 with all spatial layers in one stream, by its payload descriptor (RFC 9628 §3, §4.2). Layers
 * are added where the stream says so, and cut between pictures, so that no picture leaves in half.
 */
export const VP9_SELECTOR: LayerSelector = {
  select(packet: MediaPacket, layers: Layers): Selection {
    // Where it belongs there may have been fewer layers: the rest of its frame was left out then.
    if (packet.isOutOfOrder) return wasWithin(packet, layers) ? Selection.Take : Selection.Skip;
    if (layers.currentSpatial < 0) {
      if (!packet.isKeyFrame) return Selection.Skip;
      layers.save();
      layers.currentSpatial = packet.spatialLayer;
      layers.currentTemporal = packet.temporalLayer;
    }
    if (packet.isLayerFrameStart) goUp(packet, layers);
    let selection: Selection = Selection.Skip;
    if (isWithin(packet, layers)) {
      selection = endsPicture(packet, layers) ? Selection.TakeAndMark : Selection.Take;
    }
    if (packet.marker) goDown(layers);
    return selection;
  },
};

function isWithin(packet: MediaPacket, layers: Layers): boolean {
  return (
    packet.spatialLayer <= layers.currentSpatial && packet.temporalLayer <= layers.currentTemporal
  );
}

function wasWithin({ extSn, spatialLayer, temporalLayer }: MediaPacket, layers: Layers): boolean {
  return spatialLayer <= layers.spatialAt(extSn) && temporalLayer <= layers.temporalAt(extSn);
}

function goUp(packet: MediaPacket, layers: Layers): void {
  if (packet.isKeyFrame) {
    // Every layer can begin here. Those that are known to come are taken from their first packet
    // on: it may be late, and what followed it would have been left out.
    if (layers.currentTemporal < layers.targetTemporal) {
      layers.raiseTemporal(layers.targetTemporal, packet.extSn);
    }
    const known = Math.min(layers.targetSpatial, layers.maxSeenSpatial);
    if (layers.currentSpatial < known) layers.raiseSpatial(known, packet.extSn);
  } else if (
    packet.isSwitchingPoint &&
    packet.temporalLayer > layers.currentTemporal &&
    packet.temporalLayer <= layers.targetTemporal
  ) {
    layers.raiseTemporal(packet.temporalLayer, packet.extSn);
  }
  if (
    // upon a layer that was left out it could not stand
    packet.spatialLayer === layers.currentSpatial + 1 &&
    packet.spatialLayer <= layers.targetSpatial &&
    !packet.isInterPicturePredicted
  ) {
    layers.raiseSpatial(packet.spatialLayer, packet.extSn);
  }
}

/** Takes effect for the next picture. */
function goDown(layers: Layers): void {
  if (layers.currentTemporal > layers.targetTemporal) {
    layers.currentTemporal = layers.targetTemporal;
  }
  if (layers.currentSpatial > layers.targetSpatial) layers.currentSpatial = layers.targetSpatial;
}

/**
 * The last packet of the picture as the subscriber sees it. Not at an intra picture with the
 * target above, since the next layer up may begin right after it.
 */
function endsPicture(packet: MediaPacket, layers: Layers): boolean {
  return (
    packet.isLayerFrameEnd &&
    packet.spatialLayer === layers.currentSpatial &&
    (packet.isInterPicturePredicted || layers.targetSpatial <= layers.currentSpatial)
  );
}
