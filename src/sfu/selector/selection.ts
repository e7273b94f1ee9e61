import type { MediaPacket } from "../packet/media-packet.ts";
import type { Layers } from "./layers.ts";

/** What a selector says of a packet. */
export const Selection = {
  /** Not of the layer that is forwarded: of another stream, or to be left out of this one. */
  Skip: 0,
  /** Forward, with the marker as it came. */
  Take: 1,
  /** Forward, and mark it: the layers above, which would have ended the frame, are cut. */
  TakeAndMark: 2,
} as const;
export type Selection = (typeof Selection)[keyof typeof Selection];

/**
 * Chooses the packets of a video track that a subscriber gets. Keeps no state of its own: all of
 * it is in `layers`, so one object serves every down track.
 */
export interface LayerSelector {
  /** Moves `layers.current` where the packet allows it. Runs once per packet and subscriber. */
  select(packet: MediaPacket, layers: Layers): Selection;
}
