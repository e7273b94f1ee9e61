import type { Log } from "../base/log.ts";
import type { TurnLink } from "../transport/turn/turn-ports.ts";
import { monotonicMs } from "./clock.ts";
import { StreamQueue } from "./stream-queue.ts";
import type { AcceptedStream, StreamOwner } from "./turn-acceptor.ts";
import { TurnFrameReader, type TurnMessageSink } from "./turn-framing.ts";

/** Connections of one listener; a newcomer beyond takes the place of the oldest without allocation. */
export const CONNECTIONS_MAX = 8192;
/** From one address, unless a load balancer hides the clients'. */
export const CONNECTIONS_PER_ADDRESS_MAX = 512;
/** How long a connection may live without an allocation. */
export const IDLE_MS_MAX = 30_000;
/** What may wait for a slow connection; a message that does not fit is dropped. */
const QUEUE_BYTES_MAX: number = 1024 * 1024;
/** As long as nobody has proven who he is: a client waits for each of its first answers. */
export const UNPROVEN_QUEUE_BYTES_MAX: number = 4 * 1024;
/** Released numbers rest until so many others were released, so that a late use hits nobody. */
const RESTING_MAX = 256;
const ARENA_BYTES = 2048;

export type TurnTcpLinkOptions = {
  /** All clients may come from one address: a balancer's. */
  readonly hidesClients: boolean;
  /** Called for each message received. May send and flush. */
  readonly onMessage: (bytes: Uint8Array, client: number) => void;
  readonly onClosed: (client: number) => void;
  /** Something was received: flush at the end of the turn. */
  readonly onReceive: () => void;
  readonly log: Log;
  /** Monotonic milliseconds; tests bring their own. */
  readonly nowMs?: () => number;
  readonly connectionsMax?: number;
  readonly perAddressMax?: number;
};

/**
 * TURN over TCP and TLS as a link: each connection is one client. Owns its connections; nothing
 * blocks: what a slow connection cannot take is dropped, whole messages at a time.
 */
export class TurnTcpLink implements TurnLink {
  readonly protocol = "tcp";
  readonly arena: Uint8Array = new Uint8Array(ARENA_BYTES);
  readonly hidesClients: boolean;
  readonly #options: TurnTcpLinkOptions;
  readonly #nowMs: () => number;
  /** By client. */
  readonly #connections: (Connection | undefined)[] = [];
  readonly #resting: number[] = [];
  readonly #byAddress = new Map<string, number>();
  /** Connections with something to write. */
  readonly #dirty: Connection[] = [];
  #openCount = 0;
  #failures = 0;
  #droppedMessages = 0;

  constructor(options: TurnTcpLinkOptions) {
    this.#options = options;
    this.hidesClients = options.hidesClients;
    this.#nowMs = options.nowMs ?? monotonicMs;
  }

  /** A new connection. @returns undefined when there is no room for it */
  accept(stream: AcceptedStream, address: string, port: number): StreamOwner | undefined {
    const perAddressMax = this.#options.perAddressMax ?? CONNECTIONS_PER_ADDRESS_MAX;
    const present = this.#byAddress.get(address) ?? 0;
    if (!this.hidesClients && present >= perAddressMax) return undefined;
    const client = this.#takeNumber();
    if (client < 0) return undefined;
    const connection = new Connection(stream, client, address, port, this.#nowMs(), {
      onMessage: (bytes) => this.#handleMessage(connection, bytes),
      onClosed: () => this.#forget(connection),
    });
    this.#connections[client] = connection;
    this.#byAddress.set(address, (this.#byAddress.get(address) ?? 0) + 1);
    this.#openCount += 1;
    return connection;
  }

  /** One message is written at a time: `commit` copies it into its connection's queue. */
  reserve(_bytesMax: number): number {
    return 0;
  }

  commit(client: number, length: number): void {
    const connection = this.#connections[client];
    if (connection === undefined || connection.isClosed) return;
    if (!connection.push(this.arena, length)) {
      this.#droppedMessages += 1;
    } else if (!connection.isDirty) {
      connection.isDirty = true;
      this.#dirty.push(connection);
    }
  }

  flush(): void {
    for (const connection of this.#dirty) {
      connection.isDirty = false;
      connection.drained();
    }
    this.#dirty.length = 0;
  }

  holdPath(client: number): void {
    const connection = this.#connections[client];
    if (connection !== undefined) connection.holds += 1;
  }

  releasePath(client: number): void {
    const connection = this.#connections[client];
    if (connection === undefined) return;
    connection.holds -= 1;
    connection.idleSinceMs = this.#nowMs();
  }

  pathAddress(client: number): { readonly address: string; readonly port: number } {
    const connection = this.#connections[client];
    return { address: connection?.address ?? "", port: connection?.port ?? 0 };
  }

  /** Closes what has had no allocation for too long. To be called every few seconds. */
  closeIdle(): void {
    const nowMs = this.#nowMs();
    for (const connection of this.#connections) {
      if (connection === undefined || connection.holds > 0) continue;
      if (nowMs - connection.idleSinceMs >= IDLE_MS_MAX) connection.close();
    }
  }

  close(): void {
    this.flush();
    for (const connection of this.#connections) connection?.close();
  }

  debugInfo(): { connections: number; droppedMessages: number } {
    return { connections: this.#openCount, droppedMessages: this.#droppedMessages };
  }

  #handleMessage({ client }: Connection, bytes: Uint8Array): void {
    this.#options.onReceive();
    try {
      this.#options.onMessage(bytes, client);
    } catch (error) {
      // a bug above: one message must not end the server
      this.#failures += 1;
      if (this.#failures > 1) return;
      this.#options.log.error("TURN message failed; later failures are only counted", { error });
    }
  }

  #forget(connection: Connection): void {
    const { client, address } = connection;
    if (this.#connections[client] !== connection) return;
    this.#options.onClosed(client);
    this.#connections[client] = undefined;
    this.#resting.push(client);
    this.#openCount -= 1;
    const count = this.#byAddress.get(address) ?? 0;
    if (count > 1) this.#byAddress.set(address, count - 1);
    else this.#byAddress.delete(address);
  }

  #takeNumber(): number {
    const max = this.#options.connectionsMax ?? CONNECTIONS_MAX;
    const isAllIssued = this.#connections.length === max;
    if (this.#resting.length > (isAllIssued ? 0 : RESTING_MAX)) return this.#resting.shift()!;
    if (!isAllIssued) return this.#connections.length;
    this.#oldestIdle()?.close();
    return this.#resting.shift() ?? -1;
  }

  #oldestIdle(): Connection | undefined {
    let oldest: Connection | undefined;
    for (const connection of this.#connections) {
      if (connection === undefined || connection.holds > 0) continue;
      if (oldest === undefined || connection.idleSinceMs < oldest.idleSinceMs) oldest = connection;
    }
    return oldest;
  }
}

type ConnectionEvents = {
  onMessage(bytes: Uint8Array): void;
  onClosed(): void;
};

/** One connection. Owned by its link. */
class Connection implements StreamOwner, TurnMessageSink {
  readonly client: number;
  readonly address: string;
  readonly port: number;
  readonly #stream: AcceptedStream;
  readonly #events: ConnectionEvents;
  readonly #reader: TurnFrameReader = new TurnFrameReader();
  readonly #queue: StreamQueue = new StreamQueue(QUEUE_BYTES_MAX);
  holds = 0;
  idleSinceMs: number;
  isDirty = false;
  isClosed = false;

  constructor(
    stream: AcceptedStream,
    client: number,
    address: string,
    port: number,
    nowMs: number,
    events: ConnectionEvents,
  ) {
    this.#stream = stream;
    this.client = client;
    this.address = address;
    this.port = port;
    this.idleSinceMs = nowMs;
    this.#events = events;
  }

  /** @returns false when the message does not fit */
  push(bytes: Uint8Array, length: number): boolean {
    const padded = (length + 3) & ~3;
    const isOver = this.#queue.waitingBytes + padded > UNPROVEN_QUEUE_BYTES_MAX;
    if (isOver && this.holds === 0) return false;
    const memory = this.#queue.reserve(padded);
    if (memory === undefined) return false;
    const { end } = this.#queue;
    memory.set(bytes.subarray(0, length), end);
    memory.fill(0, end + length, end + padded);
    this.#queue.commit(padded);
    return true;
  }

  receive(chunk: Uint8Array): void {
    if (!this.isClosed) this.#reader.push(chunk, this);
  }

  onMessage(bytes: Uint8Array): boolean {
    this.#events.onMessage(bytes);
    return !this.isClosed;
  }

  onBroken(): void {
    this.close();
  }

  drained(): void {
    if (!this.isClosed) this.#queue.writeTo(this.#stream);
  }

  /** What fits into the socket at once still leaves. Whoever would not close its side is not asked. */
  close(): void {
    if (this.isClosed) return;
    this.drained();
    this.isClosed = true;
    this.#stream.terminate();
    this.#events.onClosed();
  }

  closed(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#events.onClosed();
  }
}
