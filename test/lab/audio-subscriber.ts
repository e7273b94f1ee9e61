import type { FrameMark } from "./frame-mark.ts";
import { markOf, type RtpFields } from "./received-packet.ts";
import type { Simulation } from "./simulation.ts";
import { Unwrapper } from "./unwrapper.ts";

/** A frame is silence that was missed when it is not there so long after the one before. */
const FRAME_MS = 20;

/** A client's end of one audio track. Nothing is asked for again: Opus without NACK. */
export class AudioSubscriber {
  readonly #simulation: Simulation;
  readonly #sns = new Unwrapper(16);
  readonly #frames = new Set<number>();
  packets = 0;
  /** Made by the server: silence. */
  ownPackets = 0;
  lowestExtSn = -1;
  highestExtSn = -1;
  firstFrame = -1;
  lastFrame = -1;
  /** Longest time without a packet, ms. */
  gapMaxMs = 0;
  #lastMs = -1;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  /** Frames of the publisher that came, each counted once. */
  get frames(): number {
    return this.#frames.size;
  }

  /** @returns the mark of a frame of the publisher */
  receive(bytes: Uint8Array, fields: RtpFields): FrameMark | undefined {
    const extSn = this.#sns.unwrap(fields.sn);
    const { elapsedMs } = this.#simulation;
    this.packets += 1;
    if (this.lowestExtSn < 0) this.lowestExtSn = extSn;
    this.highestExtSn = Math.max(this.highestExtSn, extSn);
    if (this.#lastMs >= 0) this.gapMaxMs = Math.max(this.gapMaxMs, elapsedMs - this.#lastMs);
    this.#lastMs = elapsedMs;
    const mark = markOf(bytes, fields);
    if (mark === undefined) {
      this.ownPackets += 1;
      return undefined;
    }
    if (this.firstFrame < 0) this.firstFrame = mark.frame;
    this.lastFrame = Math.max(this.lastFrame, mark.frame);
    this.#frames.add(mark.frame);
    return mark;
  }

  /** The track rests: the time until the next packet does not count. */
  rest(): void {
    this.#lastMs = -1;
  }

  /** Frames between the first and the last that never came, ms of sound. */
  get lostMs(): number {
    if (this.firstFrame < 0) return 0;
    return (this.lastFrame - this.firstFrame + 1 - this.#frames.size) * FRAME_MS;
  }
}
