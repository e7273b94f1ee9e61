import type { livekit } from "../../gen/livekit.js";
import { attributesBytes, isLonger } from "../../rtc/participant/signal-handler.ts";
import type { RtcSettings } from "../../rtc/rtc-services.ts";

/** The limit that an agent dispatch exceeds, wherever it was asked for; undefined: none. */
export function exceededDispatchLimit(
  { metadata, attributes }: livekit.IRoomAgentDispatch,
  { maxMetadataBytes, maxAttributesBytes }: RtcSettings,
): { argument: string; limit: number } | undefined {
  if (isLonger(metadata ?? "", maxMetadataBytes)) {
    return { argument: "metadata size exceeds limits", limit: maxMetadataBytes };
  }
  if (maxAttributesBytes > 0 && attributesBytes(attributes ?? {}) > maxAttributesBytes) {
    return { argument: "attribute size exceeds limits", limit: maxAttributesBytes };
  }
  return undefined;
}
