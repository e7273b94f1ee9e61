import { DropReason } from "../../base/drop-reason.ts";
import { putU32 } from "../../wire/bytes.ts";
import { copyBytes } from "../../wire/sctp/bytes.ts";
import { ChunkType } from "../../wire/sctp/chunk-type.ts";
import {
  INIT_BYTES_MAX,
  type InitChunk,
  readInitChunk,
  writeInitChunk,
} from "../../wire/sctp/init-chunk.ts";
import {
  CHUNK_HEADER_BYTES,
  PACKET_HEADER_BYTES,
  writeChecksum,
  writeChunkHeader,
  writePacketHeader,
  writePadding,
} from "../../wire/sctp/packet.ts";
import { STREAMS_MAX } from "./inbound-assembly.ts";

const RETRY_MS = 500;
const RETRY_MS_MAX = 3000;
/** INIT or COOKIE ECHO is sent this often; then the peer counts as absent, after about 25 s. */
const SENDS_MAX = 10;
const COOKIE_BYTES = 16;
/** A peer's cookie has to fit into one packet. The common implementations use 32 to 500 bytes. */
const PEER_COOKIE_BYTES_MAX = 1100;
/** A cookie that comes back later is of an attempt that is over (RFC 9260 §16 has the same). */
const COOKIE_LIFETIME_MS = 60_000;
/** Answered INITs whose cookie may still come back; the oldest makes room. */
const COOKIES_MAX = 4;
/** INIT ACKs not yet polled; a further one is dropped, the peer repeats its INIT. */
const ANSWERS_MAX = 2;
const NO_BYTES = new Uint8Array(0);

export type HandshakeOptions = {
  /** Uniform over 0..2^32-1, unpredictable. */
  readonly random: () => number;
  readonly localPort: number;
  readonly remotePort: number;
  /** Receive window that is announced. */
  readonly rwndBytes: number;
  readonly zeroChecksum: boolean;
  readonly interleaving: boolean;
};

type Cookie = {
  readonly bytes: Uint8Array;
  readonly expiresMs: number;
  readonly localTag: number;
  readonly localInitialTsn: number;
  readonly peer: InitChunk;
  /** The association's tags when the INIT came, to prove a restart (RFC 9260 §5.2.2). 0: none. */
  readonly tieLocalTag: number;
  readonly tiePeerTag: number;
};

/**
 * The four-way handshake (RFC 9260 §5), from either side or from both at once, and restarts of
 * the peer. Cookies are random numbers into a small table: DTLS has proven the peer already, so
 * nothing is gained by keeping no state for it.
 */
export class Handshake {
  readonly #options: HandshakeOptions;
  #phase: "closed" | "cookie-wait" | "cookie-echoed" | "established" | "failed" = "closed";
  #localTag: number;
  #localInitialTsn: number;
  #peer: InitChunk | undefined;
  readonly #cookies: Cookie[] = [];
  readonly #answers: Uint8Array[] = [];
  #sendReady = false;
  #sends = 0;
  #dueMs: number = Number.POSITIVE_INFINITY;

  constructor(options: HandshakeOptions) {
    this.#options = options;
    this.#localTag = this.#randomTag();
    this.#localInitialTsn = options.random() >>> 0;
  }

  /** What the peer writes into its packets. Never zero. */
  get localTag(): number {
    return this.#localTag;
  }

  get localInitialTsn(): number {
    return this.#localInitialTsn;
  }

  /** The peer's INIT or INIT ACK, once it is known. */
  get peer(): InitChunk | undefined {
    return this.#peer;
  }

  get isFailed(): boolean {
    return this.#phase === "failed";
  }

  connect(): void {
    if (this.#phase !== "closed") return;
    this.#phase = "cookie-wait";
    this.#startSending();
  }

  handleInit(nowMs: number, bytes: Uint8Array, offset: number, length: number): DropReason {
    const peer = readInitChunk(bytes, offset, length);
    if (typeof peer === "number") return peer;
    if (this.#phase === "failed") return DropReason.WrongState;
    if (this.#answers.length >= ANSWERS_MAX) return DropReason.Full;
    const isRestart = this.#phase === "established";
    const cookie: Cookie = {
      bytes: this.#randomCookie(),
      expiresMs: nowMs + COOKIE_LIFETIME_MS,
      localTag: isRestart ? this.#randomTag() : this.#localTag,
      localInitialTsn: isRestart ? this.#options.random() >>> 0 : this.#localInitialTsn,
      peer,
      tieLocalTag: isRestart ? this.#localTag : 0,
      tiePeerTag: isRestart ? (this.#peer?.tag ?? 0) : 0,
    };
    if (this.#cookies.length >= COOKIES_MAX) this.#cookies.shift();
    this.#cookies.push(cookie);
    this.#answers.push(this.#createInitPacket(ChunkType.InitAck, cookie, peer));
    return DropReason.None;
  }

  handleInitAck(bytes: Uint8Array, offset: number, length: number): DropReason {
    if (this.#phase !== "cookie-wait") return DropReason.WrongState;
    const peer = readInitChunk(bytes, offset, length);
    if (typeof peer === "number") return peer;
    if (peer.cookie.length === 0 || peer.cookie.length > PEER_COOKIE_BYTES_MAX) {
      return DropReason.Malformed;
    }
    this.#peer = peer;
    this.#phase = "cookie-echoed";
    this.#startSending();
    return DropReason.None;
  }

  /**
   * @param tag the packet's verification tag
   * @returns "established" and "restarted": `peer` is new, answer COOKIE ACK; "repeated": answer
   *   COOKIE ACK once more; "rejected": no cookie of ours, or an old one
   */
  handleCookieEcho(
    nowMs: number,
    tag: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): "established" | "restarted" | "repeated" | "rejected" {
    const cookie = this.#findCookie(
      bytes,
      offset + CHUNK_HEADER_BYTES,
      length - CHUNK_HEADER_BYTES,
    );
    if (cookie === undefined || cookie.localTag !== tag || this.isFailed) return "rejected";
    if (nowMs >= cookie.expiresMs) return "rejected";
    if (this.#phase !== "established") {
      this.#establish(cookie.peer);
      return "established";
    }
    if (cookie.localTag === this.#localTag) {
      return cookie.peer.tag === this.#peer?.tag ? "repeated" : "rejected";
    }
    const isTied = cookie.tieLocalTag === this.#localTag && cookie.tiePeerTag === this.#peer?.tag;
    if (!isTied) return "rejected";
    this.#localTag = cookie.localTag;
    this.#localInitialTsn = cookie.localInitialTsn;
    this.#establish(cookie.peer);
    return "restarted";
  }

  /** Returns true when this completes the handshake. */
  handleCookieAck(): boolean {
    if (this.#phase !== "cookie-echoed" || this.#peer === undefined) return false;
    this.#establish(this.#peer);
    return true;
  }

  /** Ends it; nothing more is sent. */
  close(): void {
    this.#phase = "failed";
    this.#sendReady = false;
    this.#answers.length = 0;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  /** When `handleTimeout` next has work; Infinity: not without input. */
  pollTimeout(): number {
    return this.#dueMs;
  }

  handleTimeout(nowMs: number): void {
    if (nowMs < this.#dueMs) return;
    this.#dueMs = Number.POSITIVE_INFINITY;
    if (this.#sends >= SENDS_MAX) this.#phase = "failed";
    else this.#sendReady = true;
  }

  /** Writes one whole packet, checksum included. Returns its length, 0 when there is none. */
  pollTransmit(nowMs: number, out: Uint8Array): number {
    const answer = this.#answers.shift();
    if (answer !== undefined) {
      out.set(answer);
      return answer.length;
    }
    if (!this.#sendReady) return 0;
    this.#sendReady = false;
    this.#dueMs = nowMs + Math.min(RETRY_MS * 2 ** this.#sends, RETRY_MS_MAX);
    this.#sends += 1;
    if (this.#phase === "cookie-wait") {
      const packet = this.#createInitPacket(ChunkType.Init, undefined, undefined);
      out.set(packet);
      return packet.length;
    }
    return this.#writeCookieEcho(out);
  }

  #startSending(): void {
    this.#sends = 0;
    this.#sendReady = true;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  #establish(peer: InitChunk): void {
    this.#peer = peer;
    this.#phase = "established";
    this.#sendReady = false;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  /** RFC 9653 §5.2: packets of the handshake carry their checksum always. */
  #createInitPacket(
    type: typeof ChunkType.Init | typeof ChunkType.InitAck,
    cookie: Cookie | undefined,
    peer: InitChunk | undefined,
  ): Uint8Array {
    const { localPort, remotePort, rwndBytes, zeroChecksum, interleaving } = this.#options;
    const unrecognized = peer?.unrecognized ?? NO_BYTES;
    // Each reported parameter gets a header of its own, at most as long as the parameter.
    const bytesMax = PACKET_HEADER_BYTES + INIT_BYTES_MAX + COOKIE_BYTES + 2 * unrecognized.length;
    const packet = new Uint8Array(bytesMax);
    writePacketHeader(packet, localPort, remotePort, peer?.tag ?? 0);
    const end = writeInitChunk(packet, PACKET_HEADER_BYTES, type, {
      tag: cookie?.localTag ?? this.#localTag,
      rwndBytes,
      outboundStreams: STREAMS_MAX,
      inboundStreamsMax: STREAMS_MAX,
      initialTsn: cookie?.localInitialTsn ?? this.#localInitialTsn,
      cookie: cookie?.bytes ?? NO_BYTES,
      forwardTsn: true,
      reconfig: true,
      interleaving,
      zeroChecksum,
      unrecognized,
    });
    writeChecksum(packet, end);
    return packet.subarray(0, end);
  }

  #writeCookieEcho(out: Uint8Array): number {
    const peer = this.#peer;
    if (peer === undefined) return 0;
    writePacketHeader(out, this.#options.localPort, this.#options.remotePort, peer.tag);
    const length = CHUNK_HEADER_BYTES + peer.cookie.length;
    const value = writeChunkHeader(out, PACKET_HEADER_BYTES, ChunkType.CookieEcho, 0, length);
    copyBytes(peer.cookie, 0, out, value, peer.cookie.length);
    const end = writePadding(out, value + peer.cookie.length);
    writeChecksum(out, end);
    return end;
  }

  #findCookie(bytes: Uint8Array, offset: number, length: number): Cookie | undefined {
    if (length !== COOKIE_BYTES) return undefined;
    return this.#cookies.find((cookie) =>
      cookie.bytes.every((byte, i) => byte === bytes[offset + i]),
    );
  }

  #randomTag(): number {
    return this.#options.random() >>> 0 || 1;
  }

  #randomCookie(): Uint8Array {
    const cookie = new Uint8Array(COOKIE_BYTES);
    for (let at = 0; at < COOKIE_BYTES; at += 4) putU32(cookie, at, this.#options.random());
    return cookie;
  }
}
