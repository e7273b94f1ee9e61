import type { LoadSample } from "./load-meter.ts";

/** From here on a thread has no room for what comes in a burst. */
export const HOT_BUSY = 0.92;
/**
 * Late by this much, it lacks a core. It is its own doing where it takes a good part of one; where it
 * takes little the machine is busy with something else, and less video would not help.
 */
export const HOT_LAG_MS = 50;
export const HOT_LAG_BUSY = 0.4;
/** Below both, what was taken away can be given back. */
export const CALM_BUSY = 0.75;
export const CALM_LAG_MS = 15;
/** Windows in a row before the first step: half a second is no burst, and no garbage collection. */
export const HOT_WINDOWS = 2;
/** Between two steps: a lower layer has to begin with a key frame before it saves anything. */
export const STEP_WINDOWS = 2;
/** Windows in a row before something is given back; twice as many when that was too early. */
export const CALM_WINDOWS = 8;
export const CALM_WINDOWS_MAX = 240;

export const LoadAction = { None: 0, Shed: 1, Restore: 2 } as const;
export type LoadAction = (typeof LoadAction)[keyof typeof LoadAction];

/**
 * Decides from the load of each window whether something is to be shed or given back: one step at a
 * time, up fast and down slowly, so that a thread at its limit settles below it instead of swinging.
 */
export class LoadState {
  #isOverloaded = false;
  #hotWindows = 0;
  #calmWindows = 0;
  #sinceStep = 0;
  #calmWindowsWanted = CALM_WINDOWS;
  /** The last step gave something back, and that has not proven too much yet. */
  #isTrying = false;

  /** Hot windows were seen, and not all was given back since. */
  get isOverloaded(): boolean {
    return this.#isOverloaded;
  }

  /** The last windows were hot, right now. */
  get isHot(): boolean {
    return this.#hotWindows >= HOT_WINDOWS;
  }

  /**
   * @param isAllRestored nothing is taken away any more
   * @returns the step to take now
   */
  next({ busy, lagMs }: LoadSample, isAllRestored: boolean): LoadAction {
    const isLate = lagMs >= HOT_LAG_MS && busy >= HOT_LAG_BUSY;
    const isHot = busy >= HOT_BUSY || isLate;
    const isCalm = busy < CALM_BUSY && lagMs < CALM_LAG_MS;
    this.#hotWindows = isHot ? this.#hotWindows + 1 : 0;
    // with all given back it is enough that it holds
    this.#calmWindows = isCalm || (isAllRestored && !isHot) ? this.#calmWindows + 1 : 0;
    this.#sinceStep += 1;
    if (this.isHot) return this.#handleHot();
    if (!this.#isOverloaded || this.#calmWindows < this.#calmWindowsWanted) return LoadAction.None;
    return this.#giveBack(isAllRestored);
  }

  #handleHot(): LoadAction {
    if (this.#isOverloaded && this.#sinceStep < STEP_WINDOWS) return LoadAction.None;
    if (this.#isTrying) {
      this.#calmWindowsWanted = Math.min(2 * this.#calmWindowsWanted, CALM_WINDOWS_MAX);
    }
    this.#isTrying = false;
    this.#isOverloaded = true;
    this.#sinceStep = 0;
    return LoadAction.Shed;
  }

  #giveBack(isAllRestored: boolean): LoadAction {
    this.#calmWindows = 0;
    this.#sinceStep = 0;
    if (this.#isTrying) {
      // the step before has held
      this.#calmWindowsWanted = Math.max(this.#calmWindowsWanted / 2, CALM_WINDOWS);
    }
    this.#isTrying = !isAllRestored;
    if (!isAllRestored) return LoadAction.Restore;
    this.#isOverloaded = false;
    this.#calmWindowsWanted = CALM_WINDOWS;
    return LoadAction.None;
  }
}
