import type { MiddlewareHandler } from "hono";
import type { HttpEnv } from "./http-env.ts";

const PLAIN_TEXT = "text/plain; charset=utf-8";

/**
 * Says of a text that it is one. Hono leaves a plain 200 to the runtime, which no longer says so
 * once a middleware has added a header: the answer would be application/octet-stream.
 */
export function plainText(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next();
    const type = c.res.headers.get("Content-Type");
    const isText = type === null ? c.res.body !== null : type.startsWith("text/plain");
    if (isText) c.header("Content-Type", PLAIN_TEXT);
  };
}
