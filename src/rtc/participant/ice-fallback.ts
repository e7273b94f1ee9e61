/** Failures that are further apart than this have nothing to do with each other. */
const FAILURES_WITHIN_MS = 60_000;
const FAILURES_MIN = 2;
/** A client that said nothing for so long is gone, whatever its media path did. */
const SIGNAL_RECENT_MS = 15_000;

/** The only protocol a client's media is to take; undefined: whichever its checks find. */
export type IcePreference = "tcp" | undefined;

export type FallbackOptions = {
  readonly isAllowed: boolean;
  /** The client can and the server listens. */
  readonly hasTcp: boolean;
  /** Signal round trips from which TCP is no help, ms; 0: there is no such limit. */
  readonly rttMaxMs: number;
};

export type IceFailure = {
  readonly nowMs: number;
  /** Shortly after it had connected; or over TCP, where there is nothing to wait for. */
  readonly isShortLived: boolean;
  /** What the failed session ran over, at worst; "udp" when it never connected. */
  readonly protocol: "udp" | "tcp";
  readonly preference: IcePreference;
  readonly isSignalConnected: boolean;
  readonly lastSignalMs: number;
  /** 0 while it is not known. */
  readonly signalRttMs: number;
};

/**
 * Decides when a client's media moves from UDP to TCP: after one connection that did not last, or
 * two failures within a minute, while the client can still be heard (spec-media 1.6, spec-signalling
 * 8.5). When TCP does not connect either, it is UDP's turn again.
 */
export class IceFallback {
  readonly #options: FallbackOptions;
  #failures = 0;
  #lastFailureMs = Number.NEGATIVE_INFINITY;
  #isReconfigured = false;

  constructor(options: FallbackOptions) {
    this.#options = options;
  }

  /** The client came back: its next failure counts again. */
  resumed(): void {
    this.#isReconfigured = false;
  }

  /** @returns the preference from now on; `{ preference }` only when it changes */
  failed(failure: IceFailure): { readonly preference: IcePreference } | undefined {
    if (!this.#options.isAllowed || this.#isReconfigured) return undefined;
    const { nowMs, isSignalConnected, lastSignalMs } = failure;
    if (!isSignalConnected || nowMs - lastSignalMs > SIGNAL_RECENT_MS) {
      this.#forget();
      return undefined;
    }
    const isRepeated = nowMs - this.#lastFailureMs <= FAILURES_WITHIN_MS;
    this.#failures = isRepeated ? this.#failures + 1 : 1;
    this.#lastFailureMs = nowMs;
    if (!failure.isShortLived && this.#failures < FAILURES_MIN) return undefined;
    const preference = this.#next(failure);
    if (preference === failure.preference) return undefined;
    this.#forget();
    this.#isReconfigured = true;
    return { preference };
  }

  #forget(): void {
    this.#failures = 0;
    this.#lastFailureMs = Number.NEGATIVE_INFINITY;
  }

  #next({ protocol, preference, signalRttMs }: IceFailure): IcePreference {
    const { hasTcp, rttMaxMs } = this.#options;
    if (protocol === "tcp") return preference;
    if (preference !== undefined) return undefined;
    const isFast = rttMaxMs === 0 || signalRttMs < rttMaxMs;
    return hasTcp && isFast ? "tcp" : undefined;
  }
}
