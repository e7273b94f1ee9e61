/**
 * DTLS 1.2 records and handshake messages (RFC 6347 §4.1, §4.2.2): splitting datagrams, putting
 * fragments together in order, and cutting messages to size. Knows no cryptography.
 */

export const DtlsContent = {
  ChangeCipherSpec: 20,
  Alert: 21,
  Handshake: 22,
  ApplicationData: 23,
} as const;

export const HandshakeType = {
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

/** DTLS 1.2 on the wire. */
export const DTLS_VERSION = 0xfefd;
/** Of the first ClientHello's record only. */
const DTLS_VERSION_1_0 = 0xfeff;
export const RECORD_HEADER_BYTES = 13;
export const HANDSHAKE_HEADER_BYTES = 12;
/** 48 bits do not fit bit operations. */
const TWO_POW_32 = 2 ** 32;

export type DtlsRecord = {
  readonly type: number;
  readonly epoch: number;
  /** 48 bits */
  readonly sequence: number;
  /** Payload, encrypted in epochs above 0. A view into the datagram. */
  readonly payload: Uint8Array;
};

/** The records of a datagram, up to the first that is malformed. */
export function readDtlsRecords(bytes: Uint8Array): DtlsRecord[] {
  const records: DtlsRecord[] = [];
  let at = 0;
  while (at + RECORD_HEADER_BYTES <= bytes.length) {
    const version = readUint16(bytes, at + 1);
    const end = at + RECORD_HEADER_BYTES + readUint16(bytes, at + 11);
    if ((version !== DTLS_VERSION && version !== DTLS_VERSION_1_0) || end > bytes.length) break;
    records.push({
      type: bytes[at]!,
      epoch: readUint16(bytes, at + 3),
      sequence: readUint16(bytes, at + 5) * TWO_POW_32 + readUint32(bytes, at + 7),
      payload: bytes.subarray(at + RECORD_HEADER_BYTES, end),
    });
    at = end;
  }
  return records;
}

export function writeDtlsRecord(
  type: number,
  epoch: number,
  sequence: number,
  payload: Uint8Array,
): Uint8Array {
  const record = new Uint8Array(RECORD_HEADER_BYTES + payload.length);
  record[0] = type;
  writeUint16(record, 1, DTLS_VERSION);
  writeUint16(record, 3, epoch);
  writeUint16(record, 5, Math.floor(sequence / TWO_POW_32));
  writeUint16(record, 7, (sequence >>> 16) & 0xffff);
  writeUint16(record, 9, sequence & 0xffff);
  writeUint16(record, 11, payload.length);
  record.set(payload, RECORD_HEADER_BYTES);
  return record;
}

/** One whole handshake message. */
export type HandshakeMessage = {
  readonly type: number;
  readonly seq: number;
  readonly body: Uint8Array;
};

/** The message, or a part of it, with its header. */
export function writeHandshake(
  message: HandshakeMessage,
  offset: number = 0,
  length: number = message.body.length,
): Uint8Array {
  const bytes = new Uint8Array(HANDSHAKE_HEADER_BYTES + length);
  bytes[0] = message.type;
  writeUint24(bytes, 1, message.body.length);
  writeUint16(bytes, 4, message.seq);
  writeUint24(bytes, 6, offset);
  writeUint24(bytes, 9, length);
  bytes.set(message.body.subarray(offset, offset + length), HANDSHAKE_HEADER_BYTES);
  return bytes;
}

/** The message cut into fragments of at most `bytesMax` bytes, headers included. */
export function fragmentHandshake(message: HandshakeMessage, bytesMax: number): Uint8Array[] {
  const bodyMax = bytesMax - HANDSHAKE_HEADER_BYTES;
  const fragments: Uint8Array[] = [];
  let offset = 0;
  do {
    const length = Math.min(bodyMax, message.body.length - offset);
    fragments.push(writeHandshake(message, offset, length));
    offset += length;
  } while (offset < message.body.length);
  return fragments;
}

/** Messages of WebRTC's self-signed certificates are far smaller. Larger ones are dropped. */
const MESSAGE_BYTES_MAX = 8192;
/** How far ahead of the next message fragments are kept; later ones are dropped. */
const AHEAD_MAX = 8;

type Partial = {
  readonly type: number;
  readonly body: Uint8Array;
  /** One byte per byte of `body` that has arrived. */
  readonly have: Uint8Array;
  missing: number;
};

/** Handshake messages of one peer in their order, whatever order their fragments came in. */
export class HandshakeInbox {
  readonly #partials: Map<number, Partial> = new Map();
  #nextSeq: number = 0;

  /**
   * Takes the fragments in one handshake record. Only what was encrypted can be Finished.
   *
   * @returns whether one of them belongs to a message that has been taken already: the peer
   *   repeats itself because our answer is missing
   */
  push(payload: Uint8Array, sealed: boolean): boolean {
    let repeated = false;
    let at = 0;
    while (at + HANDSHAKE_HEADER_BYTES <= payload.length) {
      const length = readUint24(payload, at + 1);
      const seq = readUint16(payload, at + 4);
      const offset = readUint24(payload, at + 6);
      const end = at + HANDSHAKE_HEADER_BYTES + readUint24(payload, at + 9);
      if (end > payload.length) break;
      const part = payload.subarray(at + HANDSHAKE_HEADER_BYTES, end);
      const type = payload[at]!;
      if (seq < this.#nextSeq) repeated = true;
      else if ((type === HandshakeType.Finished) === sealed) {
        this.#add(seq, type, length, offset, part);
      }
      at = end;
    }
    return repeated;
  }

  /** The next message once it is complete. It stays until `advance` or `discard`. */
  peek(): HandshakeMessage | undefined {
    const partial = this.#partials.get(this.#nextSeq);
    if (partial === undefined || partial.missing > 0) return undefined;
    return { type: partial.type, seq: this.#nextSeq, body: partial.body };
  }

  advance(): void {
    this.#partials.delete(this.#nextSeq);
    this.#nextSeq += 1;
  }

  /** Forgets the next message, so that a repetition can bring a better one. */
  discard(): void {
    this.#partials.delete(this.#nextSeq);
  }

  #add(seq: number, type: number, length: number, offset: number, part: Uint8Array): void {
    if (seq >= this.#nextSeq + AHEAD_MAX || length > MESSAGE_BYTES_MAX) return;
    if (offset + part.length > length) return;
    let partial = this.#partials.get(seq);
    if (partial === undefined || partial.type !== type || partial.body.length !== length) {
      partial = {
        type,
        body: new Uint8Array(length),
        have: new Uint8Array(length),
        missing: length,
      };
      this.#partials.set(seq, partial);
    }
    if (partial.missing === 0) return;
    for (let i = 0; i < part.length; i++) {
      if (partial.have[offset + i] === 1) continue;
      partial.have[offset + i] = 1;
      partial.body[offset + i] = part[i]!;
      partial.missing -= 1;
    }
  }
}

/** Which record numbers of an epoch were seen, 64 back from the newest (RFC 6347 §4.1.2.6). */
export class ReplayWindow {
  readonly #seen: Float64Array = new Float64Array(64).fill(-1);
  #highest: number = -1;

  isNew(sequence: number): boolean {
    return sequence > this.#highest - 64 && this.#seen[sequence % 64] !== sequence;
  }

  /** To be called once the record has proven genuine. */
  note(sequence: number): void {
    this.#seen[sequence % 64] = sequence;
    if (sequence > this.#highest) this.#highest = sequence;
  }
}

function readUint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

function readUint24(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
}

function readUint32(bytes: Uint8Array, at: number): number {
  return readUint16(bytes, at) * 65536 + readUint16(bytes, at + 2);
}

function writeUint16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

function writeUint24(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 16;
  writeUint16(bytes, at + 1, value & 0xffff);
}
