import { Codec, mimeTypeOf } from "../../wire/rtp/codec.ts";
import type { SendTrack as NegotiatedTrack } from "../negotiation/subscriber-types.ts";
import type { SendTrack } from "../subscription/subscriptions.ts";

/**
 * What a negotiation needs of a track that is to be sent, in whichever description it will stand.
 *
 * @param streamId of the publisher: the stream in `msid`, and the CNAME that its tracks share
 */
export function negotiatedSend(send: SendTrack, streamId: string): NegotiatedTrack {
  const { track, prefersRed } = send;
  return {
    key: send.downTrackId,
    kind: track.isVideo ? "video" : "audio",
    trackSid: track.sid,
    streamId,
    preferredMimes: prefersRed ? [mimeTypeOf(Codec.Red), ...track.mimes] : track.mimes,
    isStereo: track.info.stereo,
    ssrc: send.ssrc,
    rtxSsrc: send.rtxSsrc,
    cname: streamId,
  };
}
