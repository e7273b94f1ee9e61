import { assert } from "../../base/assert.ts";
import { ServerError } from "../../base/errors.ts";
import { newId } from "../../base/ids.ts";
import type { Cancel } from "../../base/scheduler.ts";
import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import { ClientProfile, type ConnectionSettings } from "../participant/client.ts";
import { kindDetailsOf, kindOf } from "../participant/kind.ts";
import { leaveMessage } from "../participant/leave-message.ts";
import { Participant } from "../participant/participant.ts";
import { attributesBytes, handleSignal, isLonger } from "../participant/signal-handler.ts";
import type { Claims, VideoGrant } from "../permission/grants.ts";
import type { RtcServices } from "../rtc-services.ts";
import { SignalFrame } from "../signal/signal-frame.ts";
import type { SignalLink } from "../signal/signal-link.ts";
import { NodeLimits } from "./node-limits.ts";
import { Room } from "./room.ts";
import type { RoomObserver } from "./room-observer.ts";
import { type RoomRequest, roomOptions } from "./room-options.ts";

const IDLE_CHECK_MS = 1_000;
/** Moved participants that are remembered under their former room; the oldest is forgotten. */
const MOVED_MAX = 10_000;
/** Rooms that one participant is forwarded to. */
const FORWARDS_MAX = 100;
const { DisconnectReason } = livekit;

/** Everything a client said when it connected, checked by the service already. */
export type JoinRequest = {
  readonly claims: Claims;
  readonly grant: VideoGrant;
  readonly identity: string;
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly client: livekit.ClientInfo;
  readonly connection: ConnectionSettings;
  readonly isSinglePeerConnection: boolean;
  readonly isReconnect: boolean;
  /** Of a resume: what the client lost. */
  readonly reconnectReason: livekit.ReconnectReason;
  /** What the token's configuration asks of a room that this join creates. */
  readonly room: RoomRequest;
  readonly addTracks: readonly livekit.IAddTrackRequest[];
  readonly offer: livekit.ISessionDescription | undefined;
};

/** A client's end of its session, for the connection that carries it. */
export type Session = {
  /** One decoded request, in order. */
  handle(request: livekit.SignalRequest): void;
  /** The connection ended. */
  linkLost(): void;
};

/** All rooms of this node: creates, finds, joins and closes them. */
export class RoomManager {
  readonly #services: RtcServices;
  readonly #observer: RoomObserver;
  readonly #rooms = new Map<string, Room>();
  readonly #limits: NodeLimits;
  readonly #idleCheck: Cancel;
  #isClosed = false;
  /** By former room and identity: who may come back to resume there, not knowing that it moved. */
  readonly #moved = new Map<string, Participant>();
  /** For the room that a participant was moved to last. */
  readonly #moveTokens = new WeakMap<Participant, string>();

  constructor(services: RtcServices, observer: RoomObserver) {
    this.#services = services;
    this.#observer = {
      roomCreated: (room) => observer.roomCreated(room),
      participantActive: (room, participant) => observer.participantActive(room, participant),
      participantClosed: (room, participant, wasActive) =>
        observer.participantClosed(room, participant, wasActive),
      trackPublished: (room, publisher, track) => observer.trackPublished(room, publisher, track),
      trackUnpublished: (room, publisher, track) =>
        observer.trackUnpublished(room, publisher, track),
      roomClosed: (room, reason) => {
        if (this.#rooms.get(room.name) === room) this.#rooms.delete(room.name);
        services.router.releaseRoom(room.threads.home);
        observer.roomClosed(room, reason);
      },
    };
    this.#limits = new NodeLimits({
      tracks: services.settings.maxNodeTracks,
      bytesPerSecond: services.settings.maxNodeBytesPerSecond,
      router: services.router,
      scheduler: services.scheduler,
    });
    this.#idleCheck = services.scheduler.every(IDLE_CHECK_MS, () => this.#closeExpired());
  }

  rooms(): Room[] {
    return [...this.#rooms.values()];
  }

  find(name: string): Room | undefined {
    return this.#rooms.get(name);
  }

  /** Nobody is taken any more: the server stops. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * The room of that name, made when there is none; a live one is returned as it is.
   *
   * @param wanted where a new one is to be; undefined: where the fewest are
   * @throws ServerError when the server stops, or when it asks for more than a room may have
   */
  create(request: RoomRequest, wanted?: MediaThread): Room {
    this.#checkOpen();
    const known = this.#rooms.get(request.name);
    if (known !== undefined) return known;
    const { router, settings } = this.#services;
    const options = roomOptions(request, settings);
    const thread = router.placeRoom(wanted);
    let room: Room;
    try {
      room = new Room(options, thread, this.#services, this.#observer);
    } catch (error) {
      router.releaseRoom(thread);
      throw error;
    }
    this.#rooms.set(request.name, room);
    room.log.info("Room created");
    this.#observer.roomCreated(room);
    return room;
  }

  /**
   * A room whose thread was lost goes on where there is a live one: whoever was on it was told to come
   * back. Those of other threads of the room stay there.
   *
   * @throws ServerError when no thread is live
   */
  #leaveLostThread(room: Room): void {
    const { home } = room.threads;
    if (home.isLive) return;
    const { router } = this.#services;
    const thread = router.placeRoom(room.threads.live);
    router.releaseRoom(home);
    room.threads.relocate(thread);
  }

  /** The node carries as much as it may: nobody else is to join, and no room to be made. */
  get isAtLimit(): boolean {
    return this.#limits.isReached;
  }

  get participantCount(): number {
    let count = 0;
    for (const room of this.#rooms.values()) count += room.participants().length;
    return count;
  }

  /**
   * Starts or resumes a session. What the client is to hear first is on the link when this returns.
   *
   * @returns undefined when the link was told to start afresh, and was closed
   * @throws ServerError when the room does not take this client
   */
  join(request: JoinRequest, link: SignalLink): Session | undefined {
    return this.#services.metrics.attempt(() => this.#join(request, link));
  }

  #join(request: JoinRequest, link: SignalLink): Session | undefined {
    this.#checkOpen();
    // a resume goes on with what the session has, which may have grown since its token was made
    if (!request.isReconnect) this.#checkLimits(request);
    const name = request.room.name;
    const present = this.#rooms.get(name)?.findParticipant(request.identity);
    if (request.isReconnect) {
      const canResume = present !== undefined && !present.isClosed && !present.connection.isOneShot;
      if (canResume) return this.#resume(present, request, link);
      const moved = this.#moved.get(movedKey(name, request.identity));
      if (moved !== undefined && !moved.isClosed) {
        // it lost its connection before it heard of the move: now it must, before any offer
        return this.#resume(moved, request, link, this.#moveTokens.get(moved));
      }
      refuseResume(request, link);
      return undefined;
    }
    const room = this.create(request.room);
    this.#leaveLostThread(room);
    // whoever resumes under this name and room from now on means the new session
    this.#moved.delete(movedKey(name, request.identity));
    const participant = this.#participant(request, room);
    if (!participant.isDependent && !room.hasPlaceFor(request.identity)) {
      room.threads.release(participant.thread);
      participant.transports.close();
      participant.subscriptions.close();
      throw isFull(name);
    }
    present?.close(DisconnectReason.DUPLICATE_IDENTITY);
    room.join(participant, (join) => participant.start(link, join));
    this.#services.metrics.joined();
    participant.log.info("Participant joined", {
      room: name,
      sdk: livekit.ClientInfo.SDK[request.client.sdk],
      protocol: request.client.protocol,
    });
    for (const addTrack of request.addTracks) participant.publications.addTrack(addTrack);
    if (request.offer !== undefined) {
      participant.transports.publisher.handleOffer(new livekit.SessionDescription(request.offer));
    }
    return session(participant, link);
  }

  #participant(request: JoinRequest, room: Room): Participant {
    const { claims } = request;
    return new Participant({
      fields: {
        sid: newId("PA_"),
        identity: request.identity,
        kind: kindOf(claims.kind),
        kindDetails: kindDetailsOf(claims.kindDetails),
        tokenExpiresAt: claims.expiresAt,
        tokenKind: claims.kind,
        roomPreset: claims.roomPreset,
        roomConfig: claims.roomConfig,
      },
      profile: {
        name: claims.name,
        metadata: request.metadata,
        attributes: { ...request.attributes },
        grant: request.grant,
      },
      client: new ClientProfile(request.client),
      connection: request.connection,
      isSinglePeerConnection: request.isSinglePeerConnection,
      services: this.#services,
      room,
    });
  }

  #resume(
    participant: Participant,
    { reconnectReason }: JoinRequest,
    link: SignalLink,
    moveToken?: string,
  ): Session | undefined {
    const broken = participant.disconnectOnResume;
    const isBroken =
      broken !== undefined &&
      broken.times > 0 &&
      this.#services.scheduler.nowMs() <= broken.untilMs;
    const lastSignalMs = participant.lastSignalMs;
    participant.takeOver(link);
    if (isBroken) {
      broken.times -= 1;
      if (!broken.withMessages) {
        link.close();
        return session(participant, link);
      }
    }
    participant.transports.resumed(reconnectReason);
    const room = this.#rooms.get(participant.room.name);
    room?.resume(participant, lastSignalMs, moveToken);
    this.#services.metrics.countJoin("rtc_active");
    participant.log.info("Participant resumed");
    if (isBroken) link.close();
    return session(participant, link);
  }

  #rememberMove(from: string, participant: Participant, token: string): void {
    this.#moveTokens.set(participant, token);
    this.#moved.set(movedKey(from, participant.identity), participant);
    if (this.#moved.size <= MOVED_MAX) return;
    const [oldest] = this.#moved.keys();
    this.#moved.delete(oldest!);
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new ServerError("unavailable", "the server is stopping");
  }

  #checkLimits({ metadata, attributes }: JoinRequest): void {
    const { maxMetadataBytes, maxAttributesBytes } = this.#services.settings;
    if (isLonger(metadata, maxMetadataBytes)) {
      throw new ServerError("invalid_argument", "metadata size exceeds limits");
    }
    if (maxAttributesBytes > 0 && attributesBytes(attributes) > maxAttributesBytes) {
      throw new ServerError("invalid_argument", "attribute size exceeds limits");
    }
  }

  /**
   * Takes a participant over to another room, with its connections and tracks: for those of the
   * former room it left, for those of the new one it joined. The new room is made when it may be.
   * Asking again changes nothing.
   *
   * @throws ServerError when one of them does not exist or cannot
   */
  async move(from: string, identity: string, destination: string): Promise<void> {
    assert(from !== destination, "a move leads to another room");
    if (this.#hasMoved(from, identity, destination)) return;
    const participant = this.#movable(from, identity);
    this.#checkDestination(destination, participant);
    const token = await participant.issueToken({ ...participant.grant, room: destination });
    // while the token was signed anything may have happened
    if (this.#movable(from, identity) !== participant) throw notMovable("has just been replaced");
    this.#checkDestination(destination, participant);
    const room = this.#roomFor(participant, destination);
    room.findParticipant(identity)?.close(DisconnectReason.DUPLICATE_IDENTITY);
    participant.moveTo(room, newId("PA_"));
    this.#rememberMove(from, participant, token);
    room.admit(participant, token);
  }

  /**
   * Shows a participant with its tracks in another room as well, for as long as it stays where it
   * is. The other room is made when it may be. Nothing changes for who is shown or was moved there.
   *
   * @throws ServerError when one of them does not exist or cannot
   */
  forward(from: string, identity: string, destination: string): void {
    assert(from !== destination, "forwarding leads to another room");
    if (this.#hasMoved(from, identity, destination)) return;
    const source = this.#rooms.get(from);
    const participant = source?.findParticipant(identity);
    if (source === undefined || participant === undefined) throw participantNotFound();
    const present = this.#rooms.get(destination)?.findMember(identity);
    if (present !== undefined) {
      const isForwarded = this.#rooms.get(destination)?.findGuest(identity)?.source === participant;
      if (isForwarded) return;
      const message = `${destination} has a participant of the identity ${identity} already`;
      throw new ServerError("already_exists", message);
    }
    if (source.forwardCount(participant) >= FORWARDS_MAX) {
      const message = `the participant is forwarded to ${FORWARDS_MAX} rooms already`;
      throw new ServerError("resource_exhausted", message);
    }
    this.#checkDestination(destination, participant);
    source.forward(participant, this.#roomFor(participant, destination));
  }

  /** It was moved there from here: who asks a second time may not have heard of the first. */
  #hasMoved(from: string, identity: string, destination: string): boolean {
    if (this.#rooms.get(from)?.findMember(identity) !== undefined) return false;
    const moved = this.#moved.get(movedKey(from, identity));
    return moved !== undefined && !moved.isClosed && moved.room.name === destination;
  }

  #movable(from: string, identity: string): Participant {
    const participant = this.#rooms.get(from)?.findParticipant(identity);
    if (participant === undefined) throw participantNotFound();
    // whoever has no signal connection cannot be told either
    if (!participant.client.knowsRoomMoves || participant.connection.isOneShot) {
      throw new ServerError("unknown", "participant client version does not support moving");
    }
    return participant;
  }

  #checkDestination(name: string, participant: Participant): void {
    const room = this.#rooms.get(name);
    if (room === undefined && !this.#services.settings.autoCreate) {
      throw new ServerError("not_found", "requested room does not exist");
    }
    if (room !== undefined && !participant.isDependent && !room.hasPlaceFor(participant.identity)) {
      throw isFull(name);
    }
  }

  /** That room, and, where nobody is there yet, on the participant's media thread: media need not cross. */
  #roomFor({ thread }: Participant, name: string): Room {
    const room = this.create({ name }, thread);
    const { home } = room.threads;
    if (home === thread || !room.isEmpty) return room;
    const { router } = this.#services;
    router.releaseRoom(home);
    room.threads.relocate(router.placeRoom(thread));
    return room;
  }

  #closeExpired(): void {
    const nowMs = this.#services.scheduler.nowMs();
    for (const [key, participant] of this.#moved) {
      if (participant.isClosed) this.#moved.delete(key);
    }
    for (const room of this.rooms()) {
      if (room.isExpired(nowMs)) room.close(DisconnectReason.ROOM_CLOSED);
    }
  }

  /** Ends every room, and takes nobody from then on; participants are told why. */
  close(reason: livekit.DisconnectReason): void {
    this.#isClosed = true;
    this.#idleCheck();
    this.#limits.close();
    for (const room of this.rooms()) room.close(reason);
  }
}

function session(participant: Participant, link: SignalLink): Session {
  return {
    handle(request) {
      if (participant.isClosed || !participant.isCurrentLink(link)) return;
      try {
        handleSignal(participant, request);
      } catch (error) {
        // a bug of ours: this client starts afresh, the others are not to suffer
        participant.log.error("Signal request failed", { request: request.message, error });
        participant.requireFullReconnect("a request of the client could not be handled");
      }
    },
    linkLost: () => participant.linkLost(link),
  };
}

function participantNotFound(): ServerError {
  return new ServerError("not_found", "participant does not exist");
}

function movedKey(room: string, identity: string): string {
  return JSON.stringify([room, identity]);
}

function isFull(name: string): ServerError {
  return new ServerError(
    "resource_exhausted",
    `Cannot join ${name}: it has reached max_participants`,
  );
}

function notMovable(why: string): ServerError {
  return new ServerError("failed_precondition", `the participant ${why}`);
}

/** Nobody to resume: the client joins afresh (spec-signalling 3.1). */
function refuseResume({ client }: JoinRequest, link: SignalLink): void {
  const leave = leaveMessage(
    new ClientProfile(client),
    livekit.LeaveRequest.Action.RECONNECT,
    DisconnectReason.STATE_MISMATCH,
  );
  if (leave !== undefined) link.send(new SignalFrame({ leave }));
  link.close();
}
