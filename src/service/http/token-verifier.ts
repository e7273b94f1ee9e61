import { type Claims, readClaims } from "../../rtc/permission/grants.ts";
import { Hs256 } from "./hs256.ts";

/** How far a client's clock may be off, seconds. */
const LEEWAY_SECONDS = 60;
const TOKEN_LENGTH_MAX = 1024 * 1024;

/** Why a token was not taken; `message` is the body of the 401. */
export class TokenError extends Error {
  override readonly name = "TokenError";
}

type Members = Readonly<Record<string, unknown>>;

/** What a token says before anything is known of its signature. */
type Token = {
  readonly header: Members;
  readonly payload: Members;
  /** Header and payload as they were signed. */
  readonly signed: string;
  readonly signature: string;
};

/** Checks access tokens: HS256, signed with the secret of the key that `iss` names (RFC 7519). */
export class TokenVerifier {
  readonly #keys: ReadonlyMap<string, Hs256>;
  readonly #wallMs: () => number;

  /** @param keys API key to secret */
  constructor(keys: ReadonlyMap<string, string>, wallMs: () => number = Date.now) {
    this.#keys = new Map([...keys].map(([key, secret]) => [key, new Hs256(secret)]));
    this.#wallMs = wallMs;
  }

  /** @throws TokenError with the text that clients are answered */
  verify(token: string): Claims {
    const { header, payload, signed, signature } = readToken(token);
    const issuer = typeof payload["iss"] === "string" ? payload["iss"] : "";
    const key = this.#keys.get(issuer);
    if (key === undefined) throw new TokenError(`invalid API key: ${issuer}`);
    const refusal =
      headerRefusal(header) ??
      (key.isSigned(signed, signature)
        ? claimsRefusal(payload, this.#wallMs() / 1000)
        : "token signature is invalid: signature is invalid");
    if (refusal !== undefined) throw new TokenError(`invalid token: ${refusal}`);
    return readClaims(payload);
  }
}

function readToken(token: string): Token {
  const parts = token.split(".");
  if (parts.length !== 3 || token.length > TOKEN_LENGTH_MAX) {
    throw new TokenError("invalid authorization token");
  }
  try {
    const [header, payload] = parts.slice(0, 2).map(readPart);
    if (typeof header?.["alg"] !== "string") throw new TypeError("the header names no algorithm");
    const signedLength = token.length - parts[2]!.length - 1;
    return {
      header,
      payload: payload ?? {},
      signed: token.slice(0, signedLength),
      signature: parts[2]!,
    };
  } catch (error) {
    throw new TokenError("invalid authorization token", { cause: error });
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function readPart(part: string): Members | undefined {
  const value: unknown = JSON.parse(
    decoder.decode(Uint8Array.fromBase64(part, { alphabet: "base64url" })),
  );
  return typeof value === "object" && value !== null ? (value as Members) : undefined;
}

function headerRefusal(header: Members): string | undefined {
  if (header["alg"] !== "HS256") return "signing method is invalid: use HS256";
  // whoever lists something there wants the token refused where it is not understood (RFC 7515 §4.1.11)
  return "crit" in header ? "its header asks for an extension that is unknown here" : undefined;
}

function claimsRefusal(payload: Members, nowSeconds: number): string | undefined {
  const { exp, nbf, iat } = payload;
  if (exp === undefined) return "token is missing required claim: exp claim is required";
  for (const [name, value] of Object.entries({ exp, nbf, iat })) {
    if (value !== undefined && typeof value !== "number") return `${name} claim must be a number`;
  }
  if (typeof nbf === "number" && nbf > nowSeconds + LEEWAY_SECONDS) {
    return "token has invalid claims: token is not valid yet";
  }
  if (typeof exp === "number" && exp <= nowSeconds - LEEWAY_SECONDS) {
    return "token has invalid claims: token is expired";
  }
  return undefined;
}
