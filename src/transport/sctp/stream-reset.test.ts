import { expect, test } from "bun:test";
import { u16 } from "../../wire/bytes.ts";
import {
  type ReconfigParam,
  ReconfigResult,
  readReconfigParam,
  writeOutgoingReset,
  writeReconfigResponse,
} from "../../wire/sctp/reconfig-chunk.ts";
import { EventQueue } from "./event-queue.ts";
import { InboundData } from "./inbound-data.ts";
import { OutboundStreams } from "./outbound-streams.ts";
import { StreamReset } from "./stream-reset.ts";

const PEER_TSN = 0xffff_fffe;
const OUR_TSN = 0xffff_fffd;

function create() {
  const events = new EventQueue();
  const streams = new OutboundStreams(events, 1_000_000);
  const reset = new StreamReset(events, streams, OUR_TSN, PEER_TSN, true);
  const inbound = new InboundData(events, PEER_TSN, {
    capacityBytes: 100_000,
    messageBytesMax: 1000,
    packetBytes: 1000,
    isInterleaved: false,
  });
  const bytes = new Uint8Array(1000);
  /** What it has to say at that time. */
  const polled = (nowMs: number): (ReconfigParam | undefined)[] => {
    reset.handleTimeout(nowMs);
    const end = reset.write(nowMs, bytes, 0, bytes.length, OUR_TSN, 300);
    const list: (ReconfigParam | undefined)[] = [];
    for (let at = 0; at < end; at += (u16(bytes, at + 2) + 3) & ~3) {
      list.push(readReconfigParam(bytes, at + 4, u16(bytes, at + 6)));
    }
    return list;
  };
  const respond = (sequence: number, result: ReconfigResult): void => {
    reset.handleChunk(bytes, 0, writeReconfigResponse(bytes, 0, sequence, result), inbound);
  };
  const request = (sequence: number, lastTsn: number, ...streamIds: number[]): void => {
    const end = writeOutgoingReset(bytes, 0, sequence, 0, lastTsn, streamIds);
    reset.handleChunk(bytes, 0, end, inbound);
  };
  /** An incoming reset request: the peer asks us to reset what we send. */
  const requestOurs = (sequence: number, ...streamIds: number[]): void => {
    writeOutgoingReset(bytes, 0, sequence, streamIds[0] ?? 0, 0, []);
    const length = 12 + 2 * streamIds.length;
    bytes.set([130, 0, 0, length, 0, 14, 0, length - 4], 0);
    for (const [i, streamId] of streamIds.entries()) bytes.set([0, streamId], 12 + 2 * i);
    reset.handleChunk(bytes, 0, length, inbound);
  };
  /** The peer gives up all its data up to the TSN, as good as its arrival. */
  const advanceTo = (tsn: number): void => {
    inbound.forward(tsn, bytes, 0, 0);
    reset.handleProgress(inbound);
  };
  const resets = (): string[] => {
    const list: string[] = [];
    for (let event = events.shift(); event; event = events.shift()) {
      if (event.kind === "streams-reset") list.push(`${event.direction} ${event.streamIds}`);
    }
    return list;
  };
  const want = (streamId: number): void => {
    streams.open(streamId).isResetting = true;
    reset.want(streamId);
  };
  return { reset, streams, polled, respond, request, requestOurs, advanceTo, resets, want };
}

test("A request is repeated under its number, and after 'in progress' under the next", () => {
  const { want, polled, respond, resets } = create();
  want(3);
  expect(polled(0)).toMatchObject([{ requestSequence: OUR_TSN, streamIds: [3] }]);
  expect(polled(300)).toMatchObject([{ requestSequence: OUR_TSN }]);
  respond(OUR_TSN, ReconfigResult.InProgress);
  expect(polled(301)).toEqual([]);
  expect(polled(10_000)).toMatchObject([{ requestSequence: OUR_TSN + 1, streamIds: [3] }]);
  respond(OUR_TSN, ReconfigResult.Performed);
  expect(resets()).toEqual([]);
  respond(OUR_TSN + 1, ReconfigResult.Performed);
  expect(resets()).toEqual(["outgoing 3"]);
  want(4);
  expect(polled(20_000)).toMatchObject([{ requestSequence: 0xffff_ffff, streamIds: [4] }]);
});

test("The late answer to a request that was in progress leaves no hole in the numbers", () => {
  const { want, polled, respond, resets } = create();
  want(3);
  polled(0);
  respond(OUR_TSN, ReconfigResult.InProgress);
  respond(OUR_TSN, ReconfigResult.Performed);
  expect(resets()).toEqual(["outgoing 3"]);
  want(4);
  expect(polled(20_000)).toMatchObject([{ requestSequence: OUR_TSN + 1, streamIds: [4] }]);
});

test("A peer that asks again under a new number after 'in progress' resets its streams once", () => {
  const { request, polled, advanceTo, resets } = create();
  request(PEER_TSN, 1, 5);
  expect(polled(0)).toMatchObject([{ responseSequence: PEER_TSN, result: 6 }]);
  advanceTo(1);
  expect(polled(0)).toMatchObject([{ responseSequence: PEER_TSN, result: 1 }]);
  expect(resets()).toEqual(["incoming 5"]);
  // It had not waited for that answer, and the stream may be in use again.
  request(PEER_TSN + 1, 1, 5);
  expect(polled(0)).toMatchObject([{ responseSequence: 0xffff_ffff, result: 1 }]);
  expect(resets()).toEqual([]);
  // Another one is another one.
  request(0, 1, 5);
  expect(polled(0)).toMatchObject([{ responseSequence: 0, result: 1 }]);
  expect(resets()).toEqual(["incoming 5"]);
});

test("When the peer asks for a reset that is under way there is one, not two", () => {
  const { want, streams, requestOurs, polled, respond, resets } = create();
  want(3);
  expect(polled(0)).toMatchObject([{ requestSequence: OUR_TSN, streamIds: [3] }]);
  requestOurs(PEER_TSN, 3);
  expect(polled(1)).toMatchObject([{ responseSequence: PEER_TSN, result: 0 }]);
  respond(OUR_TSN, ReconfigResult.Performed);
  expect(resets()).toEqual(["outgoing 3"]);
  streams.open(3);
  expect(polled(2)).toEqual([]);
});

test("The peer may ask for the reset of all streams by naming none", () => {
  const { streams, requestOurs, polled } = create();
  streams.open(1);
  streams.open(7);
  requestOurs(PEER_TSN);
  expect(polled(0)).toMatchObject([
    { responseSequence: PEER_TSN, result: 1 },
    { kind: "outgoing-reset", streamIds: [1, 7] },
  ]);
});
