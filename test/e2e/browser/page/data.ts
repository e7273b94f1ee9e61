/** Runs in a tab: one livekit-client room that says and hears text. */
import { Room, RoomEvent } from "livekit-client";

/** Ids of data channels by label from protocol 18 on, where both sides make them by themselves. */
const NEGOTIATED_IDS: Readonly<Record<string, number>> = {
  _reliable: 100,
  _lossy: 101,
  _data_track: 102,
};

function patternOf(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, i) => i % 251);
}

export class DataClient {
  readonly #room: Room = new Room({ singlePeerConnection: true });
  readonly #heard: string[] = [];
  readonly #channels: RTCDataChannel[] = [];
  readonly #files: number[] = [];

  /** @param isNegotiated every channel gets its fixed id; else they are opened in-band */
  async join(url: string, token: string, isNegotiated: boolean): Promise<void> {
    const create = RTCPeerConnection.prototype.createDataChannel;
    const channels = this.#channels;
    RTCPeerConnection.prototype.createDataChannel = function (label, options) {
      const id = NEGOTIATED_IDS[label];
      const known = isNegotiated && id !== undefined ? { negotiated: true, id } : {};
      const channel = create.call(this, label, { ...options, ...known });
      channels.push(channel);
      return channel;
    };
    this.#room.on(RoomEvent.DataReceived, (bytes, _participant, kind) =>
      this.#heard.push(`${kind}: ${new TextDecoder().decode(bytes)}`),
    );
    await this.#room.connect(url, token);
  }

  async say(text: string, isReliable: boolean): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    await this.#room.localParticipant.publishData(bytes, { reliable: isReliable });
  }

  heard(): string[] {
    return this.#heard;
  }

  /** A file of one stream, of bytes that repeat every 251. */
  async sendFile(size: number): Promise<void> {
    const file = new File([patternOf(size)], "file.bin");
    await this.#room.localParticipant.sendFile(file, { topic: "file" });
  }

  /** From here on files are taken. */
  takeFiles(): void {
    this.#room.registerByteStreamHandler("file", async (reader) => {
      let size = 0;
      let isRight = true;
      for await (const chunk of reader) {
        for (const byte of chunk) isRight &&= byte === size++ % 251;
      }
      this.#files.push(isRight ? size : -1);
    });
  }

  /** Sizes of the files that came; -1 where the bytes were others. */
  files(): number[] {
    return this.#files;
  }

  /** Numbered messages one after the other; the signal connection breaks and comes back meanwhile. */
  async countAcrossResume(count: number): Promise<void> {
    let isBack = false;
    const back = new Promise<void>((resolve) =>
      this.#room.once(RoomEvent.Reconnected, () => {
        isBack = true;
        resolve();
      }),
    );
    for (let i = 0; i < count; i++) {
      if (i === count >> 2) await this.#room.simulateScenario("signal-reconnect");
      if (i === count - 10 && !isBack) await back;
      await this.say(`${i}`, true);
    }
  }

  /** Of the channels that are open: label, id, and whether both sides made them. */
  channels(): string[] {
    return this.#channels
      .filter(({ readyState }) => readyState === "open")
      .map(({ label, id, negotiated }) => (negotiated ? `${label} ${id}` : label))
      .sort();
  }

  async leave(): Promise<void> {
    await this.#room.disconnect();
  }

  serverProtocol(): number | undefined {
    return this.#room.serverInfo?.protocol;
  }
}

Object.assign(globalThis, { client: new DataClient() });
