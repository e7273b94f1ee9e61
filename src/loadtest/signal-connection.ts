import { livekit } from "../gen/livekit.js";
import { decodeMessage, encodeMessage } from "../protobuf/codec.ts";

const OPEN_LIMIT_MS = 15_000;
/** For the server's side of closing; who waits goes on then. */
const CLOSE_LIMIT_MS = 2_000;
const PING_SECONDS = 5;
/** A client as of this version; protocol 15 has two peer connections, the second one first. */
const QUERY = "sdk=js&version=2.15.0&protocol=15&adaptive_stream=0";
/** Messages behind the answer to joining that wait for someone to take them. */
const EARLY_MAX = 64;

/** The signal socket of one participant, in binary frames. */
export class SignalConnection {
  readonly #socket: WebSocket;
  readonly #early: livekit.SignalResponse[] = [];
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #onMessage: (message: livekit.SignalResponse) => void = () => {};
  onClosed: (reason: string) => void = () => {};
  /** Every message with its size on the wire, before it is acted on. */
  onFrame: (message: livekit.SignalResponse, byteCount: number) => void = () => {};

  /** @param url `ws://host:port`, `wss://` too, with the path before `/rtc` if there is one */
  constructor(url: string, token: string, autoSubscribe: boolean, isReconnect = false) {
    const wishes = `auto_subscribe=${autoSubscribe ? 1 : 0}&reconnect=${isReconnect ? 1 : 0}`;
    this.#socket = new WebSocket(`${url}/rtc?access_token=${token}&${wishes}&${QUERY}`);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data === "string") return;
      const message = decodeMessage(livekit.SignalResponse, new Uint8Array(data));
      this.onFrame(message, data.byteLength);
      this.#onMessage(message);
    };
    let trouble = "";
    this.#socket.onerror = (event) => {
      // what is before it holds the address, and with it the token
      trouble = "message" in event ? (String(event.message).split(" failed: ")[1] ?? "") : "";
    };
    this.#socket.onclose = ({ code, reason }) => {
      clearInterval(this.#pingTimer);
      this.onClosed(`the signal connection was closed: ${code} ${reason || trouble}`.trim());
    };
  }

  /** Resolves with the answer to joining. */
  async joined(): Promise<livekit.IJoinResponse> {
    const join = await this.#answer(({ join }) => join);
    this.#startPings(join.pingInterval ?? 0);
    return join;
  }

  /** Resolves with the answer to a reconnect. */
  async resumed(): Promise<livekit.IReconnectResponse> {
    const reconnect = await this.#answer((message) => message.reconnect);
    this.#startPings(0);
    return reconnect;
  }

  /** The first message has to be what is looked for; those behind it wait. */
  #answer<T>(read: (message: livekit.SignalResponse) => T | null | undefined): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const timer = setTimeout(() => reject(new Error("No answer to joining")), OPEN_LIMIT_MS);
    this.onClosed = (reason) => reject(new Error(`Cannot join: ${reason}`));
    let isAnswered = false;
    this.#onMessage = (message) => {
      if (!isAnswered) {
        isAnswered = true;
        const answer = read(message);
        if (answer) resolve(answer);
        else reject(new Error(`Cannot join: the first message is ${message.message}`));
      } else if (this.#early.length < EARLY_MAX) {
        this.#early.push(message);
      }
    };
    return promise.finally(() => clearTimeout(timer));
  }

  /** Hands over all messages, those that have come since joining first. */
  start(onMessage: (message: livekit.SignalResponse) => void): void {
    this.#onMessage = onMessage;
    for (const message of this.#early.splice(0)) onMessage(message);
  }

  send(message: livekit.ISignalRequest): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(encodeMessage(livekit.SignalRequest, message));
  }

  /** The connection breaks: no leave, no closing handshake. */
  break(): void {
    clearInterval(this.#pingTimer);
    this.onClosed = () => {};
    this.#onMessage = () => {};
    this.#socket.terminate();
  }

  /** Says that it leaves. @returns once the socket is closed, or was not in time */
  close(): Promise<void> {
    clearInterval(this.#pingTimer);
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, CLOSE_LIMIT_MS);
    this.onClosed = () => resolve();
    this.send({ leave: { reason: livekit.DisconnectReason.CLIENT_INITIATED } });
    if (this.#socket.readyState === WebSocket.CLOSED) resolve();
    else this.#socket.close();
    return promise.finally(() => clearTimeout(timer));
  }

  #startPings(intervalSeconds: number): void {
    this.#pingTimer = setInterval(
      () => this.send({ pingReq: { timestamp: Date.now(), rtt: 0 } }),
      (intervalSeconds || PING_SECONDS) * 1000,
    );
  }
}
