import { randomUint32 } from "../../src/crypto/random-uint32.ts";
import { type Address, IceChecker } from "../../src/loadtest/ice-checker.ts";
import { classify, DatagramKind } from "../../src/media/demux.ts";
import {
  type DataChannelEvent,
  DataChannels,
  type DataChannelsOptions,
} from "../../src/transport/datachannel/data-channels.ts";
import {
  APPLICATION_OVERHEAD_BYTES,
  type DtlsSession,
} from "../../src/transport/dtls/dtls-session.ts";
import { createTestDtlsFactory } from "./dtls-factory.ts";
import { seededRandom } from "./sctp-link.ts";

const TICK_MS = 2;

export type Impairment = {
  readonly seed: number;
  /** 0..1, of SCTP packets, each way. */
  readonly loss: number;
  readonly duplication: number;
  /** Packets are late by up to this much, and overtake each other. */
  readonly jitterMs: number;
};

/**
 * Our data channels over our DTLS on a UDP socket, for another implementation to talk to, with
 * bad luck between DTLS and SCTP in both directions.
 */
export class ImpairedChannels implements AsyncDisposable {
  readonly events: DataChannelEvent[] = [];
  /** First chunk types that came in. */
  readonly heardChunks: Set<number> = new Set();
  readonly #ice: IceChecker = new IceChecker();
  readonly #impairment: Impairment;
  readonly #random: () => number;
  readonly #options: Partial<DataChannelsOptions>;
  #socket: Bun.udp.Socket<"buffer"> | undefined;
  #dtls: DtlsSession | undefined;
  #channels: DataChannels | undefined;
  #out: Uint8Array = new Uint8Array(0);
  readonly #late: { readonly atMs: number; readonly run: () => void }[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor(impairment: Impairment, options: Partial<DataChannelsOptions>) {
    this.#impairment = impairment;
    this.#random = seededRandom(impairment.seed);
    this.#options = options;
  }

  /** @returns the peer, and the SDP answer to the offer of a data channel connection */
  static async answer(
    offer: string,
    impairment: Impairment,
    options: Partial<DataChannelsOptions> = {},
  ): Promise<{ peer: ImpairedChannels; sdp: string }> {
    const peer = new ImpairedChannels(impairment, options);
    const socket = await Bun.udpSocket({
      hostname: "127.0.0.1",
      binaryType: "buffer",
      socket: {
        data: (_socket, bytes, port, address) => peer.#receive(bytes, port, address),
        error() {},
      },
    });
    peer.#socket = socket;
    const line = (name: string): string => offer.match(new RegExp(`^a=${name}:(.*)\r?$`, "m"))![1]!;
    const factory = createTestDtlsFactory();
    // The offerer is active or passive as we like; we are the DTLS server.
    const remoteFingerprint = line("fingerprint").trim().split(" ")[1]!;
    peer.#dtls = factory.create({
      role: "server",
      remoteFingerprint,
      events: {
        onTransmit: (datagram) => peer.#transmit(datagram),
        onConnected: () => peer.#connected(),
        onApplicationData: (bytes) => {
          if (bytes.length > 12) peer.heardChunks.add(bytes[12]!);
          peer.#impair(bytes, (packet) => {
            peer.#channels?.handlePacket(performance.now(), packet);
          });
          peer.#drain();
        },
        onFailed: () => {},
      },
    });
    peer.#ice.setRemote(line("ice-ufrag").trim(), line("ice-pwd").trim(), false);
    peer.#timer = setInterval(() => peer.#tick(), TICK_MS);
    const sdp = [
      "v=0",
      "o=- 1 2 IN IP4 127.0.0.1",
      "s=-",
      "t=0 0",
      "a=group:BUNDLE 0",
      "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
      "c=IN IP4 0.0.0.0",
      "a=mid:0",
      `a=ice-ufrag:${peer.#ice.ufrag}`,
      `a=ice-pwd:${peer.#ice.pwd}`,
      `a=fingerprint:sha-256 ${factory.localFingerprint}`,
      "a=setup:passive",
      "a=sctp-port:5000",
      "a=max-message-size:262144",
      `a=candidate:1 1 udp 2130706431 127.0.0.1 ${socket.port} typ host`,
      "",
    ].join("\r\n");
    return { peer, sdp };
  }

  get isConnected(): boolean {
    return this.#channels?.isConnected ?? false;
  }

  /** Runs something with the channels, then sends what came of it. */
  with<T>(act: (channels: DataChannels, nowMs: number) => T): T {
    if (this.#channels === undefined) throw new Error("DTLS has not connected yet");
    const result = act(this.#channels, performance.now());
    this.#drain();
    return result;
  }

  debugInfo(): unknown {
    return this.#channels?.debugInfo();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#dtls?.close();
    this.#socket?.close();
  }

  #connected(): void {
    const channels = new DataChannels({
      dtlsRole: "server",
      random: randomUint32,
      zeroChecksum: true,
      maxMessageBytes: 262_144,
      receiveMessageBytesMax: 262_144,
      ...this.#options,
    });
    this.#out = new Uint8Array(channels.packetBytesMax);
    this.#channels = channels;
    channels.connect(performance.now());
    this.#drain();
  }

  #receive(bytes: Uint8Array, port: number, address: string): void {
    const kind = classify(bytes);
    if (kind === DatagramKind.Stun) {
      this.#ice.handleMessage(bytes, { address, port }, (answer, to) => this.#send(answer, to));
    } else if (kind === DatagramKind.Dtls) {
      this.#dtls?.handleDatagram(performance.now(), bytes);
    }
  }

  #transmit(datagram: Uint8Array): void {
    const to = this.#ice.selected;
    if (to !== undefined) this.#send(datagram, to);
  }

  #sendPacket(packet: Uint8Array): void {
    const datagram = new Uint8Array(packet.length + APPLICATION_OVERHEAD_BYTES);
    const length = this.#dtls?.sealApplicationData(packet, packet.length, datagram, 0) ?? 0;
    if (length > 0) this.#transmit(datagram.subarray(0, length));
  }

  /** The other side may have closed its socket first. */
  #send(bytes: Uint8Array, to: Address): void {
    try {
      this.#socket?.send(bytes, to.port, to.address);
    } catch (error) {
      if ((error as { code?: string }).code !== "ECONNREFUSED") throw error;
    }
  }

  #tick(): void {
    const nowMs = performance.now();
    this.#ice.handleTimeout(nowMs, (bytes, to) => this.#send(bytes, to));
    const dtls = this.#dtls;
    if (dtls !== undefined && nowMs >= dtls.pollTimeout()) dtls.handleTimeout(nowMs);
    const due = this.#late.filter(({ atMs }) => atMs <= nowMs);
    for (const one of due) {
      this.#late.splice(this.#late.indexOf(one), 1);
      one.run();
    }
    const channels = this.#channels;
    if (channels === undefined) return;
    if (nowMs >= channels.pollTimeout()) channels.handleTimeout(nowMs);
    this.#drain();
  }

  #drain(): void {
    const channels = this.#channels;
    if (channels === undefined) return;
    for (let event = channels.pollEvent(); event; event = channels.pollEvent()) {
      this.events.push(event);
    }
    for (;;) {
      const length = channels.pollTransmit(performance.now(), this.#out);
      if (length === 0) break;
      this.#impair(this.#out.subarray(0, length), (packet) => this.#sendPacket(packet));
    }
  }

  /** Bad luck for one SCTP packet: it may be lost, doubled, or late. */
  #impair(bytes: Uint8Array, deliver: (packet: Uint8Array) => void): void {
    const { loss, duplication, jitterMs } = this.#impairment;
    if (this.#chance(loss)) return;
    const count = this.#chance(duplication) ? 2 : 1;
    for (let i = 0; i < count; i++) {
      const delayMs = (jitterMs * (this.#random() % 1000)) / 1000;
      if (delayMs < TICK_MS) {
        deliver(bytes);
        continue;
      }
      const copy = bytes.slice();
      this.#late.push({ atMs: performance.now() + delayMs, run: () => deliver(copy) });
    }
  }

  #chance(probability: number): boolean {
    return this.#random() / 2 ** 32 < probability;
  }
}
