import type { Forwarder } from "../forwarder/forwarder.ts";
import { Translation } from "../forwarder/translation.ts";
import { ownPayloadOf } from "./own-frames.ts";
import { OwnPackets } from "./own-packets.ts";
import type { PacketWriter } from "./packet-writer.ts";
import type { SendCodecs } from "./send-codecs.ts";

/** Numbers and timestamps of a stream that begins before its media (spec-media 4.4). */
const FIRST_SN_MIN = 0x8000;
const FIRST_SN_MASK = 0x3fff;
const FIRST_TS_MIN = 2 ** 31;

/** Scratch of the thread: filled and used up within one call. */
const SENT: Translation = new Translation();

/** Sends the packets that a down track makes itself (spec-media 4.9), at the pace of `OwnPackets`. */
export class OwnSender {
  readonly #isVideo: boolean;
  readonly #forwarder: Forwarder;
  readonly #codecs: SendCodecs;
  readonly #writer: PacketWriter;
  readonly #packets: OwnPackets;
  readonly #random: number;

  /** @param random any integer, for the first numbers of a stream that begins without media */
  constructor(
    isVideo: boolean,
    forwarder: Forwarder,
    codecs: SendCodecs,
    writer: PacketWriter,
    random: number,
  ) {
    this.#isVideo = isVideo;
    this.#forwarder = forwarder;
    this.#codecs = codecs;
    this.#writer = writer;
    this.#packets = new OwnPackets(isVideo);
    this.#random = random;
  }

  get isActive(): boolean {
    return this.#packets.isActive;
  }

  /** When `handleTimeout` has work; Infinity: nothing is to be sent. */
  get dueMs(): number {
    return this.#packets.dueMs;
  }

  /** A second of silence, so that players fade out. Nothing for a stream that never began. */
  startMute(nowMs: number): void {
    if (this.#forwarder.isStarted) this.#packets.startMute(nowMs);
  }

  /** The last of the stream: silence, or black pictures. */
  startFlush(nowMs: number): void {
    if (!this.#forwarder.isStarted) return;
    if (ownPayloadOf(this.#codecs.sentCodec).length > 0) this.#packets.startFlush(nowMs);
  }

  /**
   * For a subscriber that sees a track by its first packet: packets without content, until media
   * comes.
   */
  startAnnouncement(nowMs: number): void {
    if (!this.#codecs.chooseFirst()) return;
    this.#packets.startAnnouncement(nowMs);
  }

  /** The track is heard again: no more silence. An announcement goes on until there is media. */
  stopMute(): void {
    if (!this.#packets.isAnnouncement) this.#packets.stop();
  }

  stop(): void {
    this.#packets.stop();
  }

  handleTimeout(nowMs: number): void {
    const packets = this.#packets;
    while (packets.isActive && nowMs >= packets.dueMs) {
      if (packets.isAnnouncement && !this.#writer.isReady) {
        packets.postpone();
      } else if (this.#send(packets.dueMs)) {
        packets.advance();
      } else {
        packets.stop();
      }
    }
  }

  /** @returns false when it cannot be sent */
  #send(dueMs: number): boolean {
    if (!this.#writer.isReady) return false;
    if (this.#packets.isAnnouncement) return this.#announce(dueMs);
    const payload = ownPayloadOf(this.#codecs.sentCodec);
    if (payload.length === 0) return false;
    const forwarder = this.#forwarder;
    if (this.#isVideo && !forwarder.isAtFrameEnd) {
      forwarder.placeOwnPacket(dueMs, true, SENT);
      this.#writer.sendFill(SENT, true);
    }
    forwarder.placeOwnPacket(dueMs, false, SENT);
    forwarder.placeOwnKeyFrame(SENT);
    return this.#writer.sendOwn(dueMs, payload, SENT);
  }

  #announce(dueMs: number): boolean {
    const forwarder = this.#forwarder;
    const firstSn = FIRST_SN_MIN + ((this.#random >>> 14) & FIRST_SN_MASK);
    const firstTs = FIRST_TS_MIN + (this.#random >>> 2);
    forwarder.startAhead(dueMs, this.#codecs.clockHz, firstSn, firstTs);
    forwarder.placeOwnPacket(dueMs, false, SENT);
    if (this.#isVideo) return this.#writer.sendPaddingAnnouncement(dueMs, SENT);
    const payload = ownPayloadOf(this.#codecs.sentCodec);
    return payload.length > 0 && this.#writer.sendAnnouncement(dueMs, payload, SENT);
  }
}
