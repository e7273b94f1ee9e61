import { DropReason } from "../../base/drop-reason.ts";
import {
  type FragmentView,
  type HandshakeMessage,
  HandshakeType,
} from "../../wire/dtls/handshake.ts";

/** Messages of WebRTC's certificates and hellos are far smaller. Larger ones are dropped. */
const MESSAGE_BYTES_MAX = 8192;
/** How far ahead of the next message fragments are kept; later ones are dropped. */
const AHEAD_MAX = 8;

type PartialMessage = {
  readonly type: number;
  readonly body: Uint8Array;
  /** One byte per byte of `body` that has arrived. */
  readonly have: Uint8Array;
  missing: number;
};

/** Handshake messages of one peer in their order, whatever order their fragments came in. */
export class HandshakeInbox {
  readonly #partials: Map<number, PartialMessage> = new Map();
  #nextSeq = 0;

  /**
   * Takes one fragment. Only what was encrypted can be Finished.
   *
   * @returns Duplicate when its message has been taken already: the peer repeats itself because
   *   our answer is missing
   */
  push(bytes: Uint8Array, fragment: FragmentView, isSealed: boolean): DropReason {
    const { seq, type, messageBytes, offset, partAt, partBytes } = fragment;
    if (seq < this.#nextSeq) return DropReason.Duplicate;
    if ((type === HandshakeType.Finished) !== isSealed) return DropReason.WrongState;
    if (seq >= this.#nextSeq + AHEAD_MAX || messageBytes > MESSAGE_BYTES_MAX) {
      return DropReason.Full;
    }
    let partial = this.#partials.get(seq);
    if (partial === undefined || partial.type !== type || partial.body.length !== messageBytes) {
      // the newer of two that contradict each other: what is forged must not stay in the way
      partial = {
        type,
        body: new Uint8Array(messageBytes),
        have: new Uint8Array(messageBytes),
        missing: messageBytes,
      };
      this.#partials.set(seq, partial);
    }
    for (let i = 0; i < partBytes && partial.missing > 0; i++) {
      if (partial.have[offset + i] === 1) continue;
      partial.have[offset + i] = 1;
      partial.body[offset + i] = bytes[partAt + i]!;
      partial.missing -= 1;
    }
    return DropReason.None;
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

  /** Forgets everything. */
  clear(): void {
    this.#partials.clear();
  }
}
