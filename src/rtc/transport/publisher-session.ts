import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import type { DataChannelSpec } from "../../bridge/commands.ts";
import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import type { RemoteTransport } from "../negotiation/negotiation-types.ts";
import { PublisherNegotiation } from "../negotiation/publisher-negotiation.ts";
import type {
  AnsweredSend,
  DeclaredTrack,
  OfferAccepted,
  OfferedMedia,
  OfferResult,
  PublisherOptions,
} from "../negotiation/publisher-types.ts";
import type { Declared } from "../publication/publications.ts";
import type {
  NegotiatedSection,
  SendingTransport,
  SendTrack,
} from "../subscription/subscriptions.ts";
import { negotiatedSend } from "./negotiated-send.ts";
import { type IceCredentials, localTransport, type PeerTransport } from "./peer-transport.ts";
import { trickleCandidates } from "./trickle-candidates.ts";

/** Several changes soon after each other are asked for together. */
const REQUIREMENT_DEBOUNCE_MS = 10;

export type PublisherSessionHost = {
  readonly scheduler: Scheduler;
  /** That both sides make by themselves; the client opens others in-band. */
  readonly channels: readonly DataChannelSpec[];
  declaredTrack(cid: string, kind: "audio" | "video"): Declared | undefined;
  send(message: livekit.ISignalResponse): void;
  onMedia(media: readonly OfferedMedia[]): void;
  onAnswered(): void;
  /** On a single peer connection, where this side sends as well. */
  streamIdOf(track: SendTrack): string;
  onNegotiated(downTrackId: number, section: NegotiatedSection): void;
  onNegotiationFailed(detail: string): void;
};

/** What later fragments of the client's description refer to. */
export type NegotiatedTransport = {
  readonly remote: RemoteTransport;
  readonly mids: readonly string[];
};

/**
 * The peer connection that the client offers and publishes on. When it is the client's only one,
 * the server sends on it too, in sections that it asks the client for (spec-signalling 8.7).
 */
export class PublisherSession implements SendingTransport {
  readonly peer: PeerTransport;
  readonly #host: PublisherSessionHost;
  readonly #negotiation: PublisherNegotiation;
  readonly #cnames = new Map<number, string>();
  readonly #negotiated = new Set<number>();
  #hasTrickled = false;
  #requirementTimer: Cancel | undefined;
  #lastTransport: NegotiatedTransport | undefined;

  constructor(peer: PeerTransport, options: PublisherOptions, host: PublisherSessionHost) {
    this.peer = peer;
    this.#host = host;
    this.#negotiation = new PublisherNegotiation(options);
  }

  /** Of the last offer that was answered. */
  get lastTransport(): NegotiatedTransport | undefined {
    return this.#lastTransport;
  }

  /** Answers with the offer's id, then publishes what it carries (spec-signalling 4, `offer`). */
  handleOffer(description: livekit.SessionDescription): void {
    const result = this.#negotiate(description.sdp, false);
    if (result.kind === "refused") {
      this.#host.onNegotiationFailed(`${result.reason}: ${result.detail}`);
      return;
    }
    this.#host.send({
      answer: {
        type: "answer",
        sdp: result.sdp,
        id: description.id,
        midToTrackId: result.midToTrackId,
      },
    });
    if (!this.#hasTrickled) {
      this.#hasTrickled = true;
      for (const message of trickleCandidates(
        this.peer,
        result.bundle,
        livekit.SignalTarget.PUBLISHER,
      )) {
        this.#host.send(message);
      }
    }
    this.#startSends(result);
    this.#requireSections();
    this.#host.onAnswered();
  }

  /**
   * Publishes what the offer carries. Its answer is returned instead of sent and is all that the
   * client hears (spec-signalling 1.8): our candidates are in it. A refused offer changes nothing.
   */
  answerOnce(sdp: string): OfferResult {
    const result = this.#negotiate(sdp, true);
    if (result.kind === "accepted") this.#startSends(result);
    return result;
  }

  /** The client restarts ICE outside of an offer. */
  restartIce(credentials: IceCredentials): void {
    if (this.#lastTransport === undefined) return;
    const remote = { ...this.#lastTransport.remote, ...credentials };
    this.#lastTransport = { ...this.#lastTransport, remote };
    this.peer.restartIce();
    this.peer.setRemote(remote);
  }

  #negotiate(sdp: string, hasAllCandidates: boolean): OfferResult {
    const result = this.#negotiation.handleOffer(sdp, {
      localTransport: (isIceRestart) => {
        if (isIceRestart) this.peer.restartIce();
        return localTransport(this.peer);
      },
      hasAllCandidates,
      declaredTrack: (cid, kind) => declaredTrack(this.#host.declaredTrack(cid, kind)),
    });
    if (result.kind === "refused") return result;
    if (result.isIceRestart) this.#hasTrickled = false;
    this.#lastTransport = { remote: result.remote, mids: result.mids };
    this.peer.setExtensions(result.extensions.receive, result.extensions.send);
    this.peer.setRemote(result.remote);
    if (result.data !== undefined) {
      this.peer.startDataChannels(result.data.messageBytesMax, this.#host.channels);
    }
    this.#host.onMedia(result.media);
    return result;
  }

  #startSends({ sends }: OfferAccepted): void {
    for (const send of sends) {
      if (this.#negotiated.has(send.key)) continue;
      this.#negotiated.add(send.key);
      this.#host.onNegotiated(send.key, this.#sectionOf(send));
    }
  }

  #sectionOf({ key, mid, codecs }: AnsweredSend): NegotiatedSection {
    return { mid, codecs, cname: this.#cnames.get(key) ?? "" };
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
    const cname = this.#host.streamIdOf(send);
    if (!this.#negotiation.addTrack(negotiatedSend(send, cname))) return false;
    this.#cnames.set(send.downTrackId, cname);
    this.#requireSoon();
    return true;
  }

  removeTrack(downTrackId: number): void {
    this.#cnames.delete(downTrackId);
    this.#negotiated.delete(downTrackId);
    this.#negotiation.removeTrack(downTrackId);
    this.#requireSoon();
  }

  #requireSoon(): void {
    this.#requirementTimer ??= this.#host.scheduler.after(REQUIREMENT_DEBOUNCE_MS, () =>
      this.#requireSections(),
    );
  }

  /** Asks the client for the sections that are missing, or just for an offer. */
  #requireSections(): void {
    this.#requirementTimer?.();
    this.#requirementTimer = undefined;
    const requirement = this.#negotiation.takeSectionsRequirement();
    if (requirement === undefined) return;
    this.#host.send({
      mediaSectionsRequirement: { numAudios: requirement.audios, numVideos: requirement.videos },
    });
  }

  close(): void {
    this.#requirementTimer?.();
    this.peer.close();
  }
}

function declaredTrack(declared: Declared | undefined): DeclaredTrack | undefined {
  if (declared === undefined) return undefined;
  const { info, mime, layers } = declared;
  return {
    trackSid: info.sid,
    preferredMime: mime,
    isStereo: info.stereo,
    disableDtx: info.disableDtx,
    disableRed: info.disableRed,
    layers: layers.map((layer) => ({ quality: layer.quality ?? 0, rid: layer.rid ?? "" })),
  };
}
