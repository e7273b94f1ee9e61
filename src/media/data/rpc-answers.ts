import type { RpcAnswered } from "../../bridge/data-events.ts";
import type { DataPacketView } from "../../wire/datapacket/data-packet-view.ts";
import { PacketField } from "../../wire/datapacket/packet-fields.ts";
import { readRpcAnswer } from "../../wire/datapacket/packet-values.ts";

type AwaitedAnswer = {
  readonly memberId: number;
  /** A client may send as many acks as it likes: the control side is told of one. */
  isAckTold: boolean;
};

/** Whom a packet with an ack or a response is for. */
export type RpcAnswerFate =
  /** For others in the room, as any packet. */
  | "forward"
  /** For us, and told already. */
  | "drop"
  | RpcAnswered;

/**
 * Requests of the API's that wait for a member's answer. The control side bounds how many there are.
 * An answer is for it when it comes of the member that was asked, and can be read; any other is
 * forwarded (spec-signalling 9.3).
 */
export class RpcAnswers {
  readonly #awaited = new Map<string, AwaitedAnswer>();

  expect(requestId: string, memberId: number): void {
    this.#awaited.set(requestId, { memberId, isAckTold: false });
  }

  forget(requestId: string): void {
    this.#awaited.delete(requestId);
  }

  take(memberId: number, view: DataPacketView): RpcAnswerFate {
    if (this.#awaited.size === 0) return "forward";
    const { value, bytes, valueStart, valueEnd } = view;
    const answer = readRpcAnswer(bytes.subarray(valueStart, valueEnd));
    const awaited = answer === undefined ? undefined : this.#awaited.get(answer.requestId);
    if (answer === undefined || awaited?.memberId !== memberId) return "forward";
    if (value === PacketField.RpcResponse) {
      if (!answer.isComplete) return "forward";
      this.#awaited.delete(answer.requestId);
    } else {
      if (awaited.isAckTold) return "drop";
      awaited.isAckTold = true;
    }
    return { kind: "rpc-answered", memberId, bytes };
  }
}
