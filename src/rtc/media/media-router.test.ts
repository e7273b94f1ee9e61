import { expect, test } from "bun:test";
import { FakeMediaThread } from "../../../test/support/fake-media-thread.ts";
import { IDLE_LOAD } from "../../../test/support/idle-load.ts";
import type { MediaCounters } from "../../bridge/events.ts";
import { DataCounters } from "../../media/data/data-counters.ts";
import { MediaRouter } from "./media-router.ts";

const COUNTERS: MediaCounters = {
  packetsIn: 1,
  bytesIn: 2,
  packetsOut: 3,
  bytesOut: 4,
  retransmitsOut: 0,
  retransmitBytesOut: 0,
  refusedOut: 0,
  bugs: 0,
  relayPacketsOut: 0,
  relayPacketsIn: 0,
  relayDropped: 0,
  nacksIn: 0,
  nacksOut: 0,
  plisIn: 0,
  plisOut: 0,
  peers: 0,
  receivers: 0,
  downTracks: 0,
  load: IDLE_LOAD,
  sockets: { refused: 0, bufferFull: 0, silenced: 0, receiveDrops: 0 },
  data: new DataCounters(),
  dropped: [],
  mediaPacketsIn: 0,
  mediaBytesIn: 0,
  firsIn: 0,
  forwarding: { counts: [], packets: 0, sumMs: 0, squareSumMs: 0 },
};

test("rooms go to the thread with the fewest, and places are given back", () => {
  const threads = [0, 1, 2].map((index) => new FakeMediaThread(index));
  const router = new MediaRouter(threads);
  const placed = [1, 2, 3, 4].map(() => router.placeRoom().index);
  expect(placed).toEqual([0, 1, 2, 0]);
  router.releaseRoom(threads[1]!);
  expect(router.placeRoom().index).toBe(1);
  expect(router.debugInfo()).toMatchObject({ roomsByThread: [2, 1, 1] });
});

test("the sums of a thread that was lost stay, and what was on it does not", () => {
  const threads = [new FakeMediaThread(0), new FakeMediaThread(1)];
  const router = new MediaRouter(threads);
  const report = (index: number) =>
    threads[index]!.emit({
      kind: "statistics-report",
      counters: { ...COUNTERS, packetsIn: 5, peers: 2, dropped: [1, 2] },
    });
  const sum = (read: (counters: MediaCounters) => number) =>
    router.counters().reduce((total, counters) => total + read(counters), 0);
  report(0);
  report(1);
  for (let i = 0; i < 3; i++) {
    threads[1]!.emit({ kind: "thread-lost" });
    expect([sum((c) => c.packetsIn), sum((c) => c.peers)]).toEqual([10 + 5 * i, 2]);
    report(1);
  }
  expect([sum((c) => c.dropped[1]!), router.counters().length]).toEqual([10, 3]);
});

test("ids are never given twice", () => {
  const router = new MediaRouter([new FakeMediaThread()]);
  const ids = Array.from({ length: 100 }, () => router.newId());
  expect(new Set(ids).size).toBe(100);
  expect(Math.min(...ids)).toBe(1);
});

test("events reach who they are about, and nobody once it is gone", () => {
  const thread = new FakeMediaThread();
  const router = new MediaRouter([thread]);
  const heard: string[] = [];
  const note = (name: string) => (first?: unknown) => {
    heard.push(first === undefined || typeof first === "object" ? name : `${name} ${first}`);
  };
  router.addPeer(1, {
    thread,
    onThreadLost: note("lost"),
    onIceConnected: note("ice"),
    onConnected: note("connected"),
    onFailed: (detail, canResume) => heard.push(`failed ${detail} ${canResume}`),
    onLoss: (fractionLost, rttMs) => heard.push(`loss ${fractionLost} ${rttMs}`),
    onDataChannelOpen: note("open"),
    onDataChannelFailed: note("data failed"),
  });
  router.addDataMember(4, {
    onRpcAnswered: ({ length }) => heard.push(`answer ${length}`),
    onSequence: note("sequence"),
  });
  router.addReceiver(2, {
    onStreamStarted: note("started"),
    onLayersChanged: note("layers"),
    onVideoSize: note("size"),
    onAudioLevel: note("level"),
    onQuality: note("receiver quality"),
  });
  router.addDownTrack(3, { onForwarding: note("forwarding"), onQuality: note("down quality") });
  const emitAll = (): void => {
    thread.emit({ kind: "peer-ice-connected", peerId: 1, protocol: "udp" });
    thread.emit({ kind: "peer-connected", peerId: 1 });
    thread.emit({ kind: "peer-failed", peerId: 1, reason: "dtls", detail: "why" });
    thread.emit({ kind: "peer-failed", peerId: 1, reason: "ice-timeout", detail: "why" });
    thread.emit({ kind: "loss-report", peerId: 1, fractionLost: 9, rttMs: 8 });
    thread.emit({ kind: "data-channel-open", peerId: 1, label: "_lossy", isReliable: false });
    thread.emit({ kind: "data-channel-failed", peerId: 1 });
    thread.emit({ kind: "rpc-answered", memberId: 4, bytes: new Uint8Array(3) });
    thread.emit({ kind: "data-sequences", memberIds: [5, 4], highest: [6, 7] });
    const stream = { receiverId: 2, spatialLayer: 0, rid: "", ssrc: 1, codec: 1 } as const;
    thread.emit({ kind: "stream-started", ...stream });
    thread.emit({ kind: "layers-changed", receiverId: 2, availableLayers: [0] });
    thread.emit({
      kind: "video-size-changed",
      receiverId: 2,
      spatialLayer: 1,
      width: 2,
      height: 3,
    });
    thread.emit({ kind: "audio-levels", levels: [{ receiverId: 2, level: 0.5 }] });
    thread.emit({
      kind: "forwarding-changed",
      downTrackId: 3,
      spatialLayer: 1,
      streamState: "active",
    });
    thread.emit({
      kind: "quality-report",
      receivers: [{ receiverId: 2, score: 7 }],
      downTracks: [{ downTrackId: 3, score: 8 }],
    });
    thread.emit({ kind: "statistics-report", counters: COUNTERS });
  };
  emitAll();
  expect(heard).toEqual([
    "ice udp",
    "connected",
    "failed dtls: why false",
    "failed ice-timeout: why true",
    "loss 9 8",
    "open _lossy",
    "data failed",
    "answer 3",
    "sequence 7",
    "started",
    "layers",
    "size 1",
    "level 0.5",
    "forwarding 1",
    "receiver quality 7",
    "down quality 8",
  ]);
  heard.length = 0;
  router.removePeer(1);
  router.removeReceiver(2);
  router.removeDownTrack(3);
  router.removeDataMember(4);
  emitAll();
  expect(heard).toEqual([]);
  expect(router.counters()).toEqual([COUNTERS]);
});

test("a router needs a thread", () => {
  expect(() => new MediaRouter([])).toThrow("needs a media thread");
});
