import { DropReason } from "../../base/drop-reason.ts";
import { StunType } from "../../wire/stun/constants.ts";
import { formatIpText } from "../../wire/stun/ip-address.ts";
import { readMappedAddressBytes, readStun, StunView } from "../../wire/stun/stun-view.ts";
import { StunWriter } from "../../wire/stun/stun-writer.ts";

const RTO_MS = 500;
/** How long a server may take (spec-media 1.1). */
export const BINDING_TIMEOUT_MS = 5_000;
/** A Binding request without attributes. */
export const BINDING_REQUEST_BYTES = 20;

const TRANSACTION_OFFSET = 8;

/**
 * One STUN Binding request over UDP and its retransmissions (RFC 8489 §6.2.1): sent at 0, 500, 1500
 * and 3500 ms, and given up at 5000 ms. The answer's sender is not looked at: who knows the
 * transaction's 96 random bits has seen the request.
 */
export class BindingTransaction {
  readonly #id: Uint8Array;
  readonly #view: StunView = new StunView();
  readonly #endMs: number;
  #dueMs: number;
  #sends = 0;
  #isSendReady = false;
  #outcome: { readonly address: string } | "failed" | undefined;

  /** @param id 12 random bytes, owned by the transaction from here on */
  constructor(nowMs: number, id: Uint8Array) {
    this.#id = id;
    this.#dueMs = nowMs;
    this.#endMs = nowMs + BINDING_TIMEOUT_MS;
  }

  handleDatagram(bytes: Uint8Array): DropReason {
    const reason = readStun(bytes, 0, bytes.length, this.#view);
    if (reason !== DropReason.None) return reason;
    for (let i = 0; i < this.#id.length; i++) {
      if (bytes[TRANSACTION_OFFSET + i] !== this.#id[i]) return DropReason.Unknown;
    }
    const { type } = this.#view;
    if (type === StunType.BindingError) {
      this.#finish("failed");
      return DropReason.None;
    }
    const out = new Uint8Array(16);
    const length = readMappedAddressBytes(bytes, this.#view, out);
    if (type !== StunType.BindingSuccess || length === 0) return DropReason.Malformed;
    this.#finish({ address: formatIpText(out, 0, length) });
    return DropReason.None;
  }

  handleTimeout(nowMs: number): void {
    if (nowMs < this.#dueMs) return;
    if (nowMs >= this.#endMs) {
      this.#finish("failed");
      return;
    }
    this.#isSendReady = true;
    this.#sends += 1;
    this.#dueMs = Math.min(nowMs + (RTO_MS << (this.#sends - 1)), this.#endMs);
  }

  /** When `handleTimeout` next has work, in the caller's monotonic ms; Infinity once finished. */
  pollTimeout(): number {
    return this.#dueMs;
  }

  /** Writes one datagram into `out`; returns its length in bytes, 0 when there is none. */
  pollTransmit(out: Uint8Array, offset: number): number {
    if (!this.#isSendReady) return 0;
    this.#isSendReady = false;
    const writer = new StunWriter();
    writer.begin(out, offset, StunType.BindingRequest, this.#id, 0);
    return writer.length;
  }

  /** The address as the server sees it, in text. */
  pollOutcome(): { readonly address: string } | "failed" | undefined {
    return this.#outcome;
  }

  #finish(outcome: { readonly address: string } | "failed"): void {
    this.#outcome ??= outcome;
    this.#dueMs = Number.POSITIVE_INFINITY;
    this.#isSendReady = false;
  }
}
