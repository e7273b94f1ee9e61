import { SnMunger } from "../munger/sn-munger.ts";
import { TsMunger } from "../munger/ts-munger.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import { type Translation, Verdict } from "./translation.ts";

const NO_SSRC = -1;

/** Highest number and timestamp that left: what is above them is given to the next piece. */
export type PieceEnd = { readonly lastOutSn: number; readonly lastOutTs: number };

export type Mungers = { readonly sns: SnMunger; readonly timestamps: TsMunger };

/** How one source was renumbered, from one switch to the next. */
class Piece {
  sns: SnMunger = new SnMunger(0, 0);
  timestamps: TsMunger = new TsMunger();
  #ssrc: number = NO_SSRC;
  #lastOutSn = 0;
  #lastOutTs = 0;

  keep(ssrc: number, sns: SnMunger, timestamps: TsMunger, end: PieceEnd): void {
    this.#ssrc = ssrc;
    this.#lastOutSn = end.lastOutSn;
    this.#lastOutTs = end.lastOutTs;
    this.sns = sns;
    this.timestamps = timestamps;
  }

  forget(): void {
    this.#ssrc = NO_SSRC;
  }

  translate(packet: MediaPacket, out: Translation): Verdict {
    if (packet.ssrc !== this.#ssrc || packet.extSn >= this.sns.highestExtSn) return Verdict.Drop;
    const outSn = this.sns.mapSn(packet.extSn);
    if (outSn < 0 || outSn >= this.#lastOutSn) return Verdict.Drop;
    const outTs = this.timestamps.mapTs(packet.extTs);
    // Frames of a piece that was repeated left closer together than they came.
    if (outTs > this.#lastOutTs) return Verdict.Drop;
    const isNumbered = packet.pictureId >= 0 || packet.dependencyBytes > 0;
    const isFill = isNumbered || packet.payloadBytes === 0;
    out.outSn = outSn;
    out.outTs = outTs;
    out.marker = !isFill && packet.marker;
    out.descriptorBytes = 0;
    out.dependency.isPresent = false;
    out.isSwitch = false;
    return isFill ? Verdict.FillHole : Verdict.Forward;
  }
}

/**
 * The pieces before the one that flows: two, for at the start each layer is left for the next one
 * up within moments. Their last packets may come late, over a path that reorders or as a repair:
 * their numbers are a hole that the subscriber asks for, over and over, until something fills it.
 */
export class PreviousPieces {
  #last: Piece = new Piece();
  #older: Piece = new Piece();

  /**
   * A piece has ended.
   *
   * @returns mungers that are free to be used for the next
   */
  keep(ssrc: number, sns: SnMunger, timestamps: TsMunger, end: PieceEnd): Mungers {
    const freed = this.#older;
    this.#older = this.#last;
    this.#last = freed;
    const mungers = { sns: freed.sns, timestamps: freed.timestamps };
    freed.keep(ssrc, sns, timestamps, end);
    return mungers;
  }

  /** Numbers of some source mean something else from now on. */
  forget(): void {
    this.#last.forget();
    this.#older.forget();
  }

  /**
   * A late packet of a piece goes to its number. Where the payload has numbers of its own, whose
   * continuation is lost, padding goes there instead: a receiver sees by them that a picture is
   * missing. Where it has none, receivers go by the numbers of packets, and padding would make them
   * believe that the frames around it follow each other.
   *
   * @returns Drop when it is of neither piece, or nobody knows of its number
   */
  translate(packet: MediaPacket, out: Translation): Verdict {
    const verdict = this.#last.translate(packet, out);
    return verdict === Verdict.Drop ? this.#older.translate(packet, out) : verdict;
  }
}
