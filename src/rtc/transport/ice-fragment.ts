import { readSdpFragment } from "../../wire/sdp/read-sdp.ts";
import { type MediaSection, NO_TRANSPORT } from "../../wire/sdp/session-description.ts";
import { writeSdpFragment } from "../../wire/sdp/write-sdp.ts";
import { candidateLine } from "../negotiation/candidate-line.ts";
import type { IceCredentials } from "./peer-transport.ts";
import type { PublisherSession } from "./publisher-session.ts";

export type FragmentRefusal = {
  readonly kind: "refused";
  readonly reason: "invalid" | "credential-mismatch";
};

export type IceRestart = {
  readonly kind: "restarted";
  /** Our credentials and all of our candidates, as a fragment. */
  readonly sdp: string;
};

/** The first section of a fragment, which answers repeat, and the credentials that it is about. */
type ReadFragment = { readonly section: MediaSection; readonly credentials: IceCredentials };

const INVALID: FragmentRefusal = { kind: "refused", reason: "invalid" };

/**
 * Candidates that a client trickles by HTTP (RFC 9725 §4.3.2). Being ICE-lite we have no use for
 * them, beyond saying what is wrong with them.
 */
export function trickleFragment(
  publisher: PublisherSession,
  sdp: string,
): FragmentRefusal | undefined {
  const fragment = readFragment(publisher, sdp);
  if (fragment === undefined) return INVALID;
  return isCurrent(publisher, fragment)
    ? undefined
    : { kind: "refused", reason: "credential-mismatch" };
}

/**
 * New credentials of the client get new ones of ours (RFC 9725 §4.3.3). Those that it has already
 * restart nothing: its request was repeated.
 */
export function restartByFragment(
  publisher: PublisherSession,
  sdp: string,
): IceRestart | FragmentRefusal {
  const fragment = readFragment(publisher, sdp);
  if (fragment === undefined) return INVALID;
  if (!isCurrent(publisher, fragment)) publisher.restartIce(fragment.credentials);
  const { kind, protocol, formats, mid } = fragment.section;
  const { credentials, candidates } = publisher.peer;
  return {
    kind: "restarted",
    sdp: writeSdpFragment([[...(publisher.lastTransport?.mids ?? [])]], {
      kind,
      protocol,
      formats,
      mid,
      transport: { ...NO_TRANSPORT, iceUfrag: credentials.ufrag, icePwd: credentials.pwd },
      candidates: candidates.map(candidateLine),
    }),
  };
}

function isCurrent({ lastTransport }: PublisherSession, { credentials }: ReadFragment): boolean {
  const { ufrag, pwd } = lastTransport?.remote ?? {};
  return credentials.ufrag === ufrag && credentials.pwd === pwd;
}

function readFragment({ lastTransport }: PublisherSession, sdp: string): ReadFragment | undefined {
  const read = readSdpFragment(sdp);
  if (read.kind !== "read" || lastTransport === undefined) return undefined;
  const { sections, transport } = read.description;
  const [section] = sections;
  if (section === undefined) return undefined;
  if (!sections.every(({ mid }) => lastTransport.mids.includes(mid))) return undefined;
  const stated = [...sections.map((one) => one.transport), transport].find(
    ({ iceUfrag, icePwd }) => iceUfrag !== "" && icePwd !== "",
  );
  if (stated === undefined) return undefined;
  return { section, credentials: { ufrag: stated.iceUfrag, pwd: stated.icePwd } };
}
