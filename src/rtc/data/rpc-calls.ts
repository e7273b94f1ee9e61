import type { ErrorCode } from "../../base/errors.ts";
import { ServerError } from "../../base/errors.ts";
import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import { livekit } from "../../gen/livekit.js";
import type { Participant } from "../participant/participant.ts";
import type { RoomData } from "./room-data.ts";

const ACK_TIMEOUT_MS = 7_000;
const RESPONSE_TIMEOUT_MS = 15_000;
/** Longer waits are cut to this: a timer holds no more than 31 bits, and a call holds a place. */
const RESPONSE_TIMEOUT_MAX_MS = 3_600_000;
const PAYLOAD_BYTES_MAX = 15_360;
const RPC_VERSION = 1;
/** Calls of the API that may wait in one room. */
const CALLS_MAX = 1_000;

type Failure = { readonly code: ErrorCode; readonly message: string };

/** RPC error codes of LiveKit's SDKs, and what they are in Twirp (spec-signalling 9.6). */
const FAILURES: { readonly [code: number]: Failure } = {
  1400: { code: "invalid_argument", message: "Method not supported at destination" },
  1401: { code: "not_found", message: "Recipient not found" },
  1402: { code: "malformed", message: "Request payload too large" },
  1403: { code: "unimplemented", message: "RPC not supported by server" },
  1404: { code: "unimplemented", message: "Unsupported RPC version" },
  1500: { code: "internal", message: "Application error in method handler" },
  1501: { code: "canceled", message: "Connection timeout" },
  1502: { code: "canceled", message: "Response timeout" },
  1503: { code: "unavailable", message: "Recipient disconnected" },
  1504: { code: "malformed", message: "Response payload too large" },
  1505: { code: "internal", message: "Failed to send" },
};

type Call = {
  readonly callee: Participant;
  resolve(payload: string): void;
  reject(error: ServerError): void;
  ackTimer: Cancel | undefined;
  responseTimer: Cancel;
};

/** Calls that the API makes of participants, until they answer. */
export class RpcCalls {
  readonly #scheduler: Scheduler;
  readonly #data: RoomData;
  readonly #calls = new Map<string, Call>();

  constructor(scheduler: Scheduler, data: RoomData) {
    this.#scheduler = scheduler;
    this.#data = data;
  }

  /** @returns the payload of the answer; refusals carry the RPC error's text and Twirp code */
  perform(
    callee: Participant,
    request: { method: string; payload: string; responseTimeoutMs: number },
  ): Promise<string> {
    if (new TextEncoder().encode(request.payload).length > PAYLOAD_BYTES_MAX) {
      return Promise.reject(rpcError(1402));
    }
    if (this.#calls.size >= CALLS_MAX) {
      const message = `Cannot call ${callee.identity}: ${CALLS_MAX} calls of this room wait already`;
      return Promise.reject(new ServerError("resource_exhausted", message));
    }
    const id = crypto.randomUUID();
    const caller = crypto.randomUUID();
    const timeoutMs = Math.min(
      request.responseTimeoutMs || RESPONSE_TIMEOUT_MS,
      RESPONSE_TIMEOUT_MAX_MS,
    );
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#calls.set(id, {
      callee,
      resolve,
      reject,
      ackTimer: this.#scheduler.after(ACK_TIMEOUT_MS, () => this.#fail(id, 1501)),
      responseTimer: this.#scheduler.after(timeoutMs, () => this.#fail(id, 1502)),
    });
    this.#data.awaitRpc(id, callee);
    this.#data.deliver(
      new livekit.DataPacket({
        kind: livekit.DataPacket.Kind.RELIABLE,
        participantIdentity: caller,
        destinationIdentities: [callee.identity],
        rpcRequest: {
          id,
          method: request.method,
          payload: request.payload,
          responseTimeoutMs: timeoutMs,
          version: RPC_VERSION,
        },
      }),
    );
    return promise;
  }

  /** @param bytes the DataPacket with the sender's ack or response; what cannot be read is no answer */
  answered(sender: Participant, bytes: Uint8Array): void {
    let packet: livekit.DataPacket;
    try {
      packet = livekit.DataPacket.decode(bytes);
    } catch {
      return;
    }
    const { rpcAck, rpcResponse } = packet;
    const id = rpcAck?.requestId ?? rpcResponse?.requestId ?? "";
    const call = this.#calls.get(id);
    if (call === undefined || call.callee !== sender) return;
    if (rpcAck) {
      call.ackTimer?.();
      call.ackTimer = undefined;
    } else if (rpcResponse?.error) {
      const { code, message, data } = rpcResponse.error;
      this.#end(id)?.reject(rpcError(code ?? 0, message ?? "", data ?? ""));
    } else if (typeof rpcResponse?.payload === "string") {
      this.#end(id)?.resolve(rpcResponse.payload);
    }
  }

  #end(id: string): Call | undefined {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    if (call !== undefined) this.#data.forgetRpc(id, call.callee);
    call?.ackTimer?.();
    call?.responseTimer();
    return call;
  }

  #fail(id: string, code: number): void {
    this.#end(id)?.reject(rpcError(code));
  }

  participantClosed(participant: Participant): void {
    for (const [id, { callee }] of this.#calls) if (callee === participant) this.#fail(id, 1503);
  }

  close(): void {
    for (const id of [...this.#calls.keys()]) this.#fail(id, 1503);
  }
}

function rpcError(code: number, message = "", data = ""): ServerError {
  const failure = FAILURES[code];
  const text = message !== "" ? message : (failure?.message ?? "");
  return new ServerError(
    failure?.code ?? "internal",
    `RpcError ${code}: ${text}${data !== "" ? `: ${data}` : ""}`,
  );
}
