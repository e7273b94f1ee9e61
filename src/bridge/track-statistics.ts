/** What a row of `TrackStatistics` holds, by its place in the row. */
export const TrackColumn = {
  /** Receiver id or down track id. */
  Id: 0,
  /** Received (with what was lost), or sent. */
  Packets: 1,
  Lost: 2,
  OutOfOrder: 3,
  JitterUs: 4,
  /** 0: unknown. */
  RttMs: 5,
  KeyFrames: 6,
  /** Retransmissions that the budget did not allow. */
  Capped: 7,
} as const;

export const TRACK_COLUMNS = 8;
