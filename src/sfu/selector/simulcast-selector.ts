import type { MediaPacket } from "../packet/media-packet.ts";
import type { Layers } from "./layers.ts";
import { type LayerSelector, Selection } from "./selection.ts";

/**
 * One stream per spatial layer: goes from one to another at key frames only, up towards the
 * target through whatever comes first, down when the target (or something between) has one.
 * A track with a single stream is the case of one layer.
 */
export const SIMULCAST_SELECTOR: LayerSelector = {
  select(packet: MediaPacket, layers: Layers): Selection {
    const layer = packet.spatialLayer;
    // A key frame that comes late would start in the middle of the frames after it.
    if (packet.isKeyFrame && !packet.isOutOfOrder) switchAtKeyFrame(packet, layer, layers);
    return layer === layers.currentSpatial ? Selection.Take : Selection.Skip;
  },
};

function switchAtKeyFrame(packet: MediaPacket, layer: number, layers: Layers): void {
  const current = layers.currentSpatial;
  const target = layers.targetSpatial;
  if (layer === current) return;
  const isUp = current < layer && layer <= target;
  const isDown = target <= layer && layer < current;
  // Above what is asked for, which happens when nothing else was published: any way down will do.
  const isBackFromOvershoot = current > layers.maxSpatial && layer <= layers.maxSpatial;
  if (!(isUp || isDown || isBackFromOvershoot)) return;
  layers.save();
  layers.currentSpatial = layer;
  layers.currentTemporal = packet.temporalLayer;
  if (isUp && (layer >= layers.maxSpatial || layer === layers.maxSeenSpatial)) {
    layers.targetSpatial = layer;
  }
}
