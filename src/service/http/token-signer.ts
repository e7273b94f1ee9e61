import { writeVideoGrant } from "../../rtc/permission/grants.ts";
import type { TokenIssuer, TokenSubject } from "../../rtc/rtc-services.ts";
import { Hs256 } from "./hs256.ts";

const LIFETIME_MIN_SECONDS = 600;
const WEBHOOK_LIFETIME_SECONDS = 300;

/** Signs the tokens that the server hands to clients, with one of the configured keys. */
export class TokenSigner implements TokenIssuer {
  readonly #key: string;
  readonly #hs256: Hs256;
  readonly #wallMs: () => number;

  constructor(key: string, secret: string, wallMs: () => number) {
    this.#key = key;
    this.#hs256 = new Hs256(secret);
    this.#wallMs = wallMs;
  }

  /** Vouches for the body of a webhook: its SHA-256 in standard base64. */
  async signBody(body: string): Promise<string> {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body));
    const now = Math.floor(this.#wallMs() / 1000);
    const claims = {
      sha256: new Uint8Array(digest).toBase64(),
      iss: this.#key,
      nbf: now,
      exp: now + WEBHOOK_LIFETIME_SECONDS,
    };
    return this.#hs256.sign(claims);
  }

  async issue(subject: TokenSubject): Promise<string> {
    if (!Number.isFinite(subject.expiresAt)) {
      throw new RangeError(`Cannot sign a token that ends at ${subject.expiresAt}`);
    }
    const now = Math.floor(this.#wallMs() / 1000);
    const claims: Record<string, unknown> = { video: writeVideoGrant(subject.video) };
    if (subject.name !== "") claims["name"] = subject.name;
    if (subject.kind !== "") claims["kind"] = subject.kind;
    if (subject.metadata !== "") claims["metadata"] = subject.metadata;
    if (Object.keys(subject.attributes).length > 0) claims["attributes"] = subject.attributes;
    if (subject.roomPreset !== "") claims["roomPreset"] = subject.roomPreset;
    if (subject.roomConfig !== undefined) claims["roomConfig"] = subject.roomConfig;
    claims["iss"] = this.#key;
    claims["sub"] = subject.identity;
    claims["iat"] = now;
    claims["nbf"] = now;
    claims["exp"] = Math.max(now + LIFETIME_MIN_SECONDS, subject.expiresAt);
    return this.#hs256.sign(claims);
  }
}
