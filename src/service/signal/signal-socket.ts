import { newId } from "../../base/ids.ts";
import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import { livekit } from "../../gen/livekit.js";
import { decodeMessage } from "../../protobuf/codec.ts";
import { readProtoJson } from "../../protobuf/proto-json.ts";
import type { Session } from "../../rtc/room/room-manager.ts";
import { SignalFrame } from "../../rtc/signal/signal-frame.ts";
import type { SignalLink } from "../../rtc/signal/signal-link.ts";
import type { SignalCounts } from "../../telemetry/metrics/room-metrics.ts";
import type { ServerSocket, SocketHandler } from "../http/http-env.ts";
import { RequestQueue, WAITING_MAX } from "./request-queue.ts";

const PING_MS = 10_000;
const CLOSE_NORMAL = 1000;
const CLOSE_INVALID_PAYLOAD = 1007;
const CLOSE_POLICY = 1008;
const CLOSE_TOO_BIG = 1009;
/** Messages kept while the socket opens: a join to a large room has one for each of its tracks. */
const EARLY_FRAMES_MAX = 50_000;

export type SignalSocketOptions = {
  readonly scheduler: Scheduler;
  /** Bytes of one client frame; 0 is no limit. */
  readonly messageBytesMax: number;
  /** What passes is counted here. */
  readonly counts: SignalCounts;
};

/**
 * One client's signal connection: frames to requests and back, in the framing that the client used
 * last (spec-signalling 1.7). Exists before the socket is open, so that the session's first
 * messages wait in it.
 */
export class SignalSocket implements SignalLink, SocketHandler {
  readonly connectionId: string = newId("CO_");
  readonly #options: SignalSocketOptions;
  #socket: ServerSocket | undefined;
  #session: Session | undefined;
  readonly #requests: RequestQueue;
  #early: SignalFrame[] = [];
  #isJson = false;
  #isClosed = false;
  #pingTimer: Cancel | undefined;

  constructor(options: SignalSocketOptions) {
    this.#options = options;
    this.#requests = new RequestQueue(options.scheduler, (request) =>
      this.#session?.handle(request),
    );
  }

  /** Requests go to this session from now on. */
  attach(session: Session | undefined): void {
    this.#session = session;
  }

  send(frame: SignalFrame): void {
    if (this.#isClosed) return;
    if (this.#socket === undefined) {
      // an ordered stream with a hole would be worse than none
      if (this.#early.length < EARLY_FRAMES_MAX) this.#early.push(frame);
      else this.close();
      return;
    }
    this.#write(this.#socket, this.#isJson ? frame.json() : frame.binary());
  }

  #write(socket: ServerSocket, message: string | Uint8Array): void {
    const { counts } = this.#options;
    if (socket.send(message)) counts.responses += 1;
    else counts.failedResponses += 1;
  }

  close(): void {
    this.#shut(CLOSE_NORMAL, "");
  }

  onOpen(socket: ServerSocket): void {
    this.#socket = socket;
    const early = this.#early;
    this.#early = [];
    for (const frame of early) this.#write(socket, frame.binary());
    if (this.#isClosed) {
      socket.close(CLOSE_NORMAL, "");
      return;
    }
    this.#pingTimer = this.#options.scheduler.every(PING_MS, () => socket.ping());
  }

  onFrame(frame: string | Uint8Array): void {
    if (this.#isClosed) return;
    const { messageBytesMax } = this.#options;
    if (messageBytesMax > 0 && isLarger(frame, messageBytesMax)) {
      this.#refuse(CLOSE_TOO_BIG, `message larger than ${messageBytesMax} bytes`);
      return;
    }
    this.#isJson = typeof frame === "string";
    let request: livekit.SignalRequest;
    try {
      request =
        typeof frame === "string"
          ? readProtoJson(livekit.SignalRequest, frame)
          : decodeMessage(livekit.SignalRequest, frame);
    } catch {
      this.#refuse(CLOSE_INVALID_PAYLOAD, "message could not be decoded as a SignalRequest");
      return;
    }
    this.#options.counts.requests += 1;
    this.#answerPing(request);
    if (!this.#requests.push(request, frame.length)) {
      this.#refuse(CLOSE_POLICY, `too many messages: more than ${WAITING_MAX} or 8 MiB wait`);
    }
  }

  /** Pings are answered here, whatever the room is doing. */
  #answerPing(request: livekit.SignalRequest): void {
    const wallMs = Math.floor(this.#options.scheduler.wallMs());
    if (request.message === "ping") this.send(new SignalFrame({ pong: wallMs }));
    else if (request.message === "pingReq") {
      const lastPingTimestamp = request.pingReq?.timestamp ?? 0;
      this.send(new SignalFrame({ pongResp: { lastPingTimestamp, timestamp: wallMs } }));
    }
  }

  #refuse(code: number, reason: string): void {
    this.#options.counts.failedRequests += 1;
    this.#shut(code, reason);
    this.#session?.linkLost();
  }

  #shut(code: number, reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#pingTimer?.();
    this.#requests.close();
    this.#socket?.close(code, reason);
  }

  onClose(): void {
    this.#isClosed = true;
    this.#pingTimer?.();
    const leave = this.#requests.close();
    if (leave !== undefined) this.#session?.handle(leave);
    this.#session?.linkLost();
  }
}

/** Text is measured as it came, in UTF-8: up to three bytes for each unit of a string. */
function isLarger(frame: string | Uint8Array, bytesMax: number): boolean {
  if (frame.length > bytesMax) return true;
  if (typeof frame !== "string" || frame.length * 3 <= bytesMax) return false;
  return new TextEncoder().encode(frame).length > bytesMax;
}
