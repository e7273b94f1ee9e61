import type { udp } from "bun";
import { ServerError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { DatagramHandler, DatagramPort, PathAddress } from "../media/datagram-port.ts";
import {
  loadNativeSend,
  loadNativeSocketOptions,
  type NativeSend,
  type NativeSocketOptions,
} from "./native-libc.ts";
import type { NativeWait } from "./native-wait.ts";
import { portError } from "./port-error.ts";
import { QuietPaths } from "./quiet-paths.ts";
import { loadSocketMemory, type SocketMemory } from "./socket-memory.ts";
import { plainAddress, SOCKADDR_SLOT_BYTES } from "./udp-address.ts";
import { UdpBatch } from "./udp-batch.ts";
import { UDP_COUNTER_COUNT, UdpCounter } from "./udp-counters.ts";
import { PATHS_MAX, UdpPathTable } from "./udp-path-table.ts";
import type { UdpReceiver } from "./udp-receiver.ts";
import { SendManyBackend, type UdpBackend } from "./udp-send-many.ts";
import { SendmmsgBackend } from "./udp-sendmmsg.ts";
import {
  descriptorOf,
  growSocketBuffers,
  RECEIVE_BUFFER_BYTES_MIN,
  SOCKET_BUFFER_BYTES,
} from "./udp-socket-buffers.ts";

/** `DATAGRAM_BYTES_MAX` of the port we implement: what is larger is no media (RFC 8834). */
const RECEIVED_BYTES_MAX = 1500;

/** Batches that one `receiveWaiting` fetches at most: others are to have their turn as well. */
const RECEIVE_ROUNDS_MAX = 4;

const LEVEL_IP = 0;
const LEVEL_UDP = 17;
const LEVEL_IPV6 = 41;
const IP_RECVERR = 11;
const IPV6_RECVERR = 25;
const UDP_SEGMENT = 103;
const NO_MEMORY: SocketMemory = { queuedBytes: 0, drops: 0 };

export type UdpPortOptions = {
  /** Local address: IPv4, IPv6, or `::` for both families on one socket. */
  readonly address: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Called for each datagram received. May send and flush. */
  readonly handler: DatagramHandler;
  /**
   * Called once after the datagrams that were waiting together have been handled: the place to
   * flush. Without it the port flushes by itself.
   */
  readonly onReceiveEnd?: () => void;
  readonly log: Log;
  /** The setting of the port, for whoever finds it taken; `rtc.udp_port` unless it is another. */
  readonly setting?: string;
  /** Asked of the system for each direction, in bytes. */
  readonly bufferBytes?: number;
  /** Warn when the system grants a small receive buffer: true, except in dev mode. */
  readonly warnOfSmallBuffer?: boolean;
  /** Leave the choice to the port, except in tests and benches. */
  readonly backend?: "auto" | "sendmmsg" | "sendMany";
  /** Remote addresses told apart, 1..65536. */
  readonly pathsMax?: number;
  /** Monotonic ms; the runtime's clock, except in tests. */
  readonly nowMs?: () => number;
  /**
   * The thread waits by itself: the port takes its socket from the runtime, and receives only what
   * `receiveWaiting` fetches.
   */
  readonly receiving?: Receiving;
};

/** How a thread that waits by itself receives. */
export type Receiving = { readonly native: NativeWait; readonly receiver: UdpReceiver };

/** Opens a UDP port. Rejects with a ServerError that says what to do when the address is taken. */
export async function createUdpPort(options: UdpPortOptions): Promise<UdpPort> {
  const receiver: { port: UdpPort | undefined } = { port: undefined };
  let socket: udp.Socket<"uint8array">;
  try {
    socket = await Bun.udpSocket({
      hostname: options.address,
      port: options.port,
      // of a Buffer, `slice` is a view: whoever copies with it would keep memory that is used again
      binaryType: "uint8array",
      socket: {
        data(_socket, bytes, port, address, flags) {
          receiver.port?.receive(bytes, port, address, flags.truncated);
        },
        // Reports of unreachable peers. ICE finds out for itself, and anyone can forge them.
        error() {},
      },
    });
  } catch (error) {
    throw portError("UDP", options.address, options.port, error, options.setting);
  }
  receiver.port = new UdpPort(socket, options);
  return receiver.port;
}

/**
 * One UDP socket as a DatagramPort. Owns the socket, the path table and the output batch.
 * `backend` tells which way datagrams leave.
 */
export class UdpPort implements DatagramPort {
  readonly arena: Uint8Array;
  readonly localAddress: string;
  readonly localPort: number;
  /** Since the start, by UdpCounter. */
  readonly counters: Float64Array = new Float64Array(UDP_COUNTER_COUNT);
  /** As granted by the system, in bytes; undefined where it cannot be asked. */
  readonly receiveBufferBytes: number | undefined;
  readonly sendBufferBytes: number | undefined;
  readonly #socket: udp.Socket<"uint8array">;
  readonly #receiving: Receiving | undefined;
  /** Of the socket that was taken from the runtime; -1: it has kept it. */
  readonly #ownFd: number;
  readonly #fd: number;
  readonly #readMemory: ((fd: number) => SocketMemory) | null = loadSocketMemory();
  readonly #handler: DatagramHandler;
  readonly #log: Log;
  readonly #paths: UdpPathTable;
  readonly #batch: UdpBatch;
  readonly #quiet: QuietPaths;
  readonly #clock: () => number;
  /** As of the last batch, in or out. */
  #nowMs = 0;
  readonly #backend: UdpBackend;
  readonly #onReceiveEnd: () => void;
  #isReceiving = false;
  #isClosed = false;

  /** Takes over an open socket: see `createUdpPort`. */
  constructor(socket: udp.Socket<"uint8array">, options: UdpPortOptions) {
    this.#socket = socket;
    this.#handler = options.handler;
    this.#onReceiveEnd = options.onReceiveEnd ?? (() => this.flush());
    this.localAddress = socket.address.address;
    this.localPort = socket.port;
    this.#log = options.log.with({ udp: `${this.localAddress} ${this.localPort}` });
    const pathsMax = options.pathsMax ?? PATHS_MAX;
    this.#batch = new UdpBatch(pathsMax);
    this.#quiet = new QuietPaths(pathsMax);
    this.#clock = options.nowMs ?? (() => performance.now());
    this.arena = this.#batch.arena;
    const isIpv6 = this.localAddress.includes(":");
    this.#paths = new UdpPathTable(isIpv6, pathsMax, (path) => {
      if (this.#batch.has(path)) this.flush();
      this.#quiet.forget(path);
    });
    const socketOptions = loadNativeSocketOptions();
    const native = options.backend === "sendMany" ? null : loadNativeSend();
    this.#receiving = native === null || socketOptions === null ? undefined : options.receiving;
    this.#ownFd = takeOver(socket, this.#receiving);
    const fd = this.#ownFd >= 0 ? this.#ownFd : descriptorOf(socket);
    this.#fd = fd;
    const isSegmenting = options.backend !== "sendmmsg";
    this.#backend =
      native === null || socketOptions === null || fd < 0
        ? new SendManyBackend(socket, this.#paths, this.counters)
        : this.#nativeBackend(native, socketOptions, fd, isSegmenting);
    const wanted = options.bufferBytes ?? SOCKET_BUFFER_BYTES;
    const granted = growSocketBuffers(socketOptions, fd, wanted);
    this.receiveBufferBytes = granted?.receiveBytes;
    this.sendBufferBytes = granted?.sendBytes;
    const isSmall = granted !== undefined && granted.receiveBytes < RECEIVE_BUFFER_BYTES_MIN;
    if (isSmall && options.warnOfSmallBuffer !== false) {
      this.#log.warn("UDP receive buffer is too small: raise net.core.rmem_max", {
        current: granted.receiveBytes,
        suggested: RECEIVE_BUFFER_BYTES_MIN,
      });
    }
  }

  get backend(): string {
    return this.#backend.name;
  }

  reserve(bytesMax: number): number {
    if (!this.#batch.hasRoom(bytesMax)) this.flush();
    return this.#batch.offset;
  }

  commit(path: number, length: number): void {
    if (this.#isClosed || !this.#paths.isLive(path)) this.#count(UdpCounter.ClosedPath, 1);
    else if (this.#quiet.admits(path, this.#nowMs)) this.#batch.push(path, length);
    else this.#count(UdpCounter.Silenced, 1);
  }

  flush(): void {
    this.#nowMs = this.#clock();
    if (this.#batch.count === 0) return;
    this.#count(UdpCounter.SentPaths, this.#batch.pathCount);
    this.#backend.send(this.#batch);
    this.#batch.clear();
  }

  holdPath(path: number): void {
    this.#paths.hold(path);
  }

  releasePath(path: number): void {
    this.#paths.release(path);
  }

  pathAddress(path: number): PathAddress {
    return {
      protocol: "udp",
      address: plainAddress(this.#paths.address(path)),
      port: this.#paths.port(path),
    };
  }

  /** The path to an address that has sent nothing yet; -1 when none is to be had. */
  pathTo(address: string, port: number): number {
    return this.#paths.intern(address, port);
  }

  /** What waits in the socket; nothing where the system does not tell. */
  memory(): SocketMemory {
    const fd = this.#isClosed ? -1 : this.#fd;
    return fd < 0 || this.#readMemory === null ? NO_MEMORY : this.#readMemory(fd);
  }

  /** What was queued leaves first. */
  close(): void {
    if (this.#isClosed) return;
    this.flush();
    this.#isClosed = true;
    if (this.#ownFd >= 0) this.#receiving?.native.close(this.#ownFd);
    else this.#socket.close();
  }

  debugInfo(): { backend: string; paths: number; heldPaths: number; counters: number[] } {
    return {
      backend: this.backend,
      paths: this.#paths.liveCount,
      heldPaths: this.#paths.heldCount,
      counters: [...this.counters],
    };
  }

  /** One datagram from the socket. Runs once per packet. */
  receive(bytes: Uint8Array, port: number, address: string, isTruncated: boolean): void {
    if (!this.#isReceiving) this.#nowMs = this.#clock();
    this.#receive(bytes, this.#paths.intern(address, port), isTruncated);
    if (this.#isReceiving) return;
    // Immediates run when the socket is drained; a microtask would run after each datagram.
    this.#isReceiving = true;
    setImmediate(this.#endReceive);
  }

  /** What `receiveWaiting` fetches from, for `poll`; -1: datagrams come by themselves. */
  get waitFd(): number {
    return this.#isClosed ? -1 : this.#ownFd;
  }

  /**
   * Hands over datagrams that wait in the socket, a few batches at most. The memory that they lie
   * in is used again. `onReceiveEnd` is not called.
   *
   * @returns how many
   */
  receiveWaiting(): number {
    const receiver = this.#receiving?.receiver;
    if (receiver === undefined || this.#isClosed) return 0;
    this.#nowMs = this.#clock();
    let total = 0;
    for (let round = 0; round < RECEIVE_ROUNDS_MAX && !this.#isClosed; round++) {
      const count = receiver.receive(this.#ownFd);
      for (let i = 0; i < count; i++) {
        const path = this.#paths.internSockaddr(receiver.names, i * SOCKADDR_SLOT_BYTES);
        this.#receive(receiver.datagram(i), path, receiver.isTruncated(i));
      }
      total += count;
      if (count < receiver.batchMax) break;
    }
    return total;
  }

  #receive(bytes: Uint8Array, path: number, isTruncated: boolean): void {
    if (isTruncated || bytes.length > RECEIVED_BYTES_MAX) {
      this.#count(UdpCounter.Oversized, 1);
      return;
    }
    if (path < 0) {
      this.#count(UdpCounter.NoPath, 1);
      return;
    }
    this.#quiet.heard(path, this.#nowMs);
    this.#count(UdpCounter.Received, 1);
    this.#count(UdpCounter.ReceivedBytes, bytes.length);
    try {
      this.#handler(bytes, path);
    } catch (error) {
      this.#countFailure(error);
    }
  }

  readonly #endReceive = (): void => {
    this.#isReceiving = false;
    if (this.#isClosed) return;
    try {
      this.#onReceiveEnd();
    } catch (error) {
      this.#countFailure(error);
    }
  };

  /** A bug above, that no owner of a peer has caught. One datagram must not end the server. */
  #countFailure(error: unknown): void {
    if (this.counters[UdpCounter.HandlerFailures] === 0) {
      this.#log.error("Datagram handler failed; later failures are only counted", { error });
    }
    this.#count(UdpCounter.HandlerFailures, 1);
  }

  #nativeBackend(
    native: NativeSend,
    options: NativeSocketOptions,
    fd: number,
    maySegment: boolean,
  ): UdpBackend {
    // Bun asks for reports of unreachable peers, which would come as errors of later sends.
    options.set(fd, LEVEL_IP, IP_RECVERR, 0);
    options.set(fd, LEVEL_IPV6, IPV6_RECVERR, 0);
    // A kernel that does not know the option would send the segments as one long datagram.
    const isSegmenting = maySegment && options.get(fd, LEVEL_UDP, UDP_SEGMENT) >= 0;
    return new SendmmsgBackend(native, fd, this.#paths, this.counters, isSegmenting);
  }

  #count(counter: UdpCounter, amount: number): void {
    this.counters[counter] = this.counters[counter]! + amount;
  }
}

/** The socket's own descriptor, which the runtime no longer watches; -1 when it keeps the socket. */
function takeOver(socket: udp.Socket<"uint8array">, receiving: Receiving | undefined): number {
  const fd = descriptorOf(socket);
  if (receiving === undefined || fd < 0) return -1;
  const own = receiving.native.duplicate(fd);
  socket.close();
  if (own < 0) {
    const message = "Cannot keep a UDP socket: too many open files, raise the limit (ulimit -n)";
    throw new ServerError("resource_exhausted", message);
  }
  return own;
}
