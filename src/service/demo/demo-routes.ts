import { Hono } from "hono";
import { SignJWT } from "jose";
import type { HttpEnv } from "../http/http-env.ts";

const TOKEN_LIFETIME_SECONDS = 6 * 60 * 60;
const NAME_LENGTH_MAX = 256;

export interface DemoOptions {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Wall time in ms since 1970. */
  readonly wallMs: () => number;
}

/**
 * The meeting page at /demo, and tokens for it at /demo/token. For `--dev` only: whoever asks gets a
 * token for any room.
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

/** undefined when the server runs from source and the page was not built. */
async function readPage(): Promise<string | undefined> {
  try {
    const page = await import("./generated/meeting-page.txt", { with: { type: "text" } });
    return page.default;
  } catch {
    return undefined;
  }
}
