import type { Socket, TCPSocketListener } from "bun";
import type { Log } from "../base/log.ts";
import type { DatagramHandler, DatagramPort, PathAddress } from "../media/datagram-port.ts";
import { monotonicMs } from "./clock.ts";
import { FrameQueue, FrameReader, type FrameSink } from "./ice-tcp-framing.ts";
import { portError } from "./port-error.ts";
import { plainAddress } from "./udp-address.ts";
import { UDP_COUNTER_COUNT, UdpCounter } from "./udp-counters.ts";

/** Connections of one listener; a newcomer beyond takes the place of the oldest that nobody holds. */
export const CONNECTIONS_MAX = 16_384;
/** Released numbers rest until so many others were released, so that a late use hits nobody. */
const RESTING_MAX = 256;
/** How long a connection may live before a peer holds it. */
export const UNHELD_MS_MAX = 30_000;
const SWEEP_MS = 5_000;
const ARENA_BYTES = 2048;

const FIRST_FRAME_BYTES_MAX = 512;
const STUN_HEADER_BYTES = 20;
const STUN_COOKIE = 0x2112_a442;
const STUN_USERNAME = 0x0006;

export type IceTcpListenerOptions = {
  readonly address: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Called for each frame received. May send and flush. */
  readonly handler: DatagramHandler;
  /** As of a UDP port: called once after frames that came together; else the listener flushes. */
  readonly onReceiveEnd?: () => void;
  readonly log: Log;
  /** Monotonic milliseconds; tests bring their own. */
  readonly nowMs?: () => number;
  readonly connectionsMax?: number;
};

/** Starts to listen. Throws a ServerError that says what to do when the address is taken. */
export function createIceTcpListener(options: IceTcpListenerOptions): IceTcpListener {
  return new IceTcpListener(options);
}

/**
 * Passive ICE/TCP (RFC 6544) as a second DatagramPort: each connection is one path, each RFC 4571
 * frame one datagram. Owns its connections; nothing blocks: what a slow connection cannot take
 * is dropped, whole frames at a time.
 *
 * A connection must begin with a STUN Binding request that names a user, and a peer must hold its
 * path within 30 seconds, or it is closed.
 */
export class IceTcpListener implements DatagramPort {
  readonly arena: Uint8Array = new Uint8Array(ARENA_BYTES);
  readonly localAddress: string;
  readonly localPort: number;
  /** Since the start, by UdpCounter; a frame counts as a datagram. */
  readonly counters: Float64Array = new Float64Array(UDP_COUNTER_COUNT);
  readonly #listener: TCPSocketListener<Connection>;
  readonly #handler: DatagramHandler;
  readonly #onReceiveEnd: () => void;
  readonly #log: Log;
  readonly #nowMs: () => number;
  readonly #connectionsMax: number;
  /** By path. A closed connection stays while it is held. */
  readonly #connections: (Connection | undefined)[] = [];
  readonly #resting: number[] = [];
  /** Connections with something to write. */
  readonly #dirty: Connection[] = [];
  readonly #sweep: ReturnType<typeof setInterval>;
  #openCount = 0;
  #isReceiving = false;
  #isClosed = false;

  /** See `createIceTcpListener`. */
  constructor(options: IceTcpListenerOptions) {
    this.#handler = options.handler;
    this.#onReceiveEnd = options.onReceiveEnd ?? (() => this.flush());
    this.#nowMs = options.nowMs ?? monotonicMs;
    this.#connectionsMax = options.connectionsMax ?? CONNECTIONS_MAX;
    try {
      this.#listener = Bun.listen<Connection>({
        hostname: options.address,
        port: options.port,
        socket: {
          open: (socket) => this.#accept(socket),
          data: (socket, chunk) => socket.data?.receive(chunk),
          drain: (socket) => socket.data?.write(),
          close: (socket) => this.#handleClosed(socket.data),
          error: (socket) => this.#handleClosed(socket.data),
        },
      });
    } catch (error) {
      throw portError("TCP", options.address, options.port, error);
    }
    this.localAddress = this.#listener.hostname;
    this.localPort = this.#listener.port;
    this.#log = options.log.with({ tcp: `${this.localAddress} ${this.localPort}` });
    this.#sweep = setInterval(() => this.closeUnheld(), SWEEP_MS);
    this.#sweep.unref();
  }

  /** One frame is written at a time: `commit` copies it into its connection's queue. */
  reserve(_bytesMax: number): number {
    return 0;
  }

  commit(path: number, length: number): void {
    const connection = this.#connections[path];
    if (connection === undefined || connection.isClosed) {
      this.#count(UdpCounter.ClosedPath, 1);
    } else if (connection.queue.push(this.arena, 0, length)) {
      this.#count(UdpCounter.Sent, 1);
      this.#count(UdpCounter.SentBytes, length);
      if (!connection.isDirty) {
        connection.isDirty = true;
        this.#dirty.push(connection);
      }
    } else {
      this.#count(UdpCounter.Dropped, 1);
    }
  }

  flush(): void {
    for (const connection of this.#dirty) {
      connection.isDirty = false;
      connection.write();
    }
    this.#dirty.length = 0;
  }

  holdPath(path: number): void {
    const connection = this.#connections[path];
    if (connection !== undefined) connection.holds += 1;
  }

  releasePath(path: number): void {
    const connection = this.#connections[path];
    if (connection === undefined) return;
    if (connection.holds > 0) connection.holds -= 1;
    if (connection.holds > 0) return;
    if (connection.isClosed) this.#forget(connection);
    else connection.close();
  }

  pathAddress(path: number): PathAddress {
    const connection = this.#connections[path];
    return {
      protocol: "tcp",
      address: connection?.address ?? "",
      port: connection?.port ?? 0,
    };
  }

  /** Closes what no peer has taken in time. Runs every five seconds by itself. */
  closeUnheld(): void {
    const nowMs = this.#nowMs();
    for (const connection of this.#connections) {
      if (connection === undefined || connection.isClosed || connection.holds > 0) continue;
      if (nowMs - connection.acceptedMs >= UNHELD_MS_MAX) connection.close();
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.flush();
    this.#isClosed = true;
    clearInterval(this.#sweep);
    this.#listener.stop(true);
  }

  debugInfo(): { connections: number; waitingBytes: number; counters: number[] } {
    let waitingBytes = 0;
    for (const connection of this.#connections) waitingBytes += connection?.queue.waitingBytes ?? 0;
    return { connections: this.#openCount, waitingBytes, counters: [...this.counters] };
  }

  #accept(socket: Socket<Connection>): void {
    const path = this.#isClosed ? -1 : this.#takeNumber();
    if (path < 0) {
      this.#count(UdpCounter.NoPath, 1);
      socket.terminate();
      return;
    }
    socket.setNoDelay(true);
    const connection = new Connection(
      socket,
      path,
      this.#nowMs(),
      this.#handleFrame,
      this.counters,
    );
    socket.data = connection;
    this.#connections[path] = connection;
    this.#openCount += 1;
  }

  /** The first frame decides whether this is ICE at all; whose it is, the engine finds out. */
  readonly #handleFrame = (connection: Connection, bytes: Uint8Array): void => {
    if (!connection.isIce && !isNamedBinding(bytes)) {
      connection.close();
      return;
    }
    connection.isIce = true;
    this.#count(UdpCounter.Received, 1);
    this.#count(UdpCounter.ReceivedBytes, bytes.length);
    if (!this.#isReceiving) {
      this.#isReceiving = true;
      setImmediate(this.#endReceive);
    }
    try {
      this.#handler(bytes, connection.path);
    } catch (error) {
      this.#countFailure(error);
    }
  };

  readonly #endReceive = (): void => {
    this.#isReceiving = false;
    if (this.#isClosed) return;
    try {
      this.#onReceiveEnd();
    } catch (error) {
      this.#countFailure(error);
    }
  };

  /** A bug above, that no owner of a peer has caught. One frame must not end the server. */
  #countFailure(error: unknown): void {
    if (this.counters[UdpCounter.HandlerFailures] === 0) {
      this.#log.error("Frame handler failed; later failures are only counted", { error });
    }
    this.#count(UdpCounter.HandlerFailures, 1);
  }

  #handleClosed(connection: Connection | undefined): void {
    if (connection === undefined || connection.isGone) return;
    connection.isClosed = true;
    connection.isGone = true;
    this.#openCount -= 1;
    if (connection.holds === 0) this.#forget(connection);
  }

  #forget(connection: Connection): void {
    if (this.#connections[connection.path] !== connection) return;
    this.#connections[connection.path] = undefined;
    this.#resting.push(connection.path);
  }

  #takeNumber(): number {
    const isAllIssued = this.#connections.length === this.#connectionsMax;
    if (this.#resting.length > (isAllIssued ? 0 : RESTING_MAX)) return this.#resting.shift()!;
    if (!isAllIssued) return this.#connections.length;
    const oldest = this.#oldestUnheld();
    if (oldest === undefined) return -1;
    oldest.close();
    this.#handleClosed(oldest);
    return this.#resting.shift() ?? -1;
  }

  #oldestUnheld(): Connection | undefined {
    let oldest: Connection | undefined;
    for (const connection of this.#connections) {
      if (connection === undefined || connection.holds > 0) continue;
      if (oldest === undefined || connection.acceptedMs < oldest.acceptedMs) oldest = connection;
    }
    return oldest;
  }

  #count(counter: UdpCounter, amount: number): void {
    this.counters[counter] = this.counters[counter]! + amount;
  }
}

type FrameHandler = (connection: Connection, bytes: Uint8Array) => void;

/** One TCP connection. Owned by its listener. */
class Connection implements FrameSink {
  readonly path: number;
  readonly address: string;
  readonly port: number;
  readonly acceptedMs: number;
  readonly queue: FrameQueue = new FrameQueue();
  readonly #socket: Socket<Connection>;
  readonly #reader: FrameReader = new FrameReader();
  readonly #onFrame: FrameHandler;
  readonly #counters: Float64Array;
  /** How many peers use the path. */
  holds = 0;
  isIce = false;
  isDirty = false;
  /** Nothing is sent or taken any more. */
  isClosed = false;
  /** The socket is gone, too, and the listener has taken note. */
  isGone = false;

  constructor(
    socket: Socket<Connection>,
    path: number,
    acceptedMs: number,
    onFrame: FrameHandler,
    counters: Float64Array,
  ) {
    this.#socket = socket;
    this.path = path;
    this.address = plainAddress(socket.remoteAddress);
    this.port = socket.remotePort;
    this.acceptedMs = acceptedMs;
    this.#onFrame = onFrame;
    this.#counters = counters;
  }

  receive(chunk: Uint8Array): void {
    if (!this.isClosed) this.#reader.push(chunk, this);
  }

  onFrame(bytes: Uint8Array): boolean {
    if (this.isClosed) return false;
    this.#onFrame(this, bytes);
    return !this.isClosed;
  }

  onSkip(): void {
    this.#counters[UdpCounter.Oversized] = this.#counters[UdpCounter.Oversized]! + 1;
    if (!this.isIce) this.close(); // no first frame is that long
  }

  write(): void {
    if (this.isClosed || this.queue.waitingBytes === 0) return;
    this.#counters[UdpCounter.SendCalls] = this.#counters[UdpCounter.SendCalls]! + 1;
    this.queue.writeTo(this.#socket);
  }

  /** What fits into the socket at once still leaves. */
  close(): void {
    if (this.isClosed) return;
    this.write();
    this.isClosed = true;
    this.#socket.end();
  }
}

/** Whether this is a STUN Binding request with a USERNAME (RFC 8489 §5, §14.3), 512 bytes at most. */
function isNamedBinding(bytes: Uint8Array): boolean {
  const length = bytes.length;
  if (length < STUN_HEADER_BYTES || length > FIRST_FRAME_BYTES_MAX) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  if (view.getUint16(0) !== 1 || view.getUint32(4) !== STUN_COOKIE) return false;
  if (view.getUint16(2) !== length - STUN_HEADER_BYTES) return false;
  let at = STUN_HEADER_BYTES;
  while (at + 4 <= length) {
    if (view.getUint16(at) === STUN_USERNAME) return true;
    at += 4 + ((view.getUint16(at + 2) + 3) & -4);
  }
  return false;
}
