import { type Context, Hono } from "hono";
import { ServerError } from "../../base/errors.ts";
import { livekit } from "../../gen/livekit.js";
import { type OneShotOffer, readOneShotOffer } from "../../rtc/negotiation/one-shot-offer.ts";
import { isLonger } from "../../rtc/participant/signal-handler.ts";
import type { Claims, VideoGrant } from "../../rtc/permission/grants.ts";
import { SIGNAL_PROTOCOL } from "../../rtc/room/join-response.ts";
import type { OneShotJoin, OneShotSessions } from "../../rtc/room/one-shot-sessions.ts";
import type { RoomManager } from "../../rtc/room/room-manager.ts";
import type { RoomRequest } from "../../rtc/room/room-options.ts";
import type { RtcSettings } from "../../rtc/rtc-services.ts";
import {
  type FragmentRefusal,
  restartByFragment,
  trickleFragment,
} from "../../rtc/transport/ice-fragment.ts";
import { readBody } from "../http/body-limit.ts";
import { clientAddress } from "../http/client-address.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { roomOfToken } from "../http/token-room.ts";
import { ClientInfoError, readClientInfo, type WhipClientInfo } from "./client-info.ts";

const BODY_BYTES_MAX = 1024 * 1024;
const SDP_TYPE = "application/sdp";
const FRAGMENT_TYPE = "application/trickle-ice-sdpfrag";
const TEXT_TYPE = "text/plain; charset=utf-8";
/** Asks for an ICE restart, whatever the session's ICE is now (RFC 9725 §4.3.3). */
const ANY_TAG = "*";

const PATH = "/whip/v1";
const SESSION_PATH = "/whip/v1/:participantId";

export type WhipRoutesOptions = {
  readonly rooms: RoomManager;
  readonly sessions: OneShotSessions;
  readonly settings: RtcSettings;
};

type Status = 400 | 401 | 404 | 412 | 413 | 428 | 500 | 503;

/** An answer that says no: `{"error": …}` and a newline. */
class WhipRefusal extends Error {
  readonly status: Status;
  readonly contentType: string;

  constructor(status: Status, message: string, contentType: string) {
    super(message);
    this.status = status;
    this.contentType = contentType;
  }
}

/** Who asks, and for which room. */
type Caller = { readonly claims: Claims; readonly grant: VideoGrant };

/**
 * WHIP, the WebRTC-HTTP ingestion protocol (RFC 9725): a participant whose whole signalling is an
 * offer, an answer and a few fragments (spec-signalling 1.8). A session ends by DELETE or with its
 * transport; that the token ends changes nothing for it.
 */
export function whipRoutes(options: WhipRoutesOptions): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  routes.onError((error, c) => {
    if (!(error instanceof WhipRefusal)) throw error;
    const body = `${JSON.stringify({ error: error.message })}\n`;
    return c.body(body, error.status, { "Content-Type": error.contentType });
  });
  routes.get(PATH, (c) => c.body(null, 204));
  routes.get(SESSION_PATH, (c) => c.body(null, 204));
  routes.on("OPTIONS", PATH, (c) =>
    c.body(null, 200, {
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Headers": "*",
      "Access-Control-Allow-Methods": "PATCH, OPTIONS, GET, POST, DELETE",
      "Access-Control-Expose-Headers": "*",
    }),
  );
  routes.post(PATH, (c) => create(c, options));
  routes.patch(SESSION_PATH, (c) => patch(c, options));
  routes.delete(SESSION_PATH, (c) => {
    const { grant, claims } = callerOf(c, options.settings, TEXT_TYPE);
    const participant = options.sessions.find(grant.room, claims.identity);
    if (participant === undefined) throw notFound(TEXT_TYPE);
    // a former session of this identity: what the client wants gone is gone
    if (participant.sid === c.req.param("participantId")) {
      participant.close(livekit.DisconnectReason.CLIENT_INITIATED);
    }
    return c.body(null, 200);
  });
  return routes;
}

async function create(c: Context<HttpEnv>, options: WhipRoutesOptions): Promise<Response> {
  requireType(c, SDP_TYPE);
  const caller = callerOf(c, options.settings, SDP_TYPE);
  const clientInfo = clientInfoOf(c);
  const offer = readOffer(await bodyOf(c, SDP_TYPE));
  const request = joinOf(c, caller, clientInfo, options);
  const { participant, sdp, iceServers } = await joined(
    options.sessions.create(request, offer, {
      trackNames: clientInfo.trackNames,
      signal: c.req.raw.signal,
    }),
  );
  for (const link of iceServerLinks(iceServers)) c.header("Link", link, { append: true });
  return c.body(sdp, 201, {
    "Content-Type": SDP_TYPE,
    Location: `${PATH}/${participant.sid}`,
    ETag: participant.transports.publisher.peer.credentials.ufrag,
  });
}

async function patch(c: Context<HttpEnv>, options: WhipRoutesOptions): Promise<Response> {
  requireType(c, FRAGMENT_TYPE);
  const tag = c.req.header("If-Match") ?? "";
  if (tag === "") throw new WhipRefusal(428, "missing entity tag", FRAGMENT_TYPE);
  const { grant, claims } = callerOf(c, options.settings, FRAGMENT_TYPE);
  const fragment = await bodyOf(c, FRAGMENT_TYPE);
  const participant = options.sessions.find(grant.room, claims.identity);
  if (participant === undefined || participant.sid !== c.req.param("participantId")) {
    throw notFound(FRAGMENT_TYPE);
  }
  const { publisher } = participant.transports;
  const current = publisher.peer.credentials.ufrag;
  if (tag === ANY_TAG) {
    const result = restartByFragment(publisher, fragment);
    if (result.kind === "refused") throw fragmentRefusal(result);
    return c.body(result.sdp, 200, {
      "Content-Type": FRAGMENT_TYPE,
      ETag: publisher.peer.credentials.ufrag,
    });
  }
  if (tag !== current && tag !== `"${current}"`) {
    const detail = `ice session mismatch, expected: ${current}, got: ${tag}`;
    throw new WhipRefusal(412, detail, FRAGMENT_TYPE);
  }
  const refused = trickleFragment(publisher, fragment);
  if (refused !== undefined) throw fragmentRefusal(refused);
  return c.body(null, 204, { "Content-Type": FRAGMENT_TYPE });
}

function requireType(c: Context<HttpEnv>, expected: string): void {
  const type = c.req.header("Content-Type") ?? "";
  if (type !== expected) {
    throw new WhipRefusal(400, `unsupported content-type: ${type}`, TEXT_TYPE);
  }
}

/** The checks of a token in their order (spec-signalling 1.8). */
function callerOf(c: Context<HttpEnv>, settings: RtcSettings, contentType: string): Caller {
  const refuse = (status: Status, message: string): WhipRefusal =>
    new WhipRefusal(status, message, contentType);
  const claims = c.get("claims");
  const grant = claims?.video;
  if (claims === undefined || grant === undefined) {
    throw refuse(401, "no permissions to access the room");
  }
  if (!grant.roomJoin) throw refuse(401, "permissions denied");
  if (grant.room === "") throw refuse(401, "room name cannot be empty");
  if (isLonger(grant.room, settings.maxRoomNameBytes)) {
    const limit = `max length ${settings.maxRoomNameBytes}`;
    throw refuse(400, `room name length exceeds limits: ${limit}`);
  }
  if (claims.identity === "") throw refuse(400, "identity cannot be empty");
  if (isLonger(claims.identity, settings.maxIdentityBytes)) {
    const limit = `max length ${settings.maxIdentityBytes}`;
    throw refuse(400, `participant identity length exceeds limits: ${limit}`);
  }
  return { claims, grant };
}

function clientInfoOf(c: Context<HttpEnv>): WhipClientInfo {
  try {
    return readClientInfo(c.req.header("X-LiveKit-ClientInfo"));
  } catch (error) {
    if (error instanceof ClientInfoError) throw new WhipRefusal(400, error.message, SDP_TYPE);
    throw error;
  }
}

async function bodyOf(c: Context<HttpEnv>, contentType: string): Promise<string> {
  const body = await readBody(c.req.raw, BODY_BYTES_MAX);
  if (body === undefined) {
    const detail = `request body exceeds ${BODY_BYTES_MAX} bytes`;
    throw new WhipRefusal(413, detail, contentType);
  }
  return new TextDecoder().decode(body);
}

function readOffer(sdp: string): OneShotOffer {
  if (sdp === "") throw new WhipRefusal(400, "body does not have SDP offer", SDP_TYPE);
  const offer = readOneShotOffer(sdp);
  if (offer.kind === "refused") {
    const attempt = offer.reason === "malformed_sdp" ? "malformed SDP offer" : "unusable SDP offer";
    throw new WhipRefusal(400, `${attempt}: ${offer.detail}`, SDP_TYPE);
  }
  return offer;
}

function joinOf(
  c: Context<HttpEnv>,
  { claims, grant }: Caller,
  { clientIp }: WhipClientInfo,
  { rooms, settings }: WhipRoutesOptions,
): OneShotJoin {
  const isKnown = rooms.find(grant.room) !== undefined;
  if (!isKnown && !settings.autoCreate && !grant.roomCreate) {
    throw new WhipRefusal(404, "requested room does not exist", SDP_TYPE);
  }
  if (rooms.isAtLimit) {
    throw new WhipRefusal(503, "reached configured limit for node", SDP_TYPE);
  }
  const isObs = /\bOBS\b/i.test(c.req.header("User-Agent") ?? "");
  return {
    claims,
    grant,
    identity: claims.identity,
    metadata: claims.metadata,
    attributes: claims.attributes,
    client: new livekit.ClientInfo({
      protocol: SIGNAL_PROTOCOL,
      browser: isObs ? "OBS" : "",
      address: clientIp === "" ? clientAddress(c) : clientIp,
    }),
    room: roomOf(claims, grant.room),
  };
}

function roomOf(claims: Claims, name: string): RoomRequest {
  try {
    return roomOfToken(claims, name);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    throw new WhipRefusal(401, `invalid token: roomConfig: ${error.message}`, SDP_TYPE);
  }
}

/** Waits for a session; what hinders it is for another try, unless the client has to change something. */
async function joined<T>(session: Promise<T>): Promise<T> {
  try {
    return await session;
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    throw new WhipRefusal(statusOf(error), error.message, SDP_TYPE);
  }
}

function statusOf({ code }: ServerError): Status {
  if (code === "invalid_argument") return 400;
  return code === "internal" ? 500 : 503;
}

function notFound(contentType: string): WhipRefusal {
  return new WhipRefusal(404, "participant does not exist", contentType);
}

function fragmentRefusal({ reason }: FragmentRefusal): WhipRefusal {
  const message = reason === "invalid" ? "invalid sdp fragment" : "ice credential mismatch";
  return new WhipRefusal(400, message, FRAGMENT_TYPE);
}

/** RFC 9725 §4.6: one for each address. */
function iceServerLinks(servers: readonly livekit.IICEServer[]): string[] {
  return servers.flatMap(({ urls, username, credential }) => {
    const parameters = ['rel="ice-server"'];
    if (username) parameters.push(`username=${quoted(username)}`);
    if (credential) parameters.push(`credential=${quoted(credential)}`);
    return (urls ?? []).map((url) => [`<${url}>`, ...parameters].join("; "));
  });
}

/** RFC 9110 §5.6.4. */
function quoted(value: string): string {
  return `"${value.replaceAll(/["\\]/g, "\\$&")}"`;
}
