import { equalBytes } from "../../crypto/equal-bytes.ts";
import type { Alert } from "../../wire/dtls/alert.ts";
import { type HandshakeMessage, HandshakeType, writeMessage } from "../../wire/dtls/handshake.ts";
import { CIPHER_SUITES, type CipherSuite } from "./cipher-suites.ts";
import type { SrtpKeys } from "./dtls-session.ts";
import {
  extendedMasterSecretOf,
  finishedDataOf,
  masterSecretOf,
  srtpKeysOf,
  type TrafficKeys,
  trafficKeysOf,
  VERIFY_DATA_BYTES,
} from "./key-schedule.ts";
import { SRTP_PROFILES, type SrtpProfileFacts } from "./srtp-profiles.ts";

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** What one side of a handshake makes of the peer's next message. */
export type Reaction =
  | {
      readonly kind: "taken";
      /** What is to be sent now, and again until the peer answers; nothing when empty. */
      readonly flight: readonly HandshakeMessage[];
      /** The peer is proven and has proven to know the keys. */
      readonly isComplete: boolean;
    }
  /** Not usable, but it may be somebody else's: the peer may send a better one. */
  | { readonly kind: "discarded"; readonly why: string }
  | { readonly kind: "refused"; readonly why: string; readonly alert: Alert };

/** One side's part of the handshake: messages in, messages out. Knows no records and no time. */
export interface Handshake {
  readonly state: HandshakeState;
  /** The flight that nobody asked for: a client's first. */
  begin(): readonly HandshakeMessage[];
  /** The peer's next message, in order and whole. */
  take(message: HandshakeMessage): Reaction;
}

export const TAKEN: Reaction = { kind: "taken", flight: [], isComplete: false };

export function answer(flight: readonly HandshakeMessage[]): Reaction {
  return { kind: "taken", flight, isComplete: false };
}

export function complete(flight: readonly HandshakeMessage[]): Reaction {
  return { kind: "taken", flight, isComplete: true };
}

export function discard(why: string): Reaction {
  return { kind: "discarded", why };
}

export function refuse(alert: Alert, why: string): Reaction {
  return { kind: "refused", why, alert };
}

/** What both sides of a handshake know and derive. */
export class HandshakeState {
  readonly role: "server" | "client";
  /** 32 bytes each, once known. */
  clientRandom: Uint8Array = NO_BYTES;
  serverRandom: Uint8Array = NO_BYTES;
  suite: CipherSuite = CIPHER_SUITES[0]!;
  profile: SrtpProfileFacts = SRTP_PROFILES[0]!;
  /** Both sides bind the master secret to the handshake (RFC 7627). */
  isExtended = false;
  /** Set once both sides can derive them. */
  trafficKeys: TrafficKeys | undefined;
  #master: Uint8Array = NO_BYTES;
  /** Messages as RFC 6347 §4.2.6 wants them hashed. */
  #transcript: Uint8Array[] = [];
  #flight: HandshakeMessage[] = [];
  #nextSeq = 0;

  constructor(role: "server" | "client") {
    this.role = role;
  }

  get transcript(): readonly Uint8Array[] {
    return this.#transcript;
  }

  /** A message of the peer's is part of the handshake from here on. */
  hear(message: HandshakeMessage): void {
    this.#transcript.push(writeMessage(message));
  }

  /** Adds a message of ours to the handshake and to the next flight. */
  say(type: number, body: Uint8Array): void {
    const message: HandshakeMessage = { type, seq: this.#nextSeq, body };
    this.#nextSeq += 1;
    this.#flight.push(message);
    this.#transcript.push(writeMessage(message));
  }

  /** What was said since the last call. */
  takeFlight(): readonly HandshakeMessage[] {
    const flight = this.#flight;
    this.#flight = [];
    return flight;
  }

  /** A hello and the request to show a cookie are no part of it (RFC 6347 §4.2.1). */
  forgetTranscript(): void {
    this.#transcript = [];
  }

  /** Derives the keys; to be called right after ClientKeyExchange was heard or said. */
  deriveKeys(premaster: Uint8Array): void {
    const { hash } = this.suite;
    const randoms = { client: this.clientRandom, server: this.serverRandom };
    this.#master = this.isExtended
      ? extendedMasterSecretOf(hash, premaster, this.#transcript)
      : masterSecretOf(hash, premaster, randoms);
    this.trafficKeys = trafficKeysOf(this.suite, this.#master, randoms);
  }

  sayFinished(): void {
    this.say(HandshakeType.Finished, this.#finishedData(this.role));
  }

  /** Whether the peer's Finished message says that it knows the same keys and handshake. */
  isFinishedRight(body: Uint8Array): boolean {
    const expected = this.#finishedData(this.role === "server" ? "client" : "server");
    return body.length === VERIFY_DATA_BYTES && equalBytes(body, 0, expected, VERIFY_DATA_BYTES);
  }

  /** The last thing that is asked of a handshake: it forgets its secrets. */
  takeSrtpKeys(): SrtpKeys {
    const randoms = { client: this.clientRandom, server: this.serverRandom };
    const keys = srtpKeysOf(this.suite.hash, this.#master, randoms, this.profile, this.role);
    this.#master = NO_BYTES;
    this.#transcript = [];
    this.trafficKeys = undefined;
    return keys;
  }

  #finishedData(sender: "client" | "server"): Uint8Array {
    return finishedDataOf(this.suite.hash, this.#master, sender, this.#transcript);
  }
}
