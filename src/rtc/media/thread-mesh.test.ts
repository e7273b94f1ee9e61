import { expect, test } from "bun:test";
import { FakeMediaThread } from "../../../test/support/fake-media-thread.ts";
import type { MediaCommand, ReceiverSpec } from "../../bridge/commands.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";
import { ThreadMesh } from "./thread-mesh.ts";

const PUBLISHER = 1;
const SUBSCRIBER = 2;
const RECEIVER = 10;

const SPEC: ReceiverSpec = {
  receiverId: RECEIVER,
  peerId: PUBLISHER,
  mid: "0",
  media: "video",
  codecs: [
    {
      codec: Codec.Vp8,
      payloadType: 96,
      rtxPayloadType: 97,
      fmtp: "",
      hasNack: true,
      hasPli: true,
    },
  ],
  encodings: [{ spatialLayer: 0, rid: "", ssrc: 1, rtxSsrc: 2 }],
  isScreenShare: false,
  observeAudioLevel: false,
  isMuted: false,
};

type Scene = {
  threads: FakeMediaThread[];
  mesh: ThreadMesh;
  post(thread: number, ...all: MediaCommand[]): void;
};

/** A publisher on the first of three threads, a subscriber on each of the others. */
function createScene(): Scene {
  const threads = [0, 1, 2].map((index) => new FakeMediaThread(index));
  const mesh = new ThreadMesh(threads);
  const post = (thread: number, ...all: MediaCommand[]): void => {
    for (const command of all) mesh.threads[thread]!.post(command);
  };
  const peer = { kind: "create-peer", localUfrag: "u", localPwd: "p" } as const;
  post(0, { ...peer, peerId: PUBLISHER });
  for (const thread of [1, 2]) post(thread, { ...peer, peerId: SUBSCRIBER + thread });
  const receive = { ...NO_EXTENSIONS, mid: 4 };
  post(0, { kind: "set-extensions", peerId: PUBLISHER, receive, send: NO_EXTENSIONS });
  post(0, { kind: "add-receiver", receiver: SPEC });
  for (const { commands } of threads) commands.length = 0;
  return { threads, mesh, post };
}

function subscribe(thread: number, downTrackId: number, receiverId = RECEIVER): MediaCommand {
  return {
    kind: "add-down-track",
    downTrack: {
      downTrackId,
      peerId: SUBSCRIBER + thread,
      receiverId,
      ssrc: downTrackId,
      rtxSsrc: 0,
      codecs: [{ codec: Codec.Vp8, payloadType: 96, rtxPayloadType: 0, fmtp: "" }],
      cname: "",
      isScreenShare: false,
      settings: {
        isDisabled: false,
        maxSpatialLayer: 2,
        maxTemporalLayer: 3,
        maxFrameRate: 0,
        priority: 1,
      },
    },
  };
}

const kindsOf = ({ commands }: FakeMediaThread): string[] => commands.map(({ kind }) => kind);

test("the first subscriber on a thread brings a link and a replica, as the receiver is now", () => {
  const { threads, post } = createScene();
  post(0, { kind: "mute-receiver", receiverId: RECEIVER, isMuted: true });
  post(0, { kind: "expect-layers", receiverId: RECEIVER, spatialLayer: 1 });
  post(1, subscribe(1, 20));
  expect(kindsOf(threads[1]!)).toEqual([
    "connect-thread",
    "add-replica",
    "expect-layers",
    "add-down-track",
  ]);
  expect(threads[1]!.of("add-replica")).toMatchObject([
    { thread: 0, receiver: { receiverId: RECEIVER, isMuted: true }, extensions: { mid: 4 } },
  ]);
  expect(kindsOf(threads[0]!).slice(2)).toEqual(["connect-thread", "relay-receiver"]);
  const [link] = threads[1]!.of("connect-thread");
  const [back] = threads[0]!.of("connect-thread");
  expect(link!.incoming.media).toBe(back!.outgoing.media);
  expect(link!.outgoing.data).toBe(back!.incoming.data);
  post(1, subscribe(1, 21));
  expect(threads[1]!.of("add-replica")).toHaveLength(1);
  expect(threads[2]!.commands).toEqual([]);
});

test("what changes of a receiver reaches all its replicas, and they end with it", () => {
  const { threads, mesh, post } = createScene();
  post(1, subscribe(1, 20));
  post(2, subscribe(2, 21));
  for (const { commands } of threads) commands.length = 0;
  const receive = { ...NO_EXTENSIONS, mid: 5 };
  post(
    0,
    { kind: "mute-receiver", receiverId: RECEIVER, isMuted: true },
    {
      kind: "update-receiver",
      receiverId: RECEIVER,
      codecs: SPEC.codecs,
      encodings: SPEC.encodings,
    },
    { kind: "set-extensions", peerId: PUBLISHER, receive, send: NO_EXTENSIONS },
    { kind: "remove-receiver", receiverId: RECEIVER },
  );
  for (const thread of [threads[1]!, threads[2]!]) {
    expect(kindsOf(thread)).toEqual([
      "mute-receiver",
      "update-receiver",
      "set-replica-extensions",
      "remove-receiver",
    ]);
  }
  expect(mesh.debugInfo()).toMatchObject({ receivers: 0, crossing: 0 });
  for (const { violations } of threads) expect(violations).toEqual([]);
});

test("a replica ends with the last subscriber of its thread, however that goes", () => {
  const { threads, post } = createScene();
  post(1, subscribe(1, 20), subscribe(1, 21));
  post(1, { kind: "remove-down-track", downTrackId: 20 });
  expect(threads[1]!.replicas.size).toBe(1);
  post(1, { kind: "close-peer", peerId: SUBSCRIBER + 1 });
  expect(threads[1]!.replicas.size + threads[0]!.relays.size).toBe(0);
  // and one that moves to another codec takes its replica along
  post(0, { kind: "add-receiver", receiver: { ...SPEC, receiverId: 11 } });
  post(2, subscribe(2, 22));
  const { settings } = threads[2]!.downTracks.get(22)!;
  post(2, { kind: "move-down-track", downTrackId: 22, receiverId: 11, settings });
  expect([...threads[2]!.replicas.keys()]).toEqual([11]);
  expect([...threads[0]!.relays]).toEqual(["11 2"]);
  post(0, { kind: "close-peer", peerId: PUBLISHER });
  expect(threads[2]!.replicas.size).toBe(0);
  for (const { violations } of threads) expect(violations).toEqual([]);
});

test("a data track has a replica where it is subscribed to, and its thread knows for how many", () => {
  const { threads, post } = createScene();
  post(0, { kind: "add-data-track", dataTrackId: 30, peerId: PUBLISHER, handle: 1 });
  const at = (subscriptionId: number, thread: number, handle: number): MediaCommand => ({
    kind: "subscribe-data-track",
    subscriptionId,
    dataTrackId: 30,
    peerId: SUBSCRIBER + thread,
    handle,
  });
  post(1, at(40, 1, 1));
  post(2, at(41, 2, 1));
  expect([...threads[0]!.dataRelays]).toEqual([
    ["30 1", 1],
    ["30 2", 1],
  ]);
  post(1, { kind: "unsubscribe-data-track", subscriptionId: 40 });
  expect([...threads[0]!.dataRelays.keys()]).toEqual(["30 2"]);
  expect(threads[1]!.dataTrackReplicas.size).toBe(0);
  post(0, { kind: "remove-data-track", dataTrackId: 30 });
  expect(threads[2]!.dataTrackReplicas.size).toBe(0);
  for (const { violations } of threads) expect(violations).toEqual([]);
});

test("threads are linked once, and anew after one of them was lost", () => {
  const { threads, mesh, post } = createScene();
  const others = (thread: number) => [{ thread, members: 1 }];
  const tell = (): void => {
    post(0, { kind: "set-room-threads", roomId: 1, others: others(1) });
    post(1, { kind: "set-room-threads", roomId: 1, others: others(0) });
  };
  tell();
  tell();
  expect(threads.map((thread) => thread.of("connect-thread").length)).toEqual([1, 1, 0]);
  mesh.threadLost(2);
  tell();
  expect(threads.map((thread) => thread.of("connect-thread").length)).toEqual([1, 1, 0]);
  mesh.threadLost(1);
  tell();
  expect(threads.map((thread) => thread.of("connect-thread").length)).toEqual([2, 2, 0]);
  const [first, second] = threads[0]!.of("connect-thread");
  expect(second!.outgoing.media).not.toBe(first!.outgoing.media);
});
