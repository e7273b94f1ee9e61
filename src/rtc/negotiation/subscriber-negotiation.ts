import { readSdp } from "../../wire/sdp/read-sdp.ts";
import {
  EMPTY_SECTION,
  isReceiving,
  isRejected,
  type MediaSection,
  type SessionDescription,
  type TransportAttributes,
} from "../../wire/sdp/session-description.ts";
import { DISCARD_PORT, writeSdp } from "../../wire/sdp/write-sdp.ts";
import { type CodecSet, codecSetOf } from "./codec-table.ts";
import { ExtensionMap, extensionNameOf, sentExtensions } from "./extension-table.ts";
import {
  DATA_MESSAGE_BYTES_MAX,
  dataSection,
  localAttributes,
  rejectedSection,
  withCandidates,
} from "./local-sections.ts";
import {
  type BundleSection,
  type LocalTransport,
  type MediaKind,
  type NegotiatedData,
  type NegotiatedExtensions,
  type Refused,
  refuse,
} from "./negotiation-types.ts";
import { offerableCodecs, offeredSection, takenCodecs } from "./offer-section.ts";
import {
  isDtlsServer,
  type RemoteBundle,
  RemoteTransportHistory,
  readRemoteBundle,
} from "./remote-transport.ts";
import { type SendSection, SendSections } from "./send-sections.ts";
import type {
  AcceptedSend,
  AnswerResult,
  NoOffer,
  SendTrack,
  SubscriberOffer,
  SubscriberOptions,
} from "./subscriber-types.ts";

/** Media sections of one connection, in use or not. */
export const SUBSCRIBER_SECTIONS_MAX = 1000;
const DATA_PROTOCOL = "UDP/DTLS/SCTP";
/** Ids are unsigned 32-bit numbers on the wire. */
const OFFER_ID_MAX = 0xffff_ffff;

/**
 * The peer connection on which we offer and the client answers: what it subscribes to, and our data
 * channels. One offer is outstanding at a time; changes meanwhile wait for the next one, which the
 * caller makes when `needsNegotiation` says so. No time passes here, nothing is sent.
 */
export class SubscriberNegotiation {
  readonly #options: SubscriberOptions;
  readonly #codecs: CodecSet;
  readonly #history = new RemoteTransportHistory();
  readonly #sections: SendSections;
  #local: LocalTransport;
  #version = 0;
  #nextId: number;
  #outstandingId: number | undefined;
  #abandonedId = 0;
  #needsNegotiation: boolean;

  constructor(options: SubscriberOptions) {
    this.#options = options;
    this.#codecs = offerableCodecs(codecSetOf(options.subscribeCodecs), options.hasRed);
    this.#local = options.local;
    this.#nextId = options.firstOfferId;
    this.#needsNegotiation = options.hasDataSection;
    this.#sections = new SendSections({
      sectionsMax: SUBSCRIBER_SECTIONS_MAX,
      canReuse: options.canReuseSections,
      hasData: options.hasDataSection,
    });
  }

  get hasOutstandingOffer(): boolean {
    return this.#outstandingId !== undefined;
  }

  /** Something has changed since the last offer. */
  get needsNegotiation(): boolean {
    return this.#needsNegotiation;
  }

  /**
   * Sends a track from the next offer on. A key that is known keeps its track.
   *
   * @returns false when there are too many sections, or no codec of its kind for this client: the
   * subscription fails
   */
  addTrack(track: SendTrack): boolean {
    if (this.#sections.has(track.key)) return true;
    if (this.#codecs[track.kind].length === 0) return false;
    if (!this.#sections.add(track)) return false;
    this.#needsNegotiation = true;
    return true;
  }

  /** A track whose section the client refused is out already: then nothing happens. */
  removeTrack(key: number): void {
    if (this.#sections.remove(key)) this.#needsNegotiation = true;
  }

  /**
   * New credentials for the next offer. Not while an answer is outstanding.
   *
   * @param candidates when others than before are to be told
   */
  restartIce(
    ufrag: string,
    pwd: string,
    candidates: LocalTransport["candidates"] = this.#local.candidates,
  ): void {
    this.#local = { ...this.#local, ufrag, pwd, candidates };
    if (this.#sections.all.length > 0) this.#needsNegotiation = true;
  }

  createOffer(): SubscriberOffer | NoOffer {
    if (this.#outstandingId !== undefined) return { kind: "none" };
    this.#sections.place();
    const sections = this.#sections.all;
    if (sections.length === 0) return { kind: "none" };
    const id = this.#nextId;
    this.#nextId = id >= OFFER_ID_MAX ? 1 : id + 1;
    this.#version += 1;
    this.#outstandingId = id;
    this.#needsNegotiation = false;
    const written = this.#writeSections();
    const bundle = bundleOf(written);
    const candidates = written.map((section, index) =>
      index === bundle.index && !isRejected(section)
        ? withCandidates(section, this.#local, false)
        : section,
    );
    const mids = written.filter((section) => !isRejected(section)).map(({ mid }) => mid);
    return {
      kind: "offer",
      sdp: writeSdp({
        sessionId: this.#options.sessionId,
        sessionVersion: String(this.#version),
        isIceLite: true,
        bundleGroups: [mids],
        isExtmapMixed: true,
        transport: { ...EMPTY_SECTION.transport, iceOptions: ["trickle"] },
        sections: candidates,
      }),
      id,
      midToTrackId: this.midToTrackId(),
      bundle,
    };
  }

  /**
   * A refused answer changes nothing; the offer stays outstanding.
   *
   * @param id of the offer that the client says it answers; 0 when it says nothing
   */
  handleAnswer(sdp: string, id: number): AnswerResult {
    if (id !== 0 && id === this.#abandonedId && id !== this.#outstandingId) {
      return { kind: "stale" };
    }
    if (this.#outstandingId === undefined) {
      return refuse("unexpected_answer", "no offer of the server is outstanding");
    }
    const read = readSdp(sdp);
    if (read.kind === "malformed") return refuse("malformed_sdp", read.detail);
    if (read.kind === "too-many-sections") return refuse("too_many_sections", read.detail);
    const { description } = read;
    const bundle = this.#checkAnswer(description);
    if (bundle.kind === "refused") return bundle;

    const isIceRestart = this.#history.isIceRestart(bundle.transport);
    this.#history.keep(bundle.transport);
    const isForAnotherId = id !== 0 && id !== this.#outstandingId;
    this.#outstandingId = undefined;
    const sends: AcceptedSend[] = [];
    let data: NegotiatedData | undefined;
    for (const [index, section] of this.#sections.all.entries()) {
      const answer = description.sections[index]!;
      if (section.kind === "application") data = applyDataAnswer(section, answer, bundle);
      else this.#applyAnswer(section, answer, bundle, sends);
    }
    return {
      kind: "accepted",
      remote: bundle.transport,
      isIceRestart,
      isForAnotherId,
      bundle: bundle.tagged,
      extensions: this.#negotiatedExtensions(description, bundle),
      sends,
      data,
    };
  }

  /**
   * The outstanding offer, or its answer, may be lost with the signal connection. The next offer
   * replaces it; the places that it gave stay, for the client may have taken it.
   */
  abandonOffer(): void {
    if (this.#outstandingId === undefined) return;
    this.#abandonedId = this.#outstandingId;
    this.#outstandingId = undefined;
    this.#needsNegotiation = true;
  }

  /** By mid, the sid of the track that we send there. */
  midToTrackId(): Record<string, string> {
    const ids: Record<string, string> = {};
    for (const { mid, track } of this.#sections.all) {
      if (track !== undefined) ids[mid] = track.trackSid;
    }
    return ids;
  }

  #writeSections(): MediaSection[] {
    const transport = localAttributes(this.#local, "actpass");
    return this.#sections.all.map((section) => {
      section.offered = section.track;
      section.written = this.#writeSection(section, transport);
      return section.written;
    });
  }

  #writeSection(section: SendSection, transport: TransportAttributes): MediaSection {
    const { mid, kind, track, written } = section;
    if (section.isRejected && written !== undefined) return rejectedSection(written);
    if (kind === "application") return dataSection(mid, DATA_PROTOCOL, DISCARD_PORT, transport);
    if (track !== undefined) return this.#offer(mid, kind, track, transport);
    return {
      ...(written ?? this.#offer(mid, kind, undefined, transport)),
      direction: "inactive",
      transport,
      msids: [],
      ssrcs: [],
      ssrcGroups: [],
    };
  }

  #offer(
    mid: string,
    kind: MediaKind,
    track: SendTrack | undefined,
    transport: TransportAttributes,
  ): MediaSection {
    return offeredSection(mid, kind, track, this.#options, this.#codecs, transport);
  }

  #checkAnswer(description: SessionDescription): RemoteBundle | Refused {
    const offered = this.#sections.all;
    const isSame =
      description.sections.length === offered.length &&
      offered.every(({ mid, written }, index) => {
        const answer = description.sections[index]!;
        if (answer.kind !== written?.kind) return false;
        return answer.mid === mid || (answer.mid === "" && isRejected(answer));
      });
    if (!isSame) return refuse("sections_differ", "its media sections are not those of the offer");
    const bundle = readRemoteBundle(description);
    if (bundle.kind === "refused") return bundle;
    if (isDtlsServer(description, bundle)) {
      return refuse("unsupported_setup", "it has a=setup:passive, but the server does not connect");
    }
    if (this.#history.hasOtherFingerprint(bundle.transport)) {
      return refuse("fingerprint_changed", "its certificate is another than that of the last one");
    }
    return bundle;
  }

  #applyAnswer(
    section: SendSection,
    answer: MediaSection,
    bundle: RemoteBundle,
    sends: AcceptedSend[],
  ): void {
    const { kind, mid, track, offered } = section;
    if (kind === "application") return;
    section.offered = undefined;
    section.isRejected = isRejected(answer) || !bundle.mids.has(mid);
    section.isStopped = offered === undefined && track === undefined && !section.isRejected;
    if (section.isRejected) section.track = undefined;
    if (offered === undefined || offered !== track) return;
    const codecs = section.isRejected ? [] : takenCodecs(kind, answer.codecs);
    sends.push({
      key: offered.key,
      mid,
      codecs,
      isRejected: codecs.length === 0 || !isReceiving(answer.direction),
    });
  }

  #negotiatedExtensions(
    description: SessionDescription,
    bundle: RemoteBundle,
  ): NegotiatedExtensions {
    const { congestionControl, hasPlayoutDelay } = this.#options;
    const map = new ExtensionMap();
    let isMixed = description.isExtmapMixed;
    for (const section of description.sections) {
      if (isRejected(section) || !bundle.mids.has(section.mid)) continue;
      isMixed ||= section.isExtmapMixed;
      for (const { id, uri, direction } of section.extensions) {
        const name = extensionNameOf(uri);
        const isTaken = direction === undefined || isReceiving(direction);
        if (name !== undefined && isTaken) map.accept(name, id);
      }
    }
    return {
      receive: map.pick([]),
      send: map.pick(sentExtensions("video", congestionControl, hasPlayoutDelay)),
      isMixed,
    };
  }
}

function bundleOf(written: readonly MediaSection[]): BundleSection {
  const index = Math.max(
    0,
    written.findIndex((section) => !isRejected(section)),
  );
  return { mid: written[index]?.mid ?? "", index };
}

function applyDataAnswer(
  section: SendSection,
  answer: MediaSection,
  bundle: RemoteBundle,
): NegotiatedData | undefined {
  section.isRejected = isRejected(answer) || !bundle.mids.has(section.mid);
  if (section.isRejected) return undefined;
  return {
    messageBytesMax: answer.messageBytesMax ?? DATA_MESSAGE_BYTES_MAX + 1,
    sctpPort: answer.sctpPort,
  };
}
