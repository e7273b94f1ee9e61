import { newId } from "../../base/ids.ts";
import { livekit } from "../../gen/livekit.js";
import { readSdp } from "../../wire/sdp/read-sdp.ts";
import {
  isReceiving,
  isRejected,
  isSending,
  type MediaSection,
} from "../../wire/sdp/session-description.ts";
import { chooseCodecs } from "./answer-codecs.ts";
import { codecSetOf, type EnabledCodec } from "./codec-table.ts";
import { isDataSection } from "./local-sections.ts";
import { type Refused, refuse } from "./negotiation-types.ts";
import { cidOf, offeredRids } from "./receive-encodings.ts";
import { isDtlsServer, readRemoteBundle } from "./remote-transport.ts";

const { TrackSource, TrackType } = livekit;

/** As many tracks as a client on a socket may have announced at a time. */
export const ONE_SHOT_TRACKS_MAX = 20;

/** The only offer of a client that says everything with it (RFC 9725). */
export type OneShotOffer = {
  readonly kind: "offer";
  readonly sdp: string;
  /** What `add_track` would have said of the sections that the client sends on, in their order. */
  readonly tracks: readonly livekit.AddTrackRequest[];
  /** Some section is for media from us. */
  readonly isReceiving: boolean;
  readonly media: readonly MediaSection[];
  readonly hasData: boolean;
};

/** Whether anything would be left of the offer in an answer. */
export function isAnswerable(
  { media, hasData }: OneShotOffer,
  enabled: readonly EnabledCodec[],
): boolean {
  const codecs = codecSetOf(enabled);
  const hasCodec = ({ kind, codecs: offered, direction }: MediaSection): boolean => {
    if (kind !== "audio" && kind !== "video") return false;
    const filter = { hasRed: true, hasH264High: isSending(direction) };
    return chooseCodecs(kind, offered, codecs, filter).length > 0;
  };
  return hasData || media.some(hasCodec);
}

/**
 * Reads what a WHIP client offers, before anything is made for it: what the server cannot answer is
 * refused here (spec-signalling 1.8).
 */
export function readOneShotOffer(sdp: string): OneShotOffer | Refused {
  const read = readSdp(sdp);
  if (read.kind === "malformed") return refuse("malformed_sdp", read.detail);
  if (read.kind === "too-many-sections") return refuse("too_many_sections", read.detail);
  const { description } = read;
  const bundle = readRemoteBundle(description);
  if (bundle.kind === "refused") return bundle;
  if (isDtlsServer(description, bundle)) {
    return refuse("unsupported_setup", "it has a=setup:passive, but the server does not connect");
  }
  const media = description.sections.filter(
    (section) =>
      (section.kind === "audio" || section.kind === "video") &&
      !isRejected(section) &&
      bundle.mids.has(section.mid),
  );
  const sending = media.filter(({ direction }) => isSending(direction));
  if (sending.length > ONE_SHOT_TRACKS_MAX) {
    return refuse("too_many_sections", `it publishes more than ${ONE_SHOT_TRACKS_MAX} tracks`);
  }
  return {
    kind: "offer",
    sdp,
    tracks: tracksOf(sending),
    isReceiving: media.some(({ direction }) => isReceiving(direction)),
    media,
    hasData: description.sections.some(
      (section) => isDataSection(section) && !isRejected(section) && bundle.mids.has(section.mid),
    ),
  };
}

/** Nobody announces these tracks: name and source are made up by their kind. */
function tracksOf(sections: readonly MediaSection[]): livekit.AddTrackRequest[] {
  const cids = new Set<string>();
  return sections.map((section) => {
    const named = cidOf(section);
    const cid = named === "" || cids.has(named) ? newId("TR_") : named;
    cids.add(cid);
    return trackOf(section, cid);
  });
}

function trackOf(section: MediaSection, cid: string): livekit.AddTrackRequest {
  const isVideo = section.kind === "video";
  return new livekit.AddTrackRequest({
    cid,
    type: isVideo ? TrackType.VIDEO : TrackType.AUDIO,
    name: isVideo ? "synthesized-camera" : "synthesized-microphone",
    source: isVideo ? TrackSource.CAMERA : TrackSource.MICROPHONE,
    stream: "camera",
    disableDtx: true,
    layers: isVideo ? layersOf(section) : [],
  });
}

/** Which rid is which quality is read from their names and order, as for any section. */
function layersOf(section: MediaSection): livekit.IVideoLayer[] {
  const rids = offeredRids(section);
  if (rids.length < 2) return [{}];
  return rids.map((_, quality) => ({ quality }));
}
