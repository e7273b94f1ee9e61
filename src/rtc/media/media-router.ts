import { assert, unreachable } from "../../base/assert.ts";
import { ServerError } from "../../base/errors.ts";
import type { DataChannelLabel } from "../../bridge/commands.ts";
import type {
  MediaCounters,
  MediaEvent,
  StreamState,
  TrackStatistics,
} from "../../bridge/events.ts";
import type { MediaThread } from "../../bridge/media-thread.ts";
import type { livekit } from "../../gen/livekit.js";
import type { Codec } from "../../wire/rtp/codec.ts";
import { addedUp, endedCounters } from "./added-counters.ts";
import { Placement } from "./placement.ts";
import { ThreadMesh } from "./thread-mesh.ts";
import { EndedTracks, type TrackObserver, tellWindows } from "./track-windows.ts";

export interface PeerListener {
  /** Where the peer is. */
  readonly thread: MediaThread;
  /** The thread ended, and the peer with it. */
  onThreadLost(): void;
  onIceConnected(protocol: "udp" | "tcp"): void;
  onConnected(): void;
  /** @param canResume whether an ICE restart may bring it back */
  onFailed(detail: string, canResume: boolean): void;
  /** @param fractionLost 0..255 @param rttMs 0 while it is not known */
  onLoss(fractionLost: number, rttMs: number): void;
  onDataChannelOpen(label: DataChannelLabel, isReliable: boolean): void;
  /** One of our channels, or all, ended, and something was to be sent on it. */
  onDataChannelFailed(): void;
}

export interface DataMemberListener {
  /** An answer to a request of the API's: an encoded DataPacket. */
  onRpcAnswered(bytes: Uint8Array): void;
  /** The newest reliable message that was taken of it. */
  onSequence(highest: number): void;
}

/** Is told of each text or byte stream of all rooms. */
export interface DataStreamObserver {
  dataStream(
    type: "text" | "bytes" | "unknown",
    mimeType: string,
    destinations: number,
    bytes: number | undefined,
  ): void;
}

/** The first packet of an encoding came. */
export type StartedStream = {
  /** 0..2 */
  readonly spatialLayer: number;
  readonly rid: string;
  readonly ssrc: number;
  readonly codec: Codec;
};

export interface ReceiverListener {
  /** Of the track that it belongs to. */
  readonly info?: livekit.TrackInfo;
  onStreamStarted(stream: StartedStream): void;
  onLayersChanged(availableLayers: readonly number[]): void;
  onVideoSize(spatialLayer: number, width: number, height: number): void;
  /** Linear, 0..1; 0 is silent. */
  onAudioLevel(level: number): void;
  /** 0..100 */
  onQuality(score: number): void;
}

export interface DownTrackListener {
  /** Of the track that it is of, while there is one. */
  readonly info?: livekit.TrackInfo | undefined;
  onForwarding(spatialLayer: number, state: StreamState): void;
  /** 0..100 */
  onQuality(score: number): void;
}

/**
 * The control side's end of the bridge: numbers what lives on media threads, and brings their
 * events to who made the thing. Owner of the id counters and of the load figures.
 */
export class MediaRouter {
  readonly threads: readonly MediaThread[];
  readonly #mesh: ThreadMesh | undefined;
  readonly #placement: Placement;
  readonly #peers = new Map<number, PeerListener>();
  readonly #receivers = new Map<number, ReceiverListener>();
  readonly #downTracks = new Map<number, DownTrackListener>();
  readonly #dataMembers = new Map<number, DataMemberListener>();
  readonly #counters: (MediaCounters | undefined)[];
  /** Of threads that ended: sums never fall. */
  #lostCounters: MediaCounters | undefined;
  readonly #tracks: TrackObserver | undefined;
  readonly #streams: DataStreamObserver | undefined;
  readonly #ended: EndedTracks = new EndedTracks();
  #lastId = 0;

  /**
   * @param threads at least one, started; index in the list equals `thread.index`
   * @param tracks is told every few seconds what became of each track
   * @param spillParticipants a room with so many on each of its threads takes one more; 0: never
   */
  constructor(
    threads: readonly MediaThread[],
    tracks?: TrackObserver,
    streams?: DataStreamObserver,
    spillParticipants: number = 0,
  ) {
    this.#tracks = tracks;
    this.#streams = streams;
    assert(threads.length > 0, "MediaRouter needs a media thread");
    // what one thread publishes is of use to it alone
    this.#mesh = threads.length > 1 ? new ThreadMesh(threads) : undefined;
    this.threads = this.#mesh?.threads ?? threads;
    const isLive = (index: number): boolean => threads[index]!.isLive;
    this.#placement = new Placement(threads.length, spillParticipants, isLive);
    this.#counters = threads.map(() => undefined);
    for (const thread of threads) {
      thread.onEvent = (event) => this.#dispatch(thread.index, event);
    }
  }

  /** A number for a new peer, receiver or down track: never used before in this process. */
  newId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /**
   * A live thread for a new room, or the one asked for; `releaseRoom` gives the place back.
   *
   * @param wanted where the media is that the room is for
   * @throws ServerError when no thread is live
   */
  placeRoom(wanted?: MediaThread): MediaThread {
    const index = this.#placement.takeRoom(wanted?.index);
    if (index < 0) throw new ServerError("unavailable", "media restarts; try again");
    return this.threads[index]!;
  }

  releaseRoom(thread: MediaThread): void {
    this.#placement.releaseRoom(thread.index);
  }

  /**
   * A thread for all connections of one more participant of a room.
   *
   * @param counts participants of the room by thread
   * @param tracks that are published in it
   */
  placeParticipant(home: MediaThread, counts: readonly number[], tracks: number): MediaThread {
    return this.threads[this.#placement.takeParticipant(home.index, counts, tracks)]!;
  }

  addPeer(peerId: number, listener: PeerListener): void {
    this.#peers.set(peerId, listener);
  }

  removePeer(peerId: number): void {
    this.#peers.delete(peerId);
  }

  addReceiver(receiverId: number, listener: ReceiverListener): void {
    this.#receivers.set(receiverId, listener);
  }

  removeReceiver(receiverId: number): void {
    this.#ended.add(receiverId, this.#receivers.get(receiverId)?.info);
    this.#receivers.delete(receiverId);
  }

  addDownTrack(downTrackId: number, listener: DownTrackListener): void {
    this.#downTracks.set(downTrackId, listener);
  }

  removeDownTrack(downTrackId: number): void {
    this.#ended.add(downTrackId, this.#downTracks.get(downTrackId)?.info);
    this.#downTracks.delete(downTrackId);
  }

  addDataMember(memberId: number, listener: DataMemberListener): void {
    this.#dataMembers.set(memberId, listener);
  }

  removeDataMember(memberId: number): void {
    this.#dataMembers.delete(memberId);
  }

  /** The newest counters of each thread that has reported, and the sums of those that ended. */
  counters(): MediaCounters[] {
    return [...this.#counters, this.#lostCounters].filter((counters) => counters !== undefined);
  }

  /** Published codecs, and what subscribers are sent of them. */
  get trackCount(): number {
    return this.#receivers.size + this.#downTracks.size;
  }

  /** Media can be carried: some thread is live. */
  get isLive(): boolean {
    return this.threads.some(({ isLive }) => isLive);
  }

  debugInfo(): object {
    return {
      liveThreads: this.threads.map(({ isLive }) => isLive),
      peers: this.#peers.size,
      receivers: this.#receivers.size,
      downTracks: this.#downTracks.size,
      roomsByThread: this.#placement.roomsByThread,
      ...(this.#mesh === undefined
        ? {}
        : {
            loadByThread: this.threads.map(({ index }) => this.#placement.loadOf(index)),
            mesh: this.#mesh.debugInfo(),
          }),
    };
  }

  #dispatch(threadIndex: number, event: MediaEvent): void {
    switch (event.kind) {
      case "peer-ice-connected":
        this.#peers.get(event.peerId)?.onIceConnected(event.protocol);
        break;
      case "peer-connected":
        this.#peers.get(event.peerId)?.onConnected();
        break;
      case "peer-failed":
        this.#peers
          .get(event.peerId)
          // only ICE can be restarted: a DTLS session that ended is not begun again
          ?.onFailed(`${event.reason}: ${event.detail}`, event.reason === "ice-timeout");
        break;
      case "loss-report":
        this.#peers.get(event.peerId)?.onLoss(event.fractionLost, event.rttMs);
        break;
      case "data-channel-open":
        this.#peers.get(event.peerId)?.onDataChannelOpen(event.label, event.isReliable);
        break;
      case "data-channel-failed":
        this.#peers.get(event.peerId)?.onDataChannelFailed();
        break;
      case "rpc-answered":
        this.#dataMembers.get(event.memberId)?.onRpcAnswered(event.bytes);
        break;
      case "data-sequences":
        for (const [i, memberId] of event.memberIds.entries()) {
          this.#dataMembers.get(memberId)?.onSequence(event.highest[i]!);
        }
        break;
      case "data-streams-started":
        for (const { type, mimeType, destinations, totalBytes } of event.streams) {
          this.#streams?.dataStream(type, mimeType, destinations, totalBytes);
        }
        break;
      case "stream-started":
        this.#receivers.get(event.receiverId)?.onStreamStarted(event);
        break;
      case "layers-changed":
        this.#receivers.get(event.receiverId)?.onLayersChanged(event.availableLayers);
        break;
      case "video-size-changed":
        this.#receivers
          .get(event.receiverId)
          ?.onVideoSize(event.spatialLayer, event.width, event.height);
        break;
      case "audio-levels":
        for (const { receiverId, level } of event.levels) {
          this.#receivers.get(receiverId)?.onAudioLevel(level);
        }
        break;
      case "forwarding-changed":
        this.#downTracks
          .get(event.downTrackId)
          ?.onForwarding(event.spatialLayer, event.streamState);
        break;
      case "quality-report":
        for (const { receiverId, score } of event.receivers) {
          this.#receivers.get(receiverId)?.onQuality(score);
        }
        for (const { downTrackId, score } of event.downTracks) {
          this.#downTracks.get(downTrackId)?.onQuality(score);
        }
        break;
      case "track-statistics":
        this.#tellTracks(event);
        break;
      case "statistics-report":
        this.#counters[threadIndex] = event.counters;
        if (event.load !== undefined) this.#placement.noteLoad(threadIndex, event.load);
        break;
      case "thread-lost":
        this.#lose(threadIndex);
        break;
      default:
        unreachable(event);
    }
  }

  #lose(threadIndex: number): void {
    const last = this.#counters[threadIndex];
    this.#counters[threadIndex] = undefined;
    if (last !== undefined) this.#lostCounters = addedUp(this.#lostCounters, endedCounters(last));
    this.#mesh?.threadLost(threadIndex);
    this.#placement.noteLoad(threadIndex, 0);
    // a participant takes its other peers along
    for (const peer of [...this.#peers.values()]) {
      if (peer.thread === this.threads[threadIndex]) peer.onThreadLost();
    }
  }

  #tellTracks({ receivers, downTracks }: TrackStatistics): void {
    if (this.#tracks === undefined) return;
    const ended = this.#ended;
    tellWindows(
      this.#tracks,
      "incoming",
      receivers,
      (id) => this.#receivers.get(id)?.info ?? ended.get(id),
    );
    tellWindows(
      this.#tracks,
      "outgoing",
      downTracks,
      (id) => this.#downTracks.get(id)?.info ?? ended.get(id),
    );
  }
}
