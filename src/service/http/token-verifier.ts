import { errors, jwtVerify } from "jose";
import { messageOf } from "../../base/errors.ts";
import { type Claims, readClaims } from "../../rtc/permission/grants.ts";

/** How far a client's clock may be off, seconds. */
const LEEWAY_SECONDS = 60;
const TOKEN_LENGTH_MAX = 64 * 1024;

/** Why a token was not taken; `message` is the body of the 401. */
export class TokenError extends Error {
  override readonly name = "TokenError";
}

/** Checks access tokens: HS256, signed with the secret of the key that `iss` names (RFC 7519). */
export class TokenVerifier {
  readonly #secrets: ReadonlyMap<string, Uint8Array>;

  /** @param keys API key to secret */
  constructor(keys: ReadonlyMap<string, string>) {
    const encoder = new TextEncoder();
    this.#secrets = new Map([...keys].map(([key, secret]) => [key, encoder.encode(secret)]));
  }

  /** @throws TokenError with the text that clients are answered */
  async verify(token: string): Promise<Claims> {
    const issuer = unverifiedIssuer(token);
    const secret = this.#secrets.get(issuer);
    if (secret === undefined) throw new TokenError(`invalid API key: ${issuer}`);
    try {
      const { payload } = await jwtVerify(token, secret, {
        algorithms: ["HS256"],
        issuer,
        clockTolerance: LEEWAY_SECONDS,
        requiredClaims: ["exp"],
      });
      return readClaims(payload);
    } catch (error) {
      throw new TokenError(`invalid token: ${describe(error)}`, { cause: error });
    }
  }
}

function unverifiedIssuer(token: string): string {
  const parts = token.split(".");
  if (parts.length !== 3 || token.length > TOKEN_LENGTH_MAX) {
    throw new TokenError("invalid authorization token");
  }
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const [header, payload] = parts
      .slice(0, 2)
      .map((part) =>
        JSON.parse(decoder.decode(Uint8Array.fromBase64(part, { alphabet: "base64url" }))),
      );
    if (typeof header?.alg !== "string") throw new TypeError("the header names no algorithm");
    return typeof payload?.iss === "string" ? payload.iss : "";
  } catch (error) {
    throw new TokenError("invalid authorization token", { cause: error });
  }
}

function describe(error: unknown): string {
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return "token signature is invalid: signature is invalid";
  }
  if (error instanceof errors.JWTExpired) return "token has invalid claims: token is expired";
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === "nbf") return "token has invalid claims: token is not valid yet";
    if (error.reason === "missing") {
      return `token is missing required claim: ${error.claim} claim is required`;
    }
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return "signing method is invalid: use HS256";
  return messageOf(error);
}
