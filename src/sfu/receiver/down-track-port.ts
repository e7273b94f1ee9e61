import type { MediaPacket } from "../packet/media-packet.ts";

/** What a receiver needs of a subscriber's down track. */
export interface DownTrackPort {
  /** One packet; numbers are copied out of it before this returns. */
  write(packet: MediaPacket, nowMs: number): void;
  /**
   * The stream of a layer began anew: its numbers and timestamps have nothing to do with those
   * before.
   */
  handleStreamReset(spatialLayer: number, nowMs: number): void;
  /** What the subscriber reported lost within the last second, 0..255; 0 without a report. */
  fractionLost(nowMs: number): number;
}
