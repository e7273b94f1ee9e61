import type { DataChannelLabel } from "../../bridge/commands.ts";
import type { livekit } from "../../gen/livekit.js";
import type { EnabledCodec } from "../negotiation/codec-table.ts";
import type { SendingTransport, SendTrack } from "../subscription/subscriptions.ts";
import {
  type IceCredentials,
  PeerTransport,
  type PeerTransportListener,
} from "../transport/peer-transport.ts";
import { PublisherSession } from "../transport/publisher-session.ts";
import { SubscriberSession } from "../transport/subscriber-session.ts";
import { clientConfiguration } from "./client-configuration.ts";
import { enabledPublishCodecs, enabledSubscribeCodecs, negotiablePublishCodecs } from "./codecs.ts";
import type { Participant } from "./participant.ts";

const OFFER_ID_MAX = 256;

const OUR_LABELS: ReadonlySet<string> = new Set<DataChannelLabel>([
  "_reliable",
  "_lossy",
  "_data_track",
]);

/** A participant's peer connections: which there are, which one is primary, what they carry. */
export class ParticipantTransports {
  readonly #owner: Participant;
  readonly publisher: PublisherSession;
  readonly subscriber: SubscriberSession | undefined;
  readonly isSubscriberPrimary: boolean;
  /** Media takes another protocol than usual: what was usual did not work for this client. */
  readonly isFallback: boolean;
  readonly publishCodecs: readonly livekit.Codec[];
  /** What this client gets wrong and has to leave out; undefined: nothing is known of it. */
  readonly clientConfiguration: livekit.ClientConfiguration | undefined;
  readonly #openLabels = new Set<string>();
  #rawLabel: string | undefined;
  /** Credentials that a connection had when it failed: those of a restart are others. */
  readonly #failedWith = new Map<PeerTransport, IceCredentials>();

  constructor(owner: Participant) {
    const { services, room, client, grant } = owner;
    this.#owner = owner;
    this.clientConfiguration = clientConfiguration(client.info);
    const disabled = {
      codecs: this.clientConfiguration?.disabledCodecs?.codecs ?? [],
      publish: this.clientConfiguration?.disabledCodecs?.publish ?? [],
    };
    this.publishCodecs = enabledPublishCodecs(room.enabledCodecs, disabled);
    const { capabilities } = client;
    const publishCodecs = named(negotiablePublishCodecs(room.enabledCodecs, disabled));
    const subscribeCodecs = named(enabledSubscribeCodecs(room.enabledCodecs, disabled));
    const shared = {
      congestionControl: "remb",
      hasPlayoutDelay: false,
      hasRed: capabilities.hasRed,
    } as const;
    const single = owner.isSinglePeerConnection;
    const publisherPeer = this.#peer("publisher");
    this.publisher = new PublisherSession(
      publisherPeer,
      {
        ...shared,
        sessionId: sessionId(),
        publishCodecs,
        subscribeCodecs: single ? subscribeCodecs : [],
        isSinglePeerConnection: single,
        keepsCodecOrder: capabilities.keepsCodecOrder,
      },
      {
        scheduler: services.scheduler,
        streamIdOf: (send) => this.#streamIdOf(send),
        onNegotiated: (id, taken, cname) => owner.subscriptions.negotiated(id, taken, cname),
        declaredTrack: (cid, kind) => owner.publications.declared(cid, kind),
        send: (message) => owner.send(message),
        onMedia: (media) => owner.publications.applyMedia(media),
        onAnswered: () => owner.publications.answered(),
        onNegotiationFailed: (detail) => owner.requireFullReconnect(detail),
      },
    );
    this.isFallback = room.rememberedProtocol(owner) !== undefined;
    this.isSubscriberPrimary = !single && client.canMakeSubscriberPrimary && grant.canSubscribe;
    this.subscriber = single
      ? undefined
      : new SubscriberSession(
          this.#peer("subscriber"),
          {
            ...shared,
            sessionId: sessionId(),
            firstOfferId: 1 + Math.floor(Math.random() * OFFER_ID_MAX),
            subscribeCodecs,
            canReuseSections: capabilities.canReuseTransceivers && !room.syncStreams,
            hasDataSection: this.isSubscriberPrimary,
          },
          {
            scheduler: services.scheduler,
            isReachable: () => owner.isSignalConnected,
            streamIdOf: (send) => this.#streamIdOf(send),
            send: (message) => owner.send(message),
            onNegotiated: (id, taken, cname) => owner.subscriptions.negotiated(id, taken, cname),
            onRejected: (id) => owner.subscriptions.rejected(id),
            onNegotiationFailed: (detail) => owner.requireFullReconnect(detail),
          },
        );
  }

  /** The connection that media goes to the client on. */
  get sendingPeer(): PeerTransport | undefined {
    return this.#owner.isSinglePeerConnection ? this.publisher.peer : this.subscriber?.peer;
  }

  /** What carries media to the client. */
  get sending(): SendingTransport | undefined {
    return this.#owner.isSinglePeerConnection ? this.publisher : this.subscriber;
  }

  get primary(): PeerTransport {
    return this.isSubscriberPrimary && this.subscriber !== undefined
      ? this.subscriber.peer
      : this.publisher.peer;
  }

  /** Some connection has carried traffic: the session outlives its signal connection. */
  get hasEverConnected(): boolean {
    return this.publisher.peer.isIceConnected || this.subscriber?.peer.isIceConnected === true;
  }

  /** Some connection failed, and no ICE restart has given it another chance. */
  get hasFailed(): boolean {
    return [...this.#failedWith].some(([peer, credentials]) => peer.credentials === credentials);
  }

  /** Messages for the client can be written: the channel is open. */
  isDataReady(label: DataChannelLabel): boolean {
    return this.#openLabels.has(label);
  }

  /**
   * Where a client without our channels takes the bytes of user packets as they are: the first
   * channel of its own. One-shot sessions only (spec-signalling 9).
   */
  get rawLabel(): string | undefined {
    return this.#rawLabel;
  }

  start(): void {
    // the first offer holds the data section even when there is nothing to send yet
    if (this.isSubscriberPrimary) this.subscriber?.negotiateNow();
  }

  /**
   * From the next ICE restart on, only candidates of this protocol. The server restarts what it
   * offers; the client restarts the rest when it resumes.
   */
  switchProtocol(protocol: "tcp" | undefined): void {
    this.#owner.room.rememberProtocol(this.#owner, protocol);
    this.publisher.peer.preferProtocol(protocol);
    this.subscriber?.peer.preferProtocol(protocol);
    this.subscriber?.restartIce();
  }

  resume(): void {
    this.subscriber?.resume();
  }

  close(): void {
    this.publisher.close();
    this.subscriber?.close();
  }

  #streamIdOf(send: SendTrack): string {
    const { track } = send;
    const name =
      this.#owner.room.syncStreams && this.#owner.client.capabilities.hasSyncStreams
        ? track.info.stream
        : track.sid;
    return `${track.publisherSid}|${name}`;
  }

  #connected(target: "publisher" | "subscriber", isPrimary: boolean): void {
    const owner = this.#owner;
    if (target === "subscriber" || owner.isSinglePeerConnection) {
      owner.subscriptions.transportConnected();
    }
    if (target === "publisher") owner.publications.transportConnected();
    if (isPrimary) owner.becameActive();
  }

  /** A channel that is opened again takes the former one's place; nothing is sent twice for it. */
  #channelOpened(label: string, isPrimary: boolean): void {
    if (this.#owner.connection.isOneShot) {
      if (!OUR_LABELS.has(label)) this.#rawLabel ??= label;
      return;
    }
    // a client may open and close channels of its own as often as it likes: they are not kept
    if (!isPrimary || !OUR_LABELS.has(label) || this.#openLabels.has(label)) return;
    this.#openLabels.add(label);
    if (label === "_reliable") this.#owner.room.dataReady(this.#owner);
  }

  #peer(target: "publisher" | "subscriber"): PeerTransport {
    const owner = this.#owner;
    const isPrimary = () => this.primary === peer;
    // a bug of ours that an event meets costs this participant a reconnect, and nobody else anything
    const guard = (run: () => void): void => {
      try {
        run();
      } catch (error) {
        owner.log.error("Transport event failed", { target, error });
        owner.requireFullReconnect("an event of its transport could not be handled");
      }
    };
    const listener: PeerTransportListener = {
      onIceConnected: () => {},
      onConnected: () => guard(() => this.#connected(target, isPrimary())),
      onFailed: (detail, canResume) =>
        guard(() => {
          if (!canResume) {
            owner.log.error("Transport broke", { target, detail });
            owner.requireFullReconnect(`its ${target} transport broke`);
            return;
          }
          this.#failedWith.set(peer, peer.credentials);
          owner.transportFailed(`${target}: ${detail}`);
        }),
      onDataChannelOpen: (label) => guard(() => this.#channelOpened(label, isPrimary())),
      onData: (label, bytes) => guard(() => owner.room.dataReceived(owner, label, bytes)),
    };
    const peer: PeerTransport = new PeerTransport(
      owner.services.router,
      owner.room.thread,
      listener,
    );
    peer.preferProtocol(owner.room.rememberedProtocol(owner));
    return peer;
  }
}

function named(codecs: readonly livekit.ICodec[]): EnabledCodec[] {
  return codecs.map(({ mime, fmtpLine }) => ({ mime: mime ?? "", fmtpLine: fmtpLine ?? "" }));
}

/** RFC 8829 §5.2.1: numeric, under 64 bits, not to be guessed. */
function sessionId(): string {
  const words = crypto.getRandomValues(new Uint32Array(2));
  return ((BigInt(words[0]! >>> 1) << 32n) | BigInt(words[1]!)).toString();
}
