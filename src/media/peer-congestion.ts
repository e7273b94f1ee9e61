import { Allocator } from "../sfu/allocator/allocator.ts";
import { DEFAULT_ALLOCATION } from "../sfu/allocator/default-settings.ts";
import { CAPACITY_UNKNOWN_BPS } from "../sfu/bwe/bandwidth-estimator.ts";
import { BurstProber } from "../sfu/bwe/burst-prober.ts";
import { DEFAULT_REMOTE_BWE, DEFAULT_SEND_SIDE_BWE } from "../sfu/bwe/default-settings.ts";
import { NegotiatedBwe } from "../sfu/bwe/negotiated-bwe.ts";
import type { ProbeTrack } from "../sfu/downtrack/probe-track.ts";
import type { SendTransport } from "../sfu/downtrack/send-transport.ts";
import { paceOf } from "../sfu/pacer/pacer.ts";
import type { EngineContext } from "./engine-context.ts";

const DEFAULT_BWE = {
  remote: DEFAULT_REMOTE_BWE,
  sendSide: DEFAULT_SEND_SIDE_BWE,
  isPaced: true,
};

export type PeerCongestionOptions = {
  readonly settings: EngineContext["options"];
  readonly mayPause: boolean;
  readonly transport: SendTransport;
  /** Tracks that probes are made of. */
  tracks(): Iterable<ProbeTrack>;
  /** `handleTimeout` has work at `dueMs`, earlier than it may have said. */
  wake(dueMs: number): void;
};

/**
 * The congestion control of one peer's downlink: what estimates it, what shares it out, what probes
 * it and how fast packets leave for it, driven together.
 */
export class PeerCongestion {
  readonly bwe: NegotiatedBwe;
  readonly allocator: Allocator;
  readonly #prober: BurstProber;
  readonly #transport: SendTransport;
  readonly #isPaced: boolean;

  constructor({ settings, mayPause, transport, tracks, wake }: PeerCongestionOptions) {
    const bwe = settings.bwe ?? DEFAULT_BWE;
    this.#isPaced = bwe.isPaced;
    this.#transport = transport;
    transport.onWait = wake;
    this.bwe = new NegotiatedBwe(bwe, transport.sent);
    this.#prober = new BurstProber(tracks, this.bwe, wake);
    this.allocator = new Allocator(mayPause, {
      settings: settings.allocation ?? DEFAULT_ALLOCATION,
      estimator: this.bwe,
      prober: this.#prober,
    });
  }

  /** Before the client's RTCP is read: what it reports is measured against what is sent now. */
  beginReport(): void {
    this.bwe.setExpectedUsage(this.allocator.usageBps);
  }

  /** After the client's RTCP was read. */
  endReport(nowMs: number): void {
    if (this.bwe.pollChange()) this.allocator.handleCongestion(nowMs);
    this.#transport.setPace(nowMs, this.#paceBps);
  }

  /** 0: at once. */
  get #paceBps(): number {
    const { isConstrained, committedBps, usageBps } = this.allocator;
    if (!this.#isPaced || !isConstrained) return 0;
    const knownBps = committedBps < CAPACITY_UNKNOWN_BPS ? committedBps : 0;
    return paceOf(knownBps, usageBps, this.#prober.desiredBps);
  }

  /** When `handleTimeout` next has work, monotonic ms; Infinity: never. */
  pollTimeout(): number {
    return Math.min(
      this.bwe.pollTimeout(),
      this.#prober.pollTimeout(),
      this.#transport.pollTimeout(),
      this.allocator.pollTimeout(),
    );
  }

  handleTimeout(nowMs: number): void {
    this.#transport.handleTimeout(nowMs);
    this.#prober.handleTimeout(nowMs);
    if (this.bwe.pollChange()) this.allocator.handleCongestion(nowMs);
    this.allocator.handleTimeout(nowMs);
    this.#transport.setPace(nowMs, this.#paceBps);
  }

  debugInfo(): object {
    return { bwe: this.bwe.debugInfo(), allocator: this.allocator.debugInfo() };
  }
}
