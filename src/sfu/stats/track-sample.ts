/**
 * What became of a track in one window, for the control side's statistics. Filled again for each
 * window, by the side that measures it.
 */
export class TrackSample {
  /** Received upstream (with those that were lost), sent downstream; padding included. */
  packets = 0;
  /** Upstream what was not repaired; downstream what the subscriber missed of what was sent. */
  lost = 0;
  outOfOrder = 0;
  /** The most of the window (RFC 3550 §6.4.1). */
  jitterUs = 0;
  /** 0 while unknown. */
  rttMs = 0;
  /** Not taken yet. */
  isFresh = false;
}
