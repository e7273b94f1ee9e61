import { decodeBase62, encodeBase62 } from "../../base/base62.ts";
import { md5, sha256 } from "../../crypto/digest.ts";

/** Of the long-term credential mechanism (spec-media 1.12). */
export const TURN_REALM = "livekit";
/** A participant's id and an API key are short; who sends more has not got its name from us. */
const USERNAME_LENGTH_MAX = 400;

export type TurnLogin = { readonly username: string; readonly password: string };

/** Who a user name was given to. */
export type TurnUser = {
  readonly username: string;
  readonly participantId: string;
  /** Unix time at which it ceases to open new allocations. */
  readonly expirySeconds: number;
  /** Of the long-term credential mechanism (RFC 8489 §9.2.2): 16 bytes. */
  readonly key: Uint8Array;
};

/**
 * User names and passwords of the embedded TURN server. Nothing is stored: a name says whose it is
 * and how long it is good, and its password follows from the API secret (spec-media 1.12). So
 * whichever node of a cluster gave them, another one with the same keys takes them.
 */
export class TurnCredentials {
  readonly #secretOf: (apiKey: string) => string | undefined;

  constructor(secretOf: (apiKey: string) => string | undefined) {
    this.#secretOf = secretOf;
  }

  /** @param apiKey one that has a secret */
  create(apiKey: string, participantId: string, expirySeconds: number): TurnLogin {
    const secret = this.#secretOf(apiKey) ?? "";
    const name = `${apiKey}|${participantId}|${expirySeconds}`;
    return {
      username: encodeBase62(new TextEncoder().encode(name)),
      password: passwordOf(secret, participantId, expirySeconds),
    };
  }

  /** @returns undefined when the name is none of ours. Its expiry is the caller's business. */
  find(username: string): TurnUser | undefined {
    if (username.length > USERNAME_LENGTH_MAX) return undefined;
    const decoded = decodeBase62(username);
    if (decoded === undefined) return undefined;
    const [apiKey, participantId, expiry, ...rest] = new TextDecoder().decode(decoded).split("|");
    if (apiKey === undefined || participantId === undefined || rest.length > 0) return undefined;
    if (expiry === undefined || !/^[1-9]\d{0,14}$/.test(expiry)) return undefined;
    const secret = this.#secretOf(apiKey);
    if (secret === undefined) return undefined;
    const expirySeconds = Number(expiry);
    const password = passwordOf(secret, participantId, expirySeconds);
    const key = md5(`${username}:${TURN_REALM}:${password}`);
    return { username, participantId, expirySeconds, key };
  }
}

function passwordOf(secret: string, participantId: string, expirySeconds: number): string {
  return encodeBase62(sha256(`${secret}|${participantId}|${expirySeconds}`));
}
