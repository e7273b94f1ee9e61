import { type Context, Hono } from "hono";
import { messageOf, ServerError } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { Decoder } from "../../protobuf/codec.ts";
import type { Claims } from "../../rtc/permission/grants.ts";
import type { ApiMetrics } from "../../telemetry/metrics/api-metrics.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { encodingOf, type ResponseType, readTwirp, twirpError, writeTwirp } from "./twirp-codec.ts";

/** What a method is told of its caller; undefined: no token. */
export type Caller = Claims | undefined;

export type TwirpMethod = {
  handle(c: Context<HttpEnv>, encoding: "json" | "protobuf", bytesMax: number): Promise<Response>;
};

/** One method: its message types, and what it does. */
export function method<Request extends object, Response extends object>(
  request: Decoder<Request>,
  response: ResponseType<Response>,
  run: (request: Request, caller: Caller) => Response | Promise<Response>,
): TwirpMethod {
  return {
    async handle(c, encoding, bytesMax) {
      const message = await readTwirp(c, encoding, request, bytesMax);
      return writeTwirp(c, encoding, response, await run(message, c.get("claims")));
    },
  };
}

export type TwirpServiceOptions = {
  readonly log: Log;
  /** Bytes of a request body; 0 is no limit. */
  readonly bodyBytesMax: number;
  readonly metrics: ApiMetrics;
  /** Monotonic ms. */
  nowMs(): number;
};

/** `POST /twirp/<service>/<method>`: routing, both encodings, errors (Twirp v7). */
export function twirpService(
  name: string,
  methods: Readonly<Record<string, TwirpMethod>>,
  options: TwirpServiceOptions,
): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  routes.all(`/twirp/${name}/:method`, async (c) => {
    const called = c.req.param("method");
    const isKnown = c.req.method === "POST" && Object.hasOwn(methods, called);
    const found = isKnown ? methods[called] : undefined;
    const encoding = encodingOf(c.req.header("Content-Type"));
    if (found === undefined || encoding === undefined) return badRoute(c);
    const startMs = options.nowMs();
    const counted = (response: Response, code: string): Response => {
      const ms = options.nowMs() - startMs;
      options.metrics.call(shortNameOf(name), called, response.status, code, ms);
      return response;
    };
    try {
      return counted(await found.handle(c, encoding, options.bodyBytesMax), "");
    } catch (error) {
      if (error instanceof ServerError) return counted(twirpError(c, error), error.code);
      options.log.error("API call failed", { path: c.req.path, error });
      const internal = new ServerError("internal", `internal error: ${messageOf(error)}`);
      return counted(twirpError(c, internal), internal.code);
    }
  });
  return routes;
}

/** Without its package: `RoomService`. */
function shortNameOf(service: string): string {
  return service.slice(service.lastIndexOf(".") + 1);
}

function badRoute(c: Context<HttpEnv>): Response {
  const route = `${c.req.method} ${c.req.path}`;
  const isMethodRight = c.req.method === "POST";
  const hasEncoding = encodingOf(c.req.header("Content-Type")) !== undefined;
  let message = `no handler for path "${c.req.path}"`;
  if (!isMethodRight) message = `unsupported method "${c.req.method}" (only POST is allowed)`;
  else if (!hasEncoding) {
    message = `unexpected Content-Type: "${c.req.header("Content-Type") ?? ""}"`;
  }
  return twirpError(
    c,
    new ServerError("bad_route", message, { meta: { twirp_invalid_route: route } }),
  );
}
