import type { Context } from "hono";
import type { HttpEnv } from "./http-env.ts";

/** A proxy in front says where the client is (spec-signalling 1.4). */
export function clientAddress(c: Context<HttpEnv>): string {
  return (
    c.req.header("CF-Connecting-IP") ??
    c.req.header("X-Forwarded-For") ??
    c.req.header("X-Real-IP") ??
    c.env.remoteAddress
  );
}
