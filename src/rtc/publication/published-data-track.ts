import type { livekit } from "../../gen/livekit.js";

/** A data track that a participant publishes, on its media thread as well. */
export type PublishedDataTrack = {
  readonly sid: string;
  /** Of the media thread. */
  readonly dataTrackId: number;
  readonly publisherIdentity: string;
  readonly info: livekit.DataTrackInfo;
};
