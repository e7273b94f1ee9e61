import { DropReason } from "../../src/base/drop-reason.ts";
import type { MediaEvent } from "../../src/bridge/events.ts";
import { hmacSha1 } from "../../src/crypto/hmac-sha1.ts";
import { DataHub } from "../../src/media/data/data-hub.ts";
import { DataTurns } from "../../src/media/data/data-turns.ts";
import { DataTracks } from "../../src/media/data-tracks.ts";
import { DueTable } from "../../src/media/due-table.ts";
import type { EngineContext } from "../../src/media/engine-context.ts";
import { EngineCounters } from "../../src/media/engine-counters.ts";
import { type MediaPeer, PeerMedia } from "../../src/media/peer-media.ts";
import { Routes } from "../../src/media/routes.ts";
import { FanOut } from "../../src/sfu/receiver/fan-out.ts";
import { RtpView, readRtp } from "../../src/wire/rtp/rtp-view.ts";
import { createAead } from "../support/aeads.ts";
import { NullPort } from "../support/bench-engine.ts";
import type { Random } from "./random.ts";
import type { Simulation } from "./simulation.ts";

/** A timer of the engine has this resolution, and never runs twice in a moment. */
const TIMER_MS = 1;
const ARENA_BYTES = 4_096;
/** Wall clock minus the lab's clock: some day of 2026. */
export const WALL_OFFSET_MS = 1_790_000_000_000;

export type LabContext = {
  readonly context: EngineContext;
  readonly events: MediaEvent[];
  /** Bugs that the engine caught by itself. */
  readonly errors: unknown[];
};

/** What the peers of one media thread share, on the lab's clock. */
export function createContext(simulation: Simulation, random: Random): LabContext {
  const events: MediaEvent[] = [];
  const errors: unknown[] = [];
  const counters = new EngineCounters();
  const broke = (_peerId: number, error: unknown): void => {
    errors.push(error);
  };
  const emit = (event: MediaEvent): void => {
    events.push(event);
  };
  const context: EngineContext = {
    options: {
      index: 0,
      listens: [],
      warnOfSmallBuffer: false,
      videoPacketsMax: 500,
      audioPacketsMax: 200,
      pliThrottleMs: [500, 1000, 1000],
      audio: { activeLevel: 35, minPercentile: 40, updateIntervalMs: 400, smoothIntervals: 2 },
      isAudioLossProxied: false,
    },
    routes: new Routes([new NullPort()]),
    fanOut: new FanOut(),
    dtls: {
      localFingerprint: "",
      create() {
        throw new Error("Cannot open a DTLS session: the lab lies below it");
      },
    },
    hmacSha1,
    createAead,
    counters,
    due: new DueTable(),
    dataTracks: new DataTracks({ dropped: counters.dropped, peerBroke: broke }),
    data: new DataHub({
      dropped: counters.dropped,
      waitsForAll: false,
      portOf: () => undefined,
      emit,
      broke,
    }),
    dataTurns: new DataTurns(broke),
    random: () => random.uint32(),
    wallOffsetMs: WALL_OFFSET_MS - simulation.startMs,
    emit,
    nowMs: () => simulation.nowMs,
    peerBroke: broke,
  };
  return { context, events, errors };
}

/**
 * A client's end in the engine, without ICE, DTLS and SRTP: RTP and RTCP go in and come out in the
 * clear. Calls the engine's timers when they are due, as a media thread does.
 */
export class LabPeer implements MediaPeer {
  readonly peerId: number;
  readonly media: PeerMedia;
  readonly arena: Uint8Array = new Uint8Array(ARENA_BYTES);
  /** SSRCs that will not be used again. */
  readonly retired: number[] = [];
  /** Packets that the engine refused, by reason. */
  readonly dropped: Map<DropReason, number> = new Map();
  readonly #simulation: Simulation;
  readonly #fanOut: FanOut;
  readonly #view: RtpView = new RtpView();
  readonly #send: (bytes: Uint8Array, isRtcp: boolean) => void;
  #timerMs = Number.POSITIVE_INFINITY;
  timeouts = 0;

  /** @param send what the engine sends to this client; the bytes are the callee's */
  constructor(
    peerId: number,
    simulation: Simulation,
    context: EngineContext,
    allowPause: boolean,
    send: (bytes: Uint8Array, isRtcp: boolean) => void,
  ) {
    this.peerId = peerId;
    this.#simulation = simulation;
    this.#fanOut = context.fanOut;
    this.#send = send;
    this.media = new PeerMedia(this, context, allowPause, undefined);
  }

  /** One datagram of the client; changed in place. */
  receive(bytes: Uint8Array): DropReason {
    const { nowMs } = this.#simulation;
    const type = bytes[1]!;
    const isRtcp = type >= 192 && type <= 223;
    const reason = isRtcp
      ? this.media.receiveRtcp(nowMs, bytes, bytes.length)
      : this.#receiveRtp(nowMs, bytes);
    this.#fanOut.send(nowMs);
    if (reason !== DropReason.None) this.dropped.set(reason, (this.dropped.get(reason) ?? 0) + 1);
    this.schedule();
    return reason;
  }

  reserve(bytesMax: number): number {
    return bytesMax <= ARENA_BYTES ? 0 : -1;
  }

  streamOf(): undefined {}

  sendRtp(length: number, _isRetransmission: boolean, _isRepeatable: boolean): void {
    this.#send(this.arena.slice(0, length), false);
  }

  sendRtcp(bytes: Uint8Array, length: number): void {
    this.#send(bytes.slice(0, length), true);
  }

  wake(dueMs: number): void {
    this.#setTimer(dueMs);
  }

  retireStream(ssrc: number): void {
    this.retired.push(ssrc);
  }

  /** The engine was called: its next timer may be another. */
  schedule(): void {
    this.#setTimer(this.media.pollTimeout());
  }

  #receiveRtp(nowMs: number, bytes: Uint8Array): DropReason {
    const reason = readRtp(bytes, bytes.length, this.#view);
    return reason === DropReason.None ? this.media.receiveRtp(nowMs, this.#view) : reason;
  }

  #setTimer(dueMs: number): void {
    if (dueMs === Number.POSITIVE_INFINITY) return;
    const atMs = Math.max(dueMs, this.#simulation.nowMs + TIMER_MS);
    if (atMs >= this.#timerMs) return;
    this.#timerMs = atMs;
    this.#simulation.at(atMs, () => this.#fire(atMs));
  }

  #fire(atMs: number): void {
    if (atMs !== this.#timerMs) return;
    this.#timerMs = Number.POSITIVE_INFINITY;
    const { nowMs } = this.#simulation;
    if (nowMs >= this.media.pollTimeout()) {
      this.timeouts += 1;
      this.media.handleTimeout(nowMs);
    }
    this.schedule();
  }
}
