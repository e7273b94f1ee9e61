import { equalBytes } from "../../crypto/equal-bytes.ts";
import { HmacSha256, SHA256_BYTES } from "../../crypto/hmac-sha256.ts";

const encoder = new TextEncoder();
const HEADER = base64url(encoder.encode(JSON.stringify({ alg: "HS256", typ: "JWT" })));

/**
 * Signs and checks tokens under one secret: HS256 in compact form (RFC 7515 §3.1, RFC 7518 §3.2).
 * At once, in this thread: by Web Crypto each takes a way through another thread, 0.3 ms.
 */
export class Hs256 {
  readonly #hmac: HmacSha256;

  constructor(secret: string) {
    this.#hmac = new HmacSha256(encoder.encode(secret));
  }

  sign(claims: Readonly<Record<string, unknown>>): string {
    const signed = `${HEADER}.${base64url(encoder.encode(JSON.stringify(claims)))}`;
    return `${signed}.${base64url(this.#hmac.digest(signed))}`;
  }

  /**
   * @param signed the token up to its second dot
   * @param signature what follows it; no other spelling of the same bytes is taken
   */
  isSigned(signed: string, signature: string): boolean {
    const expected = this.#hmac.digest(signed);
    let given: Uint8Array;
    try {
      given = Uint8Array.fromBase64(signature, { alphabet: "base64url" });
    } catch {
      return false;
    }
    return (
      given.length === SHA256_BYTES &&
      equalBytes(given, 0, expected, SHA256_BYTES) &&
      base64url(given) === signature
    );
  }
}

function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
