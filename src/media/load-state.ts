import { type LoadSample, OVERLOAD_WINDOW_MS } from "./overload-meter.ts";

/** From here on a thread has no room for what comes in a burst. */
export const HOT_BUSY = 0.92;
/**
 * Late by this much, it lacks a core. It is its own doing where it takes a good part of one; where it
 * takes little the machine is busy with something else, and less video would not help.
 */
export const HOT_LAG_MS = 50;
export const HOT_LAG_BUSY = 0.4;
/** What comes waits so long before the thread sees it: it cannot keep up, whoever's doing that is. */
export const HOT_QUEUE_MS = 25;
/** Below all of them, what was taken away can be given back. */
export const CALM_BUSY = 0.75;
export const CALM_LAG_MS = 15;
export const CALM_QUEUE_MS = 10;
/**
 * Windows in a row before the first step, of a thread that is behind: half a second is no burst, and no
 * garbage collection. One that is only busy, as when many join at once, has twice as long.
 */
export const BEHIND_WINDOWS = 2;
export const BUSY_WINDOWS: number = 2 * BEHIND_WINDOWS;
/** Between two steps: a lower layer has to begin with a key frame before it saves anything. */
export const STEP_WINDOWS = 2;
/** Windows in a row before something is given back; twice as many when that was too early. */
export const CALM_WINDOWS = 8;
export const CALM_WINDOWS_MAX = 240;
/**
 * So many of them a window takes back that is neither hot nor calm: what is late for once, now and then,
 * as every machine is, must not keep what was taken for good.
 */
export const CALM_LOSS = 2;

/** What the first step takes off, as a share of all video; twice as much with each that follows at once. */
const FIRST_SHARE = 0.15;
const SHARE_MAX = 0.6;

export const LoadAction = { None: 0, Shed: 1, Restore: 2 } as const;
export type LoadAction = (typeof LoadAction)[keyof typeof LoadAction];

/**
 * Decides from the load of each window whether something is to be shed or given back: one step at a
 * time, up fast and down slowly, so that a thread at its limit settles below it instead of swinging.
 */
export class LoadState {
  #isOverloaded = false;
  /**
   * Hot windows in a row; those that were behind count twice, unless the machine stood still: what
   * follows is catching up.
   */
  #hotScore = 0;
  #calmWindows = 0;
  #sinceStep = 0;
  #calmWindowsWanted = CALM_WINDOWS;
  #share = FIRST_SHARE;
  /** The last step gave something back, and that has not proven too much yet. */
  #isTrying = false;

  /** Hot windows were seen, and not all was given back since. */
  get isOverloaded(): boolean {
    return this.#isOverloaded;
  }

  /** The last windows were hot, right now. */
  get isHot(): boolean {
    return this.#hotScore >= BUSY_WINDOWS;
  }

  /** What the next step is to take off, as a share of all video that is forwarded. */
  get share(): number {
    return this.#share;
  }

  /** A step was taken: one that follows at once is larger, as this one was not enough. */
  noteShed(): void {
    this.#share = Math.min(2 * this.#share, SHARE_MAX);
  }

  /**
   * @param isAllRestored nothing is taken away any more
   * @returns the step to take now
   */
  next({ busy, lagMs, queueMs }: LoadSample, isAllRestored: boolean): LoadAction {
    const isLate = lagMs >= HOT_LAG_MS && busy >= HOT_LAG_BUSY;
    const isBehind = queueMs >= HOT_QUEUE_MS || isLate;
    const isHot = busy >= HOT_BUSY || isBehind;
    // as above: lateness that is not its own doing does not end by keeping what was taken
    const isInTime = lagMs < CALM_LAG_MS || busy < HOT_LAG_BUSY;
    const isCalm = busy < CALM_BUSY && isInTime && queueMs < CALM_QUEUE_MS;
    if (!isHot) this.#share = FIRST_SHARE;
    const hasStoodStill = lagMs >= OVERLOAD_WINDOW_MS;
    this.#hotScore = isHot ? this.#hotScore + (isBehind && !hasStoodStill ? 2 : 1) : 0;
    if (isHot) this.#calmWindows = 0;
    // with all given back it is enough that it holds
    else if (isCalm || isAllRestored) this.#calmWindows += 1;
    else this.#calmWindows = Math.max(this.#calmWindows - CALM_LOSS, 0);
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
