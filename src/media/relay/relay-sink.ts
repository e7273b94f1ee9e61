import type { ReceiveStream } from "../../sfu/buffer/receive-stream.ts";
import type { RelayPort } from "../../sfu/receiver/relays.ts";
import type { RtpView } from "../../wire/rtp/rtp-view.ts";
import type { ThreadLink } from "./thread-link.ts";

/** What was told about losses is of no use any more. */
const LOSS_MS = 5_000;

/** The publisher's end of one relay: what a receiver takes, on its way to its replica on a thread. */
export class RelaySink implements RelayPort {
  readonly link: ThreadLink;
  readonly #receiverId: number;
  /** Layers that began anew and of which that has yet to be told, one bit each: before any packet. */
  #resets = 0;
  /** Layers whose newest sender report the replica has, one bit each. */
  #reported = 0;
  #fractionLost = 0;
  #lossMs = Number.NEGATIVE_INFINITY;

  constructor(receiverId: number, link: ThreadLink) {
    this.#receiverId = receiverId;
    this.link = link;
  }

  write(nowMs: number, view: RtpView, extSn: number, layer: number, stream: ReceiveStream): void {
    const bit = 1 << layer;
    if ((this.#resets & bit) !== 0) {
      // packets of the new beginning would be taken for the old stream's
      if (!this.link.resetStream(this.#receiverId, layer)) return;
      this.#resets &= ~bit;
    }
    if (!this.link.writeMedia(this.#receiverId, layer, view, extSn)) return;
    // a stream is there from its first packet on: now it can be told what its times mean
    if ((this.#reported & bit) === 0) this.writeSenderReport(nowMs, layer, stream);
  }

  writeSenderReport(nowMs: number, layer: number, stream: ReceiveStream): void {
    const bit = 1 << layer;
    const isTold =
      stream.senderReport.hasReport && this.link.writeSenderReport(nowMs, this.#receiverId, stream);
    this.#reported = isTold ? this.#reported | bit : this.#reported & ~bit;
  }

  /** The replica's stream has none: what it was told before may have come before there was a replica. */
  wantReport(layer: number): void {
    this.#reported &= ~(1 << layer);
  }

  resetStream(layer: number): void {
    this.#resets |= 1 << layer;
    this.#reported &= ~(1 << layer);
  }

  /** The replica said so. */
  noteLoss(nowMs: number, fractionLost: number): void {
    this.#fractionLost = fractionLost;
    this.#lossMs = nowMs;
  }

  fractionLost(nowMs: number): number {
    return nowMs - this.#lossMs <= LOSS_MS ? this.#fractionLost : 0;
  }
}
