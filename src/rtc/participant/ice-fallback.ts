/** Failures that are further apart than this have nothing to do with each other. */
const FAILURES_WITHIN_MS = 60_000;
const FAILURES_MIN = 2;
/** A client that said nothing for so long is gone, whatever its media path did. */
const SIGNAL_RECENT_MS = 15_000;

/**
 * The only way that a client's media is to take: ICE over TCP, or a relay over TLS. undefined:
 * whichever its checks find.
 */
export type IcePreference = "tcp" | "tls" | undefined;

/**
 * What media ran over, from the one that works best to the one that works nearly everywhere;
 * "none": it never connected.
 */
export type ConnectionType = "none" | "udp" | "tcp" | "relay";

export type FallbackOptions = {
  readonly isAllowed: boolean;
  /** The client can and the server listens. */
  readonly hasTcp: boolean;
  /** There is a TURN server over TLS. */
  readonly hasTls: boolean;
  /** Signal round trips from which TCP is no help, ms; 0: there is no such limit. */
  readonly rttMaxMs: number;
};

export type IceFailure = {
  readonly nowMs: number;
  /** Shortly after it had connected; or over TCP, where there is nothing to wait for. */
  readonly isShortLived: boolean;
  /** What the failed session ran over, at worst. */
  readonly type: ConnectionType;
  readonly preference: IcePreference;
  readonly isSignalConnected: boolean;
  readonly lastSignalMs: number;
  /** 0 while it is not known. */
  readonly signalRttMs: number;
};

/**
 * Decides when a client's media moves from UDP to TCP, and from there to TURN over TLS: after one
 * connection that did not last, or two failures within a minute, while the client can still be
 * heard (spec-media 1.6, spec-signalling 8.5).
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

  #next({ type, preference, signalRttMs }: IceFailure): IcePreference {
    const { hasTcp, hasTls, rttMaxMs } = this.#options;
    // there is nothing that gets through where this does not
    if (type === "relay") return preference;
    if (type === "tcp") return hasTls ? "tls" : preference;
    // where TCP is in vain a relay may not be; when that is as well, it is everything's turn again
    if (preference === "tcp" && type === "none" && hasTls) return "tls";
    if (preference !== undefined) return undefined;
    const isFast = rttMaxMs === 0 || signalRttMs < rttMaxMs;
    if (hasTcp && isFast) return "tcp";
    return hasTls ? "tls" : undefined;
  }
}
