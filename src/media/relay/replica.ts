import type { ReceiveCodec, ReceiveEncoding } from "../../bridge/commands.ts";
import type { AddReplica } from "../../bridge/relay-commands.ts";
import type { ReceiveStream } from "../../sfu/buffer/receive-stream.ts";
import { RECEIVER_FEEDBACK_BYTES, Receiver } from "../../sfu/receiver/receiver.ts";
import { ntpFractionOf, ntpSecondsOf } from "../../wire/rtcp/ntp.ts";
import type { ExtensionIds } from "../../wire/rtp/extension-ids.ts";
import type { RtpView } from "../../wire/rtp/rtp-view.ts";
import type { EngineContext } from "../engine-context.ts";
import { type ReceiverOwner, TrackReceiver } from "../track-receiver.ts";
import type { ThreadLink } from "./thread-link.ts";

const LAYERS = 3;
const LOSS_INTERVAL_MS = 1_000;
/** Of who has no peer on this thread. */
const NO_PEER = 0;

/** Scratch of the thread, for feedback that goes nowhere. */
const OUT: Uint8Array = new Uint8Array(RECEIVER_FEEDBACK_BYTES);

export type ReplicaHost = {
  readonly context: EngineContext;
  /** `handleTimeout` has work at `dueMs`, earlier than it may have said. */
  wake(dueMs: number): void;
};

/**
 * A receiver whose publisher is on another media thread, fed by a ring as if by the network: down tracks,
 * retransmissions, layer trackers and late joiners find here what they find at the publisher's own.
 * To the publisher goes only what its subscribers here ask of it, by way of its thread.
 */
export class Replica implements ReceiverOwner {
  readonly track: TrackReceiver;
  readonly link: ThreadLink;
  readonly #host: ReplicaHost;
  readonly #receiver: Receiver;
  /** Key frame requests of each layer that were passed on, and the stream that they were of. */
  readonly #plis: Float64Array = new Float64Array(LAYERS);
  readonly #askedOf: (ReceiveStream | undefined)[] = [undefined, undefined, undefined];
  readonly #tellsLoss: boolean;
  #nextLossMs: number;
  #isClosed = false;

  constructor(nowMs: number, command: AddReplica, link: ThreadLink, host: ReplicaHost) {
    const { options, fanOut } = host.context;
    this.link = link;
    this.#host = host;
    // gaps are the publisher's thread's to fill, and levels its to tell
    const spec = {
      ...command.receiver,
      codecs: withoutNack(command.receiver.codecs),
      observeAudioLevel: false,
    };
    this.#receiver = new Receiver(nowMs, spec, options, command.extensions, fanOut, (dueMs) =>
      host.wake(dueMs),
    );
    this.track = new TrackReceiver(this.#receiver, this);
    this.#tellsLoss = options.isAudioLossProxied && spec.media === "audio";
    this.#nextLossMs = this.#tellsLoss ? nowMs + LOSS_INTERVAL_MS : Number.POSITIVE_INFINITY;
  }

  get peerId(): number {
    return NO_PEER;
  }

  setExtensions(extensions: ExtensionIds): void {
    this.#receiver.setExtensions(extensions);
  }

  /** A packet that the publisher's thread has taken. */
  receiveRtp(nowMs: number, view: RtpView, layer: number): void {
    const receiver = this.#receiver;
    const isFirst = receiver.streams[layer] === undefined;
    receiver.handleRtp(nowMs, view, layer);
    // who subscribes here has waited for it, and the key frame before it is not known here
    if (isFirst) {
      if (receiver.isVideo) receiver.requestKeyFrame(nowMs, layer);
      this.link.wantReport(receiver.receiverId, layer);
    }
    if (receiver.pollTimeout() <= nowMs) this.#serve(nowMs);
    this.#host.wake(receiver.pollTimeout());
  }

  handleSenderReport(
    nowMs: number,
    ssrc: number,
    ntpMs: number,
    ageMs: number,
    rtpTs: number,
  ): void {
    const seconds = ntpSecondsOf(ntpMs);
    const fraction = ntpFractionOf(ntpMs);
    this.#receiver.handleSenderReport(nowMs - ageMs, ssrc, seconds, fraction, rtpTs);
  }

  resetStream(layer: number): void {
    this.#receiver.endStream(layer);
  }

  pollTimeout(): number {
    return Math.min(this.#receiver.pollTimeout(), this.#nextLossMs);
  }

  handleTimeout(nowMs: number): void {
    this.#serve(nowMs);
    if (nowMs < this.#nextLossMs) return;
    this.#nextLossMs = nowMs + LOSS_INTERVAL_MS;
    const fractionLost = this.#receiver.fractionLost(nowMs);
    if (fractionLost > 0) this.link.tellLoss(this.#receiver.receiverId, fractionLost);
  }

  #serve(nowMs: number): void {
    const receiver = this.#receiver;
    receiver.handleTimeout(nowMs);
    receiver.pollFeedback(nowMs, OUT);
    for (let layer = 0; layer < LAYERS; layer++) this.#passOn(layer);
    if (!receiver.hasEvents) return;
    for (let event = receiver.pollEvent(); event !== undefined; event = receiver.pollEvent()) {
      // the publisher's thread tells the control side
      if (event.kind === "layers-changed") this.track.handleLayersChanged(nowMs);
    }
  }

  /** What would have been a request to a publisher here is one to its thread. */
  #passOn(layer: number): void {
    const stream = this.#receiver.streams[layer];
    if (stream !== this.#askedOf[layer]) {
      this.#askedOf[layer] = stream;
      this.#plis[layer] = 0;
    }
    const plis = stream?.counters.plis ?? 0;
    if (plis !== this.#plis[layer]) {
      this.link.requestKeyFrame(this.#receiver.receiverId, layer);
    }
    this.#plis[layer] = plis;
  }

  updateReceiver(
    _: TrackReceiver,
    codecs: readonly ReceiveCodec[],
    encodings: readonly ReceiveEncoding[],
  ): void {
    this.#receiver.update(withoutNack(codecs), encodings);
  }

  trackChanged(): void {
    this.#host.wake(0);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Its subscribers may still have something to send, and ask for nothing any more. */
  close(): void {
    this.#isClosed = true;
  }

  removeReceiver(): void {}
}

function withoutNack(codecs: readonly ReceiveCodec[]): ReceiveCodec[] {
  return codecs.map((codec) => ({ ...codec, hasNack: false }));
}
