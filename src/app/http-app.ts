import { Hono } from "hono";
import type { Log } from "../base/log.ts";
import type { Scheduler } from "../base/scheduler.ts";
import type { Config } from "../config/config.ts";
import type { MediaRouter } from "../rtc/media/media-router.ts";
import { OneShotSessions } from "../rtc/room/one-shot-sessions.ts";
import type { RoomManager } from "../rtc/room/room-manager.ts";
import type { RtcSettings } from "../rtc/rtc-services.ts";
import { authenticate } from "../service/http/authenticate.ts";
import { bodyLimit } from "../service/http/body-limit.ts";
import { allowAnyOrigin, cors } from "../service/http/cors.ts";
import type { HttpEnv } from "../service/http/http-env.ts";
import { plainText } from "../service/http/plain-text.ts";
import { TokenVerifier } from "../service/http/token-verifier.ts";
import { signalRoutes } from "../service/signal/signal-routes.ts";
import { agentDispatchMethods } from "../service/twirp/agent-dispatch-service.ts";
import { roomServiceMethods } from "../service/twirp/room-service.ts";
import { twirpService } from "../service/twirp/twirp-service.ts";
import {
  egressMethods,
  ingressMethods,
  sipMethods,
} from "../service/twirp/unconnected-services.ts";
import { whipRoutes } from "../service/whip/whip-routes.ts";
import type { ApiMetrics } from "../telemetry/metrics/api-metrics.ts";
import type { RoomMetrics } from "../telemetry/metrics/room-metrics.ts";

export type HttpAppOptions = {
  readonly config: Config;
  readonly rooms: RoomManager;
  readonly router: MediaRouter;
  readonly settings: RtcSettings;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly roomMetrics: RoomMetrics;
  readonly apiMetrics: ApiMetrics;
  /** Only in development: the meeting page. */
  readonly demo: Hono<HttpEnv> | undefined;
};

/** All routes of the main listener, in the order of their middleware (spec-signalling 1.1). */
export function httpApp(options: HttpAppOptions): Hono<HttpEnv> {
  const { config, rooms, settings, scheduler, log } = options;
  const bodyBytesMax = config.limit.maxApiRequestBodySizeBytes;
  const app = new Hono<HttpEnv>();
  // before CORS: tokens are for its own page
  if (options.demo !== undefined) app.route("/", options.demo);
  app.use(cors());
  app.use(plainText());
  app.use("/rtc/validate", allowAnyOrigin());
  app.use("/rtc/v1/validate", allowAnyOrigin());
  app.use(bodyLimit(bodyBytesMax));
  app.use(authenticate(new TokenVerifier(new Map(Object.entries(config.keys)))));
  // as the reference answers when it is out of order
  app.all("/", (c) => (options.router.isLive ? c.text("OK") : c.text("Not Ready", 406)));
  app.route(
    "/",
    signalRoutes({
      rooms,
      settings,
      scheduler,
      log,
      messageBytesMax: config.limit.signalMessageSizeLimitBytes,
      metrics: options.roomMetrics,
    }),
  );
  const twirp = {
    log,
    bodyBytesMax,
    metrics: options.apiMetrics,
    nowMs: () => scheduler.nowMs(),
  };
  const sessions = new OneShotSessions(rooms, scheduler, log);
  app.route("/", whipRoutes({ rooms, sessions, settings }));
  app.route(
    "/",
    twirpService("livekit.RoomService", roomServiceMethods({ rooms, settings }), twirp),
  );
  const others = {
    "livekit.AgentDispatchService": agentDispatchMethods(rooms, settings),
    "livekit.Egress": egressMethods(rooms),
    "livekit.Ingress": ingressMethods(),
    "livekit.SIP": sipMethods(rooms),
  };
  for (const [name, methods] of Object.entries(others)) {
    app.route("/", twirpService(name, methods, twirp));
  }
  if (config.development) {
    const { router } = options;
    app.get("/debug/media", (c) =>
      c.json({ ...router.debugInfo(), countersByThread: router.counters() }),
    );
    app.get("/debug/rooms", (c) => c.json(rooms.rooms().map((room) => room.debugInfo())));
  }
  app.notFound((c) => c.text("404 page not found\n", 404));
  app.onError((error, c) => {
    log.error("Request failed", { path: c.req.path, error });
    return c.text("internal error", 500);
  });
  return app;
}
