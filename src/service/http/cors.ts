import type { MiddlewareHandler } from "hono";
import type { HttpEnv } from "./http-env.ts";

const METHODS = "OPTIONS, HEAD, GET, POST, PATCH, DELETE";
const MAX_AGE_SECONDS = "86400";

/** Any origin may call; credentials are not involved (spec-signalling 1.1). */
export function cors(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const origin = c.req.header("Origin");
    const requestedMethod = c.req.header("Access-Control-Request-Method");
    if (c.req.method === "OPTIONS" && origin !== undefined && requestedMethod !== undefined) {
      return c.body(null, 204, {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": c.req.header("Access-Control-Request-Headers") ?? "*",
        "Access-Control-Max-Age": MAX_AGE_SECONDS,
        Vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
      });
    }
    await next();
    if (origin !== undefined) {
      c.header("Access-Control-Allow-Origin", origin);
      c.header("Access-Control-Expose-Headers", "*");
      c.header("Vary", "Origin", { append: true });
    }
    return undefined;
  };
}

/** Lets a browser read why a join was refused, whatever the reason (spec-signalling 1.2). */
export function allowAnyOrigin(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next();
    c.header("Access-Control-Allow-Origin", "*");
  };
}
