import type { MiddlewareHandler } from "hono";
import type { HttpEnv } from "./http-env.ts";

/** Refuses a body that says it is larger than the limit; `readBody` cuts the others. */
export function bodyLimit(bytesMax: number): MiddlewareHandler<HttpEnv> {
  return (c, next) => {
    const stated = Number(c.req.header("Content-Length") ?? 0);
    if (bytesMax > 0 && stated > bytesMax) {
      return Promise.resolve(c.text("request body too large", 413));
    }
    return next();
  };
}
