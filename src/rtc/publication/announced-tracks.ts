import { livekit } from "../../gen/livekit.js";

/** Announcements that wait for an earlier track of the same client id. */
export const QUEUED_PER_CID_MAX = 3;
/** Client ids that are remembered as used up; the oldest are forgotten. */
const RELEASED_MAX = 1_000;

type Pending = { readonly info: livekit.TrackInfo; sinceMs: number };

/**
 * Tracks that a client announced by `add_track` and that are not published yet, by the client's
 * own id (spec-signalling 4.1). One is pending for each id, the others of that id wait in a queue.
 */
export class AnnouncedTracks {
  readonly #pending = new Map<string, Pending>();
  readonly #queued = new Map<string, livekit.TrackInfo[]>();
  readonly #released = new Set<string>();

  get pendingCount(): number {
    return this.#pending.size;
  }

  queuedCount(cid: string): number {
    return this.#queued.get(cid)?.length ?? 0;
  }

  isPending(cid: string): boolean {
    return this.#pending.has(cid);
  }

  /** Makes it the pending track of a client id that has none. */
  add(cid: string, info: livekit.TrackInfo, nowMs: number): void {
    this.#released.delete(cid);
    this.#pending.set(cid, { info, sinceMs: nowMs });
  }

  /** @returns false when the queue of that client id is full */
  enqueue(cid: string, info: livekit.TrackInfo): boolean {
    const queue = this.#queued.get(cid);
    if (queue === undefined) this.#queued.set(cid, [info]);
    else if (queue.length < QUEUED_PER_CID_MAX) queue.push(info);
    else return false;
    return true;
  }

  /** The next one that waits for this client id; it is no longer queued. */
  dequeue(cid: string): livekit.TrackInfo | undefined {
    const queue = this.#queued.get(cid);
    const next = queue?.shift();
    if (queue?.length === 0) this.#queued.delete(cid);
    return next;
  }

  /** When the pending track of a client id was announced; undefined: there is none. */
  pendingSinceMs(cid: string): number | undefined {
    return this.#pending.get(cid)?.sinceMs;
  }

  /** All that wait, pending or queued. */
  infos(): livekit.TrackInfo[] {
    return [
      ...[...this.#pending.values()].map(({ info }) => info),
      ...[...this.#queued.values()].flat(),
    ];
  }

  /** @returns the pending track, which is not pending any more */
  take(cid: string): livekit.TrackInfo | undefined {
    const info = this.#pending.get(cid)?.info;
    this.#pending.delete(cid);
    return info;
  }

  /** The track of this client id ended: a section that still names it is not a new one. */
  release(cid: string): void {
    if (cid === "") return;
    this.#released.delete(cid);
    this.#released.add(cid);
    if (this.#released.size > RELEASED_MAX) {
      for (const oldest of this.#released) {
        this.#released.delete(oldest);
        break;
      }
    }
  }

  /** Client id of the pending track that an offered section names, itself or by one of its codecs. */
  exactCid(cid: string): string | undefined {
    if (this.#pending.has(cid)) return cid;
    if (cid === "") return undefined;
    for (const [announced, { info }] of this.#pending) {
      if (info.codecs.some((codec) => codec.cid === cid)) return announced;
    }
    return undefined;
  }

  /** For a section that names no track we know: the first pending one of its kind. */
  fallbackCid(cid: string, kind: "audio" | "video"): string | undefined {
    if (this.#released.has(cid)) return undefined;
    const { AUDIO, VIDEO } = livekit.TrackType;
    const type = kind === "audio" ? AUDIO : VIDEO;
    for (const [announced, { info }] of this.#pending) if (info.type === type) return announced;
    return undefined;
  }

  pendingInfo(cid: string): livekit.TrackInfo | undefined {
    return this.#pending.get(cid)?.info;
  }

  /** Pending or queued. */
  find(sid: string): livekit.TrackInfo | undefined {
    for (const { info } of this.#pending.values()) if (info.sid === sid) return info;
    for (const queue of this.#queued.values()) {
      const found = queue.find((info) => info.sid === sid);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A muted track sends nothing, so that the time in which it must come starts with the unmute. */
  setMuted(sid: string, isMuted: boolean, nowMs: number): boolean {
    const info = this.find(sid);
    if (info === undefined) return false;
    if (info.muted && !isMuted) {
      for (const pending of this.#pending.values()) {
        if (pending.info === info) pending.sinceMs = nowMs;
      }
    }
    info.muted = isMuted;
    return true;
  }

  /** Client ids of unmuted tracks that have been pending since that time or longer. */
  abandoned(sinceMs: number): string[] {
    return [...this.#pending]
      .filter(([, pending]) => pending.sinceMs <= sinceMs && !pending.info.muted)
      .map(([cid]) => cid);
  }

  clear(): void {
    this.#pending.clear();
    this.#queued.clear();
    this.#released.clear();
  }
}
