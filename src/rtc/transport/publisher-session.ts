import { livekit } from "../../gen/livekit.js";
import { PublisherNegotiation } from "../negotiation/publisher-negotiation.ts";
import type {
  DeclaredTrack,
  OfferedMedia,
  PublisherOptions,
} from "../negotiation/publisher-types.ts";
import type { Declared } from "../publication/publications.ts";
import { localTransport, type PeerTransport } from "./peer-transport.ts";
import { trickleCandidates } from "./trickle-candidates.ts";

export type PublisherSessionHost = {
  declaredTrack(cid: string, kind: "audio" | "video"): Declared | undefined;
  send(message: livekit.ISignalResponse): void;
  onMedia(media: readonly OfferedMedia[]): void;
  onAnswered(): void;
  onNegotiationFailed(detail: string): void;
};

/** The peer connection that the client offers and publishes on. */
export class PublisherSession {
  readonly peer: PeerTransport;
  readonly #host: PublisherSessionHost;
  readonly #negotiation: PublisherNegotiation;
  #hasTrickled = false;

  constructor(peer: PeerTransport, options: PublisherOptions, host: PublisherSessionHost) {
    this.peer = peer;
    this.#host = host;
    this.#negotiation = new PublisherNegotiation(options);
  }

  /** Answers with the offer's id, then publishes what it carries (spec-signalling 4, `offer`). */
  handleOffer(description: livekit.SessionDescription): void {
    const result = this.#negotiation.handleOffer(description.sdp, {
      localTransport: (isIceRestart) => {
        if (isIceRestart) this.peer.restartIce();
        return localTransport(this.peer);
      },
      hasAllCandidates: false,
      declaredTrack: (cid, kind) => declaredTrack(this.#host.declaredTrack(cid, kind)),
    });
    if (result.kind === "refused") {
      this.#host.onNegotiationFailed(`${result.reason}: ${result.detail}`);
      return;
    }
    if (result.isIceRestart) this.#hasTrickled = false;
    this.peer.setExtensions(result.extensions.receive, result.extensions.send);
    this.peer.setRemote(result.remote);
    if (result.data !== undefined) this.peer.startDataChannels(result.data.messageBytesMax, []);
    this.#host.onMedia(result.media);
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
    this.#host.onAnswered();
  }

  close(): void {
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
