import { unreachable } from "../base/assert.ts";
import { DropReason } from "../base/drop-reason.ts";
import { messageOf } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { MediaCommand } from "../bridge/commands.ts";
import type { MediaEvent, SocketSums } from "../bridge/events.ts";
import type { MediaThreadOptions } from "../bridge/media-thread.ts";
import type { AeadFactory } from "../crypto/aead.ts";
import { FanOut } from "../sfu/receiver/fan-out.ts";
import type { DtlsFactory } from "../transport/dtls/dtls-session.ts";
import type { HmacSha1 } from "../transport/ice/integrity.ts";
import { readUsernameUfrag } from "../transport/ice/ufrag-of.ts";
import { AudioLevelReport } from "./audio-level-report.ts";
import { DataHub } from "./data/data-hub.ts";
import { DataTurns } from "./data/data-turns.ts";
import { DataTracks } from "./data-tracks.ts";
import type { DatagramPort } from "./datagram-port.ts";
import { classify, DatagramKind } from "./demux.ts";
import { DueTable } from "./due-table.ts";
import type { EngineContext } from "./engine-context.ts";
import { EngineCounters } from "./engine-counters.ts";
import { FloodGuard } from "./flood-guard.ts";
import { LoadControl } from "./load-control.ts";
import { type LoadSource, NO_LOAD_SOURCE } from "./load-source.ts";
import { countersOf, qualityReport } from "./node-reports.ts";
import { Peer, type PeerDirectory } from "./peer.ts";
import type { Doorbell } from "./relay/doorbell.ts";
import { ThreadRelays } from "./relay/thread-relays.ts";
import { ReportedLoad } from "./reported-load.ts";
import { Routes } from "./routes.ts";
import type { Subscriber } from "./subscriber.ts";
import type { TrackReceiver } from "./track-receiver.ts";
import { TrackStatisticsReport } from "./track-statistics-report.ts";

const QUALITY_MS = 5_000;
const STATISTICS_MS = 2_000;
/** More peers than this are refused by doing nothing: their clients time out. */
const PEERS_MAX = 65_536;
const NO_SOCKETS: SocketSums = { refused: 0, bufferFull: 0, silenced: 0, receiveDrops: 0 };

export type MediaNodeOptions = {
  readonly thread: MediaThreadOptions;
  /** At most 16; the index is what `receive` is told. */
  readonly ports: readonly DatagramPort[];
  readonly dtls: DtlsFactory;
  readonly hmacSha1: HmacSha1;
  readonly createAead: AeadFactory;
  readonly random: () => number;
  readonly wallOffsetMs: number;
  /** The monotonic clock, for what sessions call back with. */
  nowMs(): number;
  emit(event: MediaEvent): void;
  /** Of this thread; absent: what the system does not tell. */
  readonly loadSource?: LoadSource;
  readonly log?: Log;
  /** Of all its sockets; absent: there are none. */
  socketSums?: () => SocketSums;
  /** How another media thread is woken (`ConnectThread`); absent: there is none. */
  createDoorbell?(thread: number, doorbell: number): Doorbell;
};

/** Of threads that look at their rings by themselves. */
const NO_DOORBELL: Doorbell = { ring() {} };

/**
 * One media thread's engine: peers, receivers and down tracks, and the way of each datagram to
 * them. Everything happens within `receive`, `handleCommand` and `handleTimeout`; what is to leave
 * waits in the ports until `flush`.
 */
export class MediaNode implements PeerDirectory {
  readonly #context: EngineContext;
  readonly #peers = new Map<number, Peer>();
  readonly #receivers = new Map<number, TrackReceiver>();
  readonly #subscribers = new Map<number, Subscriber>();
  readonly #byUfrag = new Map<string, Peer>();
  readonly #byRoute: (Peer | undefined)[] = [];
  readonly #audioLevels: AudioLevelReport;
  /** Peers that a bug of ours hit, and what it said: closed when the call that it hit is over. */
  readonly #broken = new Map<number, unknown>();
  readonly #trackStatistics: TrackStatisticsReport = new TrackStatisticsReport();
  readonly #load: LoadControl;
  readonly #socketSums: (() => SocketSums) | undefined;
  readonly #floods: FloodGuard = new FloodGuard();
  readonly #relays: ThreadRelays;
  readonly #reported: ReportedLoad;
  #nextQualityMs: number;
  #nextStatisticsMs: number;

  constructor(options: MediaNodeOptions) {
    const counters = new EngineCounters();
    const peerBroke = (peerId: number, error: unknown): void => {
      if (!this.#broken.has(peerId)) this.#broken.set(peerId, error);
    };
    this.#context = {
      options: options.thread,
      routes: new Routes(options.ports),
      fanOut: new FanOut(),
      dtls: options.dtls,
      hmacSha1: options.hmacSha1,
      createAead: options.createAead,
      counters,
      due: new DueTable(),
      dataTracks: new DataTracks({ dropped: counters.dropped, peerBroke }),
      data: new DataHub({
        dropped: counters.dropped,
        waitsForAll: (options.thread.data?.slowThresholdBps ?? 0) > 0,
        portOf: (peerId) => this.#peers.get(peerId)?.data,
        emit: options.emit,
        broke: peerBroke,
      }),
      dataTurns: new DataTurns(peerBroke),
      random: options.random,
      wallOffsetMs: options.wallOffsetMs,
      emit: options.emit,
      nowMs: options.nowMs,
      peerBroke,
    };
    this.#audioLevels = new AudioLevelReport(options.thread.audio.updateIntervalMs);
    this.#socketSums = options.socketSums;
    this.#load = new LoadControl(options.loadSource ?? NO_LOAD_SOURCE, options.log);
    this.#relays = new ThreadRelays({
      context: this.#context,
      createDoorbell: options.createDoorbell ?? (() => NO_DOORBELL),
      receiverOf: (receiverId) => this.#receivers.get(receiverId),
    });
    const nowMs = options.nowMs();
    this.#reported = new ReportedLoad(nowMs);
    this.#nextQualityMs = nowMs + QUALITY_MS;
    this.#nextStatisticsMs = nowMs + STATISTICS_MS;
  }

  /** One datagram; `bytes` may be changed. What cannot be placed is counted and dropped. */
  receive(nowMs: number, bytes: Uint8Array, portIndex: number, path: number): void {
    const { counters, routes } = this.#context;
    counters.packetsIn += 1;
    counters.bytesIn += bytes.length;
    const route = routes.routeOf(portIndex, path);
    const isStun = classify(bytes) === DatagramKind.Stun;
    if (!this.#floods.admits(nowMs, route, this.#byRoute[route] !== undefined, isStun)) {
      counters.dropped[DropReason.Flood]! += 1;
      return;
    }
    const peer = this.#peerOf(bytes, route, isStun);
    const reason =
      peer === undefined ? DropReason.Unknown : this.#receive(nowMs, peer, bytes, route);
    counters.dropped[reason]! += 1;
    if (this.#broken.size > 0) this.#closeBroken();
  }

  /** An ICE restart keeps the address and changes the fragment: requests go by the fragment alone. */
  #peerOf(bytes: Uint8Array, route: number, isStun: boolean): Peer | undefined {
    if (!isStun) return this.#byRoute[route];
    const ufrag = readUsernameUfrag(bytes, 0, bytes.length);
    return ufrag === "" ? this.#byRoute[route] : this.#byUfrag.get(ufrag);
  }

  #receive(nowMs: number, peer: Peer, bytes: Uint8Array, route: number): DropReason {
    try {
      return peer.receive(nowMs, bytes, route);
    } catch (error) {
      this.#context.peerBroke(peer.peerId, error);
      return DropReason.WrongState;
    }
  }

  handleCommand(nowMs: number, command: MediaCommand): void {
    try {
      this.#carryOut(nowMs, command);
    } catch (error) {
      const peerId = this.#peerIdOf(command);
      if (peerId === undefined) throw error;
      this.#context.peerBroke(peerId, error);
    }
    if (this.#broken.size > 0) this.#closeBroken();
  }

  /** Whose command it is; undefined when its peer is not known. */
  #peerIdOf(command: MediaCommand): number | undefined {
    if ("peerId" in command) return command.peerId;
    if ("receiver" in command) return command.receiver.peerId;
    if ("downTrack" in command) return command.downTrack.peerId;
    if ("downTrackId" in command) return this.#subscribers.get(command.downTrackId)?.peerId;
    if ("receiverId" in command) return this.#receivers.get(command.receiverId)?.peerId;
    return undefined;
  }

  #carryOut(nowMs: number, command: MediaCommand): void {
    switch (command.kind) {
      case "create-peer":
        if (this.#peers.size >= PEERS_MAX || this.#peers.has(command.peerId)) break;
        this.#peers.set(command.peerId, new Peer(command, this.#context, this));
        break;
      case "set-remote":
        this.#peers.get(command.peerId)?.setRemote(nowMs, command);
        break;
      case "restart-ice":
        this.#peers.get(command.peerId)?.restartIce(nowMs, command.localUfrag, command.localPwd);
        break;
      case "set-extensions":
        this.#peers.get(command.peerId)?.media.setExtensions(command.receive, command.send);
        break;
      case "start-data-channels":
        this.#peers
          .get(command.peerId)
          ?.startDataChannels(command.remoteMessageBytesMax, command.channels);
        break;
      case "set-data-member":
      case "remove-data-member":
      case "send-server-data":
      case "await-rpc":
      case "forget-rpc":
        this.#context.data.handleCommand(nowMs, command);
        break;
      case "close-peer":
        this.#closePeer(command.peerId);
        break;
      case "add-receiver": {
        const { receiver } = command;
        if (this.#receivers.has(receiver.receiverId)) break;
        const added = this.#peers.get(receiver.peerId)?.media.addReceiver(nowMs, receiver);
        if (added !== undefined) this.#receivers.set(receiver.receiverId, added);
        break;
      }
      case "update-receiver":
        this.#receiverOf(command.receiverId)?.update(command.codecs, command.encodings);
        break;
      case "mute-receiver":
        this.#receiverOf(command.receiverId)?.setMuted(nowMs, command.isMuted);
        break;
      case "expect-layers":
        this.#receiverOf(command.receiverId)?.expectLayers(nowMs, command.spatialLayer);
        break;
      case "remove-receiver":
        this.#removeReceiver(command.receiverId);
        break;
      case "add-down-track": {
        const { downTrack } = command;
        const receiver = this.#receiverOf(downTrack.receiverId);
        const peer = this.#peers.get(downTrack.peerId);
        if (receiver === undefined || peer === undefined) break;
        if (this.#subscribers.has(downTrack.downTrackId)) break;
        this.#load.start(nowMs, this.#context.counters.bytesIn);
        this.#subscribers.set(
          downTrack.downTrackId,
          peer.media.addDownTrack(nowMs, downTrack, receiver),
        );
        break;
      }
      case "set-down-track":
        this.#subscribers.get(command.downTrackId)?.setSettings(nowMs, command.settings);
        break;
      case "move-down-track": {
        const receiver = this.#receiverOf(command.receiverId);
        const subscriber = this.#subscribers.get(command.downTrackId);
        if (receiver !== undefined) subscriber?.moveTo(nowMs, receiver, command.settings);
        break;
      }
      case "remove-down-track":
        this.#removeDownTrack(nowMs, command.downTrackId);
        break;
      case "add-data-track":
      case "remove-data-track":
      case "subscribe-data-track":
      case "unsubscribe-data-track":
        this.#context.dataTracks.handleCommand(command, (peerId) => this.#peers.get(peerId));
        break;
      case "connect-thread":
      case "relay-receiver":
      case "end-relay":
      case "add-replica":
      case "set-replica-extensions":
      case "relay-data-track":
      case "add-data-track-replica":
      case "set-room-threads":
        this.#relays.handleCommand(nowMs, command);
        break;
      case "override-estimate":
        this.#peers.get(command.peerId)?.media.overrideEstimate(nowMs, command.bitrateBps);
        break;
      default:
        unreachable(command);
    }
  }

  /** One of this thread's own, or a replica. */
  #receiverOf(receiverId: number): TrackReceiver | undefined {
    return this.#receivers.get(receiverId) ?? this.#relays.replicaOf(receiverId);
  }

  /** Nobody but these peers is to notice. They get a new session from the control side. */
  #closeBroken(): void {
    for (const [peerId, error] of this.#broken) {
      this.#broken.delete(peerId);
      if (!this.#peers.has(peerId)) continue;
      this.#context.counters.bugs += 1;
      try {
        this.#closePeer(peerId);
      } finally {
        this.#context.emit({ kind: "peer-failed", peerId, reason: "bug", detail: detailOf(error) });
      }
    }
  }

  #closePeer(peerId: number): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    this.#peers.delete(peerId);
    this.#context.dataTracks.closePeer(peerId);
    for (const subscriber of peer.media.subscribers()) this.#forgetSubscriber(subscriber);
    try {
      for (const receiver of peer.media.receivers()) this.#removeReceiver(receiver.receiverId);
    } finally {
      peer.close();
    }
  }

  #removeReceiver(receiverId: number): void {
    const receiver = this.#receiverOf(receiverId);
    if (receiver === undefined) return;
    for (const subscriber of receiver.subscribers()) this.#forgetSubscriber(subscriber);
    if (this.#receivers.delete(receiverId)) {
      this.#trackStatistics.receivers.end(receiverId, receiver.receiver.takeLastSample());
    }
    this.#relays.forget(receiverId);
    receiver.close(this.#context.nowMs());
  }

  #forgetSubscriber(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber.downTrackId);
    subscriber.updateScore(this.#context.nowMs());
    this.#trackStatistics.downTracks.end(subscriber.downTrackId, subscriber.downTrack.sample);
  }

  #removeDownTrack(nowMs: number, downTrackId: number): void {
    const subscriber = this.#subscribers.get(downTrackId);
    if (subscriber === undefined) return;
    this.#forgetSubscriber(subscriber);
    subscriber.close(nowMs);
  }

  /** When `handleTimeout` next has work, monotonic ms; may move in each call, maybe past. */
  pollTimeout(): number {
    const levelsMs = this.#receivers.size > 0 ? this.#audioLevels.nextMs : Number.POSITIVE_INFINITY;
    return Math.min(
      this.#context.due.nextMs,
      this.#context.data.pollTimeout(),
      this.#relays.pollTimeout(),
      this.#nextQualityMs,
      this.#nextStatisticsMs,
      this.#load.pollTimeout(),
      levelsMs,
    );
  }

  /** Whatever is due by now. */
  handleTimeout(nowMs: number): void {
    const { due } = this.#context;
    for (let slot = due.findDue(nowMs, 0); slot >= 0; slot = due.findDue(nowMs, slot + 1)) {
      const peer = due.ownerOf(slot);
      try {
        peer.handleTimeout(nowMs);
      } catch (error) {
        this.#context.peerBroke(peer.peerId, error);
      }
    }
    this.#context.data.handleTimeout(nowMs);
    this.#relays.handleTimeout(nowMs);
    if (this.#broken.size > 0) this.#closeBroken();
    const levels = this.#audioLevels.poll(nowMs, this.#receivers);
    if (levels !== undefined) this.#context.emit({ kind: "audio-levels", levels });
    if (nowMs >= this.#load.pollTimeout()) {
      this.#load.handleTimeout(nowMs, this.#context.counters.bytesIn, this.#subscribers);
      this.#floods.adapt(this.#load.isHot);
    }
    if (nowMs >= this.#nextQualityMs) {
      this.#nextQualityMs = nowMs + QUALITY_MS;
      this.#reportQuality(nowMs);
    }
    if (nowMs >= this.#nextStatisticsMs) {
      this.#nextStatisticsMs = nowMs + STATISTICS_MS;
      this.#reportStatistics(nowMs);
    }
  }

  #reportQuality(nowMs: number): void {
    const subscribers = this.#subscribers.values();
    this.#context.emit(qualityReport(nowMs, this.#receivers.values(), subscribers));
    const published = [...this.#receivers.values()].map(({ receiver }) => ({
      id: receiver.receiverId,
      sample: receiver.sample,
    }));
    const sent = [...this.#subscribers.values()].map(({ downTrack }) => downTrack);
    this.#context.emit(this.#trackStatistics.take(published, sent));
  }

  #reportStatistics(nowMs: number): void {
    const load = this.#load.takeSums();
    const counters = countersOf(this.#context.counters, {
      peers: this.#peers.size,
      receivers: this.#receivers.size,
      downTracks: this.#subscribers.size,
      load,
      sockets: this.#socketSums?.() ?? NO_SOCKETS,
    });
    this.#context.emit({
      kind: "statistics-report",
      counters,
      ...this.#reported.sample(nowMs, load.cpuMs),
    });
  }

  /**
   * Takes what other threads have sent, and sends what is queued, but for frames whose end is to come.
   *
   * @returns when to call again at the latest, monotonic ms; Infinity: no frame waits
   */
  flushWhole(): number {
    this.#takeRelayed();
    const dueMs = this.#context.fanOut.settle(this.#context.nowMs());
    this.#send();
    return dueMs;
  }

  /** Takes what other threads have sent, and sends all that is queued. */
  flush(): void {
    this.#takeRelayed();
    this.#context.fanOut.send(this.#context.nowMs());
    this.#send();
  }

  #takeRelayed(): void {
    if (!this.#relays.isAlone) this.#relays.receive(this.#context.nowMs());
    this.#runData();
  }

  #send(): void {
    if (this.#broken.size > 0) this.#closeBroken();
    this.#context.routes.flush();
    if (this.#relays.isAlone) return;
    this.#relays.flush(this.#context.nowMs());
    this.#relays.sleep();
  }

  /** Packets of audio and video received and sent since the start. */
  get mediaPackets(): number {
    const { mediaPacketsIn, packetsOut } = this.#context.counters;
    return mediaPacketsIn + packetsOut;
  }

  /** More is to be sent than one turn has time for: the next is to follow at once. */
  get isBusy(): boolean {
    return !this.#context.dataTurns.isIdle || this.#relays.isBusy;
  }

  #runData(): void {
    const { dataTurns } = this.#context;
    if (dataTurns.isIdle) return;
    dataTurns.run(this.#context.nowMs());
  }

  /** A batch of packets that came together was sent on. `ms` since its first came. */
  noteForwarded(ms: number, packets: number): void {
    this.#context.counters.forwarding.note(ms, packets);
  }

  addUfrag(ufrag: string, peer: Peer): void {
    this.#byUfrag.set(ufrag, peer);
  }

  removeUfrag(ufrag: string, peer: Peer): void {
    if (this.#byUfrag.get(ufrag) === peer) this.#byUfrag.delete(ufrag);
  }

  /** The newest peer to prove an address has it: a client's second connection may come from there. */
  addRoute(route: number, peer: Peer): void {
    const former = this.#byRoute[route];
    this.#byRoute[route] = peer;
    if (former !== undefined && former !== peer) former.loseRoute(route);
    this.#byRoute[route] = peer;
  }

  removeRoute(route: number): void {
    this.#byRoute[route] = undefined;
  }

  debugInfo(): object {
    return {
      peers: [...this.#peers.values()].map((peer) => peer.debugInfo()),
      data: this.#context.data.debugInfo(),
      dataTracks: this.#context.dataTracks.debugInfo(),
      relays: this.#relays.debugInfo(),
    };
  }
}

function detailOf(error: unknown): string {
  return error instanceof Error && error.stack !== undefined ? error.stack : messageOf(error);
}
