import { SignJWT } from "jose";
import { writeVideoGrant } from "../../rtc/permission/grants.ts";
import type { TokenIssuer, TokenSubject } from "../../rtc/rtc-services.ts";

const LIFETIME_MIN_SECONDS = 600;
const WEBHOOK_LIFETIME_SECONDS = 300;

/** Signs the tokens that the server hands to clients, with one of the configured keys. */
export class TokenSigner implements TokenIssuer {
  readonly #key: string;
  readonly #secret: Uint8Array;
  readonly #wallMs: () => number;

  constructor(key: string, secret: string, wallMs: () => number) {
    this.#key = key;
    this.#secret = new TextEncoder().encode(secret);
    this.#wallMs = wallMs;
  }

  /** Vouches for the body of a webhook: its SHA-256 in standard base64. */
  async signBody(body: string): Promise<string> {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body));
    const now = Math.floor(this.#wallMs() / 1000);
    return new SignJWT({ sha256: new Uint8Array(digest).toBase64() })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer(this.#key)
      .setNotBefore(now)
      .setExpirationTime(now + WEBHOOK_LIFETIME_SECONDS)
      .sign(this.#secret);
  }

  async issue(subject: TokenSubject): Promise<string> {
    const now = Math.floor(this.#wallMs() / 1000);
    const claims: Record<string, unknown> = { video: writeVideoGrant(subject.video) };
    if (subject.name !== "") claims["name"] = subject.name;
    if (subject.kind !== "") claims["kind"] = subject.kind;
    if (subject.metadata !== "") claims["metadata"] = subject.metadata;
    if (Object.keys(subject.attributes).length > 0) claims["attributes"] = subject.attributes;
    if (subject.roomPreset !== "") claims["roomPreset"] = subject.roomPreset;
    if (subject.roomConfig !== undefined) claims["roomConfig"] = subject.roomConfig;
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer(this.#key)
      .setSubject(subject.identity)
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(Math.max(now + LIFETIME_MIN_SECONDS, subject.expiresAt))
      .sign(this.#secret);
  }
}
