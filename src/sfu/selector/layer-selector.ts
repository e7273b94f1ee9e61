import { Codec } from "../../wire/rtp/codec.ts";
import { PASS_THROUGH_SELECTOR } from "./pass-through-selector.ts";
import type { LayerSelector } from "./selection.ts";
import { SIMULCAST_SELECTOR } from "./simulcast-selector.ts";
import { VP9_SELECTOR } from "./vp9-selector.ts";

/**
 * The selector for a track.
 *
 * @param isSvc all spatial layers come in one stream, instead of one stream each
 */
export function layerSelectorFor(codec: Codec, isSvc: boolean): LayerSelector {
  if (!isSvc) return SIMULCAST_SELECTOR;
  return codec === Codec.Vp9 ? VP9_SELECTOR : PASS_THROUGH_SELECTOR;
}
