import type { NativeClient } from "./native-client.ts";
import { until } from "./until.ts";

/** What @livekit/rtc-node sends to and hears from its native part, as far as this needs it. */
type FfiEvent = { readonly message: { readonly case?: string; readonly value?: unknown } };
type FfiClient = {
  request(request: { message: { case: string; value: object } }): unknown;
  on(event: "ffi_event", listener: (event: FfiEvent) => void): void;
};
type Owned = { readonly handle: { readonly id: bigint }; readonly info: { readonly name: string } };
type Answer = {
  readonly asyncId: bigint;
  readonly error?: string;
  readonly definition?: string;
  readonly result?: { readonly case: string; readonly value: Owned };
};

export interface NativeFrame {
  readonly payload: Uint8Array;
  readonly userTimestamp?: bigint;
}

/** JSON schema, as the SDK numbers its encodings. */
const JSON_SCHEMA = 6;

/**
 * Data tracks and schemas of the Rust SDK, which the native part of @livekit/rtc-node can do and its
 * own interface does not offer. One for all clients of this process.
 */
export class NativeDataTracks {
  readonly #ffi: FfiClient;
  readonly #events: FfiEvent[] = [];
  readonly #streams = new Map<bigint, NativeFrame[]>();

  /** After the first client joined: only then the native part is there. */
  constructor() {
    const { _ffiClientInstance } = globalThis as unknown as { _ffiClientInstance?: FfiClient };
    if (_ffiClientInstance === undefined) throw new Error("@livekit/rtc-node has not started");
    this.#ffi = _ffiClientInstance;
    this.#ffi.on("ffi_event", (event) => this.#heard(event));
  }

  #heard(event: FfiEvent): void {
    if (event.message.case !== "dataTrackStreamEvent") {
      this.#events.push(event);
      return;
    }
    const { streamHandle, detail } = event.message.value as {
      streamHandle: bigint;
      detail: { case: string; value: { frame: NativeFrame } };
    };
    if (detail.case !== "frameReceived") return;
    this.#streams.get(streamHandle)?.push(detail.value.frame);
    this.#request("dataTrackStreamRead", { streamHandle });
  }

  #request<T>(name: string, value: object): T {
    return this.#ffi.request({ message: { case: name, value } }) as T;
  }

  /** A request that is answered by an event. */
  async #ask(name: string, value: object): Promise<Answer> {
    const { asyncId } = this.#request<{ asyncId: bigint }>(name, value);
    return until(
      () => {
        const answers = this.#events
          .filter((event) => event.message.case === name)
          .map((event) => event.message.value as Answer);
        return answers.find((answer) => answer.asyncId === asyncId) ?? false;
      },
      { what: `an answer to ${name}` },
    );
  }

  /** @returns the handle to push frames with */
  async publish(client: NativeClient, name: string): Promise<bigint> {
    const { result } = await this.#ask("publishDataTrack", {
      localParticipantHandle: handleOf(client),
      options: { name },
    });
    if (result?.case !== "track") throw new Error(`The data track ${name} was not published`);
    return result.value.handle.id;
  }

  push(trackHandle: bigint, frame: NativeFrame): void {
    this.#request("localDataTrackTryPush", { trackHandle, frame });
  }

  /** Subscribes to a track of somebody else once it is known; @returns the frames, as they come */
  async subscribe(name: string): Promise<readonly NativeFrame[]> {
    const track = await until(() => this.#published(name) ?? false, { what: `the track ${name}` });
    const { stream } = this.#request<{ stream: { handle: { id: bigint } } }>("subscribeDataTrack", {
      trackHandle: track.handle.id,
      options: {},
    });
    const frames: NativeFrame[] = [];
    this.#streams.set(stream.handle.id, frames);
    this.#request("dataTrackStreamRead", { streamHandle: stream.handle.id });
    return frames;
  }

  #published(name: string): Owned | undefined {
    for (const { message } of this.#events) {
      if (message.case !== "roomEvent") continue;
      const inner = (message.value as { message: { case: string; value: { track: Owned } } })
        .message;
      if (inner.case === "dataTrackPublished" && inner.value.track.info.name === name) {
        return inner.value.track;
      }
    }
    return undefined;
  }

  /** Stores a schema as a data blob; @returns what went wrong, "" for nothing */
  async defineSchema(client: NativeClient, name: string, definition: string): Promise<string> {
    const answer = await this.#ask("defineSchema", {
      localParticipantHandle: handleOf(client),
      schemaId: schemaId(name),
      definition,
    });
    return answer.error ?? "";
  }

  /** @returns the definition, or undefined */
  async getSchema(client: NativeClient, owner: string, name: string): Promise<string | undefined> {
    const answer = await this.#ask("getSchema", {
      localParticipantHandle: handleOf(client),
      participantIdentity: owner,
      schemaId: schemaId(name),
    });
    return answer.definition;
  }
}

function schemaId(name: string): object {
  return { name, encoding: { value: { case: "wellKnown", value: JSON_SCHEMA } } };
}

function handleOf({ room }: NativeClient): bigint {
  const { ffi_handle } = room.localParticipant as unknown as { ffi_handle: { handle: bigint } };
  return ffi_handle.handle;
}
