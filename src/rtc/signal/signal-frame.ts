import { livekit } from "../../gen/livekit.js";
import { writeProtoJson } from "../../protobuf/proto-json.ts";
import { nestRepeated } from "../../wire/protobuf/splice.ts";

/** Field numbers of SignalResponse, JoinResponse and ParticipantUpdate in livekit_rtc.proto. */
const JOIN = 1;
const UPDATE = 5;
const JOIN_OTHER_PARTICIPANTS = 3;
const UPDATE_PARTICIPANTS = 1;

const NO_BYTES = new Uint8Array(0);

/** One message to clients. Encoded at most once for each framing, however many links it goes to. */
export class SignalFrame {
  #message: livekit.ISignalResponse | undefined;
  #binary: Uint8Array | undefined;
  #json: string | undefined;

  /** @param message encoded already, or to be encoded by the first link that needs it */
  constructor(message: livekit.ISignalResponse | Uint8Array) {
    if (message instanceof Uint8Array) this.#binary = message;
    else this.#message = message;
  }

  /** Protobuf, for binary WebSocket frames and relays. Shared: not to be changed. */
  binary(): Uint8Array {
    this.#binary ??= livekit.SignalResponse.encode(this.#message ?? {}).finish();
    return this.#binary;
  }

  get message(): livekit.ISignalResponse {
    this.#message ??= livekit.SignalResponse.decode(this.binary());
    return this.#message;
  }

  /** Proto3 JSON in camelCase, for text frames. */
  json(): string {
    this.#json ??= writeProtoJson("livekit.SignalResponse", this.message);
    return this.#json;
  }
}

/**
 * A join response. Who is there is told to everybody that joins, and encoded once for all of them.
 *
 * @param join without other participants
 * @param others a ParticipantInfo each
 */
export function joinFrame(join: livekit.JoinResponse, others: readonly Uint8Array[]): SignalFrame {
  const head = livekit.JoinResponse.encode(join).finish();
  return new SignalFrame(nestRepeated(JOIN, head, JOIN_OTHER_PARTICIPANTS, others));
}

/** @param infos a ParticipantInfo each, encoded */
export function updateFrame(infos: readonly Uint8Array[]): SignalFrame {
  return new SignalFrame(nestRepeated(UPDATE, NO_BYTES, UPDATE_PARTICIPANTS, infos));
}
