import { newId, randomLetters } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import type { Cancel } from "../../base/scheduler.ts";
import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import { DataRouter } from "../data/data-router.ts";
import { RpcCalls } from "../data/rpc-calls.ts";
import type { Participant } from "../participant/participant.ts";
import type { ParticipantChange, ParticipantRoom } from "../participant/participant-room.ts";
import type { PublishedTrack } from "../publication/published-track.ts";
import type { RtcServices } from "../rtc-services.ts";
import { SignalFrame } from "../signal/signal-frame.ts";
import { AgentDispatches } from "./agent-dispatches.ts";
import { ConnectionQualities } from "./connection-quality.ts";
import { joinResponse, reconnectResponse } from "./join-response.ts";
import { ParticipantUpdates } from "./participant-updates.ts";
import type { RoomOptions } from "./room-options.ts";
import { Speakers } from "./speakers.ts";
import { TransportPreferences } from "./transport-preferences.ts";

const { State } = livekit.ParticipantInfo;
const { DisconnectReason } = livekit;

/** Counts of participants are told at most this often. */
const COUNTS_MS = 5_000;
const QUALITY_MS = 5_000;
const TURN_PASSWORD_LENGTH = 32;
const SIF_TRAILER_BYTES = 32;
/** A resumed client hears of those who left since its last word, and of a little before. */
const RECENT_DEPARTURE_SLACK_MS = 3_000;
const DEPARTURES_MAX = 1_000;

export type RoomObserver = {
  roomCreated(room: Room): void;
  participantActive(room: Room, participant: Participant): void;
  participantClosed(room: Room, participant: Participant, wasActive: boolean): void;
  trackPublished(room: Room, participant: Participant, track: PublishedTrack): void;
  trackUnpublished(room: Room, participant: Participant, track: PublishedTrack): void;
  /** After everybody was told; the room is found no more. */
  roomClosed(room: Room, reason: livekit.DisconnectReason): void;
};

/** A live room: who is in it, what they publish, and what they are told of each other. */
export class Room implements ParticipantRoom {
  readonly sid: string;
  readonly options: RoomOptions;
  readonly thread: MediaThread;
  readonly log: Log;
  readonly createdAtMs: number;
  readonly sifTrailer: Uint8Array;
  readonly rpc: RpcCalls;
  readonly data: DataRouter;
  readonly dispatches: AgentDispatches;
  readonly #services: RtcServices;
  readonly #observer: RoomObserver;
  readonly #createdMonotonicMs: number;
  readonly #turnPassword: string;
  readonly #participants = new Map<string, Participant>();
  readonly #tracks = new Map<string, PublishedTrack>();
  readonly #activated = new WeakSet<Participant>();
  readonly #departures: { atMs: number; info: livekit.ParticipantInfo }[] = [];
  readonly #updates: ParticipantUpdates;
  readonly #speakers: Speakers = new Speakers();
  readonly #qualities: ConnectionQualities = new ConnectionQualities();
  readonly #preferences: TransportPreferences = new TransportPreferences();
  readonly #timers: Cancel[];
  #countsTimer: Cancel | undefined;
  /** Participants and publishers as last seen, to tell when they change. */
  #counts = "0 0";
  #metadata: string;
  #activeRecording = false;
  #hasBeenJoined = false;
  #lastLeftMs: number | undefined;
  #isClosed = false;

  constructor(
    options: RoomOptions,
    thread: MediaThread,
    services: RtcServices,
    observer: RoomObserver,
  ) {
    const { scheduler } = services;
    this.sid = newId("RM_");
    this.options = options;
    this.thread = thread;
    this.#services = services;
    this.#observer = observer;
    this.#metadata = options.metadata;
    this.#turnPassword = randomLetters(TURN_PASSWORD_LENGTH);
    this.sifTrailer = crypto.getRandomValues(new Uint8Array(SIF_TRAILER_BYTES));
    this.createdAtMs = scheduler.wallMs();
    this.#createdMonotonicMs = scheduler.nowMs();
    this.log = services.log.with({ room: options.name, roomID: this.sid });
    this.#updates = new ParticipantUpdates({
      scheduler,
      batchTargetBytes: services.settings.updateBatchTargetBytes,
      participants: () => this.#participants.values(),
    });
    this.data = new DataRouter({
      participants: () => this.#participants.values(),
      nowMs: () => scheduler.nowMs(),
    });
    this.dispatches = new AgentDispatches(options.name, options.agents, () => scheduler.wallMs());
    this.rpc = new RpcCalls(scheduler, this.data);
    this.#timers = [
      scheduler.every(services.settings.speakersIntervalMs, () =>
        this.#speakers.update(this.participants()),
      ),
      scheduler.every(QUALITY_MS, () => this.#qualities.update(this.participants())),
    ];
  }

  get name(): string {
    return this.options.name;
  }

  get syncStreams(): boolean {
    return this.options.syncStreams;
  }

  get enabledCodecs(): readonly livekit.ICodec[] {
    return this.options.enabledCodecs;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  participants(): Participant[] {
    return [...this.#participants.values()];
  }

  findParticipant(identity: string): Participant | undefined {
    return this.#participants.get(identity);
  }

  identityOfSid(sid: string): string | undefined {
    return this.participants().find((participant) => participant.sid === sid)?.identity;
  }

  findTrack(sid: string): PublishedTrack | undefined {
    return this.#tracks.get(sid);
  }

  /** Whether one more that counts may come; who has its identity now would make room for it. */
  hasPlaceFor(identity: string): boolean {
    const { maxParticipants } = this.options;
    if (maxParticipants === 0) return true;
    const present = this.#participants.get(identity);
    const freed = present !== undefined && !present.isDependent ? 1 : 0;
    return this.#countIndependent() - freed < maxParticipants;
  }

  #countIndependent(): number {
    let count = 0;
    for (const participant of this.#participants.values()) if (!participant.isDependent) count += 1;
    return count;
  }

  #countPublishers(): number {
    let count = 0;
    for (const participant of this.#participants.values()) if (participant.isPublisher) count += 1;
    return count;
  }

  info(): livekit.Room {
    return new livekit.Room({
      sid: this.sid,
      name: this.name,
      emptyTimeout: this.options.emptyTimeoutSeconds,
      departureTimeout: this.options.departureTimeoutSeconds,
      maxParticipants: this.options.maxParticipants,
      creationTime: Math.floor(this.createdAtMs / 1000),
      creationTimeMs: Math.floor(this.createdAtMs),
      turnPassword: this.#turnPassword,
      enabledCodecs: [...this.options.enabledCodecs],
      metadata: this.#metadata,
      numParticipants: this.#countIndependent(),
      numPublishers: this.#countPublishers(),
      activeRecording: this.#activeRecording,
    });
  }

  /** Takes a participant in; its first message is the join response. */
  join(participant: Participant, start: (join: SignalFrame) => void): void {
    this.#participants.set(participant.identity, participant);
    if (!participant.isDependent) this.#hasBeenJoined = true;
    const join = joinResponse(this, participant, this.#services);
    start(new SignalFrame({ join }));
    this.#countsChanged();
  }

  /** Tells a resumed client what it may have missed (spec-signalling 7.3). */
  resume(participant: Participant, lastSignalMs: number): void {
    if (participant.client.hearsReconnect) {
      participant.send({ reconnect: reconnectResponse(participant, this.#services) });
    }
    if (participant.client.hearsRecentDisconnects) {
      const sinceMs = lastSignalMs - RECENT_DEPARTURE_SLACK_MS;
      const gone = this.#departures.filter(
        ({ atMs, info }) => atMs >= sinceMs && !this.#participants.has(info.identity),
      );
      this.#updates.sendAll(
        participant,
        gone.map(({ info }) => info),
      );
    }
    const present = this.participants().filter((other) => other === participant || !other.isHidden);
    this.#updates.sendAll(
      participant,
      present.map((other) => other.info()),
    );
    participant.send({ roomUpdate: { room: this.info() } });
    participant.transports.restartAfterResume();
    for (const track of participant.publications.tracks()) track.dynacast?.force();
    participant.sendRefreshToken();
  }

  rememberProtocol({ identity }: Participant, protocol: "tcp" | undefined): void {
    this.#preferences.set(this.#services.scheduler.nowMs(), identity, protocol);
  }

  rememberedProtocol({ fields }: Participant): "tcp" | undefined {
    return this.#preferences.get(this.#services.scheduler.nowMs(), fields.identity);
  }

  subscribeToExisting(participant: Participant): void {
    if (!participant.connection.isAutoSubscribe) return;
    const sids = [...this.#tracks.values()]
      .filter((track) => track.publisherIdentity !== participant.identity)
      .map((track) => track.sid);
    if (sids.length > 0) participant.subscriptions.request(sids, true);
  }

  participantChanged(participant: Participant, change: ParticipantChange): void {
    this.#updates.changed(participant, change);
    if (change !== "state") this.#countsChanged();
    if (participant.state === State.ACTIVE && !this.#activated.has(participant)) {
      this.#activated.add(participant);
      this.#observer.participantActive(this, participant);
    }
  }

  participantClosed(participant: Participant): void {
    if (this.#participants.get(participant.identity) === participant) {
      this.#participants.delete(participant.identity);
    }
    this.#lastLeftMs = this.#services.scheduler.nowMs();
    this.data.forget(participant);
    this.rpc.participantClosed(participant);
    // when the room ends each is told so itself
    if (!this.#isClosed) this.#updates.changed(participant, "state");
    if (!participant.isHidden) this.#rememberDeparture(participant);
    this.#observer.participantClosed(this, participant, this.#activated.has(participant));
    participant.log.info("Participant left", {
      reason: DisconnectReason[participant.disconnectReason],
    });
    this.#countsChanged();
  }

  #rememberDeparture(participant: Participant): void {
    const info = new livekit.ParticipantInfo({
      sid: participant.sid,
      identity: participant.identity,
      state: State.DISCONNECTED,
      version: participant.info().version,
      disconnectReason: participant.disconnectReason,
    });
    this.#departures.push({ atMs: this.#services.scheduler.nowMs(), info });
    if (this.#departures.length > DEPARTURES_MAX) this.#departures.shift();
  }

  trackPublished(participant: Participant, track: PublishedTrack): void {
    this.#tracks.set(track.sid, track);
    participant.changed("tracks");
    participant.log.info("Track published", {
      trackID: track.sid,
      mime: track.info.mimeType,
      source: livekit.TrackSource[track.info.source],
    });
    for (const other of this.#participants.values()) {
      if (other === participant || !other.isReady || !other.connection.isAutoSubscribe) continue;
      other.subscriptions.request([track.sid], true);
    }
    this.#observer.trackPublished(this, participant, track);
  }

  trackUnpublished(participant: Participant, track: PublishedTrack): void {
    this.#tracks.delete(track.sid);
    if (!participant.isClosed) participant.changed("tracks");
    this.#observer.trackUnpublished(this, participant, track);
  }

  trackSubscribed(subscriber: Participant, track: PublishedTrack): void {
    const publisher = this.#participants.get(track.publisherIdentity);
    if (publisher === undefined) return;
    const others = subscriber.subscriptions
      .subscribedTracks()
      .filter((other) => other !== track && other.publisherIdentity === publisher.identity);
    if (others.length === 0) {
      this.#speakers.subscribed(subscriber, publisher);
      this.#qualities.subscribed(subscriber, publisher);
    }
    if (subscriber.isHidden || !publisher.client.hearsRequestResponses) return;
    if (track.tellSubscribed()) publisher.send({ trackSubscribed: { trackSid: track.sid } });
  }

  trackUnsubscribed(subscriber: Participant, track: PublishedTrack): void {
    if (subscriber.isClosed) return;
    const publisher = this.#participants.get(track.publisherIdentity);
    if (publisher === undefined || publisher.isClosed) return;
    if (!subscriber.subscriptions.isSubscribedTo(publisher.identity)) {
      this.#speakers.unsubscribed(subscriber, publisher);
    }
  }

  permissionsChanged(publisher: Participant): void {
    for (const other of this.#participants.values()) {
      if (other !== publisher) other.subscriptions.reconcile();
    }
  }

  introduce(_subscriber: Participant, track: PublishedTrack): void {
    const publisher = this.#participants.get(track.publisherIdentity);
    if (publisher !== undefined) this.#updates.hasten(publisher);
  }

  simulateSpeaker(participant: Participant, level: number): void {
    this.#speakers.simulate(participant, level, this.participants());
  }

  dataReceived(sender: Participant, label: string, bytes: Uint8Array): void {
    this.data.received(sender, label, bytes);
  }

  dataReady(participant: Participant): void {
    this.data.ready(participant);
  }

  setMetadata(metadata: string): void {
    this.#metadata = metadata;
    this.#tellRoom();
  }

  #countsChanged(): void {
    if (this.#isClosed) return;
    const isRecording = this.participants().some(({ grant }) => grant.recorder);
    const counts = `${this.#countIndependent()} ${this.#countPublishers()}`;
    const isChanged = counts !== this.#counts;
    this.#counts = counts;
    if (isRecording !== this.#activeRecording) {
      this.#activeRecording = isRecording;
      this.#tellRoom();
      return;
    }
    if (!isChanged) return;
    this.#countsTimer ??= this.#services.scheduler.after(COUNTS_MS, () => {
      this.#countsTimer = undefined;
      this.#tellRoom();
    });
  }

  #tellRoom(): void {
    const frame = new SignalFrame({ roomUpdate: { room: this.info() } });
    for (const participant of this.#participants.values()) {
      if (participant.isReady) participant.sendFrame(frame);
    }
  }

  /** Nobody that counts has been here for the room's time (spec-signalling 3.2). */
  isExpired(nowMs: number): boolean {
    if (this.#countIndependent() > 0) return false;
    if (this.#hasBeenJoined && this.#lastLeftMs !== undefined) {
      return nowMs - this.#lastLeftMs >= this.options.departureTimeoutSeconds * 1000;
    }
    return nowMs - this.#createdMonotonicMs >= this.options.emptyTimeoutSeconds * 1000;
  }

  close(reason: livekit.DisconnectReason): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const participant of this.participants()) participant.close(reason);
    for (const cancel of this.#timers) cancel();
    this.#countsTimer?.();
    this.#updates.close();
    this.rpc.close();
    this.#observer.roomClosed(this, reason);
    this.log.info("Room closed", { reason: DisconnectReason[reason] });
  }

  debugInfo(): object {
    return {
      Name: this.name,
      Sid: this.sid,
      CreatedAt: Math.floor(this.createdAtMs / 1000),
      Participants: Object.fromEntries(
        this.participants().map((participant) => [participant.identity, participant.debugInfo()]),
      ),
    };
  }
}
