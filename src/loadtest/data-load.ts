import { livekit } from "../gen/livekit.js";
import { DataReceipts } from "./data-receipts.ts";
import type { LatencyHistogram } from "./latency-histogram.ts";
import type { LoadClient } from "./load-client.ts";
import type { LoadPlan } from "./load-plan.ts";
import { readUserPacket, userPacket } from "./user-packets.ts";

/** Above this many bytes that the server has not acknowledged, a sender waits. */
const BUFFERED_MAX = 1 << 20;
/** Messages that one turn makes up for; what a longer stall missed is not sent. */
const CATCH_UP_MAX = 50;

export type DataSums = {
  readonly sent: number;
  /** Sent, times those who are to get it. */
  readonly expected: number;
  readonly received: number;
  readonly bytes: number;
  readonly duplicates: number;
  readonly disordered: number;
};

type Sender = {
  readonly client: LoadClient;
  readonly room: string;
  sent: number;
  /** When the next message is due. */
  nextMs: number;
};

type Receiver = {
  readonly client: LoadClient;
  readonly room: string;
  readonly receipts: Map<string, DataReceipts>;
};

/** Who sends data messages in a load test, and what the others get of them. */
export class DataLoad {
  readonly #settings: LoadPlan["data"];
  readonly #processTag: number;
  readonly #latency: LatencyHistogram;
  readonly #senders: Sender[] = [];
  readonly #receivers: Receiver[] = [];
  #isSending = false;

  constructor(settings: LoadPlan["data"], processTag: number, latency: LatencyHistogram) {
    this.#settings = settings;
    this.#processTag = processTag;
    this.#latency = latency;
  }

  addSender(client: LoadClient, room: string): void {
    this.#senders.push({ client, room, sent: 0, nextMs: 0 });
  }

  /** Before the first message is sent. */
  addReceiver(client: LoadClient, room: string): void {
    const receipts = new Map<string, DataReceipts>();
    this.#receivers.push({ client, room, receipts });
    client.data.onMessage = (_label, bytes, nowMs) => {
      const message = readUserPacket(bytes);
      // another load test may run in the same room
      if (message === undefined || message.processTag !== this.#processTag) return;
      let own = receipts.get(message.sender);
      if (own === undefined) {
        if (receipts.size > this.#senders.length) return;
        own = new DataReceipts();
        receipts.set(message.sender, own);
      }
      own.add(message.index, message.byteCount);
      this.#latency.add(nowMs - message.sentMs);
    };
  }

  /** @param nowMs of the process, from which on messages are sent at their rate */
  start(nowMs: number): void {
    this.#isSending = true;
    const stepMs = 1000 / this.#settings.rate / Math.max(1, this.#senders.length);
    for (const [index, sender] of this.#senders.entries()) sender.nextMs = nowMs + index * stepMs;
  }

  stop(): void {
    this.#isSending = false;
  }

  /** To be called every millisecond or two. */
  handleTimeout(nowMs: number): void {
    if (!this.#isSending) return;
    for (const sender of this.#senders) this.#sendDue(sender, nowMs);
  }

  sums(): DataSums {
    let sent = 0;
    let expected = 0;
    for (const { client, room, sent: count } of this.#senders) {
      sent += count;
      const others = this.#receivers.filter(
        (receiver) => receiver.room === room && receiver.client !== client,
      );
      expected += count * others.length;
    }
    const sums = { sent, expected, received: 0, bytes: 0, duplicates: 0, disordered: 0 };
    for (const { receipts } of this.#receivers) {
      for (const each of receipts.values()) {
        sums.received += each.received;
        sums.bytes += each.bytes;
        sums.duplicates += each.duplicates;
        sums.disordered += each.disordered;
      }
    }
    return sums;
  }

  #sendDue(sender: Sender, nowMs: number): void {
    const { rate, byteCount, isReliable } = this.#settings;
    const { data } = sender.client;
    const { RELIABLE, LOSSY } = livekit.DataPacket.Kind;
    const label = isReliable ? "_reliable" : "_lossy";
    const stepMs = 1000 / rate;
    sender.nextMs = Math.max(sender.nextMs, nowMs - CATCH_UP_MAX * stepMs);
    for (; sender.nextMs <= nowMs; sender.nextMs += stepMs) {
      if (data.bufferedBytes(label) > BUFFERED_MAX) continue;
      const sentMs = performance.now();
      const packet = userPacket({
        sequence: sender.sent + 1,
        kind: isReliable ? RELIABLE : LOSSY,
        index: sender.sent,
        processTag: this.#processTag,
        nowMs: sentMs,
        byteCount,
      });
      if (!data.send(sentMs, label, packet)) continue;
      sender.sent += 1;
    }
    data.flush(nowMs);
  }
}
