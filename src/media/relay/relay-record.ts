import type { RingWriter } from "../../base/shared-ring.ts";

/** What a record in a ring between two media threads is. */
export const RelayRecord = {
  /** A packet of a publisher: receiver; layer, length; the packet. */
  Media: 1,
  /** Receiver, NTP time in ms, age in ms; RTP time, SSRC. */
  SenderReport: 2,
  /** The stream of a layer began anew: receiver; layer. */
  StreamReset: 3,
  /** Back to the publisher's thread: receiver; layer. */
  KeyFrame: 4,
  /** Back to the publisher's thread: receiver; what its subscribers lost, 0..255. */
  Loss: 5,
  /** A packet of a data track: track; 0, length; the packet. */
  DataTrack: 6,
  /** A message of a room: room, sender; 1 when it is reliable, length; the message. */
  Message: 7,
  /** Back to the sender's thread: member; 1 when it was for all. Its receivers are behind. */
  PauseSender: 8,
  /** Back to the sender's thread: member. */
  ResumeSender: 9,
  /** Back to the senders' thread: room; 1 when some receivers take what they are sent, else 0. */
  RoomFlow: 10,
  /** Back to the publisher's thread: receiver; layer. Its stream began there, as yet without a report. */
  WantReport: 11,
} as const;
export type RelayRecord = (typeof RelayRecord)[keyof typeof RelayRecord];

/** Three doubles and two words; what follows are bytes. */
export const RECORD_BYTES = 32;

/**
 * Begins a record; its bytes are written at the place that is returned, then it is committed.
 *
 * @param id of what it is about
 * @returns RING_FULL when there is no room
 */
export function beginRecord(
  ring: RingWriter,
  kind: RelayRecord,
  id: number,
  x: number,
  y: number,
  a: number,
  b: number,
  bytes: number,
): number {
  const at = ring.claim(RECORD_BYTES + bytes, kind);
  if (at < 0) return at;
  const { doubles, words } = ring;
  doubles[at >> 3] = id;
  doubles[(at >> 3) + 1] = x;
  doubles[(at >> 3) + 2] = y;
  words[(at >> 2) + 6] = a;
  words[(at >> 2) + 7] = b;
  return at + RECORD_BYTES;
}
