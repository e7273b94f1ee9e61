import { diff16 } from "../../base/serial.ts";

/** Packets that feedback may still be about. A power of two. */
export const SENT_PACKETS_MAX = 2_048;
const SLOT_MASK = SENT_PACKETS_MAX - 1;
/** First numbers lie in 32768..49151: far from the wrap, as those of streams. */
const FIRST_SN_MIN = 0x8000;
const FIRST_SN_MASK = 0x3fff;
const BYTES_MAX = 0xffff;

/** What is known of a packet that was sent. */
export const PacketFate = {
  /** No report names it so far. */
  Unknown: 0,
  /** Reported as not received; a later report may say otherwise. */
  Lost: 1,
  Received: 2,
} as const;
export type PacketFate = (typeof PacketFate)[keyof typeof PacketFate];

/**
 * The transport-wide numbers of one peer and when each packet left (spec-media 6.4;
 * draft-holmer-rmcat-transport-wide-cc-extensions-01): one counter over all packets that carry the
 * extension, retransmissions and padding included. A ring; the oldest goes when it is full. Runs per
 * packet; allocates with the first packet and then never.
 */
export class SentPackets {
  #sentMs: Float64Array = new Float64Array(0);
  #bytes: Uint16Array = new Uint16Array(0);
  #fates: Uint8Array = new Uint8Array(0);
  readonly #firstExtSn: number;
  #nextExtSn: number;

  /** @param random any integer */
  constructor(random: number) {
    this.#firstExtSn = FIRST_SN_MIN + (random & FIRST_SN_MASK);
    this.#nextExtSn = this.#firstExtSn;
  }

  /** Extended number that the next packet gets; its low 16 bits go on the wire. */
  get nextExtSn(): number {
    return this.#nextExtSn;
  }

  /** The packet with the next number is on its way. `bytes` is the whole RTP packet's length. */
  note(nowMs: number, bytes: number): void {
    if (this.#fates.length === 0) this.#allocate();
    const slot = this.#nextExtSn & SLOT_MASK;
    this.#sentMs[slot] = nowMs;
    this.#bytes[slot] = Math.min(bytes, BYTES_MAX);
    this.#fates[slot] = PacketFate.Unknown;
    this.#nextExtSn += 1;
  }

  /** Whether this extended number was given out and is still known. */
  isKept(extSn: number): boolean {
    return (
      extSn < this.#nextExtSn &&
      extSn >= this.#firstExtSn &&
      extSn >= this.#nextExtSn - SENT_PACKETS_MAX
    );
  }

  /**
   * The extended number nearest to the newest one sent, kept or not.
   *
   * @param sn as on the wire, 16 bits
   */
  extSnOf(sn: number): number {
    const newest = this.#nextExtSn - 1;
    return newest + diff16(sn, newest & 0xffff);
  }

  /** Monotonic ms. This and what follows hold for numbers that are kept. */
  sentMs(extSn: number): number {
    return this.#sentMs[extSn & SLOT_MASK]!;
  }

  bytes(extSn: number): number {
    return this.#bytes[extSn & SLOT_MASK]!;
  }

  fate(extSn: number): PacketFate {
    return this.#fates[extSn & SLOT_MASK]! as PacketFate;
  }

  setFate(extSn: number, fate: PacketFate): void {
    this.#fates[extSn & SLOT_MASK] = fate;
  }

  #allocate(): void {
    this.#sentMs = new Float64Array(SENT_PACKETS_MAX);
    this.#bytes = new Uint16Array(SENT_PACKETS_MAX);
    this.#fates = new Uint8Array(SENT_PACKETS_MAX);
  }
}
