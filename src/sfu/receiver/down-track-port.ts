import type { MediaPacket } from "../packet/media-packet.ts";

/** What a receiver needs of a subscriber's down track. */
export interface DownTrackPort {
  /**
   * The first `count` packets, in order, of one stream; what is needed of them later is copied before
   * this returns.
   */
  write(packets: readonly MediaPacket[], count: number, nowMs: number): void;
  /**
   * The stream of a layer began anew: its numbers and timestamps have nothing to do with those
   * before.
   */
  handleStreamReset(spatialLayer: number, nowMs: number): void;
  /** What the subscriber reported lost within the last second, 0..255; 0 without a report. */
  fractionLost(nowMs: number): number;
}
