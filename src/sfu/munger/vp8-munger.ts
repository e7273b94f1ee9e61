import type { MediaPacket } from "../packet/media-packet.ts";

/** How far behind the newest picture a late packet is still mapped, in pictures. Power of two. */
export const PICTURE_WINDOW = 128;
const SLOT_MASK = PICTURE_WINDOW - 1;
const DROPPED = -(2 ** 31);

const SHORT_CIRCLE = 1 << 7;
const LONG_CIRCLE = 1 << 15;
const LONG_MASK = LONG_CIRCLE - 1;
const SHORT_MAX = SHORT_CIRCLE - 1;

/** The longest descriptor that we write: X, I with 15 bits, L, T and K (RFC 7741 §4.2). */
export const VP8_DESCRIPTOR_BYTES_MAX = 6;
/** Result of `mapDescriptor`: the packet belongs to a picture that is left out, or is too old. */
export const PICTURE_DROPPED = -1;

const X_BIT = 0x80;
const S_BIT = 0x10;
const I_BIT = 0x80;
const L_BIT = 0x40;
const T_BIT = 0x20;
const K_BIT = 0x10;
const Y_BIT = 0x20;

/**
 * Keeps picture ids, TL0PICIDX and KEYIDX of a forwarded VP8 stream continuous while pictures are
 * left out and sources change (RFC 7741 §4.2, §5). A decision falls once per picture and holds for
 * all its packets, late ones included: a picture that was skipped when nobody knew what it was
 * has its id reserved, and goes out under it if it is wanted when it comes.
 *
 *      0 1 2 3 4 5 6 7
 *     |X|R|N|S|R| PID |   required
 *     |I|L|T|K| RSV   |   with X
 *     |M| PictureID   |   with I, second byte with M
 *     |   TL0PICIDX   |   with L
 *     |TID|Y| KEYIDX  |   with T or K
 */
export class Vp8Munger {
  /** incoming minus outgoing id, by incoming id modulo the window */
  readonly #offsets: Int32Array = new Int32Array(PICTURE_WINDOW).fill(DROPPED);
  /** Pictures of which something went out, by incoming id modulo the window. */
  readonly #begun: Uint8Array = new Uint8Array(PICTURE_WINDOW);
  #offset = 0;
  /** Newest incoming picture, unwrapped; -1 before the first with an id. */
  #highest = -1;
  #wasLong = false;
  /** What left last, in order; continues over sources. -1: none yet. */
  #lastOutPicture = -1;
  #lastOutTl0 = -1;
  #lastOutKey = -1;
  /** Incoming minus outgoing. */
  #tl0Offset = 0;
  #keyOffset = 0;
  /** Descriptor bits I, L, T, K of the newest packet, for pictures of our own. */
  #fields = 0;
  #outPicture = -1;

  /**
   * Goes over to the source of `packet`, whose picture will follow the last one sent. Also for the
   * very first source, which leaves as it is.
   */
  switchSource(packet: MediaPacket): void {
    this.#offsets.fill(DROPPED);
    this.#highest = -1;
    if (packet.pictureId >= 0) {
      // One circle up, so that a late picture does not unwrap below zero.
      const first = packet.pictureId + LONG_CIRCLE;
      this.#highest = first - 1;
      this.#wasLong = packet.pictureIdIsLong;
      this.#offset = this.#lastOutPicture < 0 ? 0 : first - (this.#lastOutPicture + 1);
    }
    this.#tl0Offset =
      this.#lastOutTl0 < 0 || packet.tl0PicIdx < 0
        ? 0
        : (packet.tl0PicIdx - this.#lastOutTl0 - 1) & 0xff;
    this.#keyOffset =
      this.#lastOutKey < 0 || packet.keyIdx < 0 ? 0 : (packet.keyIdx - this.#lastOutKey - 1) & 0x1f;
  }

  /**
   * @param isUnwanted leave this picture out if its fate is still open
   * @param out gets the rewritten descriptor, VP8_DESCRIPTOR_BYTES_MAX bytes at most
   * @returns length of the descriptor in `out`; PICTURE_DROPPED: do not send the packet
   */
  mapDescriptor(packet: MediaPacket, isUnwanted: boolean, out: Uint8Array): number {
    if (packet.pictureId < 0) {
      if (isUnwanted) return PICTURE_DROPPED;
    } else if (!this.#mapPicture(packet, isUnwanted)) {
      return PICTURE_DROPPED;
    }
    return this.#write(packet, out);
  }

  /**
   * Writes the descriptor of a key frame of our own, which follows the last picture sent.
   * @returns its length
   */
  writeKeyFrameDescriptor(out: Uint8Array): number {
    const fields = this.#fields;
    let length = 1;
    out[0] = fields === 0 ? S_BIT : S_BIT | X_BIT;
    if (fields !== 0) out[length++] = fields;
    if ((fields & I_BIT) !== 0) {
      this.#lastOutPicture += 1;
      this.#offset -= 1;
      length = writePictureId(this.#lastOutPicture, out, length);
    }
    if ((fields & L_BIT) !== 0) {
      this.#lastOutTl0 = (this.#lastOutTl0 + 1) & 0xff;
      this.#tl0Offset = (this.#tl0Offset - 1) & 0xff;
      out[length++] = this.#lastOutTl0;
    }
    if ((fields & (T_BIT | K_BIT)) !== 0) {
      let last = (fields & T_BIT) !== 0 ? Y_BIT : 0;
      if ((fields & K_BIT) !== 0) {
        this.#lastOutKey = (this.#lastOutKey + 1) & 0x1f;
        this.#keyOffset = (this.#keyOffset - 1) & 0x1f;
        last |= this.#lastOutKey;
      }
      out[length++] = last;
    }
    return length;
  }

  /** Decides on a picture when it is new; leaves the outgoing id in `#outPicture`. */
  #mapPicture(packet: MediaPacket, isUnwanted: boolean): boolean {
    const picture = this.#unwrap(packet);
    if (picture > this.#highest) {
      for (let id = Math.max(this.#highest + 1, picture - SLOT_MASK); id <= picture; id++) {
        this.#offsets[id & SLOT_MASK] = this.#offset;
        this.#begun[id & SLOT_MASK] = 0;
      }
      this.#highest = picture;
      this.#wasLong = packet.pictureIdIsLong;
      if (isUnwanted) {
        this.#offsets[picture & SLOT_MASK] = DROPPED;
        this.#offset += 1;
        return false;
      }
      this.#begun[picture & SLOT_MASK] = 1;
      this.#outPicture = picture - this.#offset;
      return true;
    }
    if (picture <= this.#highest - PICTURE_WINDOW) return false;
    const offset = this.#offsets[picture & SLOT_MASK]!;
    if (offset === DROPPED) return false;
    if (isUnwanted && this.#begun[picture & SLOT_MASK] === 0) {
      this.#offsets[picture & SLOT_MASK] = DROPPED;
      return false;
    }
    this.#begun[picture & SLOT_MASK] = 1;
    this.#outPicture = picture - offset;
    return true;
  }

  /**
   * The circle is the long one as soon as either neighbour shows 15 bits: an encoder, or a server
   * upstream, may use the short form for small ids only.
   */
  #unwrap(packet: MediaPacket): number {
    const circle = packet.pictureIdIsLong || this.#wasLong ? LONG_CIRCLE : SHORT_CIRCLE;
    if (this.#highest < 0) {
      this.#highest = packet.pictureId + LONG_CIRCLE - 1;
      this.#offset = this.#lastOutPicture < 0 ? 0 : this.#highest - this.#lastOutPicture;
    }
    const ahead = (packet.pictureId - this.#highest) & (circle - 1);
    return this.#highest + (ahead < circle / 2 ? ahead : ahead - circle);
  }

  #write(packet: MediaPacket, out: Uint8Array): number {
    const bytes = packet.bytes;
    let source = packet.payloadOffset;
    const fields =
      (bytes[source]! & X_BIT) === 0
        ? 0
        : bytes[source + 1]! & (I_BIT | L_BIT | T_BIT | K_BIT) & this.#presentFields(packet);
    out[0] = (bytes[source]! & ~X_BIT) | (fields === 0 ? 0 : X_BIT);
    let length = 1;
    if (fields !== 0) out[length++] = fields;
    if ((fields & I_BIT) !== 0) {
      length = writePictureId(this.#outPicture, out, length);
      if (this.#outPicture > this.#lastOutPicture) this.#lastOutPicture = this.#outPicture;
    }
    if ((fields & L_BIT) !== 0) {
      const tl0 = (packet.tl0PicIdx - this.#tl0Offset) & 0xff;
      if (isAhead(tl0, this.#lastOutTl0, 0x80)) this.#lastOutTl0 = tl0;
      out[length++] = tl0;
    }
    if ((fields & (T_BIT | K_BIT)) !== 0) {
      // The last byte of the descriptor as it came; TID and Y stay.
      source += packet.descriptorBytes - 1;
      let last = bytes[source]!;
      if ((fields & K_BIT) !== 0) {
        const key = (packet.keyIdx - this.#keyOffset) & 0x1f;
        if (isAhead(key, this.#lastOutKey, 0x10)) this.#lastOutKey = key;
        last = (last & 0xe0) | key;
      }
      out[length++] = last;
    }
    if (!packet.isOutOfOrder) this.#fields = fields;
    return length;
  }

  /** Bits of the fields that the parser found; keeps a foreign descriptor from claiming more. */
  #presentFields(packet: MediaPacket): number {
    return (
      (packet.pictureId >= 0 ? I_BIT : 0) |
      (packet.tl0PicIdx >= 0 ? L_BIT : 0) |
      (packet.keyIdx >= 0 ? K_BIT : 0) |
      T_BIT
    );
  }
}

/** A late packet may be the newest that was sent of its layer. `half` of the circle. */
function isAhead(value: number, last: number, half: number): boolean {
  return last < 0 || ((value - last) & (2 * half - 1)) < half;
}

/** M is set only where 7 bits do not suffice, so the descriptor may grow or shrink by a byte. */
function writePictureId(picture: number, out: Uint8Array, offset: number): number {
  const id = picture & LONG_MASK;
  if (id > SHORT_MAX) out[offset++] = 0x80 | (id >> 8);
  out[offset++] = id;
  return offset;
}
