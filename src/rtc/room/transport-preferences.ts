/** How long a client that comes back finds its preference, ms (spec-operations 10.6). */
const KEPT_MS = 5 * 60_000;
const PREFERENCES_MAX = 10_000;

/** Which protocol the media of a client is to take, by identity: outlives its session. */
export class TransportPreferences {
  readonly #byIdentity = new Map<string, { readonly protocol: "tcp"; readonly untilMs: number }>();

  set(nowMs: number, identity: string, protocol: "tcp" | undefined): void {
    this.#byIdentity.delete(identity);
    if (protocol === undefined) return;
    if (this.#byIdentity.size >= PREFERENCES_MAX) {
      const [oldest] = this.#byIdentity.keys();
      this.#byIdentity.delete(oldest!);
    }
    this.#byIdentity.set(identity, { protocol, untilMs: nowMs + KEPT_MS });
  }

  get(nowMs: number, identity: string): "tcp" | undefined {
    const kept = this.#byIdentity.get(identity);
    return kept !== undefined && nowMs < kept.untilMs ? kept.protocol : undefined;
  }
}
