/** Why input from the network was put aside. Counted by reason, never logged one by one. */
export const DropReason = {
  /** Nothing wrong: the input was taken. */
  None: 0,
  /** Shorter than its header or than a length it states. */
  Truncated: 1,
  /** Not the format it claims to be. */
  Malformed: 2,
  /** Authentication tag, integrity attribute or checksum wrong. */
  BadTag: 3,
  /** From an address, association or stream nobody here knows. */
  Unknown: 4,
  /** Seen before. */
  Duplicate: 5,
  /** Behind the window that is kept. */
  TooOld: 6,
  /** A bound was reached: table, queue or rate. */
  Full: 7,
  /** Right, but not now: no keys yet, closed already. */
  WrongState: 8,
  /** Of a kind that is deliberately not handled. */
  Unsupported: 9,
  /** A message for a client that is too far behind with those before. */
  SlowReader: 10,
  /** More from one address than anybody has to send. */
  Flood: 11,
} as const;
export type DropReason = (typeof DropReason)[keyof typeof DropReason];

export const DROP_REASON_COUNT = 12;

/** Names for metrics and debug output, by value. */
export const DROP_REASON_NAMES: readonly string[] = [
  "none",
  "truncated",
  "malformed",
  "bad_tag",
  "unknown",
  "duplicate",
  "too_old",
  "full",
  "wrong_state",
  "unsupported",
  "slow_reader",
  "flood",
];
