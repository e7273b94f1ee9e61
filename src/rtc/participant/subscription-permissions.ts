import type { livekit } from "../../gen/livekit.js";

type Allowed = { readonly allTracks: boolean; readonly trackSids: ReadonlySet<string> };

/** Of one update: more is refused. */
const ENTRIES_MAX = 10_000;
const SIDS_MAX = 20_000;
/** All identities and sids of one update, characters. */
const LENGTH_MAX = 1024 * 1024;

/** What an update that is too large is refused with; undefined: it is not. */
export function oversizeOf({
  trackPermissions,
}: livekit.ISubscriptionPermission): string | undefined {
  const entries = trackPermissions ?? [];
  if (entries.length > ENTRIES_MAX) return `more than ${ENTRIES_MAX} track permissions`;
  let sids = 0;
  let length = 0;
  for (const { participantIdentity, trackSids } of entries) {
    sids += trackSids?.length ?? 0;
    length += participantIdentity?.length ?? 0;
    for (const sid of trackSids ?? []) length += sid.length;
  }
  if (sids > SIDS_MAX) return `more than ${SIDS_MAX} track sids in track permissions`;
  return length > LENGTH_MAX
    ? `track permissions name more than ${LENGTH_MAX} characters`
    : undefined;
}

/** Who may subscribe to a publisher's tracks, by that publisher's own word (spec-signalling 4.5). */
export class SubscriptionPermissions {
  /** undefined: everyone. */
  #byIdentity: Map<string, Allowed> | undefined;

  isAllowed(identity: string, trackSid: string): boolean {
    if (this.#byIdentity === undefined) return true;
    const allowed = this.#byIdentity.get(identity);
    return allowed !== undefined && (allowed.allTracks || allowed.trackSids.has(trackSid));
  }

  /**
   * Replaces the former permissions completely. An entry that names nobody makes the whole update
   * fail, and the former ones stay; so does an update that is too large.
   *
   * @param identityOfSid who has a participant sid now; a sid that nobody has is skipped
   * @returns false when the update was refused
   */
  update(
    update: livekit.ISubscriptionPermission,
    identityOfSid: (sid: string) => string | undefined,
  ): boolean {
    if (update.allParticipants === true) {
      this.#byIdentity = undefined;
      return true;
    }
    if (oversizeOf(update) !== undefined) return false;
    const entries = update.trackPermissions ?? [];
    const byIdentity = new Map<string, Allowed>();
    for (const entry of entries) {
      const named = entry.participantIdentity ?? "";
      const sid = entry.participantSid ?? "";
      if (named === "" && sid === "") return false;
      const identity = named !== "" ? named : identityOfSid(sid);
      if (identity === undefined) continue;
      byIdentity.set(identity, {
        allTracks: entry.allTracks ?? false,
        trackSids: new Set(entry.trackSids ?? []),
      });
    }
    this.#byIdentity = byIdentity;
    return true;
  }
}
