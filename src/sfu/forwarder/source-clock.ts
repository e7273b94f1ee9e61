import type { MediaSource } from "../downtrack/media-source.ts";

/** A flowing switch may map this far behind what was sent last; then the packet waits. */
const BEHIND_MAX_MS = 50;
/** After a pause the source's own clock is believed up to this far behind the expected time. */
const RESUME_BEHIND_MAX_MS = 2_000;
/** A mapping further off than this, either way, is of a clock that was set or started anew. */
const FAR_MS = 5_000;
/** So many switches in a row are refused for being behind; then the expected time is taken. */
const REFUSALS_MAX = 3;

const LAYER_COUNT = 3;
const NO_SSRC = -1;
/** The stream began anew under its own SSRC. */
const RESTARTED = -2;
const TS_CIRCLE = 2 ** 32;

/** Result of `place`: mapped behind what was sent already; try again at a later key frame. */
export const TS_REFUSED = -1;

/**
 * Finds where on the outgoing timeline a new source begins (spec-media 4.3). The timeline is the
 * clock of the stream that was forwarded first, the *reference*. Streams of other layers have
 * clocks with other starts, and the sender reports tell how they relate. Without reports, or where
 * a clock was started anew, the time that passed since the last packet decides, so that a missing
 * report never stops the picture.
 */
export class SourceClock {
  #referenceLayer = -1;
  /** Reference clock minus outgoing timeline. */
  #referenceOffset = 0;
  /** By layer: the stream whose timestamps are known to be of that layer's clock. */
  readonly #ssrcs: Float64Array = new Float64Array(LAYER_COUNT).fill(NO_SSRC);
  #clockHz = 0;
  #refusals = 0;

  /** The stream of a layer has a new clock from now on. */
  restartLayer(layer: number): void {
    this.#ssrcs[layer] = RESTARTED;
  }

  /** All streams are others from now on, with clocks that nobody has seen. */
  changeSource(): void {
    this.#ssrcs.fill(NO_SSRC);
    if (this.#referenceLayer >= 0) this.#ssrcs[this.#referenceLayer] = RESTARTED;
    this.#refusals = 0;
  }

  /** Layer whose clock the timeline follows; -1 before the start. */
  get referenceLayer(): number {
    return this.#referenceLayer;
  }

  /** The first stream: its clock becomes the timeline, shifted so that `extTs` leaves as `outTs`. */
  start(layer: number, ssrc: number, clockHz: number, extTs: number, outTs: number): void {
    this.#referenceLayer = layer;
    this.#referenceOffset = extTs - outTs;
    this.#ssrcs.fill(NO_SSRC);
    this.#ssrcs[layer] = ssrc;
    this.#clockHz = clockHz;
    this.#refusals = 0;
  }

  /**
   * @param lastOutTs newest timestamp sent, extended
   * @param expectedOutTs `lastOutTs` plus the time since it was sent
   * @param isResuming nothing flowed: after mute, pause or a restart
   * @param resumeBehindMaxMs how far behind the expected time a resuming source is believed, at
   *   most RESUME_BEHIND_MAX_MS
   * @returns extended outgoing timestamp for `extTs`, above `lastOutTs`; or TS_REFUSED
   */
  place(
    source: MediaSource,
    layer: number,
    ssrc: number,
    clockHz: number,
    extTs: number,
    lastOutTs: number,
    expectedOutTs: number,
    isResuming: boolean,
    resumeBehindMaxMs: number,
  ): number {
    const ticksPerMs = clockHz / 1000;
    const known = this.#ssrcs[layer]!;
    const isSameClock =
      this.#isReferenceKnown &&
      clockHz === this.#clockHz &&
      (known === ssrc || (known === NO_SSRC && layer !== this.#referenceLayer));
    const shift = isSameClock ? this.#shiftToReference(source, layer, ticksPerMs) : Number.NaN;
    this.#ssrcs[layer] = ssrc;
    if (Number.isNaN(shift)) {
      // A clock nobody can relate to the timeline. If it is the reference's own, or all new, the
      // timeline is tied to it from here on.
      const next = Math.max(expectedOutTs, lastOutTs + 1);
      if (!isSameClock) this.#rebase(layer, clockHz, extTs, next);
      this.#refusals = 0;
      return next;
    }
    const onReference = extTs + shift;
    const mapped = nearest(onReference - this.#referenceOffset, lastOutTs);
    const behind = expectedOutTs - mapped;
    let next = mapped;
    if (Math.abs(behind) > FAR_MS * ticksPerMs) {
      next = this.#jump(onReference, expectedOutTs, lastOutTs);
    } else if (isResuming) {
      if (behind > Math.min(resumeBehindMaxMs, RESUME_BEHIND_MAX_MS) * ticksPerMs) {
        next = this.#jump(onReference, expectedOutTs, lastOutTs);
      }
    } else if (mapped < lastOutTs - BEHIND_MAX_MS * ticksPerMs) {
      if (this.#refusals < REFUSALS_MAX) {
        this.#refusals += 1;
        return TS_REFUSED;
      }
      next = this.#jump(onReference, expectedOutTs, lastOutTs);
    }
    this.#refusals = 0;
    return Math.max(next, lastOutTs + 1);
  }

  get #isReferenceKnown(): boolean {
    return this.#referenceLayer >= 0 && this.#ssrcs[this.#referenceLayer] !== RESTARTED;
  }

  #rebase(layer: number, clockHz: number, extTs: number, outTs: number): void {
    const isReference = layer === this.#referenceLayer;
    if (!isReference && clockHz === this.#clockHz && this.#isReferenceKnown) {
      // Only this layer's stream is new: the reference stays, reports will relate them again.
      return;
    }
    this.#referenceLayer = layer;
    this.#referenceOffset = extTs - outTs;
    this.#clockHz = clockHz;
  }

  /** The clock stood still or was set: from now on it maps to where it should be. */
  #jump(onReference: number, expectedOutTs: number, lastOutTs: number): number {
    const next = Math.max(expectedOutTs, lastOutTs + 1);
    this.#referenceOffset = onReference - next;
    return next;
  }

  /** What to add to a timestamp of `layer` for the reference's clock; NaN when unknown. */
  #shiftToReference(source: MediaSource, layer: number, ticksPerMs: number): number {
    const reference = this.#referenceLayer;
    if (layer === reference) return 0;
    if (source.hasFewReports) return Number.NaN;
    if (!source.hasSenderReport(layer) || !source.hasSenderReport(reference)) return Number.NaN;
    const ntpDistanceMs = source.senderReportNtpMs(reference) - source.senderReportNtpMs(layer);
    return Math.round(
      source.senderReportExtTs(reference) -
        (source.senderReportExtTs(layer) + ntpDistanceMs * ticksPerMs),
    );
  }
}

/** `ts` moved by whole 32-bit circles next to `reference`: extended clocks start at any circle. */
function nearest(ts: number, reference: number): number {
  return ts + Math.round((reference - ts) / TS_CIRCLE) * TS_CIRCLE;
}
