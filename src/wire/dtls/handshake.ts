import { putU24, u24 } from "../bytes.ts";

/** Handshake message types (RFC 5246 §7.4, RFC 6347 §4.3.2). */
export const HandshakeType = {
  HelloRequest: 0,
  ClientHello: 1,
  ServerHello: 2,
  HelloVerifyRequest: 3,
  Certificate: 11,
  ServerKeyExchange: 12,
  CertificateRequest: 13,
  ServerHelloDone: 14,
  CertificateVerify: 15,
  ClientKeyExchange: 16,
  Finished: 20,
} as const;

export const HANDSHAKE_HEADER_BYTES = 12;

/** One whole handshake message. */
export type HandshakeMessage = {
  readonly type: number;
  /** 0..65535 */
  readonly seq: number;
  readonly body: Uint8Array;
};

/**
 * One fragment of a handshake message (RFC 6347 §4.2.2), used again for the next.
 *
 *      0      1        4     6          9           12
 *     +------+--------+-----+----------+-----------+------
 *     | type | length | seq | frag off | frag len  | part
 *     +------+--------+-----+----------+-----------+------
 */
export class FragmentView {
  type = 0;
  /** Length of the whole message. */
  messageBytes = 0;
  seq = 0;
  /** Where the part belongs in the message. */
  offset = 0;
  /** Where the part begins in the bytes that were read. */
  partAt = 0;
  partBytes = 0;
}

/**
 * Reads the fragment at `offset`.
 *
 * @param end where the record ends
 * @returns where the next fragment begins, or -1 when it does not fit the record or its message
 */
export function readFragment(
  bytes: Uint8Array,
  offset: number,
  end: number,
  view: FragmentView,
): number {
  const partAt = offset + HANDSHAKE_HEADER_BYTES;
  if (partAt > end) return -1;
  view.type = bytes[offset]!;
  view.messageBytes = u24(bytes, offset + 1);
  view.seq = (bytes[offset + 4]! << 8) | bytes[offset + 5]!;
  view.offset = u24(bytes, offset + 6);
  view.partAt = partAt;
  view.partBytes = u24(bytes, offset + 9);
  const next = partAt + view.partBytes;
  return next > end || view.offset + view.partBytes > view.messageBytes ? -1 : next;
}

/**
 * Writes a part of a message behind its header, at `offset`.
 *
 * @param partOffset where the part begins in the message
 * @returns bytes written
 */
export function writeFragment(
  out: Uint8Array,
  offset: number,
  message: HandshakeMessage,
  partOffset: number,
  partBytes: number,
): number {
  out[offset] = message.type;
  putU24(out, offset + 1, message.body.length);
  out[offset + 4] = message.seq >>> 8;
  out[offset + 5] = message.seq;
  putU24(out, offset + 6, partOffset);
  putU24(out, offset + 9, partBytes);
  out.set(message.body.subarray(partOffset, partOffset + partBytes), offset + 12);
  return HANDSHAKE_HEADER_BYTES + partBytes;
}

/** The message in one piece, as the transcript has it however it came (RFC 6347 §4.2.6). */
export function writeMessage(message: HandshakeMessage): Uint8Array {
  const out = new Uint8Array(HANDSHAKE_HEADER_BYTES + message.body.length);
  writeFragment(out, 0, message, 0, message.body.length);
  return out;
}
