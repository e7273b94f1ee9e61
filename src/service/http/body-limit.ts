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

/**
 * The body of a request, which need not say how long it is. Reading stops at the limit.
 *
 * @param bytesMax 0 is no limit
 * @returns undefined when it is longer
 */
export async function readBody(
  request: Request,
  bytesMax: number,
): Promise<Uint8Array | undefined> {
  if (request.body === null) return new Uint8Array(0);
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (bytesMax > 0 && length > bytesMax) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(next.value);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  return body;
}
