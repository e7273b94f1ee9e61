import type { livekit } from "../../gen/livekit.js";

type Allowed = { readonly allTracks: boolean; readonly trackSids: ReadonlySet<string> };

/** Entries of one update that are kept. */
const ENTRIES_MAX = 10_000;

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
   * fail, and the former ones stay.
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
    const entries = update.trackPermissions ?? [];
    if (entries.length > ENTRIES_MAX) return false;
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
