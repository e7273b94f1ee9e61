import { createHmac } from "node:crypto";

export const TEST_KEY = "devkey";
export const TEST_SECRET = "secret";

export type TokenOptions = {
  readonly key?: string;
  readonly secret?: string;
  readonly alg?: string;
  /** Members of the payload; undefined leaves a default out. */
  readonly claims?: Readonly<Record<string, unknown>>;
};

/** Unix seconds, some from now. */
export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

/** A token as any client library makes it, or as none should. */
export function testToken(options: TokenOptions = {}): string {
  const { key = TEST_KEY, secret = TEST_SECRET, alg = "HS256" } = options;
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const payload = { iss: key, sub: "me", exp: inSeconds(600), ...options.claims };
  const signed = `${part({ alg, typ: "JWT" })}.${part(payload)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

/** A token that may join a room. */
export function joinToken(identity: string, video: Readonly<Record<string, unknown>> = {}): string {
  return testToken({
    claims: { sub: identity, video: { roomJoin: true, room: "demo", ...video } },
  });
}
