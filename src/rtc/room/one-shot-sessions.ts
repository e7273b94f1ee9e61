import { ServerError } from "../../base/errors.ts";
import { newId } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import type { Scheduler } from "../../base/scheduler.ts";
import { livekit } from "../../gen/livekit.js";
import { isAnswerable, type OneShotOffer } from "../negotiation/one-shot-offer.ts";
import type { ConnectionSettings } from "../participant/client.ts";
import { clientConfiguration } from "../participant/client-configuration.ts";
import { negotiablePublishCodecs } from "../participant/codecs.ts";
import type { Participant } from "../participant/participant.ts";
import type { SignalFrame } from "../signal/signal-frame.ts";
import type { SignalLink } from "../signal/signal-link.ts";
import type { Room } from "./room.ts";
import type { JoinRequest, RoomManager } from "./room-manager.ts";

const { DisconnectReason } = livekit;

/** How often tracks that a client waits for are looked for, and for how long (spec-signalling 1.8). */
const TRACKS_POLL_MS = 50;
const TRACKS_TIMEOUT_MS = 15_000;

/** What a join says besides what a session without signal connection makes of it. */
export type OneShotJoin = Omit<
  JoinRequest,
  | "isReconnect"
  | "reconnectReason"
  | "isSinglePeerConnection"
  | "addTracks"
  | "offer"
  | "connection"
>;

export type OneShotOptions = {
  /** Names of tracks, by the identity of their publisher, that the answer has to carry. */
  readonly trackNames: ReadonlyMap<string, readonly string[]>;
  /** The client gave up waiting for its answer. */
  readonly signal: AbortSignal;
};

export type OneShotAnswer = {
  readonly participant: Participant;
  readonly sdp: string;
  readonly iceServers: readonly livekit.IICEServer[];
};

const ONE_SHOT = {
  isReconnect: false,
  reconnectReason: livekit.ReconnectReason.RR_UNKNOWN,
  isSinglePeerConnection: true,
  addTracks: [],
  offer: undefined,
} as const;

/**
 * Participants whose signalling is one exchange of offer and answer, as WHIP has it: in the room
 * they are like any other (spec-signalling 1.8).
 */
export class OneShotSessions {
  readonly #rooms: RoomManager;
  readonly #scheduler: Scheduler;
  readonly #log: Log;

  constructor(rooms: RoomManager, scheduler: Scheduler, log: Log) {
    this.#rooms = rooms;
    this.#scheduler = scheduler;
    this.#log = log;
  }

  /**
   * Joins, publishes what is offered, and answers once the tracks that the client waits for are
   * there. Without an answer nobody has joined.
   *
   * @throws ServerError when the room does not take this client, or a track does not turn up
   */
  async create(
    request: OneShotJoin,
    offer: OneShotOffer,
    { trackNames, signal }: OneShotOptions,
  ): Promise<OneShotAnswer> {
    this.#checkAnswerable(request, offer);
    const link = new JoinLink();
    this.#rooms.join({ ...request, ...ONE_SHOT, connection: connectionOf(offer) }, link);
    const room = this.#rooms.find(request.room.name);
    const participant = room?.findParticipant(request.identity);
    if (room === undefined || participant === undefined) {
      throw new ServerError("unavailable", "Cannot join: the participant left at once");
    }
    try {
      await this.#awaitTracks(room, participant, trackNames, signal);
      const sdp = answer(participant, offer);
      return { participant, sdp, iceServers: link.iceServers };
    } catch (error) {
      participant.close(DisconnectReason.JOIN_FAILURE);
      if (!(error instanceof ServerError)) {
        this.#log.error("One-shot join failed", { room: room.name, error });
        throw new ServerError("internal", "internal error", { cause: error });
      }
      throw error;
    }
  }

  /** Joining ends the identity's former session: not for an offer that comes to nothing. */
  #checkAnswerable({ identity, room, client }: OneShotJoin, offer: OneShotOffer): void {
    const present = this.#rooms.find(room.name)?.findParticipant(identity);
    if (present === undefined) return;
    const disabled = clientConfiguration(client, false)?.disabledCodecs;
    const enabled = negotiablePublishCodecs(present.room.enabledCodecs, {
      codecs: disabled?.codecs ?? [],
      publish: disabled?.publish ?? [],
    });
    const named = enabled.map(({ mime, fmtpLine }) => ({
      mime: mime ?? "",
      fmtpLine: fmtpLine ?? "",
    }));
    if (!isAnswerable(offer, named)) throw noCommonCodec();
  }

  /** The identity's session in that room; undefined when there is none without signal connection. */
  find(roomName: string, identity: string): Participant | undefined {
    const participant = this.#rooms.find(roomName)?.findParticipant(identity);
    return participant?.connection.isOneShot === true ? participant : undefined;
  }

  /** Tracks are published and subscribed to by others' requests: there is nothing else to wait on. */
  #awaitTracks(
    room: Room,
    participant: Participant,
    trackNames: OneShotOptions["trackNames"],
    signal: AbortSignal,
  ): Promise<void> {
    if (trackNames.size === 0) return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = (): void => {
      if (participant.isClosed || signal.aborted) {
        reject(new ServerError("canceled", "Cannot join: the session ended before its answer"));
      } else if (hasTracks(room, participant, trackNames)) resolve();
    };
    const cancelPoll = this.#scheduler.every(TRACKS_POLL_MS, look);
    const cancelTimeout = this.#scheduler.after(TRACKS_TIMEOUT_MS, () =>
      reject(new ServerError("deadline_exceeded", "request timed out")),
    );
    look();
    return promise.finally(() => {
      cancelPoll();
      cancelTimeout();
    });
  }
}

/** Without a section to receive on, subscriptions would wait for one until the end. */
function connectionOf({ isReceiving }: OneShotOffer): ConnectionSettings {
  return {
    isAutoSubscribe: isReceiving,
    isAutoSubscribeDataTrack: false,
    isAdaptiveStream: false,
    allowPause: undefined,
    isOneShot: true,
  };
}

function hasTracks(
  room: Room,
  participant: Participant,
  trackNames: OneShotOptions["trackNames"],
): boolean {
  for (const [identity, names] of trackNames) {
    const tracks = room.findParticipant(identity)?.publications.tracks() ?? [];
    for (const name of names) {
      const track = tracks.find(({ info }) => info.name === name);
      if (track === undefined || !participant.subscriptions.isPlaced(track.sid)) return false;
    }
  }
  return true;
}

function answer(participant: Participant, offer: OneShotOffer): string {
  for (const track of offer.tracks) participant.publications.addTrack(track);
  const result = participant.transports.publisher.answerOnce(offer.sdp);
  if (result.kind === "refused") {
    throw new ServerError("invalid_argument", `unusable SDP offer: ${result.detail}`);
  }
  if (result.mids.length > 0) return result.sdp;
  throw noCommonCodec();
}

function noCommonCodec(): ServerError {
  return new ServerError("invalid_argument", "unusable SDP offer: no section has a codec of ours");
}

/** Keeps what the answer needs of the join response; there is nobody to tell the rest to. */
class JoinLink implements SignalLink {
  readonly connectionId: string = newId("CO_");
  iceServers: readonly livekit.IICEServer[] = [];
  #hasJoined = false;

  /** The join response comes first; decoding what follows would be for nobody. */
  send(frame: SignalFrame): void {
    if (this.#hasJoined) return;
    this.#hasJoined = true;
    this.iceServers = frame.message.join?.iceServers ?? [];
  }

  close(): void {}
}
