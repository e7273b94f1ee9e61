import { type Context, Hono } from "hono";
import { ServerError } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { Scheduler } from "../../base/scheduler.ts";
import { isLonger } from "../../rtc/participant/signal-handler.ts";
import type { Claims, VideoGrant } from "../../rtc/permission/grants.ts";
import type { JoinRequest, RoomManager } from "../../rtc/room/room-manager.ts";
import type { RoomRequest } from "../../rtc/room/room-options.ts";
import type { RtcSettings } from "../../rtc/rtc-services.ts";
import type { RoomMetrics } from "../../telemetry/metrics/room-metrics.ts";
import { clientAddress } from "../http/client-address.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { roomOfToken } from "../http/token-room.ts";
import { type JoinParameters, readQueryParameters } from "./join-parameters.ts";
import { JoinRequestError, readJoinRequest } from "./join-request.ts";
import { SignalSocket } from "./signal-socket.ts";
import { withUserAgent } from "./user-agent.ts";

export type SignalRoutesOptions = {
  readonly rooms: RoomManager;
  readonly settings: RtcSettings;
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** Bytes of one client frame; 0 is no limit. */
  readonly messageBytesMax: number;
  readonly metrics: RoomMetrics;
};

type Route = "classic" | "v1";

/** An answer of the validation ladder: plain text that SDKs show and match on. */
class JoinRefusal extends Error {
  readonly status: 400 | 401 | 404 | 500 | 503;

  constructor(status: 400 | 401 | 404 | 500 | 503, message: string) {
    super(message);
    this.status = status;
  }
}

/** `/rtc` and `/rtc/validate`: who may join, and the socket of those who do. */
export function signalRoutes(options: SignalRoutesOptions): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  routes.onError((error, c) => {
    if (!(error instanceof JoinRefusal)) throw error;
    return c.text(error.message, error.status);
  });
  routes.all("/rtc/validate", (c) => {
    readJoin(c, options, "classic", true);
    return c.text("success");
  });
  routes.all("/rtc/v1/validate", (c) => {
    readJoin(c, options, "v1", true);
    return c.text("success");
  });
  const connect = (c: Context<HttpEnv>, route: Route): Response => {
    const isUpgrade = c.req.header("Upgrade")?.toLowerCase() === "websocket";
    if (!isUpgrade || c.req.method !== "GET") return c.body(null, 404);
    const { metrics, scheduler } = options;
    const startMs = scheduler.nowMs();
    let request: JoinRequest;
    try {
      request = readJoin(c, options, route, false);
    } catch (error) {
      metrics.countJoin("signal_validation_failed");
      throw error;
    }
    const socket = new SignalSocket({
      scheduler,
      messageBytesMax: options.messageBytesMax,
      counts: metrics.signal,
    });
    try {
      socket.attach(options.rooms.join(request, socket));
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      metrics.countJoin("signal_failed");
      options.log.info("Join refused", { room: request.room.name, reason: error.message });
      throw new JoinRefusal(500, "connection closed by media");
    }
    if (!c.env.upgrade(socket)) {
      metrics.countJoin("signal_upgrade_failed");
      socket.onClose();
      return c.body(null, 404);
    }
    metrics.signalConnected(request.client.protocol, scheduler.nowMs() - startMs);
    return c.body(null);
  };
  routes.all("/rtc", (c) => connect(c, "classic"));
  routes.all("/rtc/v1", (c) => connect(c, "v1"));
  return routes;
}

/**
 * The checks of a join, in their order (spec-signalling 1.6).
 *
 * @param isDryRun attributes that cannot be decoded are told; a real join does without them
 */
function readJoin(
  c: Context<HttpEnv>,
  { rooms, settings }: SignalRoutesOptions,
  route: Route,
  isDryRun: boolean,
): JoinRequest {
  const claims = c.get("claims");
  const granted = claims?.video;
  if (claims === undefined || granted === undefined) {
    throw new JoinRefusal(401, "no permissions to access the room");
  }
  const parameters = parametersOf(c, route);
  if (parameters.attributes === undefined && isDryRun) {
    throw new JoinRefusal(400, "cannot decode attributes");
  }
  const attributes = parameters.attributes ?? {};
  if (!granted.roomJoin) throw new JoinRefusal(401, "permissions denied");
  if (claims.identity === "") throw new JoinRefusal(400, "identity cannot be empty");
  checkIdentity(claims.identity, settings);
  if (granted.room === "") throw new JoinRefusal(400, "no room name");
  if (isLonger(granted.room, settings.maxRoomNameBytes)) {
    const limit = `max length ${settings.maxRoomNameBytes}`;
    throw new JoinRefusal(400, `room name length exceeds limits: ${limit}`);
  }
  let grant: VideoGrant = granted;
  let identity = claims.identity;
  if (parameters.publish !== "") {
    if (!grant.canPublish) throw new JoinRefusal(401, "no permissions to access the room");
    grant = { ...grant, canSubscribe: false };
    identity += `#${parameters.publish}`;
    checkIdentity(identity, settings);
  }
  const isKnown = rooms.find(granted.room) !== undefined;
  if (!isKnown && !settings.autoCreate && !granted.roomCreate) {
    throw new JoinRefusal(404, "requested room does not exist");
  }
  // who is here already, and only comes back, is no more load
  if (rooms.isAtLimit && !parameters.isReconnect) {
    throw new JoinRefusal(503, "node has exceeded its configured limit");
  }
  // a client that asks again finds another server, or this one after its restart
  if (rooms.isClosed) throw new JoinRefusal(503, "server is shutting down");
  const isProfileGiven = Object.keys(attributes).length > 0 || parameters.metadata !== "";
  if (isProfileGiven && !grant.canUpdateOwnMetadata) {
    throw new JoinRefusal(401, "no permissions to access the room");
  }
  return {
    claims,
    grant,
    identity,
    metadata: parameters.metadata !== "" ? parameters.metadata : claims.metadata,
    attributes: { ...claims.attributes, ...attributes },
    client: withUserAgent(parameters.client, c.req.header("User-Agent") ?? ""),
    connection: parameters.connection,
    isSinglePeerConnection: parameters.isSinglePeerConnection,
    isReconnect: parameters.isReconnect,
    reconnectReason: parameters.reconnectReason,
    room: roomRequest(claims, granted.room),
    addTracks: parameters.addTracks,
    offer: parameters.offer,
  };
}

function checkIdentity(identity: string, { maxIdentityBytes }: RtcSettings): void {
  if (!isLonger(identity, maxIdentityBytes)) return;
  const limit = `max length ${maxIdentityBytes}`;
  throw new JoinRefusal(400, `participant identity length exceeds limits: ${limit}`);
}

/** The presence of a join request alone makes a single peer connection, on either route. */
function parametersOf(c: Context<HttpEnv>, route: Route): JoinParameters {
  const joinRequest = c.req.query("join_request") ?? "";
  if (joinRequest === "") {
    if (route === "v1") throw new JoinRefusal(400, "join_request is required");
    return readQueryParameters((name) => c.req.query(name), clientAddress(c));
  }
  try {
    return readJoinRequest(joinRequest, clientAddress(c));
  } catch (error) {
    if (error instanceof JoinRequestError) throw new JoinRefusal(400, error.message);
    throw error;
  }
}

function roomRequest(claims: Claims, name: string): RoomRequest {
  try {
    return roomOfToken(claims, name);
  } catch (error) {
    if (error instanceof ServerError) {
      throw new JoinRefusal(401, `invalid token: roomConfig: ${error.message}`);
    }
    throw error;
  }
}
