import type { Codec } from "../wire/rtp/codec.ts";
import type { DataChannelLabel } from "./commands.ts";
import type { DataEvent } from "./data-events.ts";

/** What a media thread tells the control thread. Plain objects, as commands are. */
export type MediaEvent =
  | PeerIceConnected
  | PeerConnected
  | PeerFailed
  | LossReport
  | DataChannelOpen
  | DataEvent
  | StreamStarted
  | LayersChanged
  | VideoSizeChanged
  | AudioLevels
  | ForwardingChanged
  | QualityReport
  | TrackStatistics
  | StatisticsReport
  | ThreadLost;

/** A valid check came on a path of this protocol: the first since an ICE restart, or after another. */
export type PeerIceConnected = {
  readonly kind: "peer-ice-connected";
  readonly peerId: number;
  readonly protocol: "udp" | "tcp";
};

/** ICE and DTLS are up; once per peer. */
export type PeerConnected = { readonly kind: "peer-connected"; readonly peerId: number };

/**
 * No traffic for the failure time, or the handshake failed: the peer is closed by `close-peer`.
 * After a bug of ours it is closed already, and nothing can bring it back.
 */
export type PeerFailed = {
  readonly kind: "peer-failed";
  readonly peerId: number;
  readonly reason: "ice-timeout" | "dtls" | "bug";
  readonly detail: string;
};

/** What a client reports of the streams that it is sent: once a second at most, where asked for. */
export type LossReport = {
  readonly kind: "loss-report";
  readonly peerId: number;
  /** The worst of all streams since the last one, 0..255. */
  readonly fractionLost: number;
  /** The newest, 0 while it is not known. */
  readonly rttMs: number;
};

/** The first channel of this label is open, whichever side made it. */
export type DataChannelOpen = {
  readonly kind: "data-channel-open";
  readonly peerId: number;
  readonly label: DataChannelLabel;
  readonly isReliable: boolean;
};

/** The first packet of an encoding. */
export type StreamStarted = {
  readonly kind: "stream-started";
  readonly receiverId: number;
  readonly spatialLayer: number;
  readonly rid: string;
  readonly ssrc: number;
  readonly codec: Codec;
};

/** Simulcast layers went up or down, as the stream trackers see it (spec-media 2.12). */
export type LayersChanged = {
  readonly kind: "layers-changed";
  readonly receiverId: number;
  /** Spatial layers that are live, ascending. */
  readonly availableLayers: readonly number[];
};

export type VideoSizeChanged = {
  readonly kind: "video-size-changed";
  readonly receiverId: number;
  readonly spatialLayer: number;
  readonly width: number;
  readonly height: number;
};

/** Once per `audio.update_interval`: all observed receivers that are active, and those that were. */
export type AudioLevels = {
  readonly kind: "audio-levels";
  /** `level` is linear and smoothed, 0..1; 0 is not active (spec-media 8.1). */
  readonly levels: readonly { readonly receiverId: number; readonly level: number }[];
};

/** Paused for lack of bandwidth, and until it really flows again; inactive while it is muted. */
export type StreamState = "inactive" | "active" | "paused";

export type ForwardingChanged = {
  readonly kind: "forwarding-changed";
  readonly downTrackId: number;
  /** What the publisher has to go on sending for it, since it is forwarded; -1: nothing. */
  readonly spatialLayer: number;
  readonly streamState: StreamState;
};

/** Every 5 s: scores 0..100 (spec-media 8.3). */
export type QualityReport = {
  readonly kind: "quality-report";
  readonly receivers: readonly { readonly receiverId: number; readonly score: number }[];
  readonly downTracks: readonly { readonly downTrackId: number; readonly score: number }[];
};

/**
 * Every 5 s: what became of each track since the report before, one row of `TrackColumn` after the
 * other. Tracks of which nothing has ended since are left out.
 */
export type TrackStatistics = {
  readonly kind: "track-statistics";
  readonly receivers: Float64Array;
  readonly downTracks: Float64Array;
};

/** The thread ended, and all its peers with it; told in its name by who watches it. */
export type ThreadLost = { readonly kind: "thread-lost" };

/** Sums since the thread started, sampled every few seconds, for metrics and limits. */
export type StatisticsReport = {
  readonly kind: "statistics-report";
  readonly counters: MediaCounters;
  /** Share of its time that the thread has worked since the last report, 0..1; absent: not known. */
  readonly load?: number;
};

export type MediaCounters = {
  /** Datagrams of all kinds. */
  readonly packetsIn: number;
  readonly bytesIn: number;
  /** RTP of published tracks. */
  readonly mediaPacketsIn: number;
  readonly mediaBytesIn: number;
  /** RTP, with retransmissions. */
  readonly packetsOut: number;
  readonly bytesOut: number;
  readonly retransmitsOut: number;
  readonly retransmitBytesOut: number;
  /** Packets that SRTP would not seal: their number was used, or there were too many streams. */
  readonly refusedOut: number;
  readonly nacksIn: number;
  readonly nacksOut: number;
  readonly plisIn: number;
  readonly plisOut: number;
  readonly firsIn: number;
  /** Peers closed because of a bug. */
  readonly bugs: number;
  /** Packets and messages to and from other media threads, for rooms that are on several. */
  readonly relayPacketsOut: number;
  readonly relayPacketsIn: number;
  /** Those that were dropped since the other thread was too far behind. */
  readonly relayDropped: number;
  readonly peers: number;
  readonly receivers: number;
  readonly downTracks: number;
  readonly data: DataSums;
  readonly load: LoadSums;
  readonly sockets: SocketSums;
  /** By DropReason. */
  readonly dropped: readonly number[];
  readonly forwarding: ForwardingCounters;
};

/** Datagrams that did not leave, or did not come in. */
export type SocketSums = {
  /** Refused by the system: no route, not permitted. */
  readonly refused: number;
  /** The socket's buffer was full. */
  readonly bufferFull: number;
  /** For addresses that have fallen silent. */
  readonly silenced: number;
  /** Came, and found the socket's receive buffer full. */
  readonly receiveDrops: number;
};

/** How busy the thread is, and what that did to video. */
export type LoadSums = {
  /** Processor time of the thread; 0 where it cannot be read. */
  readonly cpuMs: number;
  /** How late the thread came to what was due, at worst since the last report. */
  readonly worstLagMs: number;
  /** How often it was overloaded, and steps that video was reduced by. */
  readonly overloads: number;
  readonly shedSteps: number;
  /** 1 while it is. */
  readonly overloaded: number;
  /** Subscribers' videos that are held at a lower layer, and that are paused, for it, now. */
  readonly loweredTracks: number;
  readonly pausedTracks: number;
};

/** Messages on data channels. */
export type DataSums = {
  /** From clients, data tracks included. */
  readonly messagesIn: number;
  readonly bytesIn: number;
  /** To clients, once for each receiver. */
  readonly messagesOut: number;
  readonly bytesOut: number;
  /** Messages that one receiver lost, because it was too far behind. */
  readonly reliableDropped: number;
  readonly lossyDropped: number;
  /** How often a sender was kept waiting for its receivers. */
  readonly pauses: number;
};

/** How long packets took from their arrival until they left, sums since the thread started. */
export type ForwardingCounters = {
  /** Packets by `FORWARDING_BOUNDS_MS`, and one more for what took longer. */
  readonly counts: readonly number[];
  readonly packets: number;
  readonly sumMs: number;
  /** Of the squares of each packet's time. */
  readonly squareSumMs: number;
};
