import type { Log } from "../../base/log.ts";
import type { Cancel } from "../../base/scheduler.ts";
import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import { DataMembership } from "../data/data-membership.ts";
import type { VideoGrant } from "../permission/grants.ts";
import { permissionOf } from "../permission/permission.ts";
import { Publications } from "../publication/publications.ts";
import type { RtcServices } from "../rtc-services.ts";
import { SignalFrame } from "../signal/signal-frame.ts";
import type { SignalLink } from "../signal/signal-link.ts";
import { DataSubscriptions } from "../subscription/data-subscriptions.ts";
import { Subscriptions } from "../subscription/subscriptions.ts";
import type { ClientProfile, ConnectionSettings } from "./client.ts";
import { DataBlobs } from "./data-blobs.ts";
import { DataTracks } from "./data-tracks.ts";
import { leaveMessage } from "./leave-message.ts";
import { dataSubscriptionsHost, publicationsHost, subscriptionsHost } from "./participant-hosts.ts";
import type { ParticipantChange, ParticipantRoom } from "./participant-room.ts";
import { applyProfileChange, type ProfileChange, plainRecord } from "./profile-change.ts";
import { SubscriptionPermissions } from "./subscription-permissions.ts";
import { ParticipantTransports } from "./transports.ts";

const { State, Kind } = livekit.ParticipantInfo;
const { DisconnectReason } = livekit;
const LeaveAction = livekit.LeaveRequest.Action;

/** A participant that is not ACTIVE this long after it joined is removed. */
const JOIN_TIMEOUT_MS = 60_000;
/** How long a client has to resume after its media path failed. */
const RESUME_WINDOW_MS = 5_000;
const REFRESH_TOKEN_MS = 5 * 60_000;

export type ParticipantIdentityFields = {
  readonly sid: string;
  readonly identity: string;
  readonly kind: livekit.ParticipantInfo.Kind;
  readonly kindDetails: readonly livekit.ParticipantInfo.KindDetail[];
  /** Of the token that it joined with, Unix seconds. */
  readonly tokenExpiresAt: number;
  readonly tokenKind: string;
  readonly roomPreset: string;
  readonly roomConfig: unknown;
};

/** What may change while the session lasts. */
export type ParticipantProfile = {
  name: string;
  metadata: string;
  attributes: Record<string, string>;
  grant: VideoGrant;
};

export type ParticipantOptions = {
  readonly fields: ParticipantIdentityFields;
  readonly profile: ParticipantProfile;
  readonly client: ClientProfile;
  readonly connection: ConnectionSettings;
  readonly isSinglePeerConnection: boolean;
  readonly services: RtcServices;
  readonly room: ParticipantRoom;
};

/** One session of one client in a room. Owner of its transports, tracks and subscriptions. */
export class Participant {
  readonly fields: ParticipantIdentityFields;
  readonly client: ClientProfile;
  readonly connection: ConnectionSettings;
  readonly isSinglePeerConnection: boolean;
  readonly services: RtcServices;
  /** All its connections are on it, in each room that it comes to. */
  readonly thread: MediaThread;
  readonly transports: ParticipantTransports;
  readonly publications: Publications;
  readonly subscriptions: Subscriptions;
  readonly permissions: SubscriptionPermissions;
  readonly dataTracks: DataTracks;
  readonly dataSubscriptions: DataSubscriptions;
  readonly dataBlobs: DataBlobs;
  readonly data: DataMembership;
  #sid: string;
  #room: ParticipantRoom;
  #log: Log;
  #joinedAtMs: number;
  #joinedAtMonotonicMs: number;
  #profile: ParticipantProfile;
  #state: livekit.ParticipantInfo.State = State.JOINING;
  #isPublisher = false;
  #disconnectReason: livekit.DisconnectReason = DisconnectReason.UNKNOWN_REASON;
  #version = 0;
  #isVersionStale = false;
  #link: SignalLink | undefined;
  #lastSignalMs: number;
  /** As the client measures it, ms; 0 until it told. */
  signalRttMs = 0;
  #joinTimer: Cancel | undefined;
  #resumeTimer: Cancel | undefined;
  #refreshTimer: Cancel | undefined;
  /** Ends what `simulate` began; replaced by the next one. */
  simulationTimer: Cancel | undefined;
  /** Resumes to break off on purpose, and whether before anything is said: `simulate`. */
  disconnectOnResume: { untilMs: number; withMessages: boolean; times: number } | undefined;

  constructor(options: ParticipantOptions) {
    const { fields, services, room } = options;
    this.fields = fields;
    this.client = options.client;
    this.connection = options.connection;
    this.isSinglePeerConnection = options.isSinglePeerConnection;
    this.#sid = fields.sid;
    this.#room = room;
    this.services = services;
    this.#profile = { ...options.profile, attributes: plainRecord(options.profile.attributes) };
    this.#log = room.log.with({ participant: fields.identity, pID: fields.sid });
    this.#joinedAtMs = services.scheduler.wallMs();
    this.#joinedAtMonotonicMs = services.scheduler.nowMs();
    this.#lastSignalMs = this.#joinedAtMonotonicMs;
    this.permissions = new SubscriptionPermissions();
    this.dataTracks = new DataTracks(this);
    this.dataBlobs = new DataBlobs(this);
    this.data = new DataMembership(services.router, (bytes) => this.room.rpcAnswered(this, bytes));
    this.thread = room.threads.take();
    this.transports = new ParticipantTransports(this);
    this.publications = new Publications(publicationsHost(this));
    this.subscriptions = new Subscriptions(subscriptionsHost(this));
    this.dataSubscriptions = new DataSubscriptions(dataSubscriptionsHost(this));
  }

  /** Another one in each room that it comes to. */
  get sid(): string {
    return this.#sid;
  }

  get room(): ParticipantRoom {
    return this.#room;
  }

  get log(): Log {
    return this.#log;
  }

  /** When it came to this room, Unix time. */
  get joinedAtMs(): number {
    return this.#joinedAtMs;
  }

  get joinedAtMonotonicMs(): number {
    return this.#joinedAtMonotonicMs;
  }

  get identity(): string {
    return this.fields.identity;
  }

  get grant(): VideoGrant {
    return this.#profile.grant;
  }

  get profile(): Readonly<ParticipantProfile> {
    return this.#profile;
  }

  get state(): livekit.ParticipantInfo.State {
    return this.#state;
  }

  get isHidden(): boolean {
    return this.grant.hidden;
  }

  get isAgent(): boolean {
    return this.fields.kind === Kind.AGENT || this.grant.agent;
  }

  /** Does not keep a room alive and takes no place in it. */
  get isDependent(): boolean {
    return this.isAgent || this.fields.kind === Kind.EGRESS || this.grant.recorder;
  }

  /** What it does is told to others at once, because media depends on it. */
  get isPublisher(): boolean {
    return this.#isPublisher;
  }

  /** With its first track; stays so until its permissions change. */
  becamePublisher(): void {
    this.#isPublisher = true;
  }

  get isClosed(): boolean {
    return this.#state === State.DISCONNECTED;
  }

  get isReady(): boolean {
    return this.#state === State.JOINED || this.#state === State.ACTIVE;
  }

  get disconnectReason(): livekit.DisconnectReason {
    return this.#disconnectReason;
  }

  get lastSignalMs(): number {
    return this.#lastSignalMs;
  }

  get isSignalConnected(): boolean {
    return this.#link !== undefined;
  }

  /** Its media path failed, and it has not come back yet. */
  get isAwaitingResume(): boolean {
    return this.#resumeTimer !== undefined;
  }

  /** What others are told of this participant. The version grows when something changed. */
  info(): livekit.ParticipantInfo {
    if (this.#isVersionStale) {
      this.#isVersionStale = false;
      this.#version += 1;
    }
    return new livekit.ParticipantInfo({
      sid: this.sid,
      identity: this.identity,
      state: this.#state,
      name: this.#profile.name,
      metadata: this.#profile.metadata,
      attributes: { ...this.#profile.attributes },
      tracks: this.publications.tracks().map((track) => track.info),
      dataTracks: this.dataTracks.list(),
      joinedAt: Math.floor(this.joinedAtMs / 1000),
      joinedAtMs: Math.floor(this.joinedAtMs),
      version: this.#version,
      permission: permissionOf(this.grant),
      region: this.services.settings.region,
      isPublisher: this.isPublisher,
      kind: this.fields.kind,
      kindDetails: [...this.fields.kindDetails],
      disconnectReason: this.#disconnectReason,
      clientProtocol: this.client.info.clientProtocol,
      capabilities: this.client.info.capabilities,
    });
  }

  /** The next snapshot differs from the last one. */
  touch(): void {
    this.#isVersionStale = true;
  }

  changed(change: ParticipantChange): void {
    this.touch();
    this.room.participantChanged(this, change);
  }

  /** Starts the session: the join message is the first that the link carries. */
  start(link: SignalLink, join: SignalFrame): void {
    this.#link = link;
    link.send(join);
    this.#setState(State.JOINED);
    this.#joinTimer = this.services.scheduler.after(JOIN_TIMEOUT_MS, () => {
      if (this.#state !== State.ACTIVE) this.close(DisconnectReason.JOIN_FAILURE);
    });
    this.#refreshTimer = this.services.scheduler.every(REFRESH_TOKEN_MS, () =>
      this.sendRefreshToken(),
    );
    this.room.subscribeToExisting(this);
    this.transports.start();
    this.sendRefreshToken();
  }

  /** A new link takes the session over; the room sends what belongs to a resume after this. */
  takeOver(link: SignalLink): void {
    const old = this.#link;
    this.#link = link;
    this.#lastSignalMs = this.services.scheduler.nowMs();
    this.#resumeTimer?.();
    this.#resumeTimer = undefined;
    old?.close();
  }

  isCurrentLink(link: SignalLink): boolean {
    return this.#link === link;
  }

  heard(): void {
    this.#lastSignalMs = this.services.scheduler.nowMs();
  }

  /** The client's connection ended without a leave. */
  linkLost(link: SignalLink): void {
    if (this.#link !== link) return;
    this.#link = undefined;
    if (!this.transports.hasEverConnected) this.close(DisconnectReason.SIGNAL_CLOSE);
    else if (this.transports.hasFailed) this.#awaitResume();
  }

  /** Neither media nor signalling is left: the client comes back in time or not at all. */
  #awaitResume(): void {
    this.#resumeTimer ??= this.services.scheduler.after(RESUME_WINDOW_MS, () =>
      this.close(DisconnectReason.CONNECTION_TIMEOUT),
    );
  }

  /** Closes the connection without a word: the client resumes (simulation). */
  dropLink(): void {
    const link = this.#link;
    this.#link = undefined;
    link?.close();
  }

  send(message: livekit.ISignalResponse): void {
    if (this.#link !== undefined) this.#link.send(new SignalFrame(message));
  }

  sendFrame(frame: SignalFrame): void {
    this.#link?.send(frame);
  }

  /** Old clients know no `track_unpublished`: they are told of a mute. */
  sendUnpublishAware(message: livekit.ISignalResponse): void {
    const sid = message.trackUnpublished?.trackSid;
    if (sid !== undefined && !this.client.hearsUnpublish) this.send({ mute: { sid, muted: true } });
    else this.send(message);
  }

  respond(
    requestId: number,
    reason: livekit.RequestResponse.Reason,
    message: string,
    echo: livekit.IRequestResponse,
  ): void {
    if (!this.client.hearsRequestResponses) return;
    if (reason === livekit.RequestResponse.Reason.OK && !this.client.hearsSuccess) return;
    this.send({ requestResponse: { ...echo, requestId, reason, message } });
  }

  /** A token with the values of now, for later resumes and reconnects (spec-signalling 2.4). */
  sendRefreshToken(): void {
    if (this.connection.isOneShot) return;
    const { room } = this;
    this.issueToken(this.grant).then(
      (refreshToken) => {
        // one for a room that it has left meanwhile would bring it back there
        if (this.room === room) this.send({ refreshToken });
      },
      (error: unknown) => this.log.error("Refresh token could not be signed", { error }),
    );
  }

  issueToken(grant: VideoGrant): Promise<string> {
    const { fields } = this;
    return this.services.tokens.issue({
      identity: fields.identity,
      name: this.#profile.name,
      kind: fields.tokenKind,
      metadata: this.#profile.metadata,
      attributes: { ...this.#profile.attributes },
      roomPreset: fields.roomPreset,
      roomConfig: fields.roomConfig,
      video: grant,
      expiresAt: fields.tokenExpiresAt,
    });
  }

  updateProfile(change: ProfileChange): void {
    if (!applyProfileChange(this.#profile, change)) return;
    this.changed("profile");
    this.sendRefreshToken();
  }

  /** An administrator's change: ends what is no longer allowed (spec-signalling 6.2). */
  setGrant(grant: VideoGrant): void {
    if (JSON.stringify(grant) === JSON.stringify(this.grant)) return;
    const couldSubscribe = this.grant.canSubscribe;
    this.#profile.grant = grant;
    this.publications.applyPermissions();
    if (!grant.canPublishData) this.dataTracks.unpublishAll();
    this.#isPublisher = grant.canPublish && this.transports.publisher.peer.isConnected;
    if (couldSubscribe !== grant.canSubscribe) this.reconcileSubscriptions();
    this.changed("profile");
    this.sendRefreshToken();
  }

  /** What it may receive has changed. */
  reconcileSubscriptions(): void {
    this.subscriptions.reconcile();
    this.dataSubscriptions.reconcile();
  }

  /** The primary transport is up: the participant can be heard and seen. */
  becameActive(): void {
    if (this.#state !== State.JOINED && this.#state !== State.JOINING) return;
    this.#joinTimer?.();
    this.#setState(State.ACTIVE);
  }

  /** A transport failed: the client may come back within the window. */
  transportFailed(detail: string): void {
    if (this.isClosed || this.#resumeTimer !== undefined) return;
    this.log.info("Media path lost", { detail });
    if (this.connection.isOneShot) {
      this.close(DisconnectReason.CONNECTION_TIMEOUT);
      return;
    }
    this.#sendLeave(LeaveAction.RESUME, DisconnectReason.CONNECTION_TIMEOUT);
    this.dropLink();
    this.#awaitResume();
  }

  /** The session cannot go on, a new one can: the client joins again. */
  requireFullReconnect(detail: string): void {
    if (this.isClosed) return;
    this.log.info("Full reconnect required", { detail });
    this.close(DisconnectReason.STATE_MISMATCH, LeaveAction.RECONNECT);
  }

  /**
   * Ends the session.
   *
   * @param reason told to the client and to the others
   * @param action "none": the connection is closed without a word
   */
  close(
    reason: livekit.DisconnectReason,
    action: livekit.LeaveRequest.Action | "none" = LeaveAction.DISCONNECT,
  ): void {
    if (this.isClosed) return;
    this.#disconnectReason = reason;
    if (action !== "none") this.#sendLeave(action, reason);
    this.dropLink();
    this.#joinTimer?.();
    this.#resumeTimer?.();
    this.#refreshTimer?.();
    this.simulationTimer?.();
    // first of all, so that the end of its tracks is no news of its own
    this.#state = State.DISCONNECTED;
    this.touch();
    this.subscriptions.close();
    this.dataSubscriptions.close();
    this.publications.close();
    this.dataTracks.close();
    this.data.close();
    this.transports.close();
    this.room.participantClosed(this);
  }

  #sendLeave(action: livekit.LeaveRequest.Action, reason: livekit.DisconnectReason): void {
    const leave = leaveMessage(this.client, action, reason);
    if (leave !== undefined) this.send({ leave });
  }

  /**
   * Leaves its room for another one. Its connections stay, and its tracks
   * with their sids; what it subscribed to stays behind. The new room has yet to admit it.
   */
  moveTo(room: ParticipantRoom, sid: string): void {
    const from = this.#room;
    const state = this.#state;
    // for those who stay it is a participant that left, and the end of its tracks no news of its own
    this.#disconnectReason = DisconnectReason.MIGRATION;
    this.#state = State.DISCONNECTED;
    this.touch();
    this.subscriptions.clear();
    this.dataSubscriptions.clear();
    for (const track of this.publications.tracks()) {
      from.trackWithdrawn(this, track);
      track.roomChanged();
    }
    this.dataTracks.leaveRoom(from);
    from.participantClosed(this);
    this.transports.remember(room);
    this.#sid = sid;
    this.#room = room;
    this.#log = room.log.with({ participant: this.identity, pID: sid });
    this.#joinedAtMs = this.services.scheduler.wallMs();
    this.#joinedAtMonotonicMs = this.services.scheduler.nowMs();
    this.#profile.grant = { ...this.grant, room: room.name };
    this.#disconnectReason = DisconnectReason.UNKNOWN_REASON;
    this.#state = state;
    this.touch();
  }

  #setState(state: livekit.ParticipantInfo.State): void {
    if (state <= this.#state) return;
    this.#state = state;
    this.changed("state");
  }

  debugInfo(): object {
    return {
      ID: this.sid,
      State: State[this.#state],
      Tracks: this.publications.tracks().map((track) => track.sid),
      Subscribed: this.subscriptions.subscribedTracks().map((track) => track.sid),
      DataTracks: this.dataTracks.tracks().map((track) => track.sid),
      DataSubscribed: this.dataSubscriptions.debugInfo(),
      SignalConnected: this.isSignalConnected,
    };
  }
}
