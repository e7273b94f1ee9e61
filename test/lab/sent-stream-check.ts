import { u16, u32 } from "../../src/wire/bytes.ts";
import type { Codec } from "../../src/wire/rtp/codec.ts";
import { type PayloadInfo, type RtpFields, readPayload } from "./received-packet.ts";
import { Unwrapper } from "./unwrapper.ts";

/** Numbers behind the newest that are compared. */
const WINDOW = 4_096;

type Sent = {
  readonly extTs: number;
  readonly content: number;
  readonly pictureId: number;
  readonly isFrameStart: boolean;
};

/**
 * What a subscriber is sent on one stream, before any link harms it: no number with two contents,
 * timestamps and picture ids that do not go back in the order of numbers, and the numbers that were
 * never used.
 */
export class SentStreamCheck {
  readonly #codec: Codec;
  readonly #sns = new Unwrapper(16);
  readonly #times = new Unwrapper(32);
  readonly #pictureIds = new Unwrapper(15);
  readonly #sent = new Map<number, Sent>();
  #lowest = -1;
  #highest = -1;
  readonly violations: string[] = [];
  packets = 0;
  paddingPackets = 0;
  /** Packets that went out again: over the retransmission stream, or on this one. */
  retransmits = 0;
  #used = 0;

  constructor(codec: Codec) {
    this.#codec = codec;
  }

  /** Numbers between the first and the last that never left. */
  get holes(): number {
    return this.#highest < 0 ? 0 : this.#highest - this.#lowest + 1 - this.#used;
  }

  media(bytes: Uint8Array, fields: RtpFields): void {
    this.packets += 1;
    const payload = readPayload(this.#codec, bytes, fields);
    if (payload === undefined) this.paddingPackets += 1;
    this.#note(fields.sn, fields, payload, contentOf(bytes, fields, fields.payloadAt));
  }

  /** A retransmission: what it says it is must be what was sent under that number. */
  rtx(bytes: Uint8Array, fields: RtpFields): void {
    if (fields.payloadEnd - fields.payloadAt < 2) return; // padding of a probe
    const original = { ...fields, payloadAt: fields.payloadAt + 2 };
    const sn = u16(bytes, fields.payloadAt);
    this.retransmits += 1;
    const payload = readPayload(this.#codec, bytes, original);
    this.#note(sn, original, payload, contentOf(bytes, original, original.payloadAt));
  }

  #note(sn: number, fields: RtpFields, payload: PayloadInfo | undefined, content: number): void {
    const extSn = this.#sns.unwrap(sn);
    const extTs = this.#times.unwrap(fields.ts);
    const pictureId =
      (payload?.pictureId ?? -1) < 0 ? -1 : this.#pictureIds.unwrap(payload!.pictureId);
    const known = this.#sent.get(extSn);
    if (known !== undefined) {
      if (known.content !== content || known.extTs !== extTs) {
        this.violations.push(`number ${sn} was used for two packets`);
      }
      return;
    }
    if (this.#highest >= 0 && extSn <= this.#highest - WINDOW) {
      this.violations.push(`number ${sn} comes ${this.#highest - extSn} numbers late`);
      return;
    }
    const isFrameStart = payload?.isFrameStart ?? false;
    this.#used += 1;
    if (this.#lowest < 0 || extSn < this.#lowest) this.#lowest = extSn;
    const sent = { extTs, content, pictureId, isFrameStart };
    this.#sent.set(extSn, sent);
    this.#compare(sn, this.#neighbour(extSn, -1), sent);
    this.#compare(sn, sent, this.#neighbour(extSn, 1));
    if (extSn > this.#highest) {
      for (let old = Math.max(this.#highest, 0) - WINDOW; old < extSn - WINDOW; old++) {
        this.#sent.delete(old);
      }
      this.#highest = extSn;
    }
  }

  #neighbour(extSn: number, step: number): Sent | undefined {
    for (let i = 1; i <= 64; i++) {
      const sent = this.#sent.get(extSn + i * step);
      if (sent !== undefined) return sent;
    }
    return undefined;
  }

  #compare(sn: number, before: Sent | undefined, after: Sent | undefined): void {
    if (before === undefined || after === undefined) return;
    if (after.extTs < before.extTs) {
      this.violations.push(`the timestamp goes back by ${before.extTs - after.extTs} at ${sn}`);
    }
    if (before.pictureId < 0 || after.pictureId < 0) return;
    if (after.pictureId < before.pictureId) {
      this.violations.push(
        `the picture id goes from ${before.pictureId} to ${after.pictureId} at ${sn}`,
      );
    }
    if (after.pictureId > before.pictureId && after.extTs === before.extTs) {
      this.violations.push(`two pictures have one timestamp at ${sn}`);
    }
  }
}

/** FNV-1a over the head of the payload and its end, where the mark is. */
function contentOf(bytes: Uint8Array, fields: RtpFields, from: number): number {
  let hash = 0x811c_9dc5;
  const headEnd = Math.min(from + 16, fields.payloadEnd);
  for (let i = from; i < headEnd; i++) hash = Math.imul(hash ^ bytes[i]!, 0x0100_0193);
  for (let i = Math.max(headEnd, fields.payloadEnd - 24); i < fields.payloadEnd; i++) {
    hash = Math.imul(hash ^ bytes[i]!, 0x0100_0193);
  }
  return hash;
}

/** SSRC, for routing without reading the rest. */
export function ssrcOf(bytes: Uint8Array): number {
  return u32(bytes, 8);
}
