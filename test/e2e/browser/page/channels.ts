/** Runs in a tab: one RTCPeerConnection with data channels and nothing else. */
import { createMessage, hashOf } from "../../../support/channel-messages.ts";

export class ChannelClient {
  readonly #connection: RTCPeerConnection = new RTCPeerConnection();
  readonly #channels: Map<string, RTCDataChannel> = new Map();
  readonly #heard: Map<string, [size: number, hash: number][]> = new Map();

  constructor() {
    this.#connection.ondatachannel = ({ channel }) => this.#adopt(channel);
  }

  async offer(specs: readonly (RTCDataChannelInit & { label: string })[]): Promise<string> {
    for (const { label, ...init } of specs) this.open(label, init);
    await this.#connection.setLocalDescription();
    return this.#connection.localDescription!.sdp;
  }

  async answer(sdp: string): Promise<void> {
    await this.#connection.setRemoteDescription({ type: "answer", sdp });
  }

  open(label: string, init: RTCDataChannelInit): void {
    this.#adopt(this.#connection.createDataChannel(label, init));
  }

  /** Sends numbered messages of these sizes. */
  send(label: string, sizes: readonly number[]): void {
    const channel = this.#channels.get(label)!;
    for (const [index, size] of sizes.entries()) channel.send(createMessage(index, size));
  }

  close(label: string): void {
    this.#channels.get(label)?.close();
  }

  states(): Record<string, string> {
    const entries = [...this.#channels].map(([label, { readyState }]) => [label, readyState]);
    return Object.fromEntries(entries);
  }

  /** Size and hash of each message that came, in order. */
  heard(label: string): [size: number, hash: number][] {
    return this.#heard.get(label) ?? [];
  }

  #adopt(channel: RTCDataChannel): void {
    channel.binaryType = "arraybuffer";
    this.#channels.set(channel.label, channel);
    const list: [number, number][] = [];
    this.#heard.set(channel.label, list);
    channel.onmessage = ({ data }) => {
      const bytes = new Uint8Array(data as ArrayBuffer);
      list.push([bytes.length, hashOf(bytes)]);
    };
  }
}

Object.assign(globalThis, { client: new ChannelClient() });
