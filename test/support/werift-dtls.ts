import { CipherContext, DtlsClient, DtlsServer, NamedCurveAlgorithm } from "werift";
import { DropReason } from "../../src/base/drop-reason.ts";
import type {
  DtlsEvents,
  DtlsFactory,
  DtlsOptions,
  DtlsSession,
  SrtpKeys,
  SrtpProfile,
} from "../../src/transport/dtls/dtls-session.ts";
import {
  fingerprintOf,
  finishedData,
  isCertificateVerifyRight,
  isKeyExchangeRight,
  publicKeyOf,
} from "./dtls-proofs.ts";
import {
  DTLS_VERSION,
  DtlsContent,
  type DtlsRecord,
  fragmentHandshake,
  HandshakeInbox,
  type HandshakeMessage,
  HandshakeType,
  RECORD_HEADER_BYTES,
  ReplayWindow,
  readDtlsRecords,
  writeDtlsRecord,
  writeHandshake,
} from "./dtls-records.ts";

/** First wait before a flight is repeated; doubles each time (RFC 6347 §4.2.4, but from 100 ms). */
const RETRANSMIT_MS = 100;
const HANDSHAKE_LIMIT_MS = 60_000;
/** A repeated message of the peer brings our flight again, but not sooner than this after it. */
const REPEAT_AFTER_MS = 50;
/** No datagram of a handshake is larger. */
const DATAGRAM_BYTES = 1200;
/** Encrypted handshake records that came before their key; then the oldest goes. */
const SEALED_MAX = 2;
/** ClientHello, ServerHello, Certificate, ServerKeyExchange, CertificateRequest, ServerHelloDone. */
const FLIGHT_4_MESSAGES = 6;
/** Explicit nonce and tag of AES-GCM: what encryption adds to a payload (RFC 5288 §3). */
const SEAL_BYTES = 24;
const ALERT_FATAL = 2;
const CLOSE_NOTIFY: Uint8Array = Uint8Array.of(1, 0);

/**
 * Numbers of use_srtp with the lengths of master key and salt, in our order of preference. 128 bits
 * come first: the handshake's own keys have no more, and packets cost less.
 */
const PROFILES: readonly { id: number; name: SrtpProfile; keyBytes: number; saltBytes: number }[] =
  [
    { id: 0x0007, name: "AEAD_AES_128_GCM", keyBytes: 16, saltBytes: 12 },
    { id: 0x0008, name: "AEAD_AES_256_GCM", keyBytes: 32, saltBytes: 12 },
    { id: 0x0001, name: "AES128_CM_HMAC_SHA1_80", keyBytes: 16, saltBytes: 14 },
  ];

/** What must come next, in this order. Finished comes encrypted, the rest plain. */
const FROM_CLIENT: readonly (readonly number[])[] = [
  [HandshakeType.ClientHello],
  [HandshakeType.Certificate],
  [HandshakeType.ClientKeyExchange],
  [HandshakeType.CertificateVerify],
  [HandshakeType.Finished],
];
const FROM_SERVER: readonly (readonly number[])[] = [
  [HandshakeType.HelloVerifyRequest, HandshakeType.ServerHello],
  [HandshakeType.Certificate],
  [HandshakeType.ServerKeyExchange],
  [HandshakeType.CertificateRequest, HandshakeType.ServerHelloDone],
  [HandshakeType.Finished],
];

type WeriftSocket = DtlsServer | DtlsClient;
type WeriftOptions = ConstructorParameters<typeof DtlsServer>[0];
type WeriftProfiles = NonNullable<WeriftOptions["srtpProfiles"]>;
type WeriftFragment = Parameters<WeriftSocket["onHandleHandshakes"]>[0][number];
type Certificate = Awaited<
  ReturnType<(typeof CipherContext)["createSelfSignedCertificateWithKey"]>
>;

/** The runtime's timers and monotonic clock; tests hand in their own. */
export type DtlsTimers = {
  set(handler: () => void, delayMs: number): unknown;
  clear(timer: unknown): void;
  nowMs(): number;
};

const RUNTIME_TIMERS: DtlsTimers = {
  set: (handler, delayMs) => setTimeout(handler, delayMs),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  nowMs: () => performance.now(),
};

/** Makes the certificate of this process and a factory of sessions that show it. */
export async function createWeriftDtlsFactory(
  timers: DtlsTimers = RUNTIME_TIMERS,
): Promise<DtlsFactory> {
  const certificate = await CipherContext.createSelfSignedCertificateWithKey(
    { signature: 3, hash: 4 }, // ECDSA with SHA-256
    NamedCurveAlgorithm.secp256r1_23,
  );
  const base64 = certificate.certPem.replace(/-----[^-]+-----|\s/g, "");
  return {
    localFingerprint: fingerprintOf(Buffer.from(base64, "base64")),
    create: (options) => new WeriftDtlsSession(options, certificate, timers),
  };
}

/** werift is told by this that its flight was taken over: nothing of its own is sent or timed. */
const FLIGHT_TAKEN = new Error("The flight is sent by its session");

/**
 * DTLS with werift's message formats and key schedule. Around them stands what werift lacks or
 * gets wrong: ordering and reassembly, retransmission with timers that can be cancelled, records
 * whose numbers never repeat, a replay window, and the three proofs of the handshake
 * (certificate fingerprint, CertificateVerify or signed key exchange, Finished).
 *
 * werift never sees a message twice, out of order or in part, and never sends: its transport
 * refuses each flight, which is then read from its handshake cache. As server the cookie exchange
 * is played against werift alone, because ICE has proven the address (saves a round trip).
 */
class WeriftDtlsSession implements DtlsSession {
  readonly #events: DtlsEvents;
  readonly #remoteFingerprint: string;
  readonly #isServer: boolean;
  readonly #timers: DtlsTimers;
  readonly #socket: WeriftSocket;
  readonly #transport: WeriftOptions["transport"];
  readonly #inbox: HandshakeInbox = new HandshakeInbox();
  readonly #replay: ReplayWindow = new ReplayWindow();
  readonly #sealed: DtlsRecord[] = [];
  #state: "handshaking" | "connected" | "closed" = "handshaking";
  /** Index of the step in FROM_CLIENT or FROM_SERVER that is awaited. */
  #step: number = 0;
  #advancing: boolean = false;
  #handled: { fragments: WeriftFragment[]; work: Promise<void> } | undefined = undefined;
  #flight: HandshakeMessage[] = [];
  #flightAtMs: number = Number.NEGATIVE_INFINITY;
  #timer: unknown = undefined;
  #waitMs: number = RETRANSMIT_MS;
  #limitMs: number = Number.POSITIVE_INFINITY;
  #plainSequence: number = 0;
  #sealedSequence: number = 0;
  /** Why the handshake has not come on, for the message when it runs out of time. */
  #trouble: string = "";

  constructor(options: DtlsOptions, certificate: Certificate, timers: DtlsTimers) {
    this.#events = options.events;
    this.#remoteFingerprint = options.remoteFingerprint.toUpperCase();
    this.#isServer = options.role === "server";
    this.#timers = timers;
    this.#transport = {
      type: "session",
      address: { address: "", family: "", port: 0 },
      closed: false,
      onData: () => {},
      send: () => {
        throw FLIGHT_TAKEN;
      },
      close: () => Promise.resolve(),
    };
    const weriftOptions: WeriftOptions = {
      transport: this.#transport,
      cert: certificate.certPem,
      key: certificate.keyPem,
      signatureHash: certificate.signatureHash,
      // werift negotiates any number; its type only lists those its own SRTP knows
      srtpProfiles: PROFILES.map((profile) => profile.id) as WeriftProfiles,
      extendedMasterSecret: true,
      certificateRequest: true,
    };
    this.#socket = this.#isServer ? new DtlsServer(weriftOptions) : new DtlsClient(weriftOptions);
    const handle = this.#socket.onHandleHandshakes;
    this.#socket.onHandleHandshakes = (fragments) => {
      const work = handle(fragments);
      this.#handled = { fragments, work };
      return work;
    };
    // in a later turn, when the caller holds the session
    if (!this.#isServer) queueMicrotask(() => void this.#connect());
  }

  handleDatagram(_nowMs: number, bytes: Uint8Array): DropReason {
    if (this.#state === "closed") return DropReason.WrongState;
    let repeated = false;
    for (const record of readDtlsRecords(bytes)) {
      if (record.epoch === 0) repeated = this.#handlePlain(record) || repeated;
      else if (record.epoch === 1) repeated = this.#handleSealed(record) || repeated;
    }
    if (repeated) this.#repeatFlight();
    if (this.#state === "handshaking") void this.#advance();
    return DropReason.None;
  }

  /** It has timers of its own. */
  pollTimeout(): number {
    return Number.POSITIVE_INFINITY;
  }

  handleTimeout(): void {}

  sealApplicationData(bytes: Uint8Array, length: number, out: Uint8Array, offset: number): number {
    if (this.#state !== "connected") return 0;
    const sealed = this.#seal(DtlsContent.ApplicationData, bytes.subarray(0, length));
    out.set(sealed, offset);
    return sealed.length;
  }

  close(): void {
    if (this.#state === "connected") {
      this.#events.onTransmit(this.#seal(DtlsContent.Alert, CLOSE_NOTIFY));
    }
    this.#state = "closed";
    this.#stopTimer();
    this.#sealed.length = 0;
    this.#flight = [];
  }

  /** @returns whether the peer repeats itself */
  #handlePlain(record: DtlsRecord): boolean {
    if (this.#state !== "handshaking") return false;
    if (record.type === DtlsContent.Handshake) return this.#inbox.push(record.payload, false);
    if (record.type === DtlsContent.Alert && record.payload[0] === ALERT_FATAL) {
      // anybody could have sent it, so it is only remembered
      this.#trouble = `peer sent alert ${record.payload[1]}`;
    }
    return false;
  }

  #handleSealed(record: DtlsRecord): boolean {
    const ready = this.#socket.cipher.cipher !== undefined;
    if (record.type === DtlsContent.Handshake && this.#state === "handshaking") {
      // the Finished message; `#advance` opens it when its turn comes
      if (this.#sealed.length === SEALED_MAX) this.#sealed.shift();
      this.#sealed.push({ ...record, payload: record.payload.slice() });
      return false;
    }
    if (!ready || this.#state !== "connected") return false;
    if (record.type === DtlsContent.ApplicationData && !this.#replay.isNew(record.sequence)) {
      return false;
    }
    const payload = this.#open(record);
    if (payload === undefined) return false;
    if (record.type === DtlsContent.ApplicationData) {
      this.#replay.note(record.sequence);
      this.#events.onApplicationData(payload);
    } else if (record.type === DtlsContent.Alert && payload[0] === ALERT_FATAL) {
      this.#fail(`Peer ended the DTLS session with alert ${payload[1]}`);
    }
    return record.type === DtlsContent.Handshake && this.#isServer;
  }

  /** Takes what has become complete, message by message. Never rejects. */
  async #advance(): Promise<void> {
    if (this.#advancing) return;
    this.#advancing = true;
    try {
      while (this.#state === "handshaking") {
        const message = this.#inbox.peek() ?? this.#openFinished();
        if (message === undefined) break;
        const trouble = await this.#take(message);
        if (trouble === undefined) {
          this.#inbox.advance();
        } else {
          this.#trouble = trouble;
          this.#inbox.discard();
        }
      }
    } catch (error) {
      this.#fail(`Cannot go on with the DTLS handshake: ${String(error)}`);
    }
    this.#advancing = false;
  }

  /** The next message out of a sealed record, when keys are there and nothing else is awaited. */
  #openFinished(): HandshakeMessage | undefined {
    if (this.#step !== FROM_CLIENT.length - 1) return undefined;
    for (let record = this.#sealed.shift(); record; record = this.#sealed.shift()) {
      const payload = this.#open(record);
      if (payload === undefined) continue;
      this.#inbox.push(payload, true);
      const message = this.#inbox.peek();
      if (message !== undefined) return message;
    }
    return undefined;
  }

  /** @returns why the message was not taken; it may come again, and better */
  async #take(message: HandshakeMessage): Promise<string | undefined> {
    const steps = this.#isServer ? FROM_CLIENT : FROM_SERVER;
    if (!steps[this.#step]!.includes(message.type)) {
      return `unexpected handshake message ${message.type}`;
    }
    switch (message.type) {
      case HandshakeType.ClientHello:
        return await this.#takeClientHello(message);
      case HandshakeType.HelloVerifyRequest:
        return (await this.#feed(message)) ?? this.#sendFlight(3);
      case HandshakeType.Certificate:
        return (await this.#feed(message)) ?? this.#checkFingerprint();
      case HandshakeType.CertificateVerify:
      case HandshakeType.ServerKeyExchange:
        if (!this.#isSigned(message)) return this.#fail("Peer does not hold its certificate's key");
        return (await this.#feed(message)) ?? this.#next();
      case HandshakeType.CertificateRequest:
        return await this.#feed(message); // ServerHelloDone is still to come
      case HandshakeType.ServerHelloDone:
        return (await this.#feed(message)) ?? this.#next() ?? this.#sendFlight(5);
      case HandshakeType.Finished:
        return await this.#takeFinished(message);
      default:
        return (await this.#feed(message)) ?? this.#next();
    }
  }

  #next(): undefined {
    this.#step += 1;
  }

  /**
   * werift wants a cookie before it answers. It gets its own one back, and the answer's messages
   * are renumbered to what the client, which knows nothing of this, expects.
   */
  async #takeClientHello(message: HandshakeMessage): Promise<string | undefined> {
    this.#limitMs = Math.min(this.#limitMs, this.#timers.nowMs() + HANDSHAKE_LIMIT_MS);
    this.#armTimer(HANDSHAKE_LIMIT_MS);
    const trouble = await this.#feed(message);
    const [hello] = this.#handled?.fragments ?? [];
    const { dtls } = this.#socket;
    if (trouble !== undefined || hello === undefined) return trouble ?? "malformed ClientHello";
    const withCookie = insertCookie(message.body, dtls.cookie);
    if (withCookie === undefined) return "ClientHello with a cookie that nobody gave";
    const cookieTrouble = await this.#feed({ ...message, seq: message.seq + 1, body: withCookie });
    if (cookieTrouble !== undefined) return cookieTrouble;
    const cached = dtls.handshakeCache[4]?.data ?? [];
    if (cached.length < FLIGHT_4_MESSAGES) return "ClientHello was not answered";
    if (this.#socket.srtp.srtpProfile === undefined) {
      return this.#fail("Peer offers none of our SRTP profiles");
    }
    cached[0] = hello;
    for (const fragment of cached.slice(1)) fragment.message_seq -= 1;
    dtls.sequenceNumber -= 1;
    this.#next();
    return this.#sendFlight(4);
  }

  async #takeFinished(message: HandshakeMessage): Promise<string | undefined> {
    const expected = finishedData(
      this.#socket.cipher.masterSecret,
      this.#isServer ? "client" : "server",
      this.#transcript(),
    );
    if (Buffer.compare(message.body, expected) !== 0) {
      return this.#fail("Peer's Finished message does not match the handshake");
    }
    if (this.#isServer) {
      const trouble = await this.#feed(message);
      if (trouble !== undefined) return trouble;
      this.#sendFlight(6);
    }
    this.#stopTimer();
    if (this.#state !== "handshaking") return undefined;
    const keys = this.#exportKeys();
    if (keys === undefined) return this.#fail("Peer chose none of our SRTP profiles");
    this.#state = "connected";
    this.#events.onConnected(keys);
    return undefined;
  }

  #checkFingerprint(): string | undefined {
    const certificate = this.#socket.remoteCertificate;
    if (certificate === undefined) return this.#fail("Peer shows no certificate");
    if (fingerprintOf(certificate) !== this.#remoteFingerprint) {
      return this.#fail("Peer's certificate does not have the fingerprint of its description");
    }
    return this.#next();
  }

  #isSigned(message: HandshakeMessage): boolean {
    const { cipher } = this.#socket;
    const key = publicKeyOf(cipher.remoteCertificate ?? new Uint8Array());
    if (key === undefined) return false;
    if (this.#isServer) return isCertificateVerifyRight(message.body, key, this.#transcript());
    const client = cipher.localRandom.serialize();
    return isKeyExchangeRight(message.body, key, client, cipher.remoteRandom.serialize());
  }

  /**
   * Hands one message to werift and waits until it is through. What a failing message left in
   * the transcript is taken out again.
   */
  async #feed(message: HandshakeMessage): Promise<string | undefined> {
    const record = writeDtlsRecord(DtlsContent.Handshake, 0, 0, writeHandshake(message));
    const { handshakeCache } = this.#socket.dtls;
    const before = Object.entries(handshakeCache).map(([key, { data }]) => [key, data] as const);
    this.#handled = undefined;
    try {
      this.#transport.onData(Buffer.from(record.buffer), ["", 0]);
      const handled = this.#handled as { work: Promise<void> } | undefined;
      if (handled === undefined) return `malformed handshake message ${message.type}`;
      await handled.work;
      return undefined;
    } catch (error) {
      if (error === FLIGHT_TAKEN) return undefined;
      const known = new Map(before);
      for (const [key, flight] of Object.entries(handshakeCache))
        flight.data = known.get(key) ?? [];
      return `handshake message ${message.type} was refused: ${String(error)}`;
    }
  }

  async #connect(): Promise<void> {
    if (this.#state !== "handshaking" || !(this.#socket instanceof DtlsClient)) return;
    this.#limitMs = this.#timers.nowMs() + HANDSHAKE_LIMIT_MS;
    await this.#socket.connect().catch((error: unknown) => {
      if (error !== FLIGHT_TAKEN) this.#fail(`Cannot begin the DTLS handshake: ${String(error)}`);
    });
    this.#sendFlight(1);
  }

  #transcript(): Uint8Array {
    return Buffer.concat(this.#socket.dtls.sortedHandshakeCache.map((part) => part.serialize()));
  }

  /** Takes our messages of a flight out of werift's cache and sends them. */
  #sendFlight(flight: 1 | 3 | 4 | 5 | 6): undefined {
    if (this.#state !== "handshaking") return;
    const cached = this.#socket.dtls.handshakeCache[flight]?.data ?? [];
    const own = flight === 4 ? cached.slice(1) : cached; // the client's hello is part of flight 4
    this.#flight = own.map((part) => ({
      type: part.msg_type,
      seq: part.message_seq,
      body: part.fragment,
    }));
    this.#waitMs = RETRANSMIT_MS;
    this.#transmit();
    if (flight === 6) this.#stopTimer();
    else this.#armTimer(this.#waitMs);
  }

  /** Each transmission has fresh record numbers, or the peer's replay window would drop it. */
  #transmit(): void {
    this.#flightAtMs = this.#timers.nowMs();
    let datagram: Uint8Array[] = [];
    let length = 0;
    const add = (record: Uint8Array): void => {
      if (length + record.length > DATAGRAM_BYTES) {
        this.#events.onTransmit(Buffer.concat(datagram));
        datagram = [];
        length = 0;
      }
      datagram.push(record);
      length += record.length;
    };
    for (const message of this.#flight) {
      if (message.type === HandshakeType.Finished) {
        add(this.#plain(DtlsContent.ChangeCipherSpec, Uint8Array.of(1)));
        add(this.#seal(DtlsContent.Handshake, writeHandshake(message)));
        continue;
      }
      for (const part of fragmentHandshake(message, DATAGRAM_BYTES - RECORD_HEADER_BYTES)) {
        add(this.#plain(DtlsContent.Handshake, part));
      }
    }
    if (length > 0) this.#events.onTransmit(Buffer.concat(datagram));
  }

  #repeatFlight(): void {
    if (this.#flight.length === 0) return;
    if (this.#timers.nowMs() - this.#flightAtMs >= REPEAT_AFTER_MS) this.#transmit();
  }

  #plain(type: number, payload: Uint8Array): Uint8Array {
    const record = writeDtlsRecord(type, 0, this.#plainSequence, payload);
    this.#plainSequence += 1;
    return record;
  }

  #seal(type: number, payload: Uint8Array): Uint8Array {
    const { cipher, sessionType } = this.#socket.cipher;
    const sequenceNumber = this.#sealedSequence;
    this.#sealedSequence += 1;
    const sealed = cipher.encrypt(sessionType, asBuffer(payload), {
      type,
      version: DTLS_VERSION,
      epoch: 1,
      sequenceNumber,
    });
    return writeDtlsRecord(type, 1, sequenceNumber, sealed);
  }

  #open(record: DtlsRecord): Uint8Array | undefined {
    const { cipher, sessionType } = this.#socket.cipher;
    if (cipher === undefined || record.payload.length < SEAL_BYTES) return undefined;
    try {
      return cipher.decrypt(sessionType, asBuffer(record.payload), {
        type: record.type,
        version: DTLS_VERSION,
        epoch: record.epoch,
        sequenceNumber: record.sequence,
      });
    } catch {
      return undefined; // not the peer's: dropped
    }
  }

  #exportKeys(): SrtpKeys | undefined {
    const chosen: number | undefined = this.#socket.srtp.srtpProfile;
    const profile = PROFILES.find(({ id }) => id === chosen);
    if (profile === undefined) return undefined;
    const keys = this.#socket.extractSessionKeys(profile.keyBytes, profile.saltBytes);
    return {
      profile: profile.name,
      localKey: Uint8Array.from(keys.localKey),
      localSalt: Uint8Array.from(keys.localSalt),
      remoteKey: Uint8Array.from(keys.remoteKey),
      remoteSalt: Uint8Array.from(keys.remoteSalt),
    };
  }

  #armTimer(delayMs: number): void {
    this.#stopTimer();
    const leftMs = Math.max(0, this.#limitMs - this.#timers.nowMs());
    this.#timer = this.#timers.set(() => this.#handleTimer(), Math.min(delayMs, leftMs));
  }

  #stopTimer(): void {
    if (this.#timer !== undefined) this.#timers.clear(this.#timer);
    this.#timer = undefined;
  }

  #handleTimer(): void {
    this.#timer = undefined;
    if (this.#state !== "handshaking") return;
    if (this.#timers.nowMs() >= this.#limitMs) {
      const trouble = this.#trouble === "" ? "" : `: ${this.#trouble}`;
      this.#fail(`DTLS handshake not complete after ${HANDSHAKE_LIMIT_MS / 1000} s${trouble}`);
      return;
    }
    this.#transmit();
    this.#waitMs *= 2;
    this.#armTimer(this.#waitMs);
  }

  #fail(reason: string): string {
    if (this.#state !== "closed") {
      this.#state = "closed";
      this.#stopTimer();
      this.#events.onFailed(reason);
    }
    return reason;
  }
}

/** The ClientHello's body with a cookie where it had an empty one (RFC 6347 §4.2.1). */
function insertCookie(body: Uint8Array, cookie: Uint8Array | undefined): Uint8Array | undefined {
  const sessionIdAt = 34; // after version and random
  const cookieAt = sessionIdAt + 1 + (body[sessionIdAt] ?? 0);
  if (cookie === undefined || body[cookieAt] !== 0) return undefined;
  const rest = body.subarray(cookieAt + 1);
  return Buffer.concat([body.subarray(0, cookieAt), Uint8Array.of(cookie.length), cookie, rest]);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
