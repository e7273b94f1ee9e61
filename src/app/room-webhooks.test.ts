import { expect, test } from "bun:test";
import { TestRooms } from "../../test/support/test-room.ts";
import { livekit } from "../gen/livekit.js";
import { writeProtoJson } from "../protobuf/proto-json.ts";
import type { RoomEvent } from "../telemetry/webhook/webhook-notifier.ts";
import { roomWebhooks } from "./room-webhooks.ts";

const { State } = livekit.ParticipantInfo;
const { DisconnectReason } = livekit;

/** Rooms whose events are written down, and compared with what a read would say at that moment. */
class WatchedRooms {
  readonly events: RoomEvent[] = [];
  readonly rooms: TestRooms;

  constructor({ isRoomFull = false } = {}) {
    const notify = (room: string, event: RoomEvent): void => {
      this.events.push(event);
      this.#compare(room, event);
    };
    this.rooms = new TestRooms({}, roomWebhooks({ notify }, isRoomFull));
  }

  get names(): string[] {
    return this.events.map(({ event, participant }) =>
      participant ? `${event} ${participant.identity}` : event,
    );
  }

  /** A service may ask the API as soon as it hears: it is to find what it heard. */
  #compare(name: string, { event, room, participant, track }: RoomEvent): void {
    const live = this.rooms.rooms.find(name);
    const here = live?.findParticipant(participant?.identity ?? "");
    const tracks = here?.info().tracks?.map(({ sid }) => sid);
    if (event === "room_finished") {
      expect(live?.sid).not.toBe(room!.sid!);
      return;
    }
    expect(live?.sid).toBe(room!.sid!);
    if (event === "room_started" || event.startsWith("participant_")) {
      expect(JSON.stringify(room)).toBe(JSON.stringify(live!.info()));
    }
    switch (event) {
      case "participant_joined":
        expect(here?.state).toBe(State.ACTIVE);
        expect(JSON.stringify(participant)).toBe(JSON.stringify(here!.info()));
        break;
      case "participant_left":
      case "participant_connection_aborted":
        expect(here?.sid).not.toBe(participant!.sid!);
        expect(live!.participants().some(({ sid }) => sid === participant!.sid)).toBe(false);
        break;
      case "track_published":
        expect(tracks).toContain(track!.sid!);
        expect(live!.findTrack(track!.sid!)).toBeDefined();
        break;
      case "track_unpublished":
        expect(tracks ?? []).not.toContain(track!.sid!);
        expect(live!.findTrack(track!.sid!)).toBeUndefined();
        break;
      default:
        break;
    }
  }
}

test("a session is told from the first participant to the end of its room", () => {
  const { rooms, events } = new WatchedRooms();
  const a = rooms.join("a").connect();
  const sid = a.publish("cam");
  a.unpublish("cam");
  a.send({ leave: {} });
  rooms.advance(60_000);
  expect(events.map(({ event }) => event)).toEqual([
    "room_started",
    "participant_joined",
    "track_published",
    "track_unpublished",
    "participant_left",
    "room_finished",
  ]);
  const [, joined, published, , left, finished] = events;
  expect(joined!.participant).toMatchObject({ identity: "a", state: State.ACTIVE });
  expect(published!.room).toMatchObject({ name: "demo" });
  expect(Object.keys(JSON.parse(writeProtoJson(livekit.Room, published!.room!)))).toEqual([
    "sid",
    "name",
  ]);
  expect(JSON.parse(writeProtoJson(livekit.ParticipantInfo, published!.participant!))).toEqual({
    sid: a.sid,
    identity: "a",
  });
  expect(published!.track).toMatchObject({ sid, name: "cam" });
  expect(left!.participant).toMatchObject({
    state: State.DISCONNECTED,
    disconnectReason: DisconnectReason.CLIENT_INITIATED,
  });
  expect(finished!.roomEndReason).toBe(livekit.RoomEndReason.ROOM_END_IDLE_TIMEOUT);
});

test("one who leaves with tracks has them unpublished first", () => {
  const watched = new WatchedRooms();
  const a = watched.rooms.join("a").connect();
  a.publish("cam");
  a.publish("mic", { type: livekit.TrackType.AUDIO });
  a.participant.close(DisconnectReason.PARTICIPANT_REMOVED);
  expect(watched.names.slice(-3)).toEqual([
    "track_unpublished a",
    "track_unpublished a",
    "participant_left a",
  ]);
});

test("one that was never there is aborted; its successor of the same name is told of after it", () => {
  const watched = new WatchedRooms();
  watched.rooms.join("a");
  watched.rooms.join("a").connect();
  expect(watched.names).toEqual([
    "room_started",
    "participant_connection_aborted a",
    "participant_joined a",
  ]);
});

test("hidden participants are told of, a resume is not, a full reconnect is left and joined", () => {
  const watched = new WatchedRooms();
  const a = watched.rooms.join("a", { video: { hidden: true } }).connect();
  a.drop();
  a.resume();
  expect(watched.names).toEqual(["room_started", "participant_joined a"]);
  a.send({ simulate: { migration: true } });
  watched.rooms.join("a").connect();
  expect(watched.names.slice(2)).toEqual(["participant_left a", "participant_joined a"]);
});

test.each([
  ["ROOM_DELETED", "ROOM_END_API_DELETE"],
  ["SERVER_SHUTDOWN", "ROOM_END_SERVER_SHUTDOWN"],
  ["ROOM_CLOSED", "ROOM_END_IDLE_TIMEOUT"],
] as const)("a room that ends by %s has everybody left before, and says %s", (reason, told) => {
  const watched = new WatchedRooms();
  for (const identity of ["a", "b"]) watched.rooms.join(identity).connect();
  watched.rooms.room().close(DisconnectReason[reason]);
  expect(watched.names.slice(-3)).toEqual([
    "participant_left a",
    "participant_left b",
    "room_finished",
  ]);
  expect(watched.events.at(-1)?.roomEndReason).toBe(livekit.RoomEndReason[told]);
});

test("the configuration may ask for the whole room with tracks", () => {
  const watched = new WatchedRooms({ isRoomFull: true });
  watched.rooms.join("a").connect().publish("cam");
  expect(watched.events.at(-1)).toMatchObject({
    event: "track_published",
    room: { name: "demo", numParticipants: 1, numPublishers: 1 },
  });
});
