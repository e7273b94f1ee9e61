import { Codec } from "../../wire/rtp/codec.ts";
import type { ExtensionName } from "../../wire/rtp/extension-ids.ts";
import { readSdp } from "../../wire/sdp/read-sdp.ts";
import {
  directionOf,
  EMPTY_SECTION,
  isReceiving,
  isRejected,
  isSending,
  type MediaSection,
  type SessionDescription,
  type TransportAttributes,
} from "../../wire/sdp/session-description.ts";
import { DISCARD_PORT, writeSdp } from "../../wire/sdp/write-sdp.ts";
import {
  type ChosenCodec,
  chooseCodecs,
  opusFmtpForSending,
  opusFmtpForTrack,
  orderByMimes,
  orderForTrack,
  receiveCodec,
  sendCodec,
} from "./answer-codecs.ts";
import { type CodecSet, codecSetOf, receiveFeedback, sendFeedback } from "./codec-table.ts";
import {
  answeredExtensions,
  ExtensionMap,
  hasTransportSequence,
  receivedExtensions,
  sentExtensions,
} from "./extension-table.ts";
import {
  dataSection,
  isDataSection,
  localAttributes,
  rejectedSection,
  sendAttributes,
  withCandidates,
} from "./local-sections.ts";
import {
  type MediaKind,
  type NegotiatedData,
  type NegotiatedExtensions,
  type Refused,
  refuse,
} from "./negotiation-types.ts";
import type {
  AnsweredSend,
  DeclaredTrack,
  OfferContext,
  OfferedMedia,
  OfferResult,
  PublisherOptions,
} from "./publisher-types.ts";
import { cidOf, offeredRids, readEncodings } from "./receive-encodings.ts";
import {
  isDtlsServer,
  type RemoteBundle,
  RemoteTransportHistory,
  readRemoteBundle,
} from "./remote-transport.ts";
import { type ReceivingSection, SectionSends, type SectionsRequirement } from "./section-sends.ts";
import type { SendTrack } from "./subscriber-types.ts";

/** Media sections of one offer; a client that has used up this many has to connect afresh. */
export const OFFER_SECTIONS_MAX = 400;
/** RFC 8841 §6.1: what a client takes that states nothing. */
const DEFAULT_MESSAGE_BYTES_MAX = 65_536;

/** What one answer is made of, section by section. */
type Draft = {
  readonly context: OfferContext;
  readonly bundle: RemoteBundle;
  readonly transport: TransportAttributes;
  readonly extensions: ExtensionMap;
  readonly sends: ReadonlyMap<string, SendTrack>;
  readonly media: OfferedMedia[];
  readonly answeredSends: AnsweredSend[];
  readonly midToTrackId: Record<string, string>;
  data: NegotiatedData | undefined;
};

/**
 * The peer connection on which the client offers and we answer: the publisher's, or the only one.
 * Each offer states everything anew; only the client's transport and the places of our own tracks
 * are remembered. No time passes here, nothing is sent.
 */
export class PublisherNegotiation {
  readonly #options: PublisherOptions;
  readonly #publishCodecs: CodecSet;
  readonly #subscribeCodecs: CodecSet;
  readonly #history = new RemoteTransportHistory();
  readonly #sends = new SectionSends(OFFER_SECTIONS_MAX);
  #version = 0;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#publishCodecs = codecSetOf(options.publishCodecs);
    this.#subscribeCodecs = codecSetOf(options.subscribeCodecs);
  }

  /** A refused offer changes nothing. */
  handleOffer(sdp: string, context: OfferContext): OfferResult {
    const read = readSdp(sdp);
    if (read.kind === "malformed") return refuse("malformed_sdp", read.detail);
    if (read.kind === "too-many-sections") return refuse("too_many_sections", read.detail);
    const { description } = read;
    if (description.sections.length > OFFER_SECTIONS_MAX) {
      return refuse("too_many_sections", `it has more than ${OFFER_SECTIONS_MAX} media sections`);
    }
    const bundle = readRemoteBundle(description);
    if (bundle.kind === "refused") return bundle;
    const refused = this.#checkTransport(description, bundle);
    if (refused !== undefined) return refused;

    const isIceRestart = this.#history.isIceRestart(bundle.transport);
    this.#history.keep(bundle.transport);
    const local = context.localTransport(isIceRestart);
    const draft: Draft = {
      context,
      bundle,
      transport: localAttributes(local, "passive"),
      extensions: new ExtensionMap(),
      sends: this.#assignSends(description, bundle),
      media: [],
      answeredSends: [],
      midToTrackId: {},
      data: undefined,
    };
    const answered = description.sections.map((section) => this.#answerSection(section, draft));
    const first = answered.findIndex((section) => !isRejected(section));
    const sections = answered.map((section, index) =>
      index === first ? withCandidates(section, local, context.hasAllCandidates) : section,
    );
    const isMixed = isExtmapMixed(description, draft);
    this.#version += 1;
    return {
      kind: "accepted",
      sdp: writeSdp({
        sessionId: this.#options.sessionId,
        sessionVersion: String(this.#version),
        isIceLite: true,
        bundleGroups: answeredGroups(description, answered),
        isExtmapMixed: isMixed,
        transport: { ...EMPTY_SECTION.transport, iceOptions: ["trickle"] },
        sections,
      }),
      remote: bundle.transport,
      isIceRestart,
      bundle: { mid: sections[first]?.mid ?? "", index: Math.max(0, first) },
      mids: sections.filter((section) => !isRejected(section)).map(({ mid }) => mid),
      extensions: this.#negotiatedExtensions(draft, isMixed),
      media: draft.media,
      sends: draft.answeredSends,
      midToTrackId: draft.midToTrackId,
      data: draft.data,
    };
  }

  /**
   * Sends a track from the next offer on; single peer connection only.
   *
   * @returns false when there are too many: the subscription fails
   */
  addTrack(track: SendTrack): boolean {
    return this.#sends.add(track);
  }

  removeTrack(key: number): void {
    this.#sends.remove(key);
  }

  /**
   * What to ask the client for in `media_sections_requirement`, after tracks came or went and after
   * each answer; undefined when there is nothing new to ask.
   */
  takeSectionsRequirement(): SectionsRequirement | undefined {
    return this.#sends.takeRequirement();
  }

  #checkTransport(description: SessionDescription, bundle: RemoteBundle): Refused | undefined {
    if (isDtlsServer(description, bundle)) {
      return refuse("unsupported_setup", "it has a=setup:passive, but the server does not connect");
    }
    if (this.#history.hasOtherFingerprint(bundle.transport)) {
      return refuse(
        "fingerprint_changed",
        "its certificate is another than that of the last offer",
      );
    }
    return undefined;
  }

  #assignSends(
    description: SessionDescription,
    bundle: RemoteBundle,
  ): ReadonlyMap<string, SendTrack> {
    if (!this.#options.isSinglePeerConnection) return new Map();
    const receiving: ReceivingSection[] = [];
    for (const section of description.sections) {
      const kind = mediaKindOf(section);
      if (kind === undefined || !isUsable(section, bundle)) continue;
      if (isReceiving(section.direction)) receiving.push({ mid: section.mid, kind });
    }
    return this.#sends.assign(receiving);
  }

  #answerSection(section: MediaSection, draft: Draft): MediaSection {
    if (!isUsable(section, draft.bundle)) return rejectedSection(section);
    const kind = mediaKindOf(section);
    if (kind !== undefined) return this.#answerMedia(kind, section, draft);
    if (!isDataSection(section) || draft.data !== undefined) return rejectedSection(section);
    draft.data = {
      messageBytesMax: section.messageBytesMax ?? DEFAULT_MESSAGE_BYTES_MAX,
      sctpPort: section.sctpPort,
    };
    return dataSection(section.mid, section.protocol, DISCARD_PORT, draft.transport);
  }

  #answerMedia(kind: MediaKind, section: MediaSection, draft: Draft): MediaSection {
    const cid = cidOf(section);
    const isFromClient = isSending(section.direction);
    const track = isFromClient ? draft.context.declaredTrack(cid, kind) : undefined;
    const send = draft.sends.get(section.mid);
    const codecs = this.#chooseCodecs(kind, section, track, send);
    if (send !== undefined) {
      draft.answeredSends.push({
        key: send.key,
        mid: section.mid,
        codecs: codecs.map(sendCodec),
      });
    }
    if (codecs.length === 0) {
      if (cid !== "") draft.media.push(inactiveMedia(section, kind, cid));
      return rejectedSection(section);
    }
    const feedback = this.#feedback(kind, section, codecs, send);
    const written = codecs.flatMap(({ codec, description, rtx }) => [
      {
        ...description,
        fmtp: codec === Codec.Opus ? opusFmtp(description.fmtp, track, send) : description.fmtp,
        feedback: answeredFeedback(kind, description.feedback, feedback, isFromClient),
      },
      ...(rtx === undefined ? [] : [{ ...rtx, feedback: [] }]),
    ]);
    if (isFromClient) {
      draft.media.push({
        mid: section.mid,
        kind,
        cid,
        isActive: true,
        codecs: codecs.map((one) =>
          receiveCodec(
            one,
            answeredFeedback(kind, one.description.feedback, feedback, isFromClient),
          ),
        ),
        encodings: readEncodings(kind, section, track?.layers ?? []),
      });
    } else if (cid !== "") {
      draft.media.push(inactiveMedia(section, kind, cid));
    }
    if (send !== undefined) draft.midToTrackId[section.mid] = send.trackSid;
    const rids = isFromClient ? offeredRids(section) : [];
    return {
      ...EMPTY_SECTION,
      kind,
      port: DISCARD_PORT,
      protocol: section.protocol,
      formats: written.map(({ payloadType }) => String(payloadType)),
      mid: section.mid,
      direction: directionOf(send !== undefined, isFromClient),
      hasRtcpMux: true,
      hasRtcpReducedSize: section.hasRtcpReducedSize,
      transport: draft.transport,
      codecs: written,
      extensions: answeredExtensions(
        section.extensions,
        this.#extensionNames(kind, section),
        draft.extensions,
      ),
      isExtmapMixed: section.isExtmapMixed,
      rids: rids.map((id) => ({ id, direction: "recv" })),
      simulcast:
        rids.length > 1 || (rids.length === 1 && section.simulcast !== undefined)
          ? { send: [], recv: rids.map((rid) => [{ rid, isPaused: false }]) }
          : undefined,
      ...(send === undefined
        ? {}
        : sendAttributes(
            send,
            codecs.some(({ rtx }) => rtx !== undefined),
          )),
    };
  }

  #chooseCodecs(
    kind: MediaKind,
    section: MediaSection,
    track: DeclaredTrack | undefined,
    send: SendTrack | undefined,
  ): ChosenCodec[] {
    const { isSinglePeerConnection, hasRed } = this.#options;
    const isForSending = isSinglePeerConnection && !isSending(section.direction);
    const enabled = isForSending ? this.#subscribeCodecs : this.#publishCodecs;
    const filter = { hasRed, hasH264High: !isForSending };
    const chosen = chooseCodecs(kind, section.codecs, enabled, filter);
    if (track === undefined && send !== undefined) return orderByMimes(chosen, send.preferredMimes);
    return orderForTrack(kind, chosen, track, this.#options.keepsCodecOrder);
  }

  #feedback(
    kind: MediaKind,
    section: MediaSection,
    codecs: readonly ChosenCodec[],
    send: SendTrack | undefined,
  ): string[] {
    const { isSinglePeerConnection, congestionControl } = this.#options;
    if (isSending(section.direction) || send === undefined) {
      const hasNumbers = hasTransportSequence(section.extensions);
      return receiveFeedback(kind, isSinglePeerConnection || !hasNumbers);
    }
    return sendFeedback(kind, congestionControl, codecs[0]?.codec === Codec.Red);
  }

  #extensionNames(kind: MediaKind, section: MediaSection): readonly ExtensionName[] {
    const { isSinglePeerConnection, congestionControl, hasPlayoutDelay } = this.#options;
    const needsSendTimes = kind === "video" && !hasTransportSequence(section.extensions);
    const received = receivedExtensions(kind);
    if (!isSinglePeerConnection) return needsSendTimes ? [...received, "absSendTime"] : received;
    return [...received, ...sentExtensions(kind, congestionControl, hasPlayoutDelay)];
  }

  #negotiatedExtensions({ extensions }: Draft, isMixed: boolean): NegotiatedExtensions {
    const { isSinglePeerConnection, congestionControl, hasPlayoutDelay } = this.#options;
    const sent = isSinglePeerConnection
      ? sentExtensions("video", congestionControl, hasPlayoutDelay)
      : [];
    return {
      receive: extensions.pick([
        ...receivedExtensions("audio"),
        ...receivedExtensions("video"),
        "absSendTime",
      ]),
      send: extensions.pick(sent),
      isMixed,
    };
  }
}

function mediaKindOf({ kind }: MediaSection): MediaKind | undefined {
  return kind === "audio" || kind === "video" ? kind : undefined;
}

/** Everything shares one transport: RTCP with RTP, and all sections in one bundle. */
function isUsable(section: MediaSection, bundle: RemoteBundle): boolean {
  return !isRejected(section) && bundle.mids.has(section.mid);
}

function inactiveMedia(section: MediaSection, kind: MediaKind, cid: string): OfferedMedia {
  return { mid: section.mid, kind, cid, isActive: false, codecs: [], encodings: [] };
}

function opusFmtp(
  fmtp: string,
  track: DeclaredTrack | undefined,
  send: SendTrack | undefined,
): string {
  const received = track === undefined ? fmtp : opusFmtpForTrack(fmtp, track);
  return send === undefined ? received : opusFmtpForSending(received, send.isStereo);
}

/** An answer repeats of the offer what it agrees to; clients do with audio NACKs without offering them. */
function answeredFeedback(
  kind: MediaKind,
  offered: readonly string[],
  agreed: readonly string[],
  isFromClient: boolean,
): string[] {
  if (kind === "audio" && isFromClient) return [...agreed];
  return agreed.filter((feedback) => offered.includes(feedback));
}

function answeredGroups(
  { bundleGroups }: SessionDescription,
  answered: readonly MediaSection[],
): string[][] {
  if (bundleGroups.length === 0) return [];
  return [answered.filter((section) => !isRejected(section)).map(({ mid }) => mid)];
}

function isExtmapMixed(description: SessionDescription, { bundle }: Draft): boolean {
  const bundled = description.sections.filter((section) => isUsable(section, bundle));
  return (
    description.isExtmapMixed ||
    (bundled.length > 0 && bundled.every((section) => section.isExtmapMixed))
  );
}
