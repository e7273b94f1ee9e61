import type { MediaEvent } from "../bridge/events.ts";
import type { MediaThreadOptions } from "../bridge/media-thread.ts";
import type { AeadFactory } from "../crypto/aead.ts";
import type { FanOut } from "../sfu/receiver/fan-out.ts";
import type { DtlsFactory } from "../transport/dtls/dtls-session.ts";
import type { HmacSha1 } from "../transport/ice/integrity.ts";
import type { DataHub } from "./data/data-hub.ts";
import type { DataTurns } from "./data/data-turns.ts";
import type { DataTracks } from "./data-tracks.ts";
import type { DueTable } from "./due-table.ts";
import type { EngineCounters } from "./engine-counters.ts";
import type { Peer } from "./peer.ts";
import type { Routes } from "./routes.ts";

/** What the parts of one media thread share. Made by `MediaNode`. */
export type EngineContext = {
  readonly options: MediaThreadOptions;
  readonly routes: Routes;
  readonly fanOut: FanOut;
  readonly dtls: DtlsFactory;
  readonly hmacSha1: HmacSha1;
  readonly createAead: AeadFactory;
  readonly counters: EngineCounters;
  readonly due: DueTable<Peer>;
  readonly dataTracks: DataTracks;
  readonly data: DataHub;
  readonly dataTurns: DataTurns;
  /** Uniform over 0..2^32-1, unpredictable. */
  readonly random: () => number;
  /** Wall clock minus the monotonic clock, ms, as it was when the thread started. */
  readonly wallOffsetMs: number;
  emit(event: MediaEvent): void;
  /** The monotonic time of the call that is being worked on; for what a session calls back with. */
  nowMs(): number;
  /** A bug of ours showed in the work for this peer: it is closed after the present call. */
  peerBroke(peerId: number, error: unknown): void;
};
