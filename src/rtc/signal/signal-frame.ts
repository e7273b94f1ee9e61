import { livekit } from "../../gen/livekit.js";
import { writeProtoJson } from "../../protobuf/proto-json.ts";

/** One message to clients. Encoded at most once for each framing, however many links it goes to. */
export class SignalFrame {
  readonly message: livekit.ISignalResponse;
  #binary: Uint8Array | undefined;
  #json: string | undefined;

  constructor(message: livekit.ISignalResponse) {
    this.message = message;
  }

  /** Protobuf, for binary WebSocket frames and relays. Shared: not to be changed. */
  binary(): Uint8Array {
    this.#binary ??= livekit.SignalResponse.encode(this.message).finish();
    return this.#binary;
  }

  /** Proto3 JSON in camelCase, for text frames. */
  json(): string {
    this.#json ??= writeProtoJson("livekit.SignalResponse", this.message);
    return this.#json;
  }
}
