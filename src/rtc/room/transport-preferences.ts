import type { IcePreference } from "../participant/ice-fallback.ts";

/** How long a client that comes back finds its preference, ms (spec-operations 10.6). */
const KEPT_MS = 5 * 60_000;
const PREFERENCES_MAX = 10_000;

/** Which way the media of a client is to take, by identity: outlives its session. */
export class TransportPreferences {
  readonly #byIdentity = new Map<
    string,
    { readonly preference: "tcp" | "tls"; readonly untilMs: number }
  >();

  set(nowMs: number, identity: string, preference: IcePreference): void {
    this.#byIdentity.delete(identity);
    if (preference === undefined) return;
    if (this.#byIdentity.size >= PREFERENCES_MAX) {
      const [oldest] = this.#byIdentity.keys();
      this.#byIdentity.delete(oldest!);
    }
    this.#byIdentity.set(identity, { preference, untilMs: nowMs + KEPT_MS });
  }

  get(nowMs: number, identity: string): IcePreference {
    const kept = this.#byIdentity.get(identity);
    return kept !== undefined && nowMs < kept.untilMs ? kept.preference : undefined;
  }
}
