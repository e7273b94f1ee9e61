/** How much of its time a thread has worked between two reports. */
export class ReportedLoad {
  #atMs: number;
  #lastMs = 0;

  constructor(nowMs: number) {
    this.#atMs = nowMs;
  }

  /**
   * @param workedMs since the thread started; 0 where that cannot be read
   * @returns share of the time since the last call, 0..1
   */
  sample(nowMs: number, workedMs: number): { readonly load?: number } {
    if (workedMs === 0 || nowMs <= this.#atMs) return {};
    const load = (workedMs - this.#lastMs) / (nowMs - this.#atMs);
    this.#atMs = nowMs;
    this.#lastMs = workedMs;
    return { load: Math.min(Math.max(0, load), 1) };
  }
}
