import { DropReason } from "../base/drop-reason.ts";
import type { DataChannelSpec } from "../bridge/commands.ts";
import type { RtpSink, SinkStream } from "../sfu/rtp-sink.ts";
import {
  APPLICATION_OVERHEAD_BYTES,
  type DtlsSession,
  type SrtpKeys,
} from "../transport/dtls/dtls-session.ts";
import { IceLiteAgent } from "../transport/ice/ice-lite-agent.ts";
import { SrtpReceiver } from "../transport/srtp/srtp-receiver.ts";
import { SrtpSender } from "../transport/srtp/srtp-sender.ts";
import { RtpView, readRtp } from "../wire/rtp/rtp-view.ts";
import { DataChannelKind } from "./data/data-port.ts";
import { DATAGRAM_BYTES_MAX, RESERVED_BYTES_MAX } from "./datagram-port.ts";
import { classify, DatagramKind } from "./demux.ts";
import type { EngineContext } from "./engine-context.ts";
import { LossReports } from "./loss-reports.ts";
import { PeerData, type PeerDataHost } from "./peer-data.ts";
import { PeerMedia } from "./peer-media.ts";

/** Enough for a STUN answer with every attribute we write. */
const STUN_ANSWER_BYTES_MAX = 128;
/** Authentication tag and index that protection adds behind a packet, at most. */
const PROTECTION_BYTES_MAX = 32;
const NO_ROUTE = -1;
/** ICE counts in seconds: the peers of a thread share their looks at it. */
const ICE_LOOK_MS = 1_000;
const NO_BYTES: Uint8Array = new Uint8Array(0);

export type PeerOptions = {
  readonly peerId: number;
  readonly localUfrag: string;
  readonly localPwd: string;
  /** Absent: its video keeps a layer, however little bandwidth there is. */
  readonly allowPause?: boolean;
  /** SCTP may go without checksums; absent: it does not. */
  readonly hasZeroChecksum?: boolean;
  /** The control side is told of losses; absent: it is not. */
  readonly reportsLoss?: boolean;
};

/** How the demultiplexer is told which fragments lead to this peer. */
export interface PeerDirectory {
  addUfrag(ufrag: string, peer: Peer): void;
  removeUfrag(ufrag: string, peer: Peer): void;
  addRoute(route: number, peer: Peer): void;
  removeRoute(route: number): void;
}

/**
 * One client's transport: ICE-lite, DTLS, SRTP, data channels, and the media that goes over it, in
 * either direction. Datagrams come by `receive`; what leaves is written into the port's arena.
 */
export class Peer implements RtpSink, PeerDataHost {
  readonly peerId: number;
  readonly media: PeerMedia;
  readonly #context: EngineContext;
  readonly #directory: PeerDirectory;
  readonly #ice: IceLiteAgent;
  readonly #view: RtpView = new RtpView();
  readonly #stunAnswer: Uint8Array = new Uint8Array(STUN_ANSWER_BYTES_MAX);
  readonly #ufrags = new Set<string>();
  readonly #routes = new Set<number>();
  #dtls: DtlsSession | undefined;
  #srtpReceiver: SrtpReceiver | undefined;
  #srtpSender: SrtpSender | undefined;
  readonly data: PeerData;
  #dataOptions: { messageBytesMax: number; channels: readonly DataChannelSpec[] } | undefined;
  #route = NO_ROUTE;
  #reservedAt = 0;
  /** Of the path in use, as the control thread knows it. */
  #toldProtocol: "udp" | "tcp" | undefined;
  #isFailed = false;
  #isClosed = false;
  readonly #slot: number;
  readonly #hasZeroChecksum: boolean;

  constructor(options: PeerOptions, context: EngineContext, directory: PeerDirectory) {
    this.peerId = options.peerId;
    this.#context = context;
    this.#directory = directory;
    this.#hasZeroChecksum = options.hasZeroChecksum ?? false;
    this.#ice = new IceLiteAgent({
      localUfrag: options.localUfrag,
      localPwd: options.localPwd,
      hmacSha1: context.hmacSha1,
      nowMs: context.nowMs(),
    });
    this.#slot = context.due.claim(this);
    this.#addUfrag(options.localUfrag);
    this.data = new PeerData(this.peerId, context, this);
    const losses = options.reportsLoss ? new LossReports(this.peerId, context.emit) : undefined;
    this.media = new PeerMedia(this, context, options.allowPause ?? false, losses);
  }

  get isConnected(): boolean {
    return this.#srtpSender !== undefined;
  }

  setRemote(nowMs: number, remote: { ufrag: string; pwd: string; fingerprint: string }): void {
    this.#ice.setRemote(remote);
    this.#ice.start(nowMs);
    this.wake(this.#pollTimeout());
    this.#dtls ??= this.#context.dtls.create({
      role: "server",
      remoteFingerprint: remote.fingerprint,
      events: {
        onTransmit: (datagram) => this.#transmit(datagram),
        onConnected: (keys) => this.#connected(keys),
        onApplicationData: (bytes) => this.#receiveData(bytes),
        onFailed: (reason) => this.#fail("dtls", reason),
      },
    });
  }

  restartIce(nowMs: number, ufrag: string, pwd: string): void {
    this.#ice.restart(nowMs, { ufrag, pwd });
    this.#isFailed = false;
    this.#addUfrag(ufrag);
    this.#drainIce();
    this.wake(this.#pollTimeout());
  }

  startDataChannels(messageBytesMax: number, channels: readonly DataChannelSpec[]): void {
    if (this.#dataOptions !== undefined) return;
    this.#dataOptions = { messageBytesMax, channels };
    this.#startData();
  }

  /** @returns false when it was dropped: the channel is not open, or too much waits on it */
  sendDataTrack(nowMs: number, bytes: Uint8Array): boolean {
    return this.data.send(nowMs, DataChannelKind.DataTrack, bytes);
  }

  /** One datagram on a route of this peer's, or a STUN message that named its fragment. */
  receive(nowMs: number, bytes: Uint8Array, route: number): DropReason {
    const reason = this.#take(nowMs, bytes, route);
    // exactly: what an acknowledgement puts off is not to wake the thread
    if (!this.#isClosed) this.#context.due.set(this.#slot, this.#pollTimeout());
    return reason;
  }

  #take(nowMs: number, bytes: Uint8Array, route: number): DropReason {
    switch (classify(bytes)) {
      case DatagramKind.Stun:
        return this.#receiveStun(nowMs, bytes, route);
      case DatagramKind.Rtp:
        if (this.#ice.noteReceived(nowMs, route)) this.#drainIce();
        return this.#receiveRtp(nowMs, bytes);
      case DatagramKind.Rtcp:
        if (this.#ice.noteReceived(nowMs, route)) this.#drainIce();
        return this.#receiveRtcp(nowMs, bytes);
      case DatagramKind.Dtls:
        if (this.#dtls === undefined) return DropReason.WrongState;
        if (this.#ice.noteReceived(nowMs, route)) this.#drainIce();
        return this.#dtls.handleDatagram(nowMs, bytes);
      default:
        return DropReason.Unknown;
    }
  }

  #receiveStun(nowMs: number, bytes: Uint8Array, route: number): DropReason {
    const { routes } = this.#context;
    const answer = this.#stunAnswer;
    const length = this.#ice.handleRequest(nowMs, bytes, route, routes.address(route), answer);
    if (length > 0) routes.send(route, answer, length);
    if (this.#ice.hasPath(route)) this.#addRoute(route);
    this.#drainIce();
    return this.#ice.lastDrop;
  }

  #receiveRtp(nowMs: number, bytes: Uint8Array): DropReason {
    if (this.#srtpReceiver === undefined) return DropReason.WrongState;
    const length = this.#srtpReceiver.unprotectRtp(bytes, bytes.length);
    if (length < 0) return -length as DropReason;
    const reason = readRtp(bytes, length, this.#view);
    return reason === DropReason.None ? this.media.receiveRtp(nowMs, this.#view) : reason;
  }

  #receiveRtcp(nowMs: number, bytes: Uint8Array): DropReason {
    if (this.#srtpReceiver === undefined) return DropReason.WrongState;
    const length = this.#srtpReceiver.unprotectRtcp(bytes, bytes.length);
    if (length < 0) return -length as DropReason;
    return this.media.receiveRtcp(nowMs, bytes, length);
  }

  #receiveData(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    const reason = this.data.handlePacket(this.#context.nowMs(), bytes);
    this.#context.counters.dropped[reason]! += 1;
  }

  #connected(keys: SrtpKeys): void {
    if (this.#isClosed) return;
    this.#srtpReceiver = new SrtpReceiver(keys, this.#context.createAead);
    this.#srtpSender = new SrtpSender(keys, this.#context.createAead);
    this.#startData();
    this.#context.emit({ kind: "peer-connected", peerId: this.peerId });
    this.media.connected(this.#context.nowMs());
  }

  #startData(): void {
    const options = this.#dataOptions;
    if (this.data.isStarted || options === undefined) return;
    if (this.#dtls === undefined || this.#srtpSender === undefined) return;
    this.data.start(this.#context.nowMs(), {
      ...options,
      hasZeroChecksum: this.#hasZeroChecksum,
    });
  }

  #fail(reason: "ice-timeout" | "dtls", detail: string): void {
    if (this.#isFailed || this.#isClosed) return;
    this.#isFailed = true;
    this.#context.emit({ kind: "peer-failed", peerId: this.peerId, reason, detail });
  }

  #drainIce(): void {
    const ice = this.#ice;
    for (let event = ice.pollEvent(); event !== undefined; event = ice.pollEvent()) {
      if (event.kind === "failed") {
        this.#fail("ice-timeout", "nothing was received for the failure time");
      }
    }
    for (let route = ice.pollEvictedPath(); route >= 0; route = ice.pollEvictedPath()) {
      this.#removeRoute(route);
    }
    for (let ufrag = ice.pollRetiredUfrag(); ufrag !== undefined; ufrag = ice.pollRetiredUfrag()) {
      this.#ufrags.delete(ufrag);
      this.#directory.removeUfrag(ufrag, this);
      // the first check of a newer generation came: that connection counts by itself
      this.#toldProtocol = undefined;
    }
    // an address is text to look at: only when there may be another one
    if (this.#route === ice.selectedPath && this.#toldProtocol !== undefined) return;
    this.#route = ice.selectedPath;
    if (this.#route < 0) return;
    const { protocol } = this.#context.routes.address(this.#route);
    if (protocol === this.#toldProtocol) return;
    this.#toldProtocol = protocol;
    this.#context.emit({ kind: "peer-ice-connected", peerId: this.peerId, protocol });
  }

  #addUfrag(ufrag: string): void {
    this.#ufrags.add(ufrag);
    this.#directory.addUfrag(ufrag, this);
  }

  #addRoute(route: number): void {
    if (this.#routes.has(route)) return;
    this.#routes.add(route);
    this.#context.routes.hold(route);
    this.#directory.addRoute(route, this);
  }

  #removeRoute(route: number): void {
    if (!this.#routes.delete(route)) return;
    this.#directory.removeRoute(route);
    this.#context.routes.release(route);
  }

  /** The route is another peer's now. */
  loseRoute(route: number): void {
    this.#ice.removePath(route);
    this.#removeRoute(route);
    this.#drainIce();
  }

  #transmit(datagram: Uint8Array): void {
    if (this.#route < 0 || datagram.length > DATAGRAM_BYTES_MAX) return;
    this.#context.routes.send(this.#route, datagram, datagram.length);
  }

  sendSctp(packet: Uint8Array, length: number): void {
    if (this.#route < 0 || this.#dtls === undefined) return;
    const { routes } = this.#context;
    const port = routes.portOf(this.#route);
    const offset = port.reserve(length + APPLICATION_OVERHEAD_BYTES);
    const sealed = this.#dtls.sealApplicationData(packet, length, port.arena, offset);
    if (sealed === 0) return;
    routes.commit(this.#route, sealed);
  }

  get arena(): Uint8Array {
    return this.#route < 0 ? NO_BYTES : this.#context.routes.portOf(this.#route).arena;
  }

  reserve(bytesMax: number): number {
    const reserved = bytesMax + PROTECTION_BYTES_MAX;
    if (this.#route < 0 || this.#srtpSender === undefined || reserved > RESERVED_BYTES_MAX)
      return -1;
    this.#reservedAt = this.#context.routes.portOf(this.#route).reserve(reserved);
    return this.#reservedAt;
  }

  streamOf(ssrc: number): SinkStream | undefined {
    return this.#srtpSender?.streamOf(ssrc);
  }

  sendRtp(
    length: number,
    isRetransmission: boolean,
    isRepeatable: boolean,
    stream?: SinkStream,
  ): void {
    const { routes, counters } = this.#context;
    const { arena } = routes.portOf(this.#route);
    const protector = stream ?? this.#srtpSender!;
    const sealed = protector.protectRtp(arena, this.#reservedAt, length, isRepeatable);
    if (sealed < 0) {
      counters.refusedOut += 1;
      return;
    }
    routes.commit(this.#route, sealed);
    counters.packetsOut += 1;
    counters.bytesOut += sealed;
    if (isRetransmission) {
      counters.retransmitsOut += 1;
      counters.retransmitBytesOut += sealed;
    }
  }

  retireStream(ssrc: number): void {
    this.#srtpSender?.retireStream(ssrc);
  }

  sendRtcp(bytes: Uint8Array, length: number): void {
    const offset = this.reserve(length);
    if (offset < 0) return;
    const { routes } = this.#context;
    const port = routes.portOf(this.#route);
    for (let i = 0; i < length; i++) port.arena[offset + i] = bytes[i]!;
    const sealed = this.#srtpSender!.protectRtcp(port.arena, offset, length);
    if (sealed <= 0) return;
    routes.commit(this.#route, sealed);
  }

  /** Something is due at `dueMs`, which `handleTimeout` is to be called for. 0: at once. */
  wake(dueMs: number): void {
    if (!this.#isClosed) this.#context.due.hasten(this.#slot, dueMs);
  }

  handleTimeout(nowMs: number): void {
    this.#ice.handleTimeout(nowMs);
    this.#drainIce();
    if (this.#dtls !== undefined && nowMs >= this.#dtls.pollTimeout()) {
      this.#dtls.handleTimeout(nowMs);
    }
    if (nowMs >= this.data.pollTimeout()) this.data.handleTimeout(nowMs);
    if (this.isConnected && nowMs >= this.media.pollTimeout()) this.media.handleTimeout(nowMs);
    this.#context.due.set(this.#slot, this.#pollTimeout());
  }

  #pollTimeout(): number {
    const iceMs = Math.ceil(this.#ice.pollTimeout() / ICE_LOOK_MS) * ICE_LOOK_MS;
    let dueMs = Math.min(iceMs, this.data.pollTimeout());
    if (this.#dtls !== undefined) dueMs = Math.min(dueMs, this.#dtls.pollTimeout());
    return this.isConnected ? Math.min(dueMs, this.media.pollTimeout()) : dueMs;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#context.due.release(this.#slot);
    this.media.close();
    this.data.close(this.#context.nowMs());
    this.#dtls?.close();
    this.#srtpReceiver?.close();
    this.#srtpReceiver = undefined;
    this.#srtpSender?.close();
    this.#srtpSender = undefined;
    for (const route of [...this.#routes]) this.#removeRoute(route);
    for (const ufrag of this.#ufrags) this.#directory.removeUfrag(ufrag, this);
    this.#ufrags.clear();
    this.#route = NO_ROUTE;
  }

  debugInfo(): object {
    return {
      peerId: this.peerId,
      ice: this.#ice.debugInfo(),
      isConnected: this.isConnected,
      srtpSender: this.#srtpSender?.debugInfo(),
      media: this.media.debugInfo(),
      data: this.data.debugInfo(),
    };
  }
}
