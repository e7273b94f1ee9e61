import { Hono } from "hono";
import { SILENT_LOG } from "../../src/base/log.ts";
import { OneShotSessions } from "../../src/rtc/room/one-shot-sessions.ts";
import type { RtcSettings } from "../../src/rtc/rtc-services.ts";
import { authenticate } from "../../src/service/http/authenticate.ts";
import { bodyLimit } from "../../src/service/http/body-limit.ts";
import { allowAnyOrigin, cors } from "../../src/service/http/cors.ts";
import type { HttpEnv, ServerSocket, SocketHandler } from "../../src/service/http/http-env.ts";
import { plainText } from "../../src/service/http/plain-text.ts";
import { TokenVerifier } from "../../src/service/http/token-verifier.ts";
import { signalRoutes } from "../../src/service/signal/signal-routes.ts";
import { agentDispatchMethods } from "../../src/service/twirp/agent-dispatch-service.ts";
import { roomServiceMethods } from "../../src/service/twirp/room-service.ts";
import { twirpService } from "../../src/service/twirp/twirp-service.ts";
import {
  egressMethods,
  ingressMethods,
  sipMethods,
} from "../../src/service/twirp/unconnected-services.ts";
import { whipRoutes } from "../../src/service/whip/whip-routes.ts";
import { ApiMetrics } from "../../src/telemetry/metrics/api-metrics.ts";
import { TestRooms } from "./test-room.ts";
import { TEST_KEY, TEST_SECRET } from "./tokens.ts";

/** A WebSocket that keeps what is sent on it. */
export class FakeSocket implements ServerSocket {
  readonly frames: (string | Uint8Array)[] = [];
  pings = 0;
  closed: { readonly code: number; readonly reason: string } | undefined;

  send(frame: string | Uint8Array): boolean {
    if (this.closed !== undefined) return false;
    this.frames.push(typeof frame === "string" ? frame : frame.slice());
    return true;
  }

  ping(): void {
    this.pings += 1;
  }

  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
  }
}

const BODY_BYTES_MAX = 10_000;
const MESSAGE_BYTES_MAX = 100_000;

/** The routes of rooms with their middleware, as the server puts them together. */
export class TestHttp {
  readonly rooms: TestRooms;
  readonly app: Hono<HttpEnv>;
  /** Handlers of the sockets that were accepted, newest last. */
  readonly upgraded: SocketHandler[] = [];
  /** What the listener says when it is asked to upgrade. */
  canUpgrade = true;

  constructor(settings: Partial<RtcSettings> = {}) {
    this.rooms = new TestRooms(settings);
    const { rooms } = this.rooms;
    const app = new Hono<HttpEnv>();
    app.use(cors());
    app.use(plainText());
    app.use("/rtc/validate", allowAnyOrigin());
    app.use(bodyLimit(BODY_BYTES_MAX));
    app.use(authenticate(new TokenVerifier(new Map([[TEST_KEY, TEST_SECRET]]))));
    app.route(
      "/",
      signalRoutes({
        rooms,
        settings: this.rooms.settings,
        scheduler: this.rooms.scheduler,
        log: SILENT_LOG,
        messageBytesMax: MESSAGE_BYTES_MAX,
        metrics: this.rooms.metrics,
      }),
    );
    const metrics = new ApiMetrics(this.rooms.registry);
    const sessions = new OneShotSessions(rooms, this.rooms.scheduler, SILENT_LOG);
    app.route("/", whipRoutes({ rooms, sessions, settings: this.rooms.settings }));
    const services = {
      "livekit.RoomService": roomServiceMethods({ rooms, settings: this.rooms.settings }),
      "livekit.AgentDispatchService": agentDispatchMethods(rooms, this.rooms.settings),
      "livekit.Egress": egressMethods(rooms),
      "livekit.Ingress": ingressMethods(),
      "livekit.SIP": sipMethods(rooms),
    };
    for (const [name, methods] of Object.entries(services)) {
      app.route(
        "/",
        twirpService(name, methods, {
          log: SILENT_LOG,
          bodyBytesMax: BODY_BYTES_MAX,
          metrics,
          nowMs: () => this.rooms.scheduler.nowMs(),
        }),
      );
    }
    this.app = app;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return this.app.request(path, init, {
      remoteAddress: "192.0.2.1",
      upgrade: (handler: SocketHandler) => {
        if (this.canUpgrade) this.upgraded.push(handler);
        return this.canUpgrade;
      },
    });
  }

  /** Status and body, which is all there is to most answers. */
  async answer(path: string, init: RequestInit = {}): Promise<[number, string]> {
    const response = await this.fetch(path, init);
    return [response.status, await response.text()];
  }

  /** A JSON call of RoomService, or of another service by its full name. */
  async call(
    method: string,
    request: unknown,
    token: string | undefined,
    service = "livekit.RoomService",
  ): Promise<{ status: number; json: Record<string, unknown> }> {
    const response = await this.fetch(`/twirp/${service}/${method}`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(request),
    });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  }
}
