import type { PlayoutDelayRange } from "./playout-delay.ts";
import type { RtxBudgetLimits } from "./rtx-budget.ts";
import type { SendCodec } from "./send-codecs.ts";

export type DownTrackSettings = {
  /** The subscriber wants no packets for now. */
  readonly isDisabled: boolean;
  /** 0..2 */
  readonly maxSpatialLayer: number;
  /** 0..3 */
  readonly maxTemporalLayer: number;
  /** The subscriber needs no more frames a second than this; 0: as many as there are. */
  readonly maxFrameRate: number;
  /** 1..255, 255 first in line. */
  readonly priority: number;
};

export type DownTrackConfig = {
  readonly downTrackId: number;
  readonly ssrc: number;
  /** 0: retransmissions go out on the media SSRC. */
  readonly rtxSsrc: number;
  /** What the subscriber agreed to, in its order. */
  readonly codecs: readonly SendCodec[];
  readonly cname: string;
  readonly isScreenShare: boolean;
  readonly settings: DownTrackSettings;
  /** Of its section, for source descriptions; absent: not told. */
  readonly mid?: string | undefined;
  /** The room bounds how long video is held back; absent: not told. */
  readonly playoutDelay?: PlayoutDelayRange | undefined;
  /** Encrypted end to end: no codec is turned into another; absent: no. */
  readonly isEncrypted?: boolean | undefined;
  /** Stands at the end of every payload that we make, so that nobody tries to decrypt it. */
  readonly sifTrailer?: Uint8Array | undefined;
  /** Packet trailers are cut off, as the subscriber cannot read them; absent: no. */
  readonly stripsPacketTrailer?: boolean | undefined;
  /** Plain Opus leaves as RED where the subscriber takes it; absent: no. */
  readonly encodesRed?: boolean | undefined;
  /** The subscriber sees a track by its first packet: it gets one even without media; absent: no. */
  readonly isAnnounced?: boolean | undefined;
  /** What retransmissions may cost; absent: no limit. */
  readonly rtxLimits?: RtxBudgetLimits | undefined;
};
