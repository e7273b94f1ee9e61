import { type Log, SILENT_LOG } from "../../src/base/log.ts";
import { livekit } from "../../src/gen/livekit.js";
import { MediaRouter } from "../../src/rtc/media/media-router.ts";
import type { Participant } from "../../src/rtc/participant/participant.ts";
import { type Claims, readClaims, readVideoGrant } from "../../src/rtc/permission/grants.ts";
import type { Room } from "../../src/rtc/room/room.ts";
import { type JoinRequest, RoomManager, type Session } from "../../src/rtc/room/room-manager.ts";
import type { RoomObserver } from "../../src/rtc/room/room-observer.ts";
import type { RoomRequest } from "../../src/rtc/room/room-options.ts";
import type { RtcSettings, TokenSubject } from "../../src/rtc/rtc-services.ts";
import { MetricRegistry } from "../../src/telemetry/metrics/metric-registry.ts";
import { RoomMetrics } from "../../src/telemetry/metrics/room-metrics.ts";
import {
  type AnswerOptions,
  type ClientIce,
  clientAnswer,
  clientOffer,
  FIRST_ICE,
  type OfferedSection,
} from "./client-sdp.ts";
import { FakeMediaThread } from "./fake-media-thread.ts";
import { FakeScheduler } from "./fake-scheduler.ts";
import { ALL_CODECS } from "./negotiation.ts";
import { RecordingLink } from "./recording-link.ts";

export const TEST_SETTINGS: RtcSettings = {
  autoCreate: true,
  emptyTimeoutSeconds: 300,
  departureTimeoutSeconds: 20,
  maxParticipants: 0,
  roomPresets: new Map(),
  enabledCodecs: ALL_CODECS,
  enableRemoteUnmute: false,
  syncStreams: false,
  playoutDelay: undefined,
  activeRedEncoding: false,
  updateBatchTargetBytes: 128 * 1024,
  maxMetadataBytes: 512 * 1024,
  maxAttributesBytes: 64 * 1024,
  maxNameBytes: 256,
  maxRoomNameBytes: 256,
  maxIdentityBytes: 256,
  maxNodeTracks: 0,
  maxNodeBytesPerSecond: 0,
  subscriptionLimitVideo: 0,
  subscriptionLimitAudio: 0,
  speakersIntervalMs: 400,
  dynacastPauseDelayMs: 5_000,
  codecRegressionThreshold: 5,
  enableDataTracks: true,
  reconnectOnDataChannelError: false,
  maxDataTrackEncodingBytes: 32,
  enableDataBlobs: false,
  maxDataBlobKeyBytes: 256,
  maxDataBlobsBytes: 64_000,
  allowTcpFallback: true,
  allowUdpUnstableFallback: false,
  tcpFallbackRttMaxMs: 0,
  allowPause: false,
  congestionControl: "both",
  iceServersFor: () => [{ urls: ["stun:127.0.0.1:3478"], username: "", credential: "" }],
  hasTurnTls: false,
  serverVersion: "1.2.3",
  region: "here",
  nodeId: "ND_test",
};

export type JoinOptions = {
  readonly room?: string;
  /** Members of the `video` claim beside `roomJoin` and `room`. */
  readonly video?: Readonly<Record<string, unknown>>;
  /** Other claims of the token. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly client?: livekit.IClientInfo;
  readonly connection?: Partial<JoinRequest["connection"]>;
  readonly isReconnect?: boolean;
  readonly reconnectReason?: livekit.ReconnectReason;
  readonly isSinglePeerConnection?: boolean;
  readonly roomRequest?: Partial<RoomRequest>;
  readonly addTracks?: readonly livekit.IAddTrackRequest[];
  readonly offer?: livekit.ISessionDescription;
};

const DEFAULT_ROOM = "demo";

/** What the signal service would make of a token and a query. */
export function joinRequest(identity: string, options: JoinOptions = {}): JoinRequest {
  const room = options.room ?? DEFAULT_ROOM;
  const claims: Claims = readClaims({
    iss: "key",
    sub: identity,
    exp: 2_000_000_000,
    ...options.claims,
  });
  return {
    claims,
    grant: readVideoGrant({ roomJoin: true, room, ...options.video })!,
    identity,
    metadata: claims.metadata,
    attributes: claims.attributes,
    client: new livekit.ClientInfo({
      sdk: livekit.ClientInfo.SDK.JS,
      version: "2.15.0",
      protocol: 16,
      ...options.client,
    }),
    connection: {
      isAutoSubscribe: true,
      isAutoSubscribeDataTrack: false,
      isAdaptiveStream: false,
      allowPause: undefined,
      isOneShot: false,
      ...options.connection,
    },
    isSinglePeerConnection: options.isSinglePeerConnection ?? false,
    isReconnect: options.isReconnect ?? false,
    reconnectReason: options.reconnectReason ?? livekit.ReconnectReason.RR_UNKNOWN,
    room: { name: room, ...options.roomRequest },
    addTracks: options.addTracks ?? [],
    offer: options.offer,
  };
}

function errorLog(errors: unknown[]): Log {
  const log: Log = {
    ...SILENT_LOG,
    error: (message, fields) => errors.push(fields?.["error"] ?? message),
    with: () => log,
  };
  return log;
}

/** Hears everything and does nothing. */
export const SILENT_OBSERVER: RoomObserver = {
  roomCreated: () => {},
  participantActive: () => {},
  participantClosed: () => {},
  trackPublished: () => {},
  trackUnpublished: () => {},
  roomClosed: () => {},
};

/** A RoomManager with the real rooms and negotiation, on a clock and a media thread of its own. */
export class TestRooms {
  readonly scheduler: FakeScheduler = new FakeScheduler();
  /** The first one, and the only one unless more are asked for. */
  readonly thread: FakeMediaThread = new FakeMediaThread();
  readonly threads: readonly FakeMediaThread[];
  readonly router: MediaRouter;
  readonly rooms: RoomManager;
  readonly settings: RtcSettings;
  readonly registry: MetricRegistry = new MetricRegistry();
  readonly metrics: RoomMetrics = new RoomMetrics(this.registry);
  /** Subjects of the tokens that were asked for. */
  readonly issued: TokenSubject[] = [];
  /** Errors that were logged: bugs that somebody's session was ended for. */
  readonly errors: unknown[] = [];
  /** What observers were told, such as `active a`. */
  readonly observed: string[] = [];

  /**
   * @param observer instead of the one that writes down `observed`
   * @param others media threads beside the first
   */
  constructor(
    settings: Partial<RtcSettings> = {},
    observer?: RoomObserver,
    others: readonly FakeMediaThread[] = [],
    spillParticipants: number = 0,
  ) {
    this.settings = { ...TEST_SETTINGS, ...settings };
    this.threads = [this.thread, ...others];
    this.router = new MediaRouter(this.threads, undefined, this.metrics, spillParticipants);
    for (const thread of this.threads) thread.nowMs = () => this.scheduler.nowMs();
    const { observed } = this;
    this.rooms = new RoomManager(
      {
        settings: this.settings,
        router: this.router,
        scheduler: this.scheduler,
        tokens: {
          issue: (subject) => {
            this.issued.push(subject);
            return Promise.resolve(`token ${this.issued.length}`);
          },
        },
        log: errorLog(this.errors),
        metrics: this.metrics,
      },
      observer ?? {
        roomCreated: () => {},
        participantActive: (_, { identity }) => observed.push(`active ${identity}`),
        participantClosed: (_, { identity }, wasActive) =>
          observed.push(`${wasActive ? "left" : "aborted"} ${identity}`),
        trackPublished: (_, { identity }, { info }) =>
          observed.push(`published ${identity} ${info.name}`),
        trackUnpublished: (_, { identity }, { info }) =>
          observed.push(`unpublished ${identity} ${info.name}`),
        roomClosed: ({ name }) => observed.push(`closed ${name}`),
      },
    );
  }

  join(identity: string, options: JoinOptions = {}): TestClient {
    return new TestClient(this, identity, options);
  }

  room(name: string = DEFAULT_ROOM): Room {
    const room = this.rooms.find(name);
    if (room === undefined) throw new Error(`no room ${name}`);
    return room;
  }

  advance(byMs: number): void {
    this.scheduler.advance(byMs);
  }
}

/** A client without media: its signal connection, and a description for every question. */
export class TestClient {
  readonly rooms: TestRooms;
  readonly identity: string;
  readonly options: JoinOptions;
  /** The newest connection. */
  link: RecordingLink = new RecordingLink();
  session: Session | undefined;
  /** Sections of its last offer. */
  sections: OfferedSection[] = [];
  /** Its ICE credentials; others make its next offer an ICE restart. */
  ice: ClientIce = FIRST_ICE;
  readonly #participant: Participant | undefined;
  #answered = 0;
  #lastOfferId = 0;

  constructor(rooms: TestRooms, identity: string, options: JoinOptions = {}) {
    this.rooms = rooms;
    this.identity = identity;
    this.options = options;
    this.session = rooms.rooms.join(joinRequest(identity, options), this.link);
    this.#participant = rooms.rooms.find(options.room ?? DEFAULT_ROOM)?.findParticipant(identity);
  }

  /** Comes back with `reconnect=1`. */
  resume(options: JoinOptions = {}): RecordingLink {
    this.link = new RecordingLink();
    this.#answered = 0;
    const request = joinRequest(this.identity, { ...this.options, ...options, isReconnect: true });
    this.session = this.rooms.rooms.join(request, this.link);
    return this.link;
  }

  get isSingle(): boolean {
    return this.options.isSinglePeerConnection === true;
  }

  get sid(): string {
    return this.participant.sid;
  }

  /** Where its connections are. */
  get thread(): FakeMediaThread {
    return this.rooms.threads[this.participant.thread.index]!;
  }

  /** The server's side of this client; also after it was closed. */
  get participant(): Participant {
    if (this.#participant === undefined) throw new Error(`${this.identity} did not join`);
    return this.#participant;
  }

  /** Sends a request through its wire form, as a socket would hand it on. */
  send(request: livekit.ISignalRequest): void {
    const bytes = livekit.SignalRequest.encode(request).finish();
    this.session?.handle(livekit.SignalRequest.decode(bytes));
  }

  /** The connection breaks. */
  drop(): void {
    this.link.isClosed = true;
    this.session?.linkLost();
  }

  /** Answers every offer of the server that it has not answered; @returns how many those were. */
  answerOffers(options: AnswerOptions = {}): number {
    const offers = this.link.all("offer").slice(this.#answered);
    for (const { sdp, id } of offers) {
      this.#answered += 1;
      this.send({ answer: { type: "answer", sdp: clientAnswer(sdp ?? "", options), id: id ?? 0 } });
    }
    return offers.length;
  }

  /** Lets debounced negotiations happen, until nothing is offered any more. */
  negotiate(options: AnswerOptions = {}): void {
    do this.rooms.advance(200);
    while (this.answerOffers(options) > 0);
  }

  /** Transports come up, with the channels of a current client. */
  connect(protocol: "udp" | "tcp" = "udp"): this {
    this.answerOffers();
    const { publisher, subscriber, primary } = this.participant.transports;
    for (const peer of [publisher.peer, subscriber?.peer]) {
      if (peer === undefined) continue;
      this.thread.emit({ kind: "peer-ice-connected", peerId: peer.peerId, protocol });
      this.thread.emit({ kind: "peer-connected", peerId: peer.peerId });
    }
    for (const label of ["_lossy", "_reliable"] as const) {
      this.thread.emit({
        kind: "data-channel-open",
        peerId: primary.peerId,
        label,
        isReliable: label === "_reliable",
      });
    }
    return this;
  }

  fail(target: "publisher" | "subscriber" = "subscriber"): void {
    const { publisher, subscriber } = this.participant.transports;
    const peer = target === "publisher" ? publisher.peer : subscriber!.peer;
    this.thread.emit({
      kind: "peer-failed",
      peerId: peer.peerId,
      reason: "ice-timeout",
      detail: "test",
    });
  }

  /** A message on one of its data channels. */
  sendData(packet: livekit.IDataPacket | Uint8Array, label = "_reliable"): void {
    const bytes =
      packet instanceof Uint8Array ? packet : livekit.DataPacket.encode(packet).finish();
    const { peerId } = this.participant.transports.publisher.peer;
    this.thread.receiveData(peerId, label, bytes);
  }

  /** Messages that the media thread sent to this client. */
  receivedData(label = "_reliable"): livekit.DataPacket[] {
    const { peerId } = this.participant.transports.primary;
    return this.rooms.thread
      .sentData(peerId, label)
      .map((bytes) => livekit.DataPacket.decode(bytes));
  }

  /** Offers these sections beside the ones that it offers already. */
  offer(sections: readonly OfferedSection[] = []): void {
    const changed = new Map([...this.sections, ...sections].map((one) => [one.mid, one]));
    this.sections = [...changed.values()];
    this.#lastOfferId += 1;
    this.send({
      offer: { type: "offer", sdp: clientOffer(this.sections, this.ice), id: this.#lastOfferId },
    });
  }

  /** Announces a track and offers it; @returns its sid */
  publish(
    cid: string,
    track: livekit.IAddTrackRequest = {},
    section: Partial<OfferedSection> = {},
  ): string {
    const type = track.type ?? livekit.TrackType.VIDEO;
    const isAudio = type === livekit.TrackType.AUDIO;
    const source = isAudio ? livekit.TrackSource.MICROPHONE : livekit.TrackSource.CAMERA;
    this.send({ addTrack: { cid, name: cid, type, source, ...track } });
    const mid = String(this.sections.length);
    this.offer([{ mid, kind: isAudio ? "audio" : "video", cid, ...section }]);
    return this.link.all("trackPublished").findLast((one) => one.cid === cid)?.track?.sid ?? "";
  }

  /** Stops sending a track that `publish` started. */
  unpublish(cid: string): void {
    const section = this.sections.find((one) => one.cid === cid);
    if (section !== undefined) this.offer([{ ...section, direction: "inactive" }]);
  }

  /** Identities in the updates that it was sent, in their order. */
  get updated(): string[] {
    return this.link
      .all("update")
      .flatMap(({ participants }) => (participants ?? []).map(({ identity }) => identity ?? ""));
  }

  /** The newest info that it was sent of somebody. */
  infoOf(identity: string): livekit.IParticipantInfo | undefined {
    return this.link
      .all("update")
      .flatMap(({ participants }) => participants ?? [])
      .findLast((info) => info.identity === identity);
  }
}

/** Lets promises that are settled run their reactions: refresh tokens, answers of calls. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
