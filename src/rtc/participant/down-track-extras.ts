import type { DownTrackExtras } from "../../bridge/commands.ts";
import { livekit } from "../../gen/livekit.js";
import type { PublishedTrack } from "../publication/published-track.ts";
import type { Participant } from "./participant.ts";

const { CAP_PACKET_TRAILER } = livekit.ClientInfo.Capability;

/** How a participant is sent a track, beyond the ordinary: by room, client, track and settings. */
export function downTrackExtras(
  { client, room, services }: Participant,
  track: PublishedTrack,
): DownTrackExtras {
  const { disableRed, packetTrailerFeatures } = track.info;
  const { isEncrypted, isVideo } = track;
  return {
    playoutDelay: isVideo ? room.options.playoutDelay : undefined,
    isEncrypted,
    sifTrailer: isEncrypted ? room.sifTrailer : undefined,
    stripsPacketTrailer:
      packetTrailerFeatures.length > 0 && !client.info.capabilities.includes(CAP_PACKET_TRAILER),
    encodesRed: !isVideo && services.settings.activeRedEncoding && !disableRed && !isEncrypted,
    isAnnounced: !client.capabilities.seesTracksByDescription,
  };
}
