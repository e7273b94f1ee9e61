import { equalBytes } from "../../crypto/equal-bytes.ts";
import { METRICS_CONTENT_TYPE } from "../../telemetry/metrics/metric-registry.ts";

export type MetricsEndpointOptions = {
  /** Both or neither; empty: nobody is asked who it is. */
  readonly username: string;
  readonly password: string;
  /** The metrics as they are now. */
  text(): Promise<string>;
};

/** Answers scrapes, on any path (spec-operations 3.5). */
export class MetricsEndpoint {
  readonly #options: MetricsEndpointOptions;
  /** What a caller has to send; undefined: nothing. */
  readonly #credentials: Uint8Array | undefined;

  constructor(options: MetricsEndpointOptions) {
    this.#options = options;
    const { username, password } = options;
    this.#credentials =
      username === "" ? undefined : new TextEncoder().encode(`${username}:${password}`);
  }

  async fetch(request: Request): Promise<Response> {
    if (!this.#isAllowed(request.headers.get("Authorization") ?? "")) {
      const headers = { "WWW-Authenticate": 'Basic realm="Protected Area", charset="UTF-8"' };
      return new Response(null, { status: 401, headers });
    }
    const headers = { "Content-Type": METRICS_CONTENT_TYPE };
    return new Response(await this.#options.text(), { headers });
  }

  /** RFC 7617 */
  #isAllowed(authorization: string): boolean {
    const expected = this.#credentials;
    if (expected === undefined) return true;
    const [scheme = "", encoded = ""] = authorization.split(" ");
    if (scheme.toLowerCase() !== "basic") return false;
    const given = decodeBase64(encoded);
    return given?.length === expected.length && equalBytes(given, 0, expected, expected.length);
  }
}

function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
