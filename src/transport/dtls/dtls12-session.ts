import { assert } from "../../base/assert.ts";
import { DropReason } from "../../base/drop-reason.ts";
import { ViewCopier } from "../../base/view-copier.ts";
import {
  ALERT_BYTES,
  ALERT_FATAL,
  ALERT_WARNING,
  Alert,
  alertName,
} from "../../wire/dtls/alert.ts";
import {
  FragmentView,
  type HandshakeMessage,
  HandshakeType,
  readFragment,
} from "../../wire/dtls/handshake.ts";
import {
  DtlsContent,
  RECORD_HEADER_BYTES,
  RecordView,
  readRecord,
} from "../../wire/dtls/record.ts";
import type { DtlsEvents, DtlsSession } from "./dtls-session.ts";
import { sendFlight } from "./flight-writer.ts";
import { HandshakeInbox } from "./handshake-inbox.ts";
import type { Handshake } from "./handshake-state.ts";
import { openedAt, PLAIN_EPOCH, type RecordLayer, SEALED_EPOCH } from "./record-layer.ts";
import { SEALED_PAYLOAD_AT } from "./record-protection.ts";

/** First wait before a flight is repeated; doubles each time (RFC 6347 §4.2.4, but from 100 ms). */
const RETRANSMIT_MS = 100;
const HANDSHAKE_LIMIT_MS = 60_000;
/** What a peer may send before it is proven. A handshake takes 2 kB, with repetitions more. */
const HANDSHAKE_BYTES_MAX = 256 * 1024;
/** A repeated message of the peer brings our flight again, but not sooner than this after it. */
const REPEAT_AFTER_MS = 50;
/** And not more often than this for one flight: then the timer alone repeats it. */
const REPEATS_MAX = 10;
/** Encrypted handshake records that came before their key; then the oldest goes. */
const HELD_MAX = 2;
/** How long a handshake may still succeed once somebody said, unproven, that it failed. */
const ALERT_GRACE_MS = 5_000;
const COPIER: ViewCopier = new ViewCopier();
/** The most that one record carries (RFC 5246 §6.2.1). */
export const APPLICATION_BYTES_MAX: number = 2 ** 14;

/**
 * A DTLS 1.2 association from its first message to its last: records, order of messages,
 * repetition and limits are the same for both roles; what the messages mean is the handshake's.
 *
 * Plain records prove nothing: forged ones are passed over wherever the peer's own can still come
 * and be better, and an alert in one only shortens the wait. A refusal is final.
 */
export class Dtls12Session implements DtlsSession {
  readonly #events: DtlsEvents;
  readonly #handshake: Handshake;
  readonly #records: RecordLayer;
  readonly #out: Uint8Array;
  readonly #inbox: HandshakeInbox = new HandshakeInbox();
  readonly #record: RecordView = new RecordView();
  readonly #fragment: FragmentView = new FragmentView();
  #held: Uint8Array[] = [];
  #state: "new" | "handshaking" | "connected" | "closed";
  /** What we said last; said again when the peer seems not to have heard it. */
  #flight: readonly HandshakeMessage[] = [];
  #flightAtMs = Number.NEGATIVE_INFINITY;
  #dueMs = Number.POSITIVE_INFINITY;
  #waitMs = RETRANSMIT_MS;
  #limitMs = Number.POSITIVE_INFINITY;
  #handshakeBytes = 0;
  /** The peer repeated itself in the present datagram. */
  #isRepeated = false;
  /** Our Finished message was sent: whatever follows it is sealed. */
  #isSealing = false;
  #repeats = 0;
  #hasRefusedRenegotiation = false;
  /** Why the handshake has not come on, for the message when it runs out of time. */
  #trouble = "";

  /** @param out scratch of APPLICATION_BYTES_MAX + SEALED_OVERHEAD_BYTES; may be shared */
  constructor(events: DtlsEvents, handshake: Handshake, records: RecordLayer, out: Uint8Array) {
    this.#events = events;
    this.#handshake = handshake;
    this.#records = records;
    this.#out = out;
    this.#state = handshake.state.role === "client" ? "new" : "handshaking";
  }

  handleDatagram(nowMs: number, bytes: Uint8Array): DropReason {
    if (this.#state === "new") return DropReason.WrongState;
    this.#isRepeated = false;
    let reason: DropReason = DropReason.None;
    let at = 0;
    do {
      const next = readRecord(bytes, at, this.#record);
      const dropped = next < 0 ? DropReason.Malformed : this.#takeRecord(nowMs, bytes, at);
      if (reason === DropReason.None) reason = dropped;
      at = next < 0 ? bytes.length : next;
    } while (at < bytes.length);
    if (this.#isRepeated) this.#repeatFlight(nowMs);
    this.#advance(nowMs);
    return reason;
  }

  sealApplicationData(bytes: Uint8Array, length: number, out: Uint8Array, offset: number): number {
    if (this.#state !== "connected") return 0;
    assert(length <= APPLICATION_BYTES_MAX, "Application data fits one record");
    COPIER.copy(bytes, 0, length, out, offset + SEALED_PAYLOAD_AT);
    return this.#records.writeSealed(out, offset, DtlsContent.ApplicationData, length);
  }

  pollTimeout(): number {
    if (this.#state === "new") return Number.NEGATIVE_INFINITY;
    return this.#state === "handshaking"
      ? Math.min(this.#dueMs, this.#limitMs)
      : Number.POSITIVE_INFINITY;
  }

  handleTimeout(nowMs: number): void {
    if (this.#state === "new") {
      this.#state = "handshaking";
      this.#limitMs = nowMs + HANDSHAKE_LIMIT_MS;
      this.#startFlight(nowMs, this.#handshake.begin());
      return;
    }
    if (nowMs < this.pollTimeout()) return;
    if (nowMs >= this.#limitMs) {
      const trouble = this.#trouble === "" ? "" : `: ${this.#trouble}`;
      this.#fail(`DTLS handshake not complete in time${trouble}`, Alert.HandshakeFailure);
      return;
    }
    this.#transmitFlight(nowMs);
    this.#waitMs *= 2;
    this.#dueMs = nowMs + this.#waitMs;
  }

  close(): void {
    if (this.#state === "connected") this.#transmitAlert(ALERT_WARNING, Alert.CloseNotify);
    this.#release();
  }

  /** @param at where the record begins; it was read */
  #takeRecord(nowMs: number, bytes: Uint8Array, at: number): DropReason {
    if (this.#state === "closed") return DropReason.WrongState;
    const { epoch, type, payloadAt, payloadBytes } = this.#record;
    if (this.#state === "handshaking" && type === DtlsContent.Handshake) {
      this.#handshakeBytes += payloadBytes;
      if (this.#handshakeBytes > HANDSHAKE_BYTES_MAX) {
        this.#fail("Peer sent more than any DTLS handshake takes", Alert.HandshakeFailure);
        return DropReason.Full;
      }
    }
    if (epoch === PLAIN_EPOCH) return this.#takePlain(nowMs, bytes);
    if (epoch !== SEALED_EPOCH) return DropReason.Unsupported;
    if (!this.#records.hasKeys) {
      if (type !== DtlsContent.Handshake) return DropReason.WrongState;
      if (this.#held.length === HELD_MAX) this.#held.shift();
      this.#held.push(bytes.slice(at, payloadAt + payloadBytes));
      return DropReason.None;
    }
    return this.#takeSealed(bytes);
  }

  #takePlain(nowMs: number, bytes: Uint8Array): DropReason {
    const { type, payloadAt, payloadBytes } = this.#record;
    // late repetitions of what has been taken; the sealed Finished among them asks for our answer
    if (this.#state !== "handshaking") return DropReason.Duplicate;
    switch (type) {
      case DtlsContent.Handshake:
        return this.#takeFragments(bytes, payloadAt, payloadAt + payloadBytes, false);
      case DtlsContent.ChangeCipherSpec:
        return DropReason.None; // the epoch says it
      case DtlsContent.Alert:
        if (payloadBytes !== ALERT_BYTES) return DropReason.Malformed;
        if (this.#flight.length === 0) return DropReason.WrongState;
        if (bytes[payloadAt] === ALERT_FATAL) {
          this.#trouble = `peer sent alert ${alertName(bytes[payloadAt + 1]!)}`;
          this.#limitMs = Math.min(this.#limitMs, nowMs + ALERT_GRACE_MS);
        }
        return DropReason.None;
      default:
        return DropReason.WrongState;
    }
  }

  #takeSealed(bytes: Uint8Array): DropReason {
    const reason = this.#records.open(bytes, this.#record);
    if (reason !== DropReason.None) return reason;
    const at = openedAt(this.#record);
    const end = at + this.#records.openedBytes;
    switch (this.#record.type) {
      case DtlsContent.ApplicationData:
        // what overtook the server's Finished comes again: SCTP sees to that
        if (this.#state !== "connected") return DropReason.WrongState;
        this.#events.onApplicationData(bytes.subarray(at, end));
        return DropReason.None;
      case DtlsContent.Handshake:
        if (this.#state === "connected") return this.#takeLateHandshake(bytes, at, end);
        return this.#takeFragments(bytes, at, end, true);
      case DtlsContent.Alert:
        if (end - at !== ALERT_BYTES) return DropReason.Malformed;
        if (bytes[at] === ALERT_FATAL) {
          this.#end(`Peer ended the DTLS session with alert ${alertName(bytes[at + 1]!)}`);
        }
        return DropReason.None;
      default:
        return DropReason.Unsupported;
    }
  }

  #takeFragments(bytes: Uint8Array, at: number, end: number, isSealed: boolean): DropReason {
    const fragment = this.#fragment;
    let reason: DropReason = DropReason.None;
    for (let next = at; next < end; ) {
      next = readFragment(bytes, next, end, fragment);
      if (next < 0) return DropReason.Malformed;
      const dropped = this.#inbox.push(bytes, fragment, isSealed);
      if (dropped === DropReason.Duplicate) this.#isRepeated = true;
      if (reason === DropReason.None) reason = dropped;
    }
    return reason;
  }

  /** A repeated Finished, whose answer was lost, or the wish to begin anew, which is refused. */
  #takeLateHandshake(bytes: Uint8Array, at: number, end: number): DropReason {
    if (readFragment(bytes, at, end, this.#fragment) < 0) return DropReason.Malformed;
    if (this.#fragment.type === HandshakeType.Finished) {
      // a client has nothing to repeat: it heard the last word
      this.#isRepeated = this.#handshake.state.role === "server";
      return DropReason.Duplicate;
    }
    if (!this.#hasRefusedRenegotiation) {
      this.#hasRefusedRenegotiation = true;
      this.#transmitAlert(ALERT_WARNING, Alert.NoRenegotiation);
    }
    return DropReason.Unsupported;
  }

  /** Takes what has become complete, message by message. */
  #advance(nowMs: number): void {
    while (this.#state === "handshaking") {
      const message = this.#inbox.peek();
      if (message === undefined) return;
      const reaction = this.#handshake.take(message);
      if (reaction.kind === "refused") {
        this.#fail(reaction.why, reaction.alert);
      } else if (reaction.kind === "discarded") {
        this.#trouble = reaction.why;
        this.#inbox.discard();
      } else {
        this.#inbox.advance();
        this.#useKeys();
        if (this.#limitMs === Number.POSITIVE_INFINITY) this.#limitMs = nowMs + HANDSHAKE_LIMIT_MS;
        if (reaction.flight.length > 0) this.#startFlight(nowMs, reaction.flight);
        // whoever was told of the flight may have closed the session
        if (reaction.isComplete && !this.#isClosed) this.#connect();
      }
    }
  }

  /** Once there are keys, what came before them can be opened. */
  #useKeys(): void {
    const { trafficKeys, role } = this.#handshake.state;
    if (trafficKeys === undefined || this.#records.hasKeys) return;
    this.#records.setKeys(trafficKeys, role);
    const held = this.#held;
    this.#held = [];
    for (const bytes of held) {
      readRecord(bytes, 0, this.#record);
      this.#takeSealed(bytes);
    }
  }

  get #isClosed(): boolean {
    return this.#state === "closed";
  }

  #connect(): void {
    const keys = this.#handshake.state.takeSrtpKeys();
    this.#state = "connected";
    this.#inbox.clear();
    this.#events.onConnected(keys);
  }

  #startFlight(nowMs: number, flight: readonly HandshakeMessage[]): void {
    this.#flight = flight;
    this.#repeats = 0;
    this.#waitMs = RETRANSMIT_MS;
    // a request for a cookie is answered to each hello, and never sent unasked (RFC 6347 §4.2.1)
    const isAsked = flight[0]?.type === HandshakeType.HelloVerifyRequest;
    this.#dueMs = isAsked ? Number.POSITIVE_INFINITY : nowMs + this.#waitMs;
    this.#transmitFlight(nowMs);
  }

  #transmitFlight(nowMs: number): void {
    this.#flightAtMs = nowMs;
    this.#isSealing ||= this.#flight.some(({ type }) => type === HandshakeType.Finished);
    sendFlight(this.#flight, this.#records, this.#out, (datagram) =>
      this.#events.onTransmit(datagram),
    );
  }

  #repeatFlight(nowMs: number): void {
    if (this.#state === "closed" || this.#flight.length === 0) return;
    if (nowMs - this.#flightAtMs < REPEAT_AFTER_MS || this.#repeats === REPEATS_MAX) return;
    this.#repeats += 1;
    this.#transmitFlight(nowMs);
  }

  #transmitSealed(type: number, payloadBytes: number): void {
    const length = this.#records.writeSealed(this.#out, 0, type, payloadBytes);
    if (length > 0) this.#events.onTransmit(this.#out.subarray(0, length));
  }

  #transmitAlert(level: number, alert: Alert): void {
    const at = this.#isSealing ? SEALED_PAYLOAD_AT : RECORD_HEADER_BYTES;
    this.#out[at] = level;
    this.#out[at + 1] = alert;
    if (this.#isSealing) {
      this.#transmitSealed(DtlsContent.Alert, ALERT_BYTES);
    } else {
      const length = this.#records.writePlain(this.#out, 0, DtlsContent.Alert, ALERT_BYTES);
      this.#events.onTransmit(this.#out.subarray(0, length));
    }
  }

  /** Ends the session, and lets the peer know. */
  #fail(reason: string, alert: Alert): void {
    this.#transmitAlert(ALERT_FATAL, alert);
    this.#end(reason);
  }

  #end(reason: string): void {
    this.#release();
    this.#events.onFailed(reason);
  }

  #release(): void {
    this.#state = "closed";
    this.#records.close();
    this.#inbox.clear();
    this.#held = [];
    this.#flight = [];
  }
}
