import type { Forwarder } from "../forwarder/forwarder.ts";
import { Translation } from "../forwarder/translation.ts";
import type { SendStatistics } from "../stats/send-statistics.ts";
import type { PacketWriter } from "./packet-writer.ts";
import type { Retransmitter } from "./retransmitter.ts";

/** Packets that a probe may repeat, the newest first. */
const REPEATS_MAX = 6;

/** Scratch of the thread: filled and used up within one call. */
const SENT: Translation = new Translation();

/**
 * What one down track can give to a probe (spec-media 6.6): its newest packets once more on the
 * RTX stream, which may even be of use there, or else padding.
 */
export class ProbePackets {
  readonly #writer: PacketWriter;
  readonly #forwarder: Forwarder;
  readonly #retransmitter: Retransmitter;
  readonly #stats: SendStatistics;

  constructor(
    writer: PacketWriter,
    forwarder: Forwarder,
    retransmitter: Retransmitter,
    stats: SendStatistics,
  ) {
    this.#writer = writer;
    this.#forwarder = forwarder;
    this.#retransmitter = retransmitter;
    this.#stats = stats;
  }

  /** As `ProbeTrack.sentBytes`. */
  get sentBytes(): number {
    const { headerBytes, payloadBytes, retransmitBytes, probeBytes } = this.#stats;
    return headerBytes + payloadBytes + retransmitBytes + probeBytes;
  }

  /** As `ProbeTrack.sendProbe`. */
  send(nowMs: number, bytes: number): number {
    const before = this.#stats.retransmitBytes;
    let sent = 0;
    for (let back = 0; back < REPEATS_MAX && sent < bytes && this.#writer.hasRtx; back++) {
      this.#retransmitter.repeat(nowMs, back);
      sent = this.#stats.retransmitBytes - before;
    }
    if (sent > 0) return sent;
    while (sent < bytes) {
      const length = this.#writer.sendPadding(nowMs, this.#forwarder, SENT);
      if (length === 0) break;
      sent += length;
    }
    return sent;
  }
}
