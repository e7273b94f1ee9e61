import type { FoundFrame } from "./reference-finder.ts";
import type { Simulation } from "./simulation.ts";

const CLOCK_PER_MS = 90;
/** The jitter buffer forgets how late a frame once was at this pace, ms per second. */
const DECAY_PER_SECOND = 15;
const BUFFER_MAX_MS = 1_000;
/** A frame that would have to wait longer has a time that makes no sense: begin anew. */
const WAIT_MAX_MS = 3_000;
/** How fast the least delay may be forgotten, ms per second. */
const BASE_RISE_PER_SECOND = 5;
const KEPT = 600;

export type Picture = {
  readonly atMs: number;
  readonly spatialLayer: number;
  readonly temporalLayer: number;
  readonly frame: number;
  readonly captureMs: number;
  readonly isKeyFrame: boolean;
};

/**
 * The frame buffer and decoder of a client: waits until a frame is due, decodes the lowest id whose
 * references were decoded, forgets what came too late. The marks of the lab's frames tell whether
 * each decoded picture would really be whole.
 */
export class Decoder {
  readonly #simulation: Simulation;
  readonly #onPicture: (picture: Picture) => void;
  readonly #onDecoded: (frame: FoundFrame) => void;
  readonly #pending = new Map<number, FoundFrame>();
  readonly #decoded = new Set<number>();
  #lastId = -1;
  #lastTs = -1;
  /** By spatial layer: frames of the encoder that the decoder holds. */
  readonly #held = new Map<number, Set<number>>();
  #baseMs = Number.POSITIVE_INFINITY;
  #lastMs = 0;
  #bufferMs = 0;
  #timerMs = Number.POSITIVE_INFINITY;

  readonly violations: string[] = [];
  decodedFrames = 0;
  /** Whole, but too late: a later one was shown already. */
  lateFrames = 0;
  bufferMaxMs = 0;

  constructor(
    simulation: Simulation,
    onPicture: (picture: Picture) => void,
    onDecoded: (frame: FoundFrame) => void,
  ) {
    this.#simulation = simulation;
    this.#onPicture = onPicture;
    this.#onDecoded = onDecoded;
  }

  get hasDecoded(): boolean {
    return this.#lastId >= 0;
  }

  push(found: FoundFrame): void {
    const ts = found.frame.packets[0]!.extTs;
    if (found.id <= this.#lastId) {
      if (found.isKeyFrame && ts > this.#lastTs) {
        this.#violate(`key frame ${found.id} is newer than ${this.#lastId}, yet has a lower id`);
        this.#pending.clear();
        this.#decoded.clear();
      } else {
        this.lateFrames += 1;
        return;
      }
    }
    this.#pending.set(found.id, found);
    this.#noteTiming(found);
    this.#run();
  }

  #noteTiming(found: FoundFrame): void {
    const { nowMs } = this.#simulation;
    const transit = nowMs - found.frame.packets[0]!.extTs / CLOCK_PER_MS;
    const passed = (nowMs - this.#lastMs) / 1_000;
    if (this.#baseMs !== Number.POSITIVE_INFINITY) {
      this.#baseMs += passed * BASE_RISE_PER_SECOND;
      this.#bufferMs = Math.max(0, this.#bufferMs - passed * DECAY_PER_SECOND);
    }
    this.#lastMs = nowMs;
    this.#baseMs = Math.min(this.#baseMs, transit);
    this.#bufferMs = Math.min(Math.max(this.#bufferMs, transit - this.#baseMs), BUFFER_MAX_MS);
    this.bufferMaxMs = Math.max(this.bufferMaxMs, this.#bufferMs);
  }

  #run(): void {
    const { nowMs } = this.#simulation;
    for (;;) {
      const unit = this.#nextDecodable();
      const next = unit[0];
      if (next === undefined) return;
      const dueMs = next.frame.packets[0]!.extTs / CLOCK_PER_MS + this.#baseMs + this.#bufferMs;
      if (dueMs > nowMs && dueMs < nowMs + WAIT_MAX_MS) {
        this.#setTimer(dueMs);
        return;
      }
      if (dueMs >= nowMs + WAIT_MAX_MS) {
        this.#violate(`a timestamp lies ${Math.round(dueMs - nowMs)} ms in the future`);
        this.#baseMs = Number.POSITIVE_INFINITY;
        this.#bufferMs = 0;
        this.#noteTiming(next);
      }
      for (const found of unit) this.#decode(found);
    }
  }

  #setTimer(dueMs: number): void {
    if (dueMs >= this.#timerMs) return;
    this.#timerMs = dueMs;
    this.#simulation.at(dueMs, () => {
      if (this.#timerMs !== dueMs) return;
      this.#timerMs = Number.POSITIVE_INFINITY;
      this.#run();
    });
  }

  /** The oldest picture all of whose layers are there, lowest first; empty: none. */
  #nextDecodable(): readonly FoundFrame[] {
    const units = new Map<number, FoundFrame[]>();
    for (const found of this.#pending.values()) {
      const ts = found.frame.packets[0]!.extTs;
      const unit = units.get(ts);
      if (unit === undefined) units.set(ts, [found]);
      else unit.push(found);
    }
    let next: readonly FoundFrame[] = [];
    for (const unit of units.values()) {
      unit.sort((a, b) => a.id - b.id);
      if (next.length > 0 && unit[0]!.id > next[0]!.id) continue;
      const isWhole = unit.at(-1)!.frame.packets.at(-1)!.marker;
      if (isWhole && this.#isDecodable(unit)) next = unit;
    }
    return next;
  }

  #isDecodable(unit: readonly FoundFrame[]): boolean {
    return unit.every(({ references }) =>
      references.every((id) => this.#decoded.has(id) || unit.some((other) => other.id === id)),
    );
  }

  #decode(found: FoundFrame): void {
    const { id, frame, isKeyFrame } = found;
    const first = frame.packets[0]!;
    if (first.extTs < this.#lastTs) this.#violate(`the timestamp goes back at frame ${id}`);
    this.#lastTs = Math.max(this.#lastTs, first.extTs);
    this.#lastId = id;
    this.#pending.delete(id);
    for (const other of this.#pending.keys()) {
      if (other < id) {
        this.#pending.delete(other);
        this.lateFrames += 1;
      }
    }
    this.#decoded.add(id);
    if (this.#decoded.size > KEPT) {
      for (const old of this.#decoded) {
        if (this.#decoded.size <= KEPT / 2) break;
        this.#decoded.delete(old);
      }
    }
    this.decodedFrames += 1;
    this.#onDecoded(found);
    const mark = first.mark;
    if (mark === undefined) return; // the server's own: black, and it needs nothing
    this.#checkMarks(found);
    if (!frame.packets.at(-1)!.marker) return;
    this.#onPicture({
      atMs: this.#simulation.nowMs,
      spatialLayer: mark.spatialLayer,
      temporalLayer: mark.temporalLayer,
      frame: mark.frame,
      captureMs: mark.captureMs,
      isKeyFrame,
    });
  }

  /** What the frame really needs, whatever its headers say. */
  #checkMarks({ frame, isKeyFrame }: FoundFrame): void {
    const mark = frame.packets[0]!.mark!;
    const name = `frame ${mark.frame} of layer ${mark.spatialLayer}`;
    const isWhole =
      frame.packets.length === mark.count &&
      frame.packets.every(
        (p, i) =>
          p.mark?.index === i &&
          p.mark.frame === mark.frame &&
          p.mark.spatialLayer === mark.spatialLayer &&
          p.mark.track === mark.track,
      );
    if (!isWhole) this.#violate(`${name} was put together of ${frame.packets.length} others`);
    if (mark.isKeyFrame !== isKeyFrame) this.#violate(`${name} is called a key frame wrongly`);
    if (mark.isKeyFrame) this.#held.clear();
    for (const distance of mark.references) {
      const reference = mark.frame - distance;
      if (this.#held.get(mark.spatialLayer)?.has(reference) !== true) {
        this.#violate(`${name} was decoded without frame ${reference}`);
      }
    }
    if (mark.isInterLayer && this.#held.get(mark.spatialLayer - 1)?.has(mark.frame) !== true) {
      this.#violate(`${name} was decoded without the layer below`);
    }
    let held = this.#held.get(mark.spatialLayer);
    if (held === undefined) {
      held = new Set();
      this.#held.set(mark.spatialLayer, held);
    }
    held.add(mark.frame);
    if (held.size > KEPT) held.delete(held.values().next().value!);
  }

  #violate(text: string): void {
    this.violations.push(`${this.#simulation.elapsedMs.toFixed(0)} ms: ${text}`);
  }
}
