export type AllocationBounds = {
  /** Of this server. */
  readonly allMax: number;
  /** Of one participant (spec-media 1.12); 0 or less is no limit. */
  readonly perUserMax: number;
  /** Of one client address: several participants may share it. */
  readonly perAddressMax: number;
};

/** Counts allocations against their bounds. What was taken is given back when it ends. */
export class AllocationLimits {
  readonly #bounds: AllocationBounds;
  readonly #byUser = new Map<string, number>();
  readonly #byAddress = new Map<string, number>();
  #count = 0;

  constructor(bounds: AllocationBounds) {
    this.#bounds = bounds;
  }

  get count(): number {
    return this.#count;
  }

  /**
   * @param address undefined where many clients are behind one address, as behind a load balancer
   * @returns "quota": the user has all that it may have; "full": the server, or the address, has
   */
  take(user: string, address: string | undefined): "taken" | "quota" | "full" {
    const { allMax, perUserMax, perAddressMax } = this.#bounds;
    const ofUser = this.#byUser.get(user) ?? 0;
    if (perUserMax > 0 && ofUser >= perUserMax) return "quota";
    if (this.#count >= allMax) return "full";
    const ofAddress = address === undefined ? 0 : (this.#byAddress.get(address) ?? 0);
    if (ofAddress >= perAddressMax) return "full";
    this.#count += 1;
    this.#byUser.set(user, ofUser + 1);
    if (address !== undefined) this.#byAddress.set(address, ofAddress + 1);
    return "taken";
  }

  giveBack(user: string, address: string | undefined): void {
    this.#count -= 1;
    decrease(this.#byUser, user);
    if (address !== undefined) decrease(this.#byAddress, address);
  }
}

function decrease(counts: Map<string, number>, key: string): void {
  const count = counts.get(key) ?? 0;
  if (count > 1) counts.set(key, count - 1);
  else counts.delete(key);
}
