import type { Cancel } from "../../base/scheduler.ts";
import { livekit } from "../../gen/livekit.js";
import type { EnabledCodec } from "../negotiation/codec-table.ts";
import type { SendingTransport, SendTrack } from "../subscription/subscriptions.ts";
import { NEGOTIATED_CHANNELS } from "../transport/data-channels.ts";
import {
  type IceCredentials,
  PeerTransport,
  type PeerTransportListener,
} from "../transport/peer-transport.ts";
import { PublisherSession } from "../transport/publisher-session.ts";
import { SubscriberSession } from "../transport/subscriber-session.ts";
import { TransportMilestones } from "../transport/transport-milestones.ts";
import { clientConfiguration } from "./client-configuration.ts";
import { enabledPublishCodecs, enabledSubscribeCodecs, negotiablePublishCodecs } from "./codecs.ts";
import { type ConnectionType, IceFallback, type IcePreference } from "./ice-fallback.ts";
import type { Participant } from "./participant.ts";
import { publisherSid } from "./participant-hosts.ts";
import type { ParticipantRoom } from "./participant-room.ts";
import { type LossReport, UdpLossHistory } from "./udp-loss-history.ts";

const OFFER_ID_MAX = 256;
/** A connection that fails so soon after it came up will not do better the next time. */
const SHORT_LIVED_MS = 90_000;
/** How long ICE over TCP may take: eight signal round trips within these bounds (spec-media 1.5). */
const TCP_CONNECT_MIN_MS = 5_000;
const TCP_CONNECT_MAX_MS = 12_000;
/** Where the signal connection is so slow, the media thread's own time-out has to do. */
const SIGNAL_RTT_MAX_MS = 1_000;

/** A participant's peer connections: which there are, which one is primary, what they carry. */
export class ParticipantTransports {
  readonly #owner: Participant;
  readonly publisher: PublisherSession;
  readonly subscriber: SubscriberSession | undefined;
  readonly isSubscriberPrimary: boolean;
  /** Media takes another protocol than usual: what was usual did not work for this client. */
  readonly isFallback: boolean;
  readonly publishCodecs: readonly livekit.Codec[];
  readonly #fallback: IceFallback;
  /** When a connection's ICE came up, and over what: until it fails or the client restarts it. */
  readonly #iceConnections = new Map<PeerTransport, { protocol: "udp" | "tcp"; sinceMs: number }>();
  /** Connections that are to come up over TCP, and what ends the wait for it. */
  readonly #tcpTimers = new Map<PeerTransport, Cancel>();
  #preference: IcePreference;
  readonly #losses: UdpLossHistory = new UdpLossHistory();
  /** Credentials that a connection had when it failed: those of a restart are others. */
  readonly #failedWith = new Map<PeerTransport, IceCredentials>();

  constructor(owner: Participant) {
    const { services, room, client, grant } = owner;
    this.#owner = owner;
    this.#preference = room.preferences.get(services.scheduler.nowMs(), owner.fields.identity);
    this.#fallback = new IceFallback({
      isAllowed: services.settings.allowTcpFallback && !owner.connection.isOneShot,
      hasTcp:
        client.capabilities.hasIceTcp &&
        owner.thread.candidates.some(({ protocol }) => protocol === "tcp"),
      hasTls: services.settings.hasTurnTls,
      rttMaxMs: services.settings.tcpFallbackRttMaxMs,
    });
    const { disabledCodecs } = this.clientConfiguration ?? {};
    const disabled = {
      codecs: disabledCodecs?.codecs ?? [],
      publish: disabledCodecs?.publish ?? [],
    };
    this.publishCodecs = enabledPublishCodecs(room.enabledCodecs, disabled);
    const { capabilities } = client;
    const publishCodecs = named(negotiablePublishCodecs(room.enabledCodecs, disabled));
    const subscribeCodecs = named(enabledSubscribeCodecs(room.enabledCodecs, disabled));
    const shared = {
      congestionControl: services.settings.congestionControl,
      hasPlayoutDelay:
        room.options.playoutDelay !== undefined &&
        (capabilities.canDelaySyncStreams || !room.options.syncStreams),
      hasRed: capabilities.hasRed,
    } as const;
    const single = owner.isSinglePeerConnection;
    const { metrics } = services;
    this.isSubscriberPrimary = !single && client.canMakeSubscriberPrimary && grant.canSubscribe;
    const publisherSteps = new TransportMilestones(
      metrics,
      "PUBLISHER",
      !owner.connection.isOneShot,
    );
    const subscriberSteps = new TransportMilestones(
      metrics,
      "SUBSCRIBER",
      this.isSubscriberPrimary,
    );
    const publisherPeer = this.#peer("publisher", publisherSteps);
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
        channels: hasNegotiatedChannels(owner) ? NEGOTIATED_CHANNELS : [],
        streamIdOf: (send) => this.#streamIdOf(send),
        onNegotiated: (id, send) => owner.subscriptions.negotiated(id, send),
        declaredTrack: (cid, kind) => owner.publications.declared(cid, kind),
        send: (message) => owner.send(message),
        onMedia: (media) => {
          publisherSteps.started();
          metrics.countOperation("answer");
          owner.publications.applyMedia(media);
        },
        onAnswered: () => owner.publications.answered(),
        onNegotiationFailed: (detail) => {
          metrics.countOperation("offer", "remote_description");
          owner.requireFullReconnect(detail);
        },
      },
    );
    this.isFallback = this.#preference !== undefined;
    this.subscriber = single
      ? undefined
      : new SubscriberSession(
          this.#peer("subscriber", subscriberSteps),
          {
            ...shared,
            sessionId: sessionId(),
            firstOfferId: 1 + Math.floor(Math.random() * OFFER_ID_MAX),
            subscribeCodecs,
            canReuseSections: capabilities.canReuseTransceivers && !room.options.syncStreams,
            hasDataSection: this.isSubscriberPrimary,
          },
          {
            scheduler: services.scheduler,
            isReachable: () => owner.isSignalConnected,
            streamIdOf: (send) => this.#streamIdOf(send),
            send: (message) => {
              if (message.offer != null) {
                subscriberSteps.started();
                metrics.countOperation("offer");
              }
              owner.send(message);
            },
            onNegotiated: (id, send) => owner.subscriptions.negotiated(id, send),
            onRejected: (id) => owner.subscriptions.rejected(id),
            onNegotiationFailed: (detail) => {
              metrics.countOperation("answer", "remote_description");
              owner.requireFullReconnect(detail);
            },
          },
        );
  }

  /** The connection that media goes to the client on. */
  get sendingPeer(): PeerTransport | undefined {
    return this.#owner.isSinglePeerConnection ? this.publisher.peer : this.subscriber?.peer;
  }

  /** What this client has to leave out or to do; undefined: nothing but the usual. */
  get clientConfiguration(): livekit.ClientConfiguration | undefined {
    return clientConfiguration(this.#owner.client.info, this.isTlsOnly);
  }

  /** Media takes a relay over TLS, and nothing else. */
  get isTlsOnly(): boolean {
    return this.#preference === "tls";
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

  /** All that there are: messages of the client may come on any. */
  get peerIds(): number[] {
    const { publisher, subscriber } = this;
    return [publisher.peer.peerId, ...(subscriber === undefined ? [] : [subscriber.peer.peerId])];
  }

  start(): void {
    // the first offer holds the data section even when there is nothing to send yet
    if (this.isSubscriberPrimary) this.subscriber?.negotiateNow();
  }

  /**
   * From the next ICE restart on, only what is preferred. The server restarts what it offers; the
   * client restarts the rest when it resumes.
   */
  switchTo(preference: IcePreference): void {
    this.#prefer(preference);
    this.subscriber?.restartIce();
  }

  /** The next session of this identity in the room begins as this one is. */
  remember(room: ParticipantRoom): void {
    const { services, identity } = this.#owner;
    room.preferences.set(services.scheduler.nowMs(), identity, this.#preference);
  }

  #prefer(preference: IcePreference): void {
    this.#preference = preference;
    // whatever comes up from here on is another connection
    this.#iceConnections.clear();
    this.remember(this.#owner.room);
    this.publisher.peer.preferProtocol(protocolOf(preference));
    this.subscriber?.peer.preferProtocol(protocolOf(preference));
  }

  /** The client is back on a new connection; before it is told anything. */
  resumed(reason: livekit.ReconnectReason): void {
    this.#fallback.resumed();
    const { RR_PUBLISHER_FAILED, RR_SUBSCRIBER_FAILED } = livekit.ReconnectReason;
    if (reason !== RR_PUBLISHER_FAILED && reason !== RR_SUBSCRIBER_FAILED) return;
    const peer = reason === RR_PUBLISHER_FAILED ? this.publisher.peer : this.sendingPeer;
    if (peer !== undefined && this.#isShortLived(peer)) this.#countFailure(true);
    // it restarts both: they are new connections from here on
    this.#iceConnections.clear();
  }

  /** Restarts what the server restarts. */
  restartAfterResume(): void {
    this.subscriber?.resume();
  }

  #isShortLived(peer: PeerTransport): boolean {
    const connection = this.#iceConnections.get(peer);
    const nowMs = this.#owner.services.scheduler.nowMs();
    return connection !== undefined && nowMs - connection.sinceMs < SHORT_LIVED_MS;
  }

  /** @returns whether media is to take another way now */
  #countFailure(isShortLived: boolean): boolean {
    const { services, isSignalConnected, lastSignalMs, signalRttMs, log } = this.#owner;
    const change = this.#fallback.failed({
      nowMs: services.scheduler.nowMs(),
      isShortLived,
      type: this.#worstType(),
      preference: this.#preference,
      isSignalConnected,
      lastSignalMs,
      signalRttMs,
    });
    if (change === undefined) return false;
    log.info("Media is to take another way", { preference: change.preference ?? "any" });
    this.#prefer(change.preference);
    return true;
  }

  /** UDP that loses too much for too long counts as one that failed, where there is another way. */
  #noteLoss(peer: PeerTransport, report: LossReport): void {
    const { services, signalRttMs } = this.#owner;
    if (this.#preference !== undefined || this.#owner.isAwaitingResume) return;
    const { tcpFallbackRttMaxMs } = services.settings;
    if (!this.#losses.isUnstable(report, signalRttMs, tcpFallbackRttMaxMs)) return;
    if (!this.#countFailure(true)) return;
    this.#failedWith.set(peer, peer.credentials);
    this.#owner.transportFailed("too much is lost over UDP");
  }

  #worstType(): ConnectionType {
    const protocols = [...this.#iceConnections.values()].map(({ protocol }) => protocol);
    if (protocols.length === 0) return "none";
    if (this.isTlsOnly) return "relay";
    return protocols.includes("tcp") ? "tcp" : "udp";
  }

  #failed(peer: PeerTransport): void {
    // the two connections of a client fail together: that is one failure
    if (!this.#owner.isAwaitingResume) {
      const isTcpInVain = this.#preference === "tcp" && !this.#iceConnections.has(peer);
      this.#countFailure(isTcpInVain || this.#isShortLived(peer));
    }
    this.#iceConnections.delete(peer);
  }

  /** ICE over TCP connects at once or not at all: the way to something else is not to be long. */
  #awaitTcp(peer: PeerTransport, giveUp: () => void): void {
    const { services, signalRttMs } = this.#owner;
    this.#stopTcpTimer(peer);
    if (this.#preference !== "tcp" || signalRttMs >= SIGNAL_RTT_MAX_MS) return;
    const waitMs = Math.min(Math.max(8 * signalRttMs, TCP_CONNECT_MIN_MS), TCP_CONNECT_MAX_MS);
    this.#tcpTimers.set(peer, services.scheduler.after(waitMs, giveUp));
  }

  #stopTcpTimer(peer: PeerTransport): void {
    this.#tcpTimers.get(peer)?.();
    this.#tcpTimers.delete(peer);
  }

  /** Reports are of use on the connection that media goes to the client on, where they have effect. */
  #reportsLoss(target: "publisher" | "subscriber"): boolean {
    const { services, isSinglePeerConnection, connection } = this.#owner;
    const { allowUdpUnstableFallback, allowTcpFallback, tcpFallbackRttMaxMs } = services.settings;
    return (
      allowUdpUnstableFallback &&
      allowTcpFallback &&
      tcpFallbackRttMaxMs > 0 &&
      !connection.isOneShot &&
      target === (isSinglePeerConnection ? "publisher" : "subscriber")
    );
  }

  close(): void {
    for (const peer of this.#tcpTimers.keys()) this.#stopTcpTimer(peer);
    this.publisher.close();
    this.subscriber?.close();
  }

  #streamIdOf(send: SendTrack): string {
    const { track } = send;
    const name =
      this.#owner.room.options.syncStreams && this.#owner.client.capabilities.hasSyncStreams
        ? track.info.stream
        : track.sid;
    return `${publisherSid(this.#owner, track)}|${name}`;
  }

  #connected(target: "publisher" | "subscriber", isPrimary: boolean): void {
    const owner = this.#owner;
    if (target === "subscriber" || owner.isSinglePeerConnection) {
      owner.subscriptions.transportConnected();
    }
    if (target === "publisher") owner.publications.transportConnected();
    if (isPrimary) owner.becameActive();
  }

  #peer(target: "publisher" | "subscriber", milestones: TransportMilestones): PeerTransport {
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
    const fail = (detail: string): void => {
      this.#stopTcpTimer(peer);
      this.#failedWith.set(peer, peer.credentials);
      this.#failed(peer);
      owner.transportFailed(`${target}: ${detail}`);
    };
    const listener: PeerTransportListener = {
      onChecking: () =>
        this.#awaitTcp(peer, () => guard(() => fail("ICE over TCP did not connect"))),
      onIceConnected: (protocol) => {
        this.#stopTcpTimer(peer);
        milestones.iceConnected();
        const sinceMs = this.#iceConnections.get(peer)?.sinceMs ?? owner.services.scheduler.nowMs();
        this.#iceConnections.set(peer, { protocol, sinceMs });
      },
      onConnected: () =>
        guard(() => {
          milestones.connected();
          this.#connected(target, isPrimary());
        }),
      onFailed: (detail, canResume) =>
        guard(() => {
          if (!canResume) {
            owner.log.error("Transport broke", { target, detail });
            owner.requireFullReconnect(`its ${target} transport broke`);
            return;
          }
          fail(detail);
        }),
      onThreadLost: () => guard(() => owner.requireFullReconnect("its media thread was lost")),
      onLoss: (fractionLost, rttMs) => guard(() => this.#noteLoss(peer, { fractionLost, rttMs })),
      onDataChannelOpen: (label) => guard(() => milestones.channelOpened(label)),
      onDataChannelFailed: () =>
        guard(() => {
          if (!owner.services.settings.reconnectOnDataChannelError) return;
          owner.requireFullReconnect(`a data channel of its ${target} transport failed`);
        }),
    };
    const peer: PeerTransport = new PeerTransport(owner.services.router, owner.thread, listener, {
      allowPause: owner.connection.allowPause ?? owner.services.settings.allowPause,
      hasZeroChecksum: owner.client.capabilities.hasSctpZeroChecksum,
      ...(this.#reportsLoss(target) ? { reportsLoss: true } : {}),
    });
    peer.preferProtocol(protocolOf(this.#preference));
    return peer;
  }
}

/** A client without signalling opens what it likes, in-band (spec-signalling 8.9). */
function hasNegotiatedChannels(owner: Participant): boolean {
  const { isSinglePeerConnection, client, connection } = owner;
  return isSinglePeerConnection && client.hasNegotiatedChannels && !connection.isOneShot;
}

function protocolOf(preference: IcePreference): "tcp" | undefined {
  return preference === "tcp" ? "tcp" : undefined;
}

function named(codecs: readonly livekit.ICodec[]): EnabledCodec[] {
  return codecs.map(({ mime, fmtpLine }) => ({ mime: mime ?? "", fmtpLine: fmtpLine ?? "" }));
}

/** RFC 8829 §5.2.1: numeric, under 64 bits, not to be guessed. */
function sessionId(): string {
  const words = crypto.getRandomValues(new Uint32Array(2));
  return ((BigInt(words[0]! >>> 1) << 32n) | BigInt(words[1]!)).toString();
}
