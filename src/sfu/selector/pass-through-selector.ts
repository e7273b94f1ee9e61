import type { MediaPacket } from "../packet/media-packet.ts";
import type { Layers } from "./layers.ts";
import { type LayerSelector, Selection } from "./selection.ts";

/** Everything from a key frame on: for streams whose layers we do not take apart. */
export const PASS_THROUGH_SELECTOR: LayerSelector = {
  select(packet: MediaPacket, layers: Layers): Selection {
    if (layers.currentSpatial < 0) {
      if (!packet.isKeyFrame || packet.isOutOfOrder) return Selection.Skip;
      layers.save();
      layers.currentSpatial = layers.targetSpatial;
      layers.currentTemporal = layers.targetTemporal;
    } else {
      layers.currentSpatial = layers.targetSpatial;
    }
    return Selection.Take;
  },
};
