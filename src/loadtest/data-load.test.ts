import { expect, test } from "bun:test";
import { livekit } from "../gen/livekit.js";
import { DataLoad } from "./data-load.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import type { LoadClient } from "./load-client.ts";

const TAG = 7;
const SETTINGS = { rate: 10, byteCount: 100, isReliable: true };

/** A client whose messages are kept, and that can be told of others'. */
function fakeClient() {
  const sent: Uint8Array[] = [];
  const data = {
    onMessage: (_label: string, _bytes: Uint8Array, _nowMs: number): void => {},
    send: (_nowMs: number, _label: string, bytes: Uint8Array): boolean => {
      sent.push(bytes);
      return true;
    },
    flush: (_nowMs: number): void => {},
    bufferedBytes: (_label: string): number => 0,
  };
  return { sent, data, client: { data } as unknown as LoadClient };
}

/** As a server passes it on. */
function from(identity: string, bytes: Uint8Array): Uint8Array {
  const packet = livekit.DataPacket.decode(bytes);
  packet.participantIdentity = identity;
  return livekit.DataPacket.encode(packet).finish();
}

test("messages are sent at their rate, and counted where they arrive", () => {
  const latency = new LatencyHistogram();
  const load = new DataLoad(SETTINGS, TAG, latency);
  const sender = fakeClient();
  const receivers = [fakeClient(), fakeClient()];
  const elsewhere = fakeClient();
  load.addSender(sender.client, "room");
  for (const { client } of receivers) load.addReceiver(client, "room");
  load.addReceiver(elsewhere.client, "another room");
  load.handleTimeout(500);
  expect(sender.sent).toHaveLength(0);
  load.start(1_000);
  for (let nowMs = 1_000; nowMs < 2_000; nowMs += 2) load.handleTimeout(nowMs);
  load.stop();
  load.handleTimeout(3_000);
  expect(sender.sent).toHaveLength(10);

  const nowMs = performance.now();
  for (const bytes of sender.sent)
    receivers[0]!.data.onMessage("_reliable", from("a", bytes), nowMs);
  receivers[1]!.data.onMessage("_reliable", from("a", sender.sent[1]!), nowMs);
  receivers[1]!.data.onMessage("_reliable", from("a", sender.sent[0]!), nowMs);
  receivers[1]!.data.onMessage("_reliable", from("a", sender.sent[0]!), nowMs);
  expect(load.sums()).toEqual({
    sent: 10,
    expected: 20,
    received: 12,
    bytes: 1_200,
    duplicates: 1,
    disordered: 1,
  });
  expect(latency.summary().count).toBe(13);
});

test("who sends and receives is not to get its own, nor what another process sends", () => {
  const load = new DataLoad(SETTINGS, TAG, new LatencyHistogram());
  const both = fakeClient();
  const other = fakeClient();
  load.addSender(both.client, "room");
  load.addReceiver(both.client, "room");
  load.addReceiver(other.client, "room");
  load.start(0);
  load.handleTimeout(0);
  expect(load.sums()).toMatchObject({ sent: 1, expected: 1 });

  const foreign = new DataLoad(SETTINGS, TAG + 1, new LatencyHistogram());
  foreign.addReceiver(other.client, "room");
  other.data.onMessage("_reliable", from("a", both.sent[0]!), 0);
  expect(foreign.sums().received).toBe(0);
});

test("a long stall is not made up for all at once", () => {
  const load = new DataLoad(SETTINGS, TAG, new LatencyHistogram());
  const sender = fakeClient();
  load.addSender(sender.client, "room");
  load.start(0);
  load.handleTimeout(1_000_000);
  expect(sender.sent.length).toBeLessThanOrEqual(51);
});
