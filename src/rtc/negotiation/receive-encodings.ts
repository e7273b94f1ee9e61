import type { ReceiveEncoding } from "../../bridge/commands.ts";
import type { MediaSection } from "../../wire/sdp/session-description.ts";
import type { MediaKind } from "./negotiation-types.ts";
import type { DeclaredLayer } from "./publisher-types.ts";

/** Simulcast layers that we forward; a client that offers more is told to send these. */
export const SPATIAL_LAYERS_MAX = 3;

/** Rids whose names say which quality they are, in ascending order (spec-signalling 8.4). */
const RID_SPACES: readonly (readonly string[])[] = [
  ["q", "h", "f"],
  ["2", "1", "0"],
];

/** The rids that the client sends, lowest layer first as offered; empty without simulcast by rid. */
export function offeredRids(section: MediaSection): string[] {
  const declared = new Set(
    section.rids.filter(({ direction }) => direction === "send").map(({ id }) => id),
  );
  const listed = section.simulcast?.send.map((alternatives) => alternatives[0]?.rid ?? "");
  const rids = (listed ?? [...declared]).filter((rid) => declared.has(rid));
  return [...new Set(rids)].slice(0, SPATIAL_LAYERS_MAX);
}

/**
 * How the encodings of an offered section are told apart, and which spatial layer each one is.
 *
 * @param layers what the track declares for this codec
 */
export function readEncodings(
  kind: MediaKind,
  section: MediaSection,
  layers: readonly DeclaredLayer[],
): ReceiveEncoding[] {
  const rids = offeredRids(section);
  if (kind === "video" && rids.length > 0) return encodingsByRid(rids, layers);
  const primaries = primarySsrcs(section);
  const simulcast = section.ssrcGroups.find(({ semantics }) => semantics === "SIM");
  const ssrcs =
    kind === "video" && simulcast !== undefined
      ? simulcast.ssrcs.slice(0, SPATIAL_LAYERS_MAX)
      : primaries.slice(0, 1);
  if (ssrcs.length === 0) return [{ spatialLayer: 0, rid: "", ssrc: 0, rtxSsrc: 0 }];
  return ssrcs.map((ssrc, spatialLayer) => ({
    spatialLayer,
    rid: "",
    ssrc,
    rtxSsrc: rtxSsrcOf(section, ssrc),
  }));
}

/** SSRCs come with the packets: the mid and rid extensions tell them apart (RFC 8852). */
function encodingsByRid(
  rids: readonly string[],
  layers: readonly DeclaredLayer[],
): ReceiveEncoding[] {
  const spatialLayers = spatialLayersOf(rids, layers);
  return rids.map((rid, i) => ({ spatialLayer: spatialLayers[i]!, rid, ssrc: 0, rtxSsrc: 0 }));
}

/**
 * Spatial layer of each rid (spec-media 3.9): by the rid that the track declares for a quality, or
 * by the name's own quality, or by position; then compacted to the declared qualities. When that
 * gives two rids one layer, the track declares less than it offers, and the order alone decides.
 */
export function spatialLayersOf(
  rids: readonly string[],
  declaredLayers: readonly DeclaredLayer[],
): number[] {
  if (rids.length === 1) return [0];
  // OFF is a VideoQuality, too, but no layer
  const layers = declaredLayers.filter(
    ({ quality }) => quality >= 0 && quality < SPATIAL_LAYERS_MAX,
  );
  const space = RID_SPACES.find((names) => rids.every((rid) => names.includes(rid)));
  const qualities = rids.map((rid, position) => {
    const declared = layers.find((layer) => layer.rid === rid);
    return declared?.quality ?? (space === undefined ? position : space.indexOf(rid));
  });
  const declared = [...new Set(layers.map(({ quality }) => quality))].sort((a, b) => a - b);
  const spatialLayers = qualities.map((quality) => spatialLayerOf(quality, declared));
  if (new Set(spatialLayers).size === rids.length) return spatialLayers;
  const ascending = new Set(qualities).size === rids.length ? qualities : rids.map((_, i) => i);
  return ascending.map((quality) => ascending.filter((other) => other < quality).length);
}

/** @param declared qualities, ascending and distinct; empty when nothing is declared */
function spatialLayerOf(quality: number, declared: readonly number[]): number {
  const highest = (declared.length === 0 ? SPATIAL_LAYERS_MAX : declared.length) - 1;
  const below = declared.length === 0 ? quality : declared.filter((q) => q < quality).length;
  return Math.max(0, Math.min(below, highest));
}

/** SSRCs of media, without those of repair streams (RFC 4588 §8.7, RFC 5956 §4). */
function primarySsrcs(section: MediaSection): number[] {
  const repairs = new Set(
    section.ssrcGroups
      .filter(({ semantics }) => semantics === "FID" || semantics.startsWith("FEC"))
      .flatMap(({ ssrcs }) => ssrcs.slice(1)),
  );
  return section.ssrcs.map(({ ssrc }) => ssrc).filter((ssrc) => !repairs.has(ssrc));
}

function rtxSsrcOf(section: MediaSection, ssrc: number): number {
  const group = section.ssrcGroups.find(
    ({ semantics, ssrcs }) => semantics === "FID" && ssrcs[0] === ssrc,
  );
  return group?.ssrcs[1] ?? 0;
}

/** Track id of the section's msid: how a section finds the track that add_track announced. */
export function cidOf(section: MediaSection): string {
  const msid = section.msids[0] ?? section.ssrcs.find((ssrc) => ssrc.msid !== undefined)?.msid;
  return msid?.trackId ?? "";
}
