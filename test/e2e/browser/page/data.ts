/** Runs in a tab: one livekit-client room that says and hears text. */
import { Room, RoomEvent } from "livekit-client";

/** Ids of data channels by label from protocol 18 on, where both sides make them by themselves. */
const NEGOTIATED_IDS: Readonly<Record<string, number>> = {
  _reliable: 100,
  _lossy: 101,
  _data_track: 102,
};

export class DataClient {
  readonly #room: Room = new Room({ singlePeerConnection: true });
  readonly #heard: string[] = [];
  readonly #channels: RTCDataChannel[] = [];

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
