import type { MiddlewareHandler } from "hono";
import type { HttpEnv } from "./http-env.ts";
import { TokenError, type TokenVerifier } from "./token-verifier.ts";

const BEARER = "Bearer ";

/**
 * Takes the token from the Authorization header, else from the query's `access_token`. Without one
 * the request goes on, and each handler refuses by itself; with a bad one it ends here as 401 in
 * plain text (spec-signalling 1.2).
 */
export function authenticate(verifier: TokenVerifier): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const header = c.req.header("Authorization");
    if (header !== undefined && !header.startsWith(BEARER)) {
      return c.text("invalid authorization header. Must start with Bearer ", 401);
    }
    const token = header?.slice(BEARER.length) ?? c.req.query("access_token") ?? "";
    if (token !== "") {
      try {
        c.set("claims", verifier.verify(token));
      } catch (error) {
        if (!(error instanceof TokenError)) throw error;
        return c.text(error.message, 401);
      }
    }
    return next();
  };
}
