import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import { SubscriberNegotiation } from "../negotiation/subscriber-negotiation.ts";
import type { AcceptedSend, SubscriberOptions } from "../negotiation/subscriber-types.ts";
import type {
  NegotiatedSection,
  SendingTransport,
  SendTrack,
} from "../subscription/subscriptions.ts";
import { SERVER_CHANNELS } from "./data-channels.ts";
import { negotiatedSend } from "./negotiated-send.ts";
import { localTransport, type PeerTransport } from "./peer-transport.ts";
import { trickleCandidates } from "./trickle-candidates.ts";

/** After quiet, a change is offered this soon; after an offer, only this late: changes come in swarms. */
const QUIET_DEBOUNCE_MS = 10;
const DEBOUNCE_MS = 150;
const ANSWER_TIMEOUT_MS = 15_000;

export type SubscriberSessionHost = {
  readonly scheduler: Scheduler;
  /** The client can be asked: without a signal connection offers wait for its return. */
  isReachable(): boolean;
  /** Names the stream that a track is shown in: the first half of its msid. */
  streamIdOf(track: SendTrack): string;
  send(message: livekit.ISignalResponse): void;
  onNegotiated(downTrackId: number, section: NegotiatedSection): void;
  onRejected(downTrackId: number): void;
  /** The client cannot go on with this connection: full reconnect. */
  onNegotiationFailed(detail: string): void;
};

/** The peer connection that the server offers and sends on, in dual mode. */
export class SubscriberSession implements SendingTransport {
  readonly peer: PeerTransport;
  readonly #host: SubscriberSessionHost;
  readonly #negotiation: SubscriberNegotiation;
  readonly #cnames = new Map<number, string>();
  readonly #hasDataSection: boolean;
  #timer: Cancel | undefined;
  #answerTimer: Cancel | undefined;
  #lastOfferMs = Number.NEGATIVE_INFINITY;
  #hasTrickled = false;
  #restartAfterAnswer = false;
  #isClosed = false;

  constructor(
    peer: PeerTransport,
    options: Omit<SubscriberOptions, "local">,
    host: SubscriberSessionHost,
  ) {
    this.peer = peer;
    this.#host = host;
    this.#hasDataSection = options.hasDataSection;
    this.#negotiation = new SubscriberNegotiation({ ...options, local: localTransport(peer) });
  }

  get peerId(): number {
    return this.peer.peerId;
  }

  get thread(): MediaThread {
    return this.peer.thread;
  }

  get isConnected(): boolean {
    return this.peer.isConnected;
  }

  addTrack(send: SendTrack): boolean {
    const streamId = this.#host.streamIdOf(send);
    if (!this.#negotiation.addTrack(negotiatedSend(send, streamId))) return false;
    this.#cnames.set(send.downTrackId, streamId);
    this.negotiate();
    return true;
  }

  removeTrack(downTrackId: number): void {
    this.#cnames.delete(downTrackId);
    this.#negotiation.removeTrack(downTrackId);
    this.negotiate();
  }

  /** Offers what changed, soon. */
  negotiate(): void {
    if (this.#isClosed || this.#timer !== undefined) return;
    const sinceMs = this.#host.scheduler.nowMs() - this.#lastOfferMs;
    const delayMs = sinceMs > DEBOUNCE_MS ? QUIET_DEBOUNCE_MS : DEBOUNCE_MS;
    this.#timer = this.#host.scheduler.after(delayMs, () => {
      this.#timer = undefined;
      this.negotiateNow();
    });
  }

  /** Offers without waiting, unless an answer is outstanding: then right after it. */
  negotiateNow(): void {
    this.#timer?.();
    this.#timer = undefined;
    if (this.#isClosed || this.#negotiation.hasOutstandingOffer) return;
    if (!this.#negotiation.needsNegotiation || !this.#host.isReachable()) return;
    const offer = this.#negotiation.createOffer();
    if (offer.kind !== "offer") return;
    this.#lastOfferMs = this.#host.scheduler.nowMs();
    this.#host.send({
      offer: { type: "offer", sdp: offer.sdp, id: offer.id, midToTrackId: offer.midToTrackId },
    });
    if (!this.#hasTrickled) {
      this.#hasTrickled = true;
      for (const message of trickleCandidates(
        this.peer,
        offer.bundle,
        livekit.SignalTarget.SUBSCRIBER,
      )) {
        this.#host.send(message);
      }
    }
    this.#answerTimer?.();
    this.#answerTimer = this.#host.scheduler.after(ANSWER_TIMEOUT_MS, () => this.#answerMissing());
  }

  /** A client that lost its signal connection may still resume: it is then asked again. */
  #answerMissing(): void {
    if (!this.peer.isConnected || !this.#negotiation.hasOutstandingOffer) return;
    if (!this.#host.isReachable()) return;
    this.#host.onNegotiationFailed("no answer to the server's offer within 15 s");
  }

  handleAnswer(description: livekit.SessionDescription): void {
    const result = this.#negotiation.handleAnswer(description.sdp, description.id);
    if (result.kind === "refused") {
      this.#host.onNegotiationFailed(`${result.reason}: ${result.detail}`);
      return;
    }
    if (result.kind === "stale") return;
    this.#answerTimer?.();
    this.#answerTimer = undefined;
    this.peer.setExtensions(result.extensions.receive, result.extensions.send);
    this.peer.setRemote(result.remote);
    if (result.data !== undefined && this.#hasDataSection) {
      this.peer.startDataChannels(result.data.messageBytesMax, SERVER_CHANNELS);
    }
    for (const send of result.sends) {
      if (send.isRejected) this.#host.onRejected(send.key);
      else this.#host.onNegotiated(send.key, this.#sectionOf(send));
    }
    if (this.#restartAfterAnswer) this.restartIce();
    else if (this.#negotiation.needsNegotiation) this.negotiateNow();
  }

  #sectionOf({ key, mid, codecs }: AcceptedSend): NegotiatedSection {
    return { mid, codecs, cname: this.#cnames.get(key) ?? "" };
  }

  /** New credentials in a new offer; a connection that never started just goes on. */
  restartIce(): void {
    if (this.#isClosed || !this.peer.hasRemote) return;
    if (this.#negotiation.hasOutstandingOffer) {
      this.#restartAfterAnswer = true;
      return;
    }
    this.#restartAfterAnswer = false;
    const { ufrag, pwd } = this.peer.restartIce();
    this.#negotiation.restartIce(ufrag, pwd, this.peer.candidates);
    this.#hasTrickled = false;
    this.negotiateNow();
  }

  /** The answer to an offer may have been lost with the signal connection: it is offered again. */
  resume(): void {
    if (this.#negotiation.hasOutstandingOffer) this.#negotiation.abandonOffer();
    if (this.peer.hasRemote) this.restartIce();
    else this.negotiateNow();
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.();
    this.#answerTimer?.();
    this.peer.close();
  }
}
