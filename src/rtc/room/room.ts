import { newId, randomLetters } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import type { Cancel } from "../../base/scheduler.ts";
import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import { RoomData } from "../data/room-data.ts";
import { RpcCalls } from "../data/rpc-calls.ts";
import { RoomThreads } from "../media/room-threads.ts";
import type { Participant } from "../participant/participant.ts";
import type { ParticipantChange, ParticipantRoom } from "../participant/participant-room.ts";
import type { PublishedTrack } from "../publication/published-track.ts";
import type { RtcServices } from "../rtc-services.ts";
import { joinFrame, SignalFrame } from "../signal/signal-frame.ts";
import { AgentDispatches } from "./agent-dispatches.ts";
import { ConnectionQualities } from "./connection-quality.ts";
import { Departures } from "./departures.ts";
import { ForwardedParticipant } from "./forwarded-participant.ts";
import { Forwards } from "./forwards.ts";
import { joinResponse, reconnectResponse } from "./join-response.ts";
import { ParticipantUpdates } from "./participant-updates.ts";
import { RoomDataTracks } from "./room-data-tracks.ts";
import type { RoomMember } from "./room-member.ts";
import type { RoomObserver } from "./room-observer.ts";
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

/** A live room: who is in it, what they publish, and what they are told of each other. */
export class Room implements ParticipantRoom {
  readonly sid: string;
  readonly options: RoomOptions;
  readonly log: Log;
  readonly createdAtMs: number;
  readonly sifTrailer: Uint8Array;
  readonly rpc: RpcCalls;
  readonly data: RoomData;
  readonly dispatches: AgentDispatches;
  readonly threads: RoomThreads;
  readonly #services: RtcServices;
  readonly #observer: RoomObserver;
  readonly #createdMonotonicMs: number;
  readonly #turnPassword: string;
  readonly #participants = new Map<string, Participant>();
  readonly #tracks = new Map<string, PublishedTrack>();
  readonly #activated = new WeakSet<RoomMember>();
  readonly #departures: Departures = new Departures();
  readonly #forwards: Forwards = new Forwards();
  readonly #updates: ParticipantUpdates;
  readonly #speakers: Speakers;
  readonly #qualities: ConnectionQualities = new ConnectionQualities();
  readonly preferences: TransportPreferences = new TransportPreferences();
  readonly dataTracks: RoomDataTracks;
  readonly #qualityRounds: Cancel;
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
    this.threads = new RoomThreads(services.router, thread, () => this.#tracks.size);
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
    this.dataTracks = new RoomDataTracks(
      () => this.#participants.values(),
      (identity) =>
        this.#forwards.of(this.#participants.get(identity)).map((one) => one.shownTracks),
    );
    this.data = new RoomData(services.router.newId());
    this.dispatches = new AgentDispatches(options.name, options.agents, () => scheduler.wallMs());
    this.rpc = new RpcCalls(scheduler, this.data);
    this.#speakers = new Speakers({
      scheduler,
      intervalMs: services.settings.speakersIntervalMs,
      participants: () => this.participants(),
      members: () => this.members(),
    });
    this.#qualityRounds = scheduler.every(QUALITY_MS, () =>
      this.#qualities.update(this.participants(), this.members()),
    );
  }

  get name(): string {
    return this.options.name;
  }

  get isEmpty(): boolean {
    return this.#participants.size === 0 && this.#forwards.guests().length === 0;
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

  /** Participants, and those that other rooms forward to this one. */
  members(): RoomMember[] {
    return [...this.#participants.values(), ...this.#forwards.guests()];
  }

  findMember(identity: string): RoomMember | undefined {
    return this.#participants.get(identity) ?? this.#forwards.guest(identity);
  }

  findGuest(identity: string): ForwardedParticipant | undefined {
    return this.#forwards.guest(identity);
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
    const present = this.findMember(identity);
    const freed = present !== undefined && !present.isDependent ? 1 : 0;
    return this.#countIndependent() - freed < maxParticipants;
  }

  #countIndependent(): number {
    let count = 0;
    for (const { isDependent } of this.members()) if (!isDependent) count += 1;
    return count;
  }

  #countPublishers(): number {
    let count = 0;
    for (const { isPublisher } of this.members()) if (isPublisher) count += 1;
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
    this.findGuest(participant.identity)?.end(DisconnectReason.DUPLICATE_IDENTITY);
    this.#participants.set(participant.identity, participant);
    if (!participant.isDependent) this.#hasBeenJoined = true;
    this.data.tell(participant);
    const infos = this.#othersOf(participant).map((other) => this.#updates.infoOf(other));
    start(joinFrame(joinResponse(this, participant, this.#services), infos));
    this.#countsChanged();
  }

  /** Who is here beside this participant, and not hidden from it. */
  #othersOf(participant: Participant): RoomMember[] {
    return this.members().filter(
      (other) => other !== participant && !other.isHidden && !other.isClosed,
    );
  }

  /**
   * Takes in a participant that left another room for this one, with its connections and tracks.
   *
   * @param token for this room, which the client goes by from now on
   */
  admit(participant: Participant, token: string): void {
    this.findGuest(participant.identity)?.end(DisconnectReason.DUPLICATE_IDENTITY);
    this.#participants.set(participant.identity, participant);
    if (!participant.isDependent) this.#hasBeenJoined = true;
    this.threads.add(participant.thread);
    this.data.tell(participant);
    // before any offer: the client must know whose media comes
    this.tellMoved(participant, token);
    participant.changed("state");
    for (const track of participant.publications.tracks()) this.trackPublished(participant, track);
    for (const track of participant.dataTracks.tracks()) this.dataTracks.published(track);
    this.subscribeToExisting(participant);
    this.#countsChanged();
    participant.log.info("Participant moved here");
  }

  /** Makes the client take this room for its own; `token` is for this room. */
  tellMoved(participant: Participant, token: string): void {
    participant.send({
      roomMoved: {
        room: this.info(),
        token,
        participant: participant.info(),
        otherParticipants: this.#othersOf(participant).map((other) => other.info()),
      },
    });
  }

  /** Tells a resumed client what it may have missed (spec-signalling 7.3), its move here as well. */
  resume(participant: Participant, lastSignalMs: number, moveToken?: string): void {
    if (participant.client.hearsReconnect) {
      participant.send({ reconnect: reconnectResponse(participant, this.#services) });
    }
    if (moveToken !== undefined) this.tellMoved(participant, moveToken);
    if (participant.client.hearsRecentDisconnects) {
      const departed = this.#departures.since(lastSignalMs - RECENT_DEPARTURE_SLACK_MS);
      const gone = departed.filter(({ identity }) => this.findMember(identity) === undefined);
      const infos = gone.map(({ info }) => info);
      this.#updates.sendAll(participant, infos);
    }
    const present = this.members().filter((other) => other === participant || !other.isHidden);
    const infos = present.map((other) => this.#updates.infoOf(other));
    this.#updates.sendAll(participant, infos);
    participant.send({ roomUpdate: { room: this.info() } });
    participant.transports.restartAfterResume();
    for (const track of participant.publications.tracks()) track.dynacast?.force();
    participant.dataSubscriptions.resumed();
    participant.sendRefreshToken();
  }

  subscribeToExisting(participant: Participant): void {
    this.dataTracks.subscribeToExisting(participant);
    if (!participant.connection.isAutoSubscribe) return;
    const sids = [...this.#tracks.values()]
      .filter((track) => track.publisherIdentity !== participant.identity)
      .map((track) => track.sid);
    if (sids.length > 0) participant.subscriptions.request(sids, true);
  }

  participantChanged(participant: RoomMember, change: ParticipantChange): void {
    this.#updates.changed(participant, change);
    if (change !== "state") this.#countsChanged();
    const own = change === "profile" ? this.#participants.get(participant.identity) : undefined;
    if (own !== undefined && own === participant) this.data.tell(own);
    if (participant.state === State.ACTIVE && !this.#activated.has(participant)) {
      this.#activated.add(participant);
      this.#observer.participantActive(this, participant);
    }
    for (const guest of this.#forwards.of(participant)) guest.changed(change);
  }

  participantClosed(participant: Participant): void {
    if (this.#participants.get(participant.identity) === participant) {
      this.#participants.delete(participant.identity);
    }
    this.rpc.participantClosed(participant);
    this.threads.release(participant.thread);
    this.data.left(participant);
    this.#left(participant);
    const { UNKNOWN_REASON, DUPLICATE_IDENTITY } = DisconnectReason;
    const reason = participant.disconnectReason;
    // where it was shown nobody takes its place
    const told = reason === DUPLICATE_IDENTITY ? UNKNOWN_REASON : reason;
    for (const guest of this.#forwards.of(participant)) guest.end(told);
  }

  #left(member: RoomMember): void {
    this.#lastLeftMs = this.#services.scheduler.nowMs();
    // when the room ends each is told so itself
    if (!this.#isClosed) this.#updates.changed(member, "state");
    if (!member.isHidden) this.#departures.add(this.#lastLeftMs, member);
    this.#observer.participantClosed(this, member, this.#activated.has(member));
    // who was moved away may be moved back
    this.#activated.delete(member);
    member.log.info("Participant left", { reason: DisconnectReason[member.disconnectReason] });
    this.#countsChanged();
  }

  /** Shows a participant of this room in another one as well. */
  forward(participant: Participant, room: Room): void {
    const guest = new ForwardedParticipant(participant, room, this.#services.scheduler.wallMs());
    this.#forwards.sent(guest);
    room.#welcome(guest);
    participant.log.info("Participant forwarded", { destination: room.name });
  }

  /** In how many other rooms a participant of this one is shown. */
  forwardCount(participant: Participant): number {
    return this.#forwards.of(participant).length;
  }

  #welcome(guest: ForwardedParticipant): void {
    this.#forwards.welcome(guest);
    if (!guest.isDependent) this.#hasBeenJoined = true;
    guest.changed("state");
    for (const track of guest.publications.tracks()) guest.publish(track);
    guest.publishDataTracks();
    this.#countsChanged();
  }

  guestLeft(guest: ForwardedParticipant): void {
    this.#forwards.guestLeft(guest);
    guest.source.room.forwardEnded(guest);
    this.#left(guest);
  }

  forwardEnded(guest: ForwardedParticipant): void {
    this.#forwards.returned(guest);
  }

  trackPublished(participant: RoomMember, track: PublishedTrack): void {
    this.#tracks.set(track.sid, track);
    this.#speakers.trackPublished(track.info);
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
    for (const guest of this.#forwards.of(participant)) guest.publish(track);
  }

  trackUnpublished(participant: RoomMember, track: PublishedTrack): void {
    this.#tracks.delete(track.sid);
    if (!participant.isClosed) participant.changed("tracks");
    this.#observer.trackUnpublished(this, participant, track);
    for (const guest of this.#forwards.of(participant)) guest.unpublish(track);
  }

  trackWithdrawn(participant: RoomMember, track: PublishedTrack): void {
    for (const other of this.#participants.values()) other.subscriptions.withdraw(track.sid);
    this.trackUnpublished(participant, track);
  }

  trackSubscribed(subscriber: Participant, track: PublishedTrack): void {
    const publisher = this.findMember(track.publisherIdentity);
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
    const publisher = this.findMember(track.publisherIdentity);
    if (publisher === undefined || publisher.isClosed) return;
    if (!subscriber.subscriptions.isSubscribedTo(publisher.identity)) {
      this.#speakers.unsubscribed(subscriber, publisher);
    }
  }

  permissionsChanged(publisher: RoomMember): void {
    for (const other of this.#participants.values()) {
      if (other !== publisher) other.reconcileSubscriptions();
    }
    for (const guest of this.#forwards.of(publisher)) guest.permissionsChanged();
  }

  introduce(_subscriber: Participant, track: Pick<PublishedTrack, "publisherIdentity">): void {
    const publisher = this.findMember(track.publisherIdentity);
    if (publisher !== undefined) this.#updates.hasten(publisher);
  }

  simulateSpeaker(participant: Participant, level: number): void {
    this.#speakers.simulate(participant, level);
  }

  rpcAnswered(sender: Participant, bytes: Uint8Array): void {
    this.rpc.answered(sender, bytes);
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
    for (const guest of this.#forwards.guests()) guest.end(reason);
    this.#speakers.close();
    this.#qualityRounds();
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
