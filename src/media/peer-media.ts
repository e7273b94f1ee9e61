import { DropReason } from "../base/drop-reason.ts";
import type {
  DownTrackSpec,
  ReceiveCodec,
  ReceiveEncoding,
  ReceiverSpec,
} from "../bridge/commands.ts";
import { DownTrack } from "../sfu/downtrack/down-track.ts";
import { SendTransport } from "../sfu/downtrack/send-transport.ts";
import { IncomingStreams } from "../sfu/receiver/incoming-streams.ts";
import { RECEIVER_FEEDBACK_BYTES, Receiver } from "../sfu/receiver/receiver.ts";
import type { RtpSink } from "../sfu/rtp-sink.ts";
import { type ExtensionIds, NO_EXTENSIONS } from "../wire/rtp/extension-ids.ts";
import type { RtpView } from "../wire/rtp/rtp-view.ts";
import { ARRIVAL_FEEDBACK_BYTES, ArrivalFeedback } from "./arrival-feedback.ts";
import type { EngineContext } from "./engine-context.ts";
import type { LossReports } from "./loss-reports.ts";
import { PeerCongestion } from "./peer-congestion.ts";
import { PeerFeedback } from "./peer-feedback.ts";
import { Subscriber } from "./subscriber.ts";
import { type ReceiverOwner, TrackReceiver } from "./track-receiver.ts";

const SENDER_REPORT_INTERVAL_MS = 3_000;
const FIRST_REPORT_MS = 500;
/** Reports of many peers leave together, each a little late, for a thread that sleeps in between. */
const REPORT_BEAT_MS = 100;
/** A compound of sender reports stays below this, bytes: protection and the path MTU need the rest. */
const REPORTS_BYTES_MAX = 1_100;
const OUT_BYTES: number = Math.max(RECEIVER_FEEDBACK_BYTES, ARRIVAL_FEEDBACK_BYTES, 1_500);

/** Scratch of the thread: filled and sent within one call. */
const OUT: Uint8Array = new Uint8Array(OUT_BYTES);

/** What the media of a peer needs of it. */
export type MediaPeer = RtpSink & {
  readonly peerId: number;
  /** `handleTimeout` has work at `dueMs`, earlier than it may have said. */
  wake(dueMs: number): void;
  /** Nothing more is sent with this SSRC. */
  retireStream(ssrc: number): void;
};

/** The media of one peer, in both directions: what it publishes here, and what it is sent. */
export class PeerMedia implements ReceiverOwner {
  readonly #peer: MediaPeer;
  readonly #context: EngineContext;
  readonly #incoming: IncomingStreams = new IncomingStreams();
  readonly #receivers = new Map<Receiver, TrackReceiver>();
  readonly #subscribers = new Map<number, Subscriber>();
  /** Down tracks by media SSRC, those that are closing included. */
  readonly #downTracks = new Map<number, DownTrack>();
  readonly #rtxDownTracks = new Map<number, DownTrack>();
  readonly #transport: SendTransport;
  readonly #congestion: PeerCongestion;
  readonly #arrivals: ArrivalFeedback;
  readonly #feedback: PeerFeedback;
  #receiveIds: ExtensionIds = NO_EXTENSIONS;
  #nextReportMs = Number.POSITIVE_INFINITY;
  #dueMs = 0;

  /** @param allowPause video that it is sent may get nothing at all where bandwidth is short */
  constructor(
    peer: MediaPeer,
    context: EngineContext,
    allowPause: boolean,
    losses: LossReports | undefined,
  ) {
    this.#peer = peer;
    this.#context = context;
    this.#transport = new SendTransport(peer, context.random());
    this.#transport.wallOffsetMs = context.wallOffsetMs;
    this.#congestion = new PeerCongestion({
      settings: context.options,
      mayPause: allowPause,
      transport: this.#transport,
      tracks: () => this.#downTracks.values(),
      wake: (dueMs) => this.#wake(dueMs),
    });
    this.#arrivals = new ArrivalFeedback(context.random(), this.#incoming);
    this.#feedback = new PeerFeedback({
      sink: peer,
      counters: context.counters,
      incoming: this.#incoming,
      downTracks: this.#downTracks,
      rtxDownTracks: this.#rtxDownTracks,
      bwe: this.#congestion.bwe,
      losses,
      ssrc: context.random(),
      onTrackDue: (dueMs) => this.#wake(dueMs),
    });
  }

  get peerId(): number {
    return this.#peer.peerId;
  }

  /** A bug showed in what one of its parts did on somebody else's call. */
  broke(error: unknown): void {
    this.#context.peerBroke(this.#peer.peerId, error);
  }

  receivers(): TrackReceiver[] {
    return [...this.#receivers.values()];
  }

  subscribers(): Subscriber[] {
    return [...this.#subscribers.values()];
  }

  setExtensions(receive: ExtensionIds, send: ExtensionIds): void {
    this.#receiveIds = receive;
    this.#arrivals.setExtensions(receive);
    this.#incoming.setExtensions(receive);
    this.#transport.extensions = send;
  }

  addReceiver(nowMs: number, spec: ReceiverSpec): TrackReceiver {
    const { options, fanOut } = this.#context;
    const receiver = new Receiver(nowMs, spec, options, this.#receiveIds, fanOut, (dueMs) =>
      this.#wake(dueMs),
    );
    const track = new TrackReceiver(receiver, this);
    this.#wake(0);
    this.#receivers.set(receiver, track);
    this.#incoming.addReceiver(receiver);
    return track;
  }

  updateReceiver(
    track: TrackReceiver,
    codecs: readonly ReceiveCodec[],
    encodings: readonly ReceiveEncoding[],
  ): void {
    this.#incoming.updateReceiver(track.receiver, codecs, encodings);
  }

  removeReceiver(track: TrackReceiver): void {
    this.#receivers.delete(track.receiver);
    this.#incoming.removeReceiver(track.receiver);
  }

  addDownTrack(nowMs: number, spec: DownTrackSpec, source: TrackReceiver): Subscriber {
    const { rtxBudget } = this.#context.options;
    const rtxLimits = source.receiver.isVideo ? rtxBudget?.video : rtxBudget?.audio;
    const downTrack = new DownTrack(
      nowMs,
      { ...spec, rtxLimits },
      source.receiver,
      this.#transport,
      this.#congestion.allocator,
      this.#context.random(),
    );
    const subscriber = new Subscriber(downTrack, source, this);
    this.#wake(0);
    this.#subscribers.set(spec.downTrackId, subscriber);
    this.#downTracks.set(spec.ssrc, downTrack);
    if (spec.rtxSsrc !== 0) this.#rtxDownTracks.set(spec.rtxSsrc, downTrack);
    source.addSubscriber(subscriber);
    // soon after the first packets: until then a receiver cannot align sound and picture
    this.#nextReportMs = Math.min(this.#nextReportMs, onBeat(nowMs + FIRST_REPORT_MS));
    return subscriber;
  }

  overrideEstimate(nowMs: number, bitrateBps: number): void {
    this.#congestion.allocator.setOverride(nowMs, bitrateBps);
    this.#tellAllocation();
  }

  /** Layers or states of any down track may be others than before, where it was allocated anew. */
  #tellAllocation(): void {
    if (this.#congestion.allocator.pollChanged()) this.#tellForwarding();
  }

  #tellForwarding(): void {
    for (const subscriber of this.#subscribers.values()) this.forwardingChanged(subscriber);
  }

  /** The transport came up. */
  connected(nowMs: number): void {
    for (const downTrack of this.#downTracks.values()) downTrack.handleConnected();
    this.handleTimeout(nowMs);
  }

  /** One decrypted RTP packet of the client. */
  receiveRtp(nowMs: number, view: RtpView): DropReason {
    this.#arrivals.record(nowMs, view);
    const result = this.#incoming.handleRtp(nowMs, view);
    const receiver = this.#incoming.lastReceiver;
    if (receiver !== undefined) {
      const { counters } = this.#context;
      counters.mediaPacketsIn += 1;
      counters.mediaBytesIn += view.length;
    }
    if (receiver !== undefined && receiver.pollTimeout() <= nowMs) {
      this.#serveReceiver(nowMs, receiver);
    }
    this.#sendArrivalFeedback(nowMs);
    this.#dueMs = Math.min(
      this.#dueMs,
      receiver?.pollTimeout() ?? Number.POSITIVE_INFINITY,
      this.#arrivals.pollTimeout(),
      this.#feedback.pollTimeout(),
      receiver === undefined ? Number.POSITIVE_INFINITY : this.#eventsDueMs(receiver),
    );
    // padding was taken, there is just nothing to forward
    return result < 0 ? DropReason.None : (result as DropReason);
  }

  /** One decrypted compound RTCP packet of the client. */
  receiveRtcp(nowMs: number, bytes: Uint8Array, length: number): DropReason {
    this.#congestion.beginReport();
    const reason = this.#feedback.receive(nowMs, bytes, length);
    this.#congestion.endReport(nowMs);
    this.#tellAllocation();
    this.#dueMs = Math.min(this.#dueMs, this.#congestion.pollTimeout());
    return reason;
  }

  #sendArrivalFeedback(nowMs: number): void {
    for (
      let length = this.#arrivals.pollFeedback(nowMs, OUT);
      length > 0;
      length = this.#arrivals.pollFeedback(nowMs, OUT)
    ) {
      this.#peer.sendRtcp(OUT, length);
    }
  }

  #serveReceiver(nowMs: number, receiver: Receiver): void {
    receiver.handleTimeout(nowMs);
    const { counters } = this.#context;
    const nacks = sumOf(receiver, "nacks");
    const plis = sumOf(receiver, "plis");
    const length = receiver.pollFeedback(nowMs, OUT);
    if (length > 0) this.#peer.sendRtcp(OUT, length);
    counters.nacksOut += sumOf(receiver, "nacks") - nacks;
    counters.plisOut += sumOf(receiver, "plis") - plis;
    const track = receiver.hasEvents ? this.#receivers.get(receiver) : undefined;
    if (track === undefined || !track.pace.take(nowMs)) return;
    for (let event = receiver.pollEvent(); event !== undefined; event = receiver.pollEvent()) {
      this.#context.emit(event);
      if (event.kind === "layers-changed") track.handleLayersChanged(nowMs);
    }
  }

  #eventsDueMs(receiver: Receiver): number {
    if (!receiver.hasEvents) return Number.POSITIVE_INFINITY;
    return this.#receivers.get(receiver)?.pace.dueMs ?? Number.POSITIVE_INFINITY;
  }

  /** Tells the control side, if layer or state of a down track are not what it was told last. */
  forwardingChanged(subscriber: Subscriber): void {
    this.#wake(0);
    const { downTrack } = subscriber;
    const nowMs = this.#context.nowMs();
    downTrack.noteAllocation(nowMs);
    this.#tell(subscriber, nowMs);
  }

  #tell(subscriber: Subscriber, nowMs: number): void {
    if (!subscriber.takeNews(nowMs)) return;
    const { downTrack } = subscriber;
    this.#context.emit({
      kind: "forwarding-changed",
      downTrackId: downTrack.id,
      spatialLayer: downTrack.heldLayer,
      streamState: downTrack.streamState,
    });
  }

  /** A receiver or a down track changed on a call that was not for this peer. */
  #wake(dueMs: number): void {
    if (dueMs >= this.#dueMs) return;
    this.#dueMs = dueMs;
    this.#peer.wake(dueMs);
  }

  /** A receiver or down track changed: it may have events, or want a key frame. */
  trackChanged(): void {
    this.#wake(0);
  }

  /** When `handleTimeout` next has work, monotonic ms; 0 after each change of a track. */
  pollTimeout(): number {
    return this.#dueMs;
  }

  handleTimeout(nowMs: number): void {
    let dueMs = Number.POSITIVE_INFINITY;
    for (const receiver of this.#incoming.receivers) {
      this.#serveReceiver(nowMs, receiver);
      dueMs = Math.min(dueMs, receiver.pollTimeout(), this.#eventsDueMs(receiver));
    }
    this.#sendArrivalFeedback(nowMs);
    this.#feedback.handleTimeout(nowMs);
    this.#congestion.handleTimeout(nowMs);
    this.#tellAllocation();
    for (const subscriber of this.#subscribers.values()) {
      if (nowMs >= subscriber.newsDueMs) this.#tell(subscriber, nowMs);
      dueMs = Math.min(dueMs, subscriber.newsDueMs);
    }
    for (const [ssrc, downTrack] of this.#downTracks) {
      if (nowMs >= downTrack.pollTimeout()) downTrack.handleTimeout(nowMs);
      if (downTrack.isClosed) this.#end(ssrc, downTrack);
      else dueMs = Math.min(dueMs, downTrack.pollTimeout());
    }
    if (nowMs >= this.#nextReportMs) {
      this.#nextReportMs = onBeat(nowMs + SENDER_REPORT_INTERVAL_MS);
      this.#sendReports(nowMs);
      // publishers' reports may have come that layers were held for
      this.#tellForwarding();
    }
    this.#dueMs = Math.min(
      dueMs,
      this.#nextReportMs,
      this.#congestion.pollTimeout(),
      this.#arrivals.pollTimeout(),
      this.#feedback.pollTimeout(),
    );
  }

  #end(ssrc: number, downTrack: DownTrack): void {
    this.#downTracks.delete(ssrc);
    this.#rtxDownTracks.delete(downTrack.rtxSsrc);
    this.#peer.retireStream(ssrc);
    this.#peer.retireStream(downTrack.rtxSsrc);
  }

  /** Sender reports of all down tracks, as many in one compound as fit. */
  #sendReports(nowMs: number): void {
    let end = 0;
    for (const downTrack of this.#downTracks.values()) {
      if (end > 0 && end + downTrack.senderReportBytesMax > REPORTS_BYTES_MAX) {
        this.#peer.sendRtcp(OUT, end);
        end = 0;
      }
      end = downTrack.writeSenderReport(nowMs, OUT, end);
    }
    if (end > 0) this.#peer.sendRtcp(OUT, end);
  }

  /** The subscriber wants the track no more; its last frames may still go out. */
  forget(subscriber: Subscriber): void {
    this.#wake(0);
    this.#subscribers.delete(subscriber.downTrackId);
  }

  /** The peer is gone; its receivers are closed by the node. */
  close(): void {
    const nowMs = this.#context.nowMs();
    for (const subscriber of this.#subscribers.values()) subscriber.abandon(nowMs);
    this.#subscribers.clear();
    this.#downTracks.clear();
    this.#rtxDownTracks.clear();
  }

  debugInfo(): object {
    return {
      receivers: this.#incoming.receivers.map((receiver) => receiver.debugInfo()),
      congestion: this.#congestion.debugInfo(),
      downTracks: [...this.#downTracks.values()].map(
        ({ id, ssrc, stats, currentSpatialLayer }) => ({
          id,
          ssrc,
          currentSpatialLayer,
          stats,
        }),
      ),
    };
  }
}

/** The next common time for reports that is not before `ms`. */
function onBeat(ms: number): number {
  return Math.ceil(ms / REPORT_BEAT_MS) * REPORT_BEAT_MS;
}

function sumOf(receiver: Receiver, counter: "nacks" | "plis"): number {
  let sum = 0;
  for (const stream of receiver.streams) if (stream !== undefined) sum += stream.counters[counter];
  return sum;
}
