import {
  isRejected,
  type MediaSection,
  type SessionDescription,
} from "../../wire/sdp/session-description.ts";
import type { BundleSection, Refused, RemoteTransport } from "./negotiation-types.ts";
import { refuse } from "./negotiation-types.ts";

/** The one transport that all sections of a description share (RFC 9143). */
export type RemoteBundle = {
  readonly kind: "bundle";
  readonly mids: ReadonlySet<string>;
  readonly tagged: BundleSection;
  readonly transport: RemoteTransport;
};

/**
 * What makes a description one bundle with one transport.
 *
 * A description whose only section has no group is a bundle of one, as some WHIP clients write it.
 * Sections outside the group cannot be used: we have one transport.
 */
export function readRemoteBundle(description: SessionDescription): RemoteBundle | Refused {
  const used = description.sections.filter((section) => !isRejected(section));
  const duplicate = duplicateMid(description.sections);
  if (duplicate !== undefined) {
    return refuse("duplicate_mid", `two media sections have the mid ${duplicate.slice(0, 32)}`);
  }
  if (used.some((section) => section.mid === "")) {
    return refuse("missing_mid", "a media section has no a=mid");
  }
  const group = description.bundleGroups[0] ?? (used.length === 1 ? [used[0]!.mid] : []);
  const mids = new Set(group);
  const bundled = used.filter((section) => mids.has(section.mid));
  if (used.length > 0 && bundled.length === 0) {
    return refuse("no_bundle", "its media sections are in no BUNDLE group");
  }
  // the first mid of the group names the section whose attributes count (RFC 9143 §7.2)
  const byMid = new Map(bundled.map((section) => [section.mid, section]));
  const taggedMid = group.find((mid) => byMid.has(mid)) ?? "";
  const tagged = byMid.get(taggedMid);
  const transport = readTransport(description, tagged, bundled);
  if ("kind" in transport) return transport;
  const index = tagged === undefined ? 0 : description.sections.indexOf(tagged);
  return { kind: "bundle", mids, tagged: { mid: taggedMid, index }, transport };
}

function duplicateMid(sections: readonly MediaSection[]): string | undefined {
  const seen = new Set<string>();
  for (const { mid } of sections) {
    if (mid !== "" && seen.has(mid)) return mid;
    seen.add(mid);
  }
  return undefined;
}

function readTransport(
  description: SessionDescription,
  tagged: MediaSection | undefined,
  bundled: readonly MediaSection[],
): RemoteTransport | Refused {
  const sources = [
    ...(tagged === undefined ? [] : [tagged.transport]),
    description.transport,
    ...bundled.map((section) => section.transport),
  ];
  const ice = sources.find(({ iceUfrag, icePwd }) => iceUfrag !== "" && icePwd !== "");
  if (ice === undefined) {
    return refuse("missing_ice_credentials", "it has no valid a=ice-ufrag and a=ice-pwd");
  }
  const fingerprint = sources
    .flatMap(({ fingerprints }) => fingerprints)
    .find(({ algorithm, value }) => algorithm === "sha-256" && value.length === 32 * 3 - 1);
  if (fingerprint === undefined) {
    return refuse("missing_fingerprint", "it has no a=fingerprint with sha-256");
  }
  return { ufrag: ice.iceUfrag, pwd: ice.icePwd, fingerprint: fingerprint.value };
}

/**
 * We are the DTLS server, always: being ICE-lite, we must not have to send first. A client that
 * insists on the same role cannot connect (RFC 8842 §5).
 */
export function isDtlsServer(description: SessionDescription, bundle: RemoteBundle): boolean {
  const tagged = description.sections[bundle.tagged.index];
  return (tagged?.transport.setup ?? description.transport.setup) === "passive";
}

/** Follows a client's transport through its descriptions. */
export class RemoteTransportHistory {
  #last: RemoteTransport | undefined;

  /** DTLS is not restarted: a new certificate needs a new connection (RFC 8842 §4). */
  hasOtherFingerprint(transport: RemoteTransport): boolean {
    return this.#last !== undefined && this.#last.fingerprint !== transport.fingerprint;
  }

  isIceRestart({ ufrag, pwd }: RemoteTransport): boolean {
    return this.#last !== undefined && (this.#last.ufrag !== ufrag || this.#last.pwd !== pwd);
  }

  keep(transport: RemoteTransport): void {
    this.#last = transport;
  }
}
