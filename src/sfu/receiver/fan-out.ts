import { Described } from "../dependency/frame-dependency.ts";
import { MediaPacket } from "../packet/media-packet.ts";
import type { DownTrackPort } from "./down-track-port.ts";
import { SPATIAL_LAYERS } from "./layer-availability.ts";

/** What waits for the rest of its frame waits no longer, ms. */
export const HOLD_MS = 5;
/** Packets of one stream that wait at most. Their bytes are in the stream's memory, which holds more. */
const WAITING_MAX = 32;
/** Packets that are kept to be filled again; a turn of many publishers makes more. */
const FREE_MAX = 256;
const NO_BYTES: Uint8Array = new Uint8Array(0);

/**
 * Packets of a thread's receivers on their way to subscribers. They wait for the end of the turn, and
 * the middle of a video frame for the frame's end: nobody can show it before, datagrams of one size to
 * one receiver are segmented by the kernel, and what is known of a subscriber is fetched into the
 * processor's caches once for a frame instead of once for each of its packets.
 */
export class FanOut {
  /** Streams of which packets wait. */
  readonly #waiting: StreamFanOut[] = [];
  readonly #free: MediaPacket[] = [];

  /** One to fill. It is given back by `release`. */
  claim(): MediaPacket {
    return this.#free.pop() ?? new MediaPacket();
  }

  release(packet: MediaPacket): void {
    // a stream may be gone long before the packet is filled again: its memory is not to wait for that
    packet.bytes = NO_BYTES;
    packet.payloadCopier.forget();
    if (this.#free.length < FREE_MAX) this.#free.push(packet);
  }

  /** The first packet of the stream waits. */
  add(stream: StreamFanOut): void {
    this.#waiting.push(stream);
  }

  /**
   * Sends what need not wait any longer: sound first, then pictures.
   *
   * @returns when to call again at the latest, monotonic ms; Infinity: nothing waits
   */
  settle(nowMs: number): number {
    const waiting = this.#waiting;
    if (waiting.length === 0) return Number.POSITIVE_INFINITY;
    for (const stream of waiting) if (!stream.isVideo) stream.send(nowMs);
    let dueMs = Number.POSITIVE_INFINITY;
    let kept = 0;
    for (const stream of waiting) {
      if (stream.dueMs <= nowMs) stream.send(nowMs);
      stream.isListed = !stream.isEmpty;
      if (stream.isEmpty) continue;
      dueMs = Math.min(dueMs, stream.dueMs);
      waiting[kept] = stream;
      kept += 1;
    }
    waiting.length = kept;
    return dueMs;
  }

  /** Sends all that waits. */
  send(nowMs: number): void {
    for (const stream of this.#waiting) {
      stream.send(nowMs);
      stream.isListed = false;
    }
    this.#waiting.length = 0;
  }
}

/** The subscribers of one published track, and what waits for them by layer. */
export class TrackFanOut {
  readonly #downTracks: DownTrackPort[] = [];
  readonly #streams: readonly StreamFanOut[];

  constructor(fanOut: FanOut, isVideo: boolean) {
    this.#streams = Array.from(
      { length: SPATIAL_LAYERS },
      () => new StreamFanOut(fanOut, this.#downTracks, isVideo),
    );
  }

  get downTracks(): readonly DownTrackPort[] {
    return this.#downTracks;
  }

  add(downTrack: DownTrackPort): void {
    if (!this.#downTracks.includes(downTrack)) this.#downTracks.push(downTrack);
  }

  remove(downTrack: DownTrackPort): void {
    const index = this.#downTracks.indexOf(downTrack);
    if (index >= 0) this.#downTracks.splice(index, 1);
  }

  /** As `StreamFanOut.take`, of the stream of a layer. */
  take(nowMs: number, packet: MediaPacket, layer: number): MediaPacket {
    return this.#streams[layer]!.take(nowMs, packet);
  }

  /** Sends what waits, before something changes that packets after it are not to be mixed with. */
  send(nowMs: number): void {
    for (const stream of this.#streams) stream.send(nowMs);
  }

  /** The stream of a layer began anew. */
  resetStream(nowMs: number, layer: number): void {
    this.send(nowMs);
    for (const downTrack of this.#downTracks) downTrack.handleStreamReset(layer, nowMs);
  }

  /** What the subscriber with the most losses has lost, 0..255. */
  fractionLost(nowMs: number): number {
    let most = 0;
    for (const downTrack of this.#downTracks) most = Math.max(most, downTrack.fractionLost(nowMs));
    return most;
  }
}

/** Packets of one stream that wait for the rest of their frame. */
class StreamFanOut {
  readonly isVideo: boolean;
  readonly #fanOut: FanOut;
  readonly #downTracks: readonly DownTrackPort[];
  /** The first `#count` of them wait. */
  readonly #packets: MediaPacket[] = [];
  #count = 0;
  /** It is in the list of the thread. */
  isListed: boolean = false;
  /** What waits is to leave by then; -Infinity: at once. */
  dueMs: number = Number.POSITIVE_INFINITY;

  constructor(fanOut: FanOut, downTracks: readonly DownTrackPort[], isVideo: boolean) {
    this.#fanOut = fanOut;
    this.#downTracks = downTracks;
    this.isVideo = isVideo;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /**
   * @param packet as `FanOut.claim` gave it, filled
   * @returns the packet to fill next
   */
  take(nowMs: number, packet: MediaPacket): MediaPacket {
    if (this.#downTracks.length === 0) return packet;
    // A stream's parser knows two structures: the next one takes the place of that which packets refer to.
    if (bringsStructure(packet)) this.send(nowMs);
    this.#packets[this.#count] = packet;
    this.#count += 1;
    if (this.#count === 1) this.dueMs = nowMs + HOLD_MS;
    // Late ones do not wait: the rest of their frame has left.
    if (packet.marker || !this.isVideo || packet.isOutOfOrder) {
      this.dueMs = Number.NEGATIVE_INFINITY;
    }
    if (!this.isListed) {
      this.isListed = true;
      this.#fanOut.add(this);
    }
    if (this.#count === WAITING_MAX) this.send(nowMs);
    return this.#fanOut.claim();
  }

  /** Sends what waits to one subscriber after the other. */
  send(nowMs: number): void {
    const count = this.#count;
    if (count === 0) return;
    this.#count = 0;
    this.dueMs = Number.POSITIVE_INFINITY;
    const packets = this.#packets;
    const downTracks = this.#downTracks;
    for (let i = 0; i < downTracks.length; i++) downTracks[i]!.write(packets, count, nowMs);
    for (let i = 0; i < count; i++) this.#fanOut.release(packets[i]!);
  }
}

function bringsStructure({ dependency }: MediaPacket): boolean {
  return dependency.described === Described.Yes && dependency.descriptor.hasStructure;
}
