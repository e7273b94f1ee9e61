import { type Context, Hono } from "hono";
import { SignJWT } from "jose";
import { isLoopback as isLoopbackIp, parseIp } from "../../config/ip-address.ts";
import type { HttpEnv } from "../http/http-env.ts";

const TOKEN_LIFETIME_SECONDS = 6 * 60 * 60;
const NAME_LENGTH_MAX = 256;
const NOT_FROM_HERE =
  "With keys of your own this page is for the server's machine: open it by http://localhost, or make tokens by create-join-token";
/** Whoever stands before the server adds one of these. */
const PROXY_HEADERS = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

export interface DemoOptions {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Everybody knows the secret: whoever asks may as well have a token. */
  readonly isPlaceholder: boolean;
  /** Wall time in ms since 1970. */
  readonly wallMs: () => number;
}

/**
 * The meeting page at /demo, and tokens for it at /demo/token, for any room. For `--dev` only; with
 * a key of the operator's own, who asks must sit at this machine. To be routed without CORS, so that
 * no other page can read a token.
 */
export function demoRoutes(options: DemoOptions): Hono<HttpEnv> {
  const secret = new TextEncoder().encode(options.apiSecret);
  const routes = new Hono<HttpEnv>();

  routes.get("/demo", async (c) => {
    const page = await readPage();
    if (page === undefined) {
      return c.text("The meeting page is not built. Run: bun scripts/lib/meeting-page.ts", 503);
    }
    return c.html(page, 200, { "Cache-Control": "no-cache" });
  });

  routes.get("/demo/token", async (c) => {
    if (!options.isPlaceholder && !isFromThisMachine(c)) return c.text(NOT_FROM_HERE, 403);
    const room = c.req.query("room") ?? "";
    const identity = c.req.query("identity") ?? "";
    const name = c.req.query("name") ?? identity;
    if (room === "" || identity === "") return c.text("room and identity are required", 400);
    if ([room, identity, name].some(({ length }) => length > NAME_LENGTH_MAX)) {
      return c.text(`room, identity and name take ${NAME_LENGTH_MAX} characters at most`, 400);
    }
    const nowSeconds = Math.floor(options.wallMs() / 1000);
    const token = await new SignJWT({ name, video: { roomJoin: true, room } })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer(options.apiKey)
      .setSubject(identity)
      .setNotBefore(nowSeconds)
      .setExpirationTime(nowSeconds + TOKEN_LIFETIME_SECONDS)
      .sign(secret);
    return c.json({ token }, 200, { "Cache-Control": "no-store" });
  });

  return routes;
}

/**
 * Not through a proxy on this machine, and under a name of this machine's own: another name may be a
 * page's that had its name resolve to loopback.
 */
function isFromThisMachine(c: Context<HttpEnv>): boolean {
  const isProxied = PROXY_HEADERS.some((header) => c.req.header(header) !== undefined);
  const { hostname } = new URL(c.req.url);
  const name = hostname.replace(/^\[|\]$/g, "");
  return (
    !isProxied && isLoopback(c.env.remoteAddress) && (name === "localhost" || isLoopback(name))
  );
}

function isLoopback(text: string): boolean {
  const address = parseIp(text);
  return address !== undefined && isLoopbackIp(address);
}

/** undefined when the server runs from source and the page was not built. */
async function readPage(): Promise<string | undefined> {
  try {
    const page = await import("./generated/meeting-page.txt", { with: { type: "text" } });
    return page.default;
  } catch {
    return undefined;
  }
}
