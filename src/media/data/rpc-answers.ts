import type { RpcAnswered } from "../../bridge/data-events.ts";
import type { DataPacketView } from "../../wire/datapacket/data-packet-view.ts";
import { PacketField } from "../../wire/datapacket/packet-fields.ts";
import { readRpcAnswer } from "../../wire/datapacket/packet-values.ts";

/**
 * Requests of the API's that wait for a member's answer. The control side bounds how many there are.
 * An answer is for it when it comes of the member that was asked, and can be read; any other is
 * forwarded (spec-signalling 9.3).
 */
export class RpcAnswers {
  readonly #memberIds = new Map<string, number>();

  expect(requestId: string, memberId: number): void {
    this.#memberIds.set(requestId, memberId);
  }

  forget(requestId: string): void {
    this.#memberIds.delete(requestId);
  }

  /** @returns the answer in the packet; undefined when it is not for us */
  take(memberId: number, view: DataPacketView): RpcAnswered | undefined {
    if (this.#memberIds.size === 0) return undefined;
    const { value, bytes, valueStart, valueEnd } = view;
    const answer = readRpcAnswer(bytes.subarray(valueStart, valueEnd));
    if (answer === undefined || this.#memberIds.get(answer.requestId) !== memberId)
      return undefined;
    if (value === PacketField.RpcResponse) {
      if (!answer.isComplete) return undefined;
      this.#memberIds.delete(answer.requestId);
    }
    return { kind: "rpc-answered", memberId, bytes };
  }
}
