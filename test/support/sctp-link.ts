import { assert } from "../../src/base/assert.ts";
import { u16 } from "../../src/wire/bytes.ts";
import { padded4 } from "../../src/wire/sctp/bytes.ts";
import { ChunkType } from "../../src/wire/sctp/chunk-type.ts";

/** What the link needs of an endpoint: an association, or data channels over one. */
export type LinkEnd = {
  handlePacket(nowMs: number, bytes: Uint8Array): unknown;
  handleTimeout(nowMs: number): void;
  pollTimeout(): number;
  pollTransmit(nowMs: number, out: Uint8Array): number;
  readonly mayTransmit?: boolean;
};

export type LinkOptions = {
  readonly seed?: number;
  /** One way, in ms. */
  readonly delayMs?: number;
  /** Each packet is late by up to this much more: packets overtake each other. */
  readonly jitterMs?: number;
  /** 0..1. */
  readonly loss?: number;
  readonly duplication?: number;
  /** Each way carries no more than this, shared by all pairs; packets queue up before it. */
  readonly bytesPerMs?: number;
  /** A packet that would wait longer is lost. */
  readonly queueMs?: number;
  /** Ends are asked for packets only after something happened to them, and while they say they have one. */
  readonly asksOnlyWhenTold?: boolean;
  /** Sees every packet before the dice; false loses it. */
  readonly passes?: (packet: Uint8Array, isFromA: boolean) => boolean;
};

type Flight = {
  readonly atMs: number;
  readonly order: number;
  readonly to: LinkEnd;
  readonly bytes: Uint8Array;
};

/** A small seeded generator (mulberry32): 0..2^32-1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** True when the packet carries a chunk of one of the types. */
export function hasChunk(packet: Uint8Array, ...types: readonly number[]): boolean {
  for (let at = 12; at + 4 <= packet.length; at += padded4(u16(packet, at + 2))) {
    if (types.includes(packet[at]!)) return true;
  }
  return false;
}

/** True for a packet with user data, of either kind. */
export function hasData(packet: Uint8Array): boolean {
  return hasChunk(packet, ChunkType.Data, ChunkType.IData);
}

/** Pairs of endpoints, a lossy path between them, and a clock that jumps from event to event. */
export class SctpLink {
  readonly #pairs: [a: LinkEnd, b: LinkEnd][] = [];
  nowMs = 0;
  /** Datagrams handed to the link, by sender. */
  sentByA = 0;
  sentByB = 0;
  /** How long a packet from an A waits at the bottleneck when it is sent now. */
  get queuedMs(): number {
    return Math.max(0, this.#freeAtMs[0] - this.nowMs);
  }
  /** When the bottleneck has sent all it holds, from As and from Bs. */
  readonly #freeAtMs: [number, number] = [0, 0];
  readonly #options: LinkOptions;
  readonly #random: () => number;
  readonly #out: Uint8Array = new Uint8Array(2048);
  readonly #flights: Flight[] = [];
  #order = 0;
  /** Called after each step, before anything is sent, to drain events as an owner would. */
  onStep: () => void = () => {};

  constructor(a: LinkEnd, b: LinkEnd, options: LinkOptions = {}) {
    this.#pairs.push([a, b]);
    this.#options = options;
    this.#random = seededRandom(options.seed ?? 1);
  }

  /** A further pair that shares the path. */
  add(a: LinkEnd, b: LinkEnd): void {
    this.#pairs.push([a, b]);
  }

  /** Sends what both have to send, without letting time pass. */
  pump(): void {
    this.onStep();
    for (const [a, b] of this.#pairs) {
      this.#pumpOne(a, b, true);
      this.#pumpOne(b, a, false);
    }
  }

  #pumpOne(end: LinkEnd, other: LinkEnd, isFromA: boolean): void {
    for (let n = this.#poll(end); n > 0; n = this.#poll(end)) {
      if (isFromA) this.sentByA += 1;
      else this.sentByB += 1;
      this.#launch(this.#out.slice(0, n), other, isFromA);
    }
  }

  /** After something happened to these ends. */
  #pumpAfter(...touched: readonly LinkEnd[]): void {
    if (this.#options.asksOnlyWhenTold !== true) {
      this.pump();
      return;
    }
    this.onStep();
    for (const [a, b] of this.#pairs) {
      if (touched.includes(a)) this.#pumpOne(a, b, true);
      if (touched.includes(b)) this.#pumpOne(b, a, false);
    }
  }

  /** An owner may ask first: who says that there is nothing to send has nothing. */
  #poll(end: LinkEnd): number {
    const isExpected = end.mayTransmit ?? true;
    if (!isExpected && this.#options.asksOnlyWhenTold === true) return 0;
    const length = end.pollTransmit(this.nowMs, this.#out);
    assert(isExpected || length === 0, "A packet comes from who had nothing to send");
    return length;
  }

  /** Runs until `isDone`, or nothing is left to happen, or the clock passes `untilMs`. */
  run(untilMs: number, isDone: () => boolean = () => false): void {
    this.pump();
    while (!isDone()) {
      const flight = this.#flights[0];
      let timerMs = Number.POSITIVE_INFINITY;
      for (const [a, b] of this.#pairs) {
        timerMs = Math.min(timerMs, a.pollTimeout(), b.pollTimeout());
      }
      const nextMs = Math.min(flight?.atMs ?? Number.POSITIVE_INFINITY, timerMs);
      if (nextMs > untilMs || nextMs === Number.POSITIVE_INFINITY) {
        if (Number.isFinite(untilMs)) this.nowMs = Math.max(this.nowMs, untilMs);
        return;
      }
      this.nowMs = Math.max(this.nowMs, nextMs);
      if (flight !== undefined && flight.atMs <= timerMs) {
        this.#removeFirst();
        flight.to.handlePacket(this.nowMs, flight.bytes);
        this.#pumpAfter(flight.to);
      } else {
        // nobody else: it would hide that an end forgot to ask
        const due = this.#pairs.flat().filter((end) => end.pollTimeout() <= this.nowMs);
        for (const end of due) end.handleTimeout(this.nowMs);
        this.#pumpAfter(...due);
      }
    }
  }

  #launch(bytes: Uint8Array, to: LinkEnd, isFromA: boolean): void {
    if (this.#options.passes?.(bytes, isFromA) === false) return;
    if (this.#chance(this.#options.loss)) return;
    this.#insert(bytes, to, isFromA);
    if (this.#chance(this.#options.duplication)) this.#insert(bytes, to, isFromA);
  }

  #insert(bytes: Uint8Array, to: LinkEnd, isFromA: boolean): void {
    const jitterMs = ((this.#options.jitterMs ?? 0) * (this.#random() % 1000)) / 1000;
    let departMs = this.nowMs;
    if (this.#options.bytesPerMs !== undefined) {
      const way = isFromA ? 0 : 1;
      const freeMs = Math.max(this.#freeAtMs[way], this.nowMs);
      if (freeMs - this.nowMs > (this.#options.queueMs ?? Number.POSITIVE_INFINITY)) return;
      departMs = freeMs + bytes.length / this.#options.bytesPerMs;
      this.#freeAtMs[way] = departMs;
    }
    const atMs = departMs + (this.#options.delayMs ?? 10) + jitterMs;
    const flight: Flight = { atMs, order: this.#order++, to, bytes };
    // A binary heap by time, then by order of sending.
    const heap = this.#flights;
    heap.push(flight);
    for (let i = heap.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!isBefore(heap[i]!, heap[parent]!)) break;
      [heap[i], heap[parent]] = [heap[parent]!, heap[i]!];
      i = parent;
    }
  }

  #removeFirst(): void {
    const heap = this.#flights;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let i = 0; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && isBefore(heap[child]!, heap[least]!)) least = child;
      }
      if (least === i) return;
      [heap[i], heap[least]] = [heap[least]!, heap[i]!];
      i = least;
    }
  }

  #chance(probability: number | undefined): boolean {
    return probability !== undefined && probability > 0 && this.#random() / 2 ** 32 < probability;
  }
}

function isBefore(a: Flight, b: Flight): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
