/**
 * What became of a track since this was last cleared, for the control side's statistics. The side
 * that measures adds to it, whoever reports it clears it.
 */
export class TrackSample {
  /** Received upstream (with those that were lost), sent downstream; padding included. */
  packets = 0;
  /** Upstream what was not repaired; downstream what the subscriber missed of what was sent. */
  lost = 0;
  outOfOrder = 0;
  /** The most (RFC 3550 §6.4.1). */
  jitterUs = 0;
  /** The newest; 0 while unknown. */
  rttMs = 0;
  keyFrames = 0;
  /** Retransmissions that the budget did not allow. */
  capped = 0;

  clear(): void {
    this.packets = 0;
    this.lost = 0;
    this.outOfOrder = 0;
    this.jitterUs = 0;
    this.rttMs = 0;
    this.keyFrames = 0;
    this.capped = 0;
  }
}
