/** What somebody who has just come is taken to cost, as a share of a thread, until it shows. */
const NEWCOMER_LOAD = 0.002;
/** Half of that is taken to be in a thread's figure with each report, every two seconds. */
const NEWCOMERS_KEPT = 0.5;
/** Loads that differ by less count as the same. */
const SAME_LOAD = 0.05;
/** A thread with more is busy: rooms on it spill earlier. */
const BUSY_LOAD = 0.7;
/** And only to a thread with less than this, so that they do not come back. */
const FREE_LOAD = 0.5;
/** With fewer participants a room stays on one thread, however busy that is: this part of the bound. */
const BUSY_PART = 4;
/** Participants of a room with more tracks than this count for more than one each. */
const TRACKS_PER_SHARE = 10;

/**
 * Which media thread a room begins on, and which of its participants go to others. By the share of its time
 * that each thread works, as it reports every two seconds, and by who was placed since.
 */
export class Placement {
  readonly #loads: Float64Array;
  /** Placed, and not in `loads` yet. */
  readonly #newcomers: Float64Array;
  readonly #rooms: number[];
  readonly #spillParticipants: number;
  readonly #isLive: (thread: number) => boolean;

  /**
   * @param spillParticipants a room with so many on each of its threads takes one more; 0: never
   * @param isLive nobody is put on a thread that is not
   */
  constructor(
    threads: number,
    spillParticipants: number,
    isLive: (thread: number) => boolean = () => true,
  ) {
    this.#isLive = isLive;
    this.#loads = new Float64Array(threads);
    this.#newcomers = new Float64Array(threads);
    this.#rooms = new Array<number>(threads).fill(0);
    this.#spillParticipants = spillParticipants;
  }

  get roomsByThread(): readonly number[] {
    return this.#rooms;
  }

  /** @param load share of the thread's time, 0..1 */
  noteLoad(thread: number, load: number): void {
    this.#loads[thread] = load;
    this.#newcomers[thread]! *= NEWCOMERS_KEPT;
  }

  /** 0..1, and above where more was placed than can be true. */
  loadOf(thread: number): number {
    return this.#loads[thread]! + this.#newcomers[thread]! * NEWCOMER_LOAD;
  }

  /**
   * Of the least loaded threads, the one with the fewest rooms.
   *
   * @param wanted this one instead
   * @returns -1 when no thread is live
   */
  takeRoom(wanted?: number): number {
    const best = wanted ?? this.#bestForRoom();
    if (best >= 0) this.#rooms[best]! += 1;
    return best;
  }

  #bestForRoom(): number {
    let leastLoad = Number.POSITIVE_INFINITY;
    for (let thread = 0; thread < this.#rooms.length; thread++) {
      if (this.#isLive(thread)) leastLoad = Math.min(leastLoad, this.loadOf(thread));
    }
    let best = -1;
    for (let thread = 0; thread < this.#rooms.length; thread++) {
      if (!this.#isLive(thread) || this.loadOf(thread) > leastLoad + SAME_LOAD) continue;
      if (best < 0 || this.#rooms[thread]! < this.#rooms[best]!) best = thread;
    }
    return best;
  }

  releaseRoom(thread: number): void {
    this.#rooms[thread]! -= 1;
  }

  /**
   * Where one more participant of a room goes.
   *
   * @param home thread of the room
   * @param counts its participants by thread
   * @param tracks that are published in it: each participant may receive them all
   */
  takeParticipant(home: number, counts: readonly number[], tracks: number = 0): number {
    const thread = this.#choose(home, counts, Math.max(1, tracks / TRACKS_PER_SHARE));
    this.#newcomers[thread]! += 1;
    return thread;
  }

  /** @param weight of one participant */
  #choose(home: number, counts: readonly number[], weight: number): number {
    const spill = this.#spillParticipants;
    if (spill === 0 || counts.length === 1) return home;
    const isOwn = (thread: number): boolean => thread === home || counts[thread]! > 0;
    const own = this.#least(counts, isOwn);
    // the one that fills up first comes first: each further thread costs a copy of every packet
    const open = this.#least(counts, (thread) => isOwn(thread) && counts[thread]! * weight < spill);
    if (open >= 0 && this.loadOf(open) < BUSY_LOAD) return open;
    const other = this.#least(counts, (thread) => !isOwn(thread));
    if (other < 0) return own < 0 ? home : own;
    if (own < 0) return other;
    if (open < 0) return this.loadOf(other) <= this.loadOf(own) ? other : own;
    const isLarge = counts[open]! * weight * BUSY_PART >= spill;
    return isLarge && this.loadOf(other) < FREE_LOAD ? other : open;
  }

  /** @returns the least loaded of some threads, or the one with the fewest of the room; -1: there is none */
  #least(counts: readonly number[], isOne: (thread: number) => boolean): number {
    let best = -1;
    for (let thread = 0; thread < counts.length; thread++) {
      if (!isOne(thread) || !this.#isLive(thread)) continue;
      if (best < 0) {
        best = thread;
        continue;
      }
      const more = this.loadOf(thread) - this.loadOf(best);
      if (more < -SAME_LOAD || (more < SAME_LOAD && counts[thread]! < counts[best]!)) best = thread;
    }
    return best;
  }
}
