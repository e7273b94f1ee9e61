import { DropReason } from "../base/drop-reason.ts";
import { classify, DatagramKind } from "../media/demux.ts";
import type { DataChannelSettings } from "../transport/datachannel/data-channels.ts";
import type { DtlsSession, SrtpKeys } from "../transport/dtls/dtls-session.ts";
import { SrtpReceiver } from "../transport/srtp/srtp-receiver.ts";
import { SrtpSender } from "../transport/srtp/srtp-sender.ts";
import { RtpView, readRtp } from "../wire/rtp/rtp-view.ts";
import { type Address, IceChecker } from "./ice-checker.ts";
import type { ClientSocket, LoadRuntime } from "./load-runtime.ts";
import { type ChannelEvents, PeerChannels } from "./peer-channels.ts";

/** Packets of one burst; scratch of the process, as bursts are made and sent in one go. */
const BURST_MAX = 256;
const SLOT_BYTES = 1536;
const ARENA: Uint8Array = new Uint8Array(BURST_MAX * SLOT_BYTES);

export type RtcPeerEvents = {
  onConnected(): void;
  /** One decrypted media packet; the view is good until this returns. */
  onRtp(view: RtpView, nowMs: number): void;
  /** Of a light peer, instead of `onRtp`: a packet as it came, still encrypted. */
  onSealedRtp?(bytes: Uint8Array, nowMs: number): void;
  onRtcp(bytes: Uint8Array, length: number, nowMs: number): void;
  onFailed(reason: string): void;
  readonly channels: ChannelEvents;
};

export type RtcPeerOptions = {
  /** IPv4 address of one of our interfaces, which the server is told. */
  readonly address: string;
  /** What the socket is bound to, where that is another: 0.0.0.0 for every interface. */
  readonly bindAddress?: string | undefined;
  /** Media is counted by its headers, which SRTP leaves open, and never decrypted. */
  readonly isLight?: boolean | undefined;
  /** Channels that we open. */
  readonly opens: readonly DataChannelSettings[];
};

export type RemoteTransport = {
  readonly ufrag: string;
  readonly pwd: string;
  readonly fingerprint: string;
  readonly isIceControlling: boolean;
  /** Whether we are the DTLS client, as the descriptions' `setup` lines say. */
  readonly isDtlsClient: boolean;
};

/**
 * A client's peer connection below its descriptions: one UDP socket, ICE, DTLS, SRTP and data channels, built of the server's own cores.
 */
export class RtcPeer {
  readonly fingerprint: string;
  readonly #socket: ClientSocket;
  readonly #runtime: LoadRuntime;
  readonly #options: RtcPeerOptions;
  readonly #events: RtcPeerEvents;
  readonly #ice: IceChecker = new IceChecker();
  readonly #view: RtpView = new RtpView();
  readonly #burst: (Uint8Array | string | number)[] = [];
  #burstCount = 0;
  #remote: RemoteTransport | undefined;
  #dtls: DtlsSession | undefined;
  #sender: SrtpSender | undefined;
  #receiver: SrtpReceiver | undefined;
  #channels: PeerChannels | undefined;
  #isDraining = false;
  #keys: SrtpKeys | undefined;
  #isClosed = false;
  /** Packets that the system did not take. */
  refusedCount = 0;

  static async open(
    runtime: LoadRuntime,
    events: RtcPeerEvents,
    options: RtcPeerOptions,
  ): Promise<RtcPeer> {
    const peer: { value: RtcPeer | undefined } = { value: undefined };
    const socket = await runtime.openSocket(
      options.bindAddress ?? options.address,
      (bytes, port, address) => peer.value?.receive(bytes, port, address),
    );
    peer.value = new RtcPeer(socket, runtime, events, options);
    return peer.value;
  }

  constructor(
    socket: ClientSocket,
    runtime: LoadRuntime,
    events: RtcPeerEvents,
    options: RtcPeerOptions,
  ) {
    this.#socket = socket;
    this.#options = options;
    this.#runtime = runtime;
    this.#events = events;
    this.fingerprint = runtime.dtls.localFingerprint;
  }

  get ufrag(): string {
    return this.#ice.ufrag;
  }

  get pwd(): string {
    return this.#ice.pwd;
  }

  /** Checks with the newest credentials have come through. */
  get isIceSettled(): boolean {
    return this.#ice.isSettled;
  }

  /** To be followed by a description with the new credentials. */
  restartIce(): void {
    this.#ice.restart();
  }

  /** Value of an `a=candidate` line for our socket. */
  get candidate(): string {
    return `1 1 udp 2130706431 ${this.#options.address} ${this.#socket.port} typ host`;
  }

  /** Undefined until the connection is up. */
  get channels(): PeerChannels | undefined {
    return this.#channels;
  }

  /** Where the server said that it is, for who has to find out why it does not answer. */
  get remoteCandidates(): readonly string[] {
    return this.#ice.candidates;
  }

  /** Checks were answered: what is missing then is DTLS. */
  get hasPath(): boolean {
    return this.#ice.selected !== undefined;
  }

  get isConnected(): boolean {
    return this.#sender !== undefined;
  }

  get srtpProfile(): string {
    return this.#keys?.profile ?? "";
  }

  setRemote(nowMs: number, remote: RemoteTransport): void {
    this.#remote = remote;
    this.#ice.setRemote(remote.ufrag, remote.pwd, remote.isIceControlling);
    this.handleTimeout(nowMs);
  }

  addCandidate(nowMs: number, line: string): void {
    this.#ice.addCandidate(line);
    this.handleTimeout(nowMs);
  }

  /** To be called every few tens of milliseconds. */
  handleTimeout(nowMs: number): void {
    if (this.#isClosed) return;
    this.#ice.handleTimeout(nowMs, this.#sendTo);
    if (this.#dtls !== undefined && nowMs >= this.#dtls.pollTimeout()) {
      this.#dtls.handleTimeout(nowMs);
    }
    if (this.#channels !== undefined && nowMs >= this.#channels.pollTimeout()) {
      this.#channels.handleTimeout(nowMs);
      this.drainChannels(nowMs);
    }
  }

  /** Where the next packet of the burst is written. @returns offset in `arena` */
  reserve(): number {
    if (this.#burstCount === BURST_MAX) this.flush();
    return this.#burstCount * SLOT_BYTES;
  }

  get processTag(): number {
    return this.#runtime.processTag;
  }

  get arena(): Uint8Array {
    return ARENA;
  }

  /** Protects what was written at the offset of the last `reserve`; it leaves with `flush`. */
  commitRtp(length: number): void {
    if (this.#sender === undefined) return;
    const at = this.#burstCount * SLOT_BYTES;
    this.#push(at, this.#sender.protectRtp(ARENA, at, length));
  }

  commitRtcp(length: number): void {
    if (this.#sender === undefined) return;
    const at = this.#burstCount * SLOT_BYTES;
    this.#push(at, this.#sender.protectRtcp(ARENA, at, length));
  }

  flush(): void {
    if (this.#burstCount === 0) return;
    const sent = this.#socket.sendMany(this.#burst);
    this.refusedCount += this.#burstCount - sent;
    this.#burst.length = 0;
    this.#burstCount = 0;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#dtls?.close();
    this.#socket.close();
  }

  /** One datagram of our socket. */
  receive(bytes: Uint8Array, port: number, address: string): void {
    if (this.#isClosed) return;
    switch (classify(bytes)) {
      case DatagramKind.Rtp:
        this.#receiveRtp(bytes);
        break;
      case DatagramKind.Rtcp: {
        const length = this.#receiver?.unprotectRtcp(bytes, bytes.length) ?? -1;
        if (length > 0) this.#events.onRtcp(bytes, length, performance.now());
        break;
      }
      case DatagramKind.Stun:
        this.#ice.handleMessage(bytes, { address, port }, this.#sendTo);
        this.#startDtls();
        break;
      case DatagramKind.Dtls:
        this.#dtls?.handleDatagram(performance.now(), bytes);
        break;
    }
  }

  #receiveRtp(bytes: Uint8Array): void {
    if (this.#receiver === undefined) return;
    const nowMs = performance.now();
    if (this.#options.isLight === true) {
      this.#events.onSealedRtp?.(bytes, nowMs);
      return;
    }
    const length = this.#receiver.unprotectRtp(bytes, bytes.length);
    if (length < 0 || readRtp(bytes, length, this.#view) !== DropReason.None) return;
    this.#events.onRtp(this.#view, nowMs);
  }

  readonly #sendTo = (bytes: Uint8Array, to: Address): void => {
    if (!this.#isClosed) this.#socket.send(bytes, to.port, to.address);
  };

  #push(at: number, length: number): void {
    const to = this.#ice.selected;
    if (length < 0 || to === undefined) return;
    this.#burst.push(ARENA.subarray(at, at + length), to.port, to.address);
    this.#burstCount += 1;
  }

  #startDtls(): void {
    const remote = this.#remote;
    if (this.#dtls !== undefined || remote === undefined || this.#ice.selected === undefined)
      return;
    this.#dtls = this.#runtime.dtls.create({
      role: remote.isDtlsClient ? "client" : "server",
      remoteFingerprint: remote.fingerprint,
      events: {
        onTransmit: (datagram) => {
          const to = this.#ice.selected;
          if (to !== undefined) this.#sendTo(datagram, to);
        },
        onConnected: (keys) => this.#connected(keys, remote.isDtlsClient),
        onApplicationData: (bytes) => {
          const nowMs = performance.now();
          this.#channels?.handlePacket(nowMs, bytes);
          this.drainChannels(nowMs);
        },
        onFailed: (reason) => this.#events.onFailed(reason),
      },
    });
    this.#dtls.handleTimeout(performance.now()); // a client begins
  }

  #connected(keys: SrtpKeys, isDtlsClient: boolean): void {
    this.#keys = keys;
    const { createAead } = this.#runtime;
    this.#sender = new SrtpSender(keys, createAead, 64);
    this.#receiver = new SrtpReceiver(keys, createAead, 512);
    const role = isDtlsClient ? "client" : "server";
    this.#channels = new PeerChannels(role, this.#events.channels, this.#options.opens);
    const nowMs = performance.now();
    this.#channels.connect(nowMs);
    this.drainChannels(nowMs);
    this.#events.onConnected();
  }

  /** Hands over received messages and sends what is due, in one burst. */
  drainChannels(nowMs: number): void {
    if (this.#isDraining) return; // called by one of the events: what it brought goes out below
    this.#isDraining = true;
    this.#channels?.drain(nowMs, this.#sendPacket);
    this.#isDraining = false;
    this.flush();
  }

  readonly #sendPacket = (packet: Uint8Array, length: number): void => {
    const at = this.reserve();
    const sealed = this.#dtls?.sealApplicationData(packet, length, ARENA, at) ?? 0;
    if (sealed > 0) this.#push(at, sealed);
  };
}
