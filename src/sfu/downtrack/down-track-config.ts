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
};
