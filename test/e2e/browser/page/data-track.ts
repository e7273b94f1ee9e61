/**
 * Runs in a tab: one livekit-client room that publishes data tracks and reads those of others.
 * Everything that a test calls is a method of `globalThis.client`.
 */
import { type LocalDataTrack, type RemoteDataTrack, Room, RoomEvent } from "livekit-client";

/** A frame as a test can have it. */
export interface SeenFrame {
  readonly bytes: number;
  /** Sum of all bytes. */
  readonly sum: number;
  readonly userTimestamp: string | undefined;
}

export class DataTrackClient {
  readonly #local = new Map<string, LocalDataTrack>();
  readonly #remote = new Map<string, RemoteDataTrack>();
  readonly #frames = new Map<string, SeenFrame[]>();
  readonly #stops = new Map<string, AbortController>();
  #room: Room | undefined;

  async join(url: string, token: string, singlePeerConnection: boolean): Promise<void> {
    const room = new Room({ singlePeerConnection });
    this.#room = room;
    room.on(RoomEvent.DataTrackPublished, (track) => this.#remote.set(track.info.name, track));
    room.on(RoomEvent.DataTrackUnpublished, (sid) => {
      for (const [name, { info }] of this.#remote) if (info.sid === sid) this.#remote.delete(name);
    });
    await room.connect(url, token);
  }

  async publish(name: string): Promise<void> {
    this.#local.set(name, await this.#room!.localParticipant.publishDataTrack({ name }));
  }

  async unpublish(name: string): Promise<void> {
    await this.#local.get(name)!.unpublish();
  }

  /** One frame of so many bytes, all of the same value. */
  async push(name: string, bytes: number, value: number, userTimestamp?: string): Promise<void> {
    const track = this.#local.get(name)!;
    const stamp = userTimestamp === undefined ? {} : { userTimestamp: BigInt(userTimestamp) };
    track.tryPush({ payload: new Uint8Array(bytes).fill(value), ...stamp });
    await track.flush();
  }

  /** Names of the others' tracks. */
  tracks(): string[] {
    return [...this.#remote.keys()].sort();
  }

  /** "" while there is no such track. */
  sidOf(name: string): string {
    return this.#remote.get(name)?.info.sid ?? "";
  }

  /** Reads a track of somebody else from now on. */
  subscribe(name: string): void {
    const stop = new AbortController();
    const frames: SeenFrame[] = [];
    this.#frames.set(name, frames);
    this.#stops.set(name, stop);
    const stream = this.#remote.get(name)!.subscribe({ signal: stop.signal, bufferSize: 1_000 });
    void this.#read(stream.getReader(), frames);
  }

  unsubscribe(name: string): void {
    this.#stops.get(name)?.abort();
  }

  async #read(
    reader: ReadableStreamDefaultReader<{ payload: Uint8Array; userTimestamp?: bigint }>,
    frames: SeenFrame[],
  ): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        const { payload, userTimestamp } = value;
        const sum = payload.reduce((total, byte) => total + byte, 0);
        frames.push({ bytes: payload.length, sum, userTimestamp: userTimestamp?.toString() });
      }
    } catch {
      // it ended with the subscription
    }
  }

  frames(name: string): SeenFrame[] {
    return this.#frames.get(name) ?? [];
  }

  /** Goes through a reconnect, and waits until it is over. */
  async reconnect(scenario: "signal-reconnect" | "full-reconnect"): Promise<void> {
    const room = this.#room!;
    const isOver = new Promise<void>((resolve) => room.once(RoomEvent.Reconnected, resolve));
    await room.simulateScenario(scenario);
    await isOver;
  }

  async leave(): Promise<void> {
    await this.#room?.disconnect();
  }
}

Object.assign(globalThis, { client: new DataTrackClient() });
