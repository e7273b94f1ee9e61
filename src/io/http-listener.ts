import { ServerError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { HttpBindings, ServerSocket, SocketHandler } from "../service/http/http-env.ts";

/** A client that does not read is cut off when this much waits for it, bytes. */
const BACKPRESSURE_BYTES_MAX = 8 * 1024 * 1024;
/** A socket from which nothing came for this long, not even a pong, is closed, seconds. */
const SOCKET_IDLE_SECONDS = 120;

/**
 * A connection on which nothing moved for so long is closed, seconds: the most that Bun can be
 * asked for, since an answer may take its time too.
 */
const HTTP_IDLE_SECONDS = 255;
/** Of a frame when there is no limit: no signal message comes near, and a few fit into memory. */
const FRAME_BYTES_MAX = 64 * 1024 * 1024;
/** RFC 6455 §7.4.1 */
const CLOSE_INTERNAL_ERROR = 1011;

export type HttpListenerOptions = {
  /** "" listens on every address. */
  readonly address: string;
  readonly port: number;
  /** Setting that the port came from, for messages. */
  readonly portSetting?: string;
  /** Largest WebSocket frame, bytes, after inflation; 0 is no limit. */
  readonly frameBytesMax: number;
  readonly log: Log;
  fetch(request: Request, bindings: HttpBindings): Response | Promise<Response>;
};

type SocketData = { readonly handler: SocketHandler };

/** An HTTP/1.1 listener with WebSocket upgrades, on one address. */
export class HttpListener {
  readonly #server: Bun.Server<SocketData>;

  /** @throws ServerError when the port is taken or the address is not this machine's */
  constructor(options: HttpListenerOptions) {
    const { address, port, frameBytesMax } = options;
    try {
      this.#server = Bun.serve<SocketData>({
        ...(address === "" ? {} : { hostname: address }),
        port,
        reusePort: false,
        idleTimeout: HTTP_IDLE_SECONDS,
        // the service bounds bodies by its own limit, with its own words
        maxRequestBodySize: Number.MAX_SAFE_INTEGER,
        fetch: (request, server) => {
          const bindings: HttpBindings = {
            remoteAddress: server.requestIP(request)?.address ?? "",
            upgrade: (handler) => server.upgrade(request, { data: { handler } }),
          };
          return options.fetch(withSingleSlash(request), bindings);
        },
        error: (error) => {
          options.log.error("Request failed", { error });
          return new Response("internal error", { status: 500 });
        },
        websocket: {
          perMessageDeflate: true,
          maxPayloadLength: frameBytesMax > 0 ? frameBytesMax : FRAME_BYTES_MAX,
          backpressureLimit: BACKPRESSURE_BYTES_MAX,
          closeOnBackpressureLimit: true,
          idleTimeout: SOCKET_IDLE_SECONDS,
          sendPings: false,
          open: (socket) =>
            guard(socket, options.log, (handler) => handler.onOpen(serverSocket(socket))),
          message: (socket, frame) =>
            guard(socket, options.log, (handler) =>
              handler.onFrame(typeof frame === "string" ? frame : new Uint8Array(frame)),
            ),
          close: (socket) => guard(socket, options.log, (handler) => handler.onClose()),
        },
      });
    } catch (error) {
      throw listenError(error, address, port, options.portSetting ?? "port");
    }
  }

  get port(): number {
    return this.#server.port ?? 0;
  }

  /** No new connections. Those that are open go on, and may bring requests still. */
  stopAccepting(): void {
    void this.#server.stop(false);
  }

  /** Closes open connections as well. */
  async close(): Promise<void> {
    await this.#server.stop(true);
  }
}

/** A bug that a socket's event meets costs this client its socket, and nobody else anything. */
function guard(
  socket: Bun.ServerWebSocket<SocketData>,
  log: Log,
  run: (handler: SocketHandler) => void,
): void {
  try {
    run(socket.data.handler);
  } catch (error) {
    log.error("WebSocket event failed", { error });
    socket.close(CLOSE_INTERNAL_ERROR, "internal error");
  }
}

function serverSocket(socket: Bun.ServerWebSocket<SocketData>): ServerSocket {
  return {
    send: (frame) => socket.send(frame) !== 0,
    ping: () => {
      socket.ping();
    },
    close: (code, reason) => socket.close(code, reason),
  };
}

/** Some SDKs join a base URL's trailing slash and a path: `//rtc` means `/rtc` (spec-signalling 1.1). */
function withSingleSlash(request: Request): Request {
  const schemeEnd = request.url.indexOf("://");
  const pathStart = request.url.indexOf("/", schemeEnd + 3);
  if (pathStart < 0 || request.url[pathStart + 1] !== "/") return request;
  const url = request.url.slice(0, pathStart) + request.url.slice(pathStart + 1);
  return new Request(url, request);
}

function listenError(error: unknown, address: string, port: number, setting: string): ServerError {
  const code = (error as { code?: string }).code ?? "";
  const where = `${address === "" ? "*" : address}:${port}`;
  if (code === "EADDRINUSE") {
    const message =
      `Cannot listen on ${where}: address already in use. ` +
      `Stop the other server on this port, or choose another with \`${setting}\` (--${setting})`;
    return new ServerError("unavailable", message, { cause: error });
  }
  const hint = `check \`bind_addresses\` and \`${setting}\``;
  return new ServerError("unavailable", `Cannot listen on ${where} (${code}): ${hint}`, {
    cause: error,
  });
}
