import type { Codec } from "../../wire/rtp/codec.ts";
import type { KeyFrameMark } from "../buffer/key-frame-mark.ts";
import type { PayloadParser } from "../buffer/payload-parser.ts";
import type { MediaPacket } from "../packet/media-packet.ts";

/**
 * What the send side needs of the publisher's side: one published track with its streams. The
 * receiver implements it. Layers are 0..2; where all of them come in one stream (`isSvc`), the
 * calls that are about a stream are made with layer 0.
 */
export interface MediaSource {
  readonly isVideo: boolean;
  /** The publisher muted the track. */
  readonly isMuted: boolean;
  /** All spatial layers come in one stream (VP9, AV1), instead of one stream each. */
  readonly isSvc: boolean;
  /** The publisher has sender reports for some of its streams only: they cannot relate clocks. */
  readonly hasFewReports: boolean;
  /** Streams that the track was announced with: 1..3. */
  readonly streamCount: number;
  /** The publisher's section has this codec. */
  carries(codec: Codec): boolean;
  /** Format parameters of a codec of the publisher's section; "" when it has none. */
  fmtpOf(codec: Codec, payloadType: number): string;
  /** What has come and waits for the rest of its frame goes to the down tracks now. */
  sendWaiting(nowMs: number): void;
  /** Asks the publisher for a key frame; throttled there. */
  requestKeyFrame(nowMs: number, spatialLayer: number): void;
  /** Where the newest key frame of a stream begins; undefined while there is no such stream. */
  keyFrameMark(spatialLayer: number): KeyFrameMark | undefined;
  /**
   * Fills `packet` with one that came earlier, to send it once more.
   *
   * @param parser of who reads on from a key frame, packet by packet: then `packet` says what it said
   *   when it came. It has read those before it, and nothing else.
   * @returns false when it is no longer kept
   */
  readForRetransmission(
    spatialLayer: number,
    extSn: number,
    packet: MediaPacket,
    parser?: PayloadParser,
  ): boolean;
  /** Measured, of this layer with all temporal layers up to `temporal`; 0: nothing comes. */
  bitrateBps(spatial: number, temporal: number): number;
  /** The lowest temporal layer of about this frame rate, above 0; the highest while none is known. */
  temporalLayerFor(spatial: number, framesPerSecond: number): number;
  /** Packets of this layer are coming. */
  isLayerAvailable(spatial: number): boolean;
  /** The newest sender report of a stream. The other getters hold only when there is one. */
  hasSenderReport(layer: number): boolean;
  /** NTP time of the publisher, ms since 1900. */
  senderReportNtpMs(layer: number): number;
  /** RTP time, unwrapped like `MediaPacket.extTs` of that stream. */
  senderReportExtTs(layer: number): number;
  /** Monotonic ms of its arrival. */
  senderReportArrivalMs(layer: number): number;
}
