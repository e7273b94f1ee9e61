import { livekit } from "../../gen/livekit.js";
import { isLonger } from "../participant/signal-handler.ts";

const Reason = livekit.RequestResponse.Reason;

/**
 * What a client calls its tracks, streams and encodings goes to everyone in the room, again with
 * each change: bounded, so that one participant cannot keep the control thread busy with it.
 */
const NAME_BYTES_MAX = 256;
const RID_BYTES_MAX = 64;

/** Why an `add_track` is refused for the length of what it says; undefined: it is not. */
export function oversizeOf(
  request: livekit.AddTrackRequest,
): { reason: livekit.RequestResponse.Reason; message: string } | undefined {
  if (isLonger(request.name, NAME_BYTES_MAX)) {
    const message = `track name should not exceed ${NAME_BYTES_MAX} bytes`;
    return { reason: Reason.INVALID_NAME, message };
  }
  const codecs = request.simulcastCodecs;
  const names = [request.cid, request.stream, ...codecs.flatMap(({ codec, cid }) => [codec, cid])];
  if (names.some((name) => isLonger(name ?? "", NAME_BYTES_MAX))) {
    const message = `cid, stream and codec of a track should not exceed ${NAME_BYTES_MAX} bytes`;
    return { reason: Reason.INVALID_REQUEST, message };
  }
  const layers = [...request.layers, ...codecs.flatMap((codec) => codec.layers ?? [])];
  if (layers.some(({ rid }) => isLonger(rid ?? "", RID_BYTES_MAX))) {
    const message = `rid of a layer should not exceed ${RID_BYTES_MAX} bytes`;
    return { reason: Reason.INVALID_REQUEST, message };
  }
  return undefined;
}
