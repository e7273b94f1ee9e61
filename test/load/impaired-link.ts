import { dlopen, FFIType, ptr } from "bun:ffi";
import { closeSync, openSync, read, writeSync } from "node:fs";

/** Addresses of the two ends, in a network that is used for nothing else. */
export const NEAR_ADDRESS = "10.213.0.1";
export const FAR_ADDRESS = "10.213.0.2";
const NETWORK_BITS = 30;

/** `TUNSETIFF`, and its flags for IP packets without a header (linux/if_tun.h). */
const SET_INTERFACE = 0x400454ca;
const IS_TUN_WITHOUT_HEADER = 0x1001;
const REQUEST_BYTES = 40;
const FLAGS_OFFSET = 16;
const PACKET_BYTES_MAX = 2048;

export type LinkShape = {
  /** Bits per second; Infinity for no limit. */
  readonly rateBps: number;
  /** On the way, without queueing. */
  readonly delayMs: number;
  /** 0..1, each packet by itself. */
  readonly loss: number;
  /** Packets that would wait longer are dropped. */
  readonly queueMs: number;
};

export type LinkCounters = {
  readonly packets: number;
  readonly bytes: number;
  /** For lack of room in the queue. */
  readonly overflows: number;
  readonly losses: number;
  /** The longest wait in the queue. */
  readonly queueMaxMs: number;
};

/** One direction: a queue in front of a wire, of the user space's accuracy of a millisecond. */
class Direction {
  shape: LinkShape;
  readonly #out: number;
  readonly #random: () => number;
  #freeMs = 0;
  #packets = 0;
  #bytes = 0;
  #overflows = 0;
  #losses = 0;
  #queueMaxMs = 0;

  constructor(out: number, shape: LinkShape, random: () => number) {
    this.#out = out;
    this.shape = shape;
    this.#random = random;
  }

  carry(packet: Buffer): void {
    const { rateBps, delayMs, loss, queueMs } = this.shape;
    if (loss > 0 && this.#random() < loss) {
      this.#losses += 1;
      return;
    }
    const nowMs = performance.now();
    const waitMs = Math.max(0, this.#freeMs - nowMs);
    if (waitMs > queueMs) {
      this.#overflows += 1;
      return;
    }
    if (waitMs > this.#queueMaxMs) this.#queueMaxMs = waitMs;
    const sendMs = rateBps === Number.POSITIVE_INFINITY ? 0 : (packet.length * 8_000) / rateBps;
    this.#freeMs = nowMs + waitMs + sendMs;
    this.#packets += 1;
    this.#bytes += packet.length;
    const totalMs = waitMs + sendMs + delayMs;
    if (totalMs < 1) this.#put(packet);
    else setTimeout(() => this.#put(packet), totalMs);
  }

  /** What happened since the last call. */
  take(): LinkCounters {
    const counters = {
      packets: this.#packets,
      bytes: this.#bytes,
      overflows: this.#overflows,
      losses: this.#losses,
      queueMaxMs: this.#queueMaxMs,
    };
    this.#packets = 0;
    this.#bytes = 0;
    this.#overflows = 0;
    this.#losses = 0;
    this.#queueMaxMs = 0;
    return counters;
  }

  #put(packet: Buffer): void {
    try {
      writeSync(this.#out, packet);
    } catch {
      this.#overflows += 1; // the other end is being taken down, or its own queue is full
    }
  }
}

/**
 * A network of two ends, for kernels without `netem`: this process sees one end (in its own network
 * namespace, to be made by `unshare --net`), a namespace that it makes holds the other; between them
 * packets pass through this process. Needs root, `ip` and `/dev/net/tun`.
 */
export class ImpairedLink implements Disposable {
  /** The namespace of the far end, for `ip netns exec`. */
  readonly namespace: string;
  readonly #ends: readonly number[];
  readonly #toFar: Direction;
  readonly #toNear: Direction;
  #isClosed = false;

  private constructor(namespace: string, near: number, far: number, shape: LinkShape) {
    this.namespace = namespace;
    this.#ends = [near, far];
    this.#toFar = new Direction(far, shape, Math.random);
    this.#toNear = new Direction(near, shape, Math.random);
    this.#pump(near, this.#toFar);
    this.#pump(far, this.#toNear);
  }

  static create(shape: LinkShape): ImpairedLink {
    const namespace = `parley-${process.pid}`;
    const near = openTun("parley-near");
    const far = openTun("parley-far");
    ip("netns", "add", namespace);
    const inside = ["netns", "exec", namespace, "ip"];
    ip("link", "set", "parley-far", "netns", namespace);
    ip("link", "set", "lo", "up");
    ip("addr", "add", `${NEAR_ADDRESS}/${NETWORK_BITS}`, "dev", "parley-near");
    ip("link", "set", "parley-near", "up");
    ip(...inside, "link", "set", "lo", "up");
    ip(...inside, "addr", "add", `${FAR_ADDRESS}/${NETWORK_BITS}`, "dev", "parley-far");
    ip(...inside, "link", "set", "parley-far", "up");
    ip(...inside, "route", "add", "default", "via", NEAR_ADDRESS);
    return new ImpairedLink(namespace, near, far, shape);
  }

  /** Packets to the far end; those under way are not touched. */
  setDownlink(change: Partial<LinkShape>): void {
    this.#toFar.shape = { ...this.#toFar.shape, ...change };
  }

  setUplink(change: Partial<LinkShape>): void {
    this.#toNear.shape = { ...this.#toNear.shape, ...change };
  }

  /** Of packets to the far end, since the last call. */
  takeDownlink(): LinkCounters {
    return this.#toFar.take();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    ip("netns", "del", this.namespace);
    for (const end of this.#ends) closeSync(end);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #pump(from: number, direction: Direction): void {
    const buffer = Buffer.alloc(PACKET_BYTES_MAX);
    const next = (): void =>
      read(from, buffer, 0, PACKET_BYTES_MAX, null, (error, length) => {
        if (error !== null || this.#isClosed) return;
        direction.carry(Buffer.from(buffer.subarray(0, length)));
        next();
      });
    next();
  }
}

function openTun(name: string): number {
  const { symbols } = dlopen("libc.so.6", {
    ioctl: { args: [FFIType.i32, FFIType.u64, FFIType.ptr], returns: FFIType.i32 },
  });
  const fd = openSync("/dev/net/tun", "r+");
  const request = new Uint8Array(REQUEST_BYTES);
  request.set(new TextEncoder().encode(name));
  new DataView(request.buffer).setUint16(FLAGS_OFFSET, IS_TUN_WITHOUT_HEADER, true);
  if (symbols.ioctl(fd, SET_INTERFACE, ptr(request)) !== 0) {
    throw new Error(`Cannot make the network device ${name}: run as root with CAP_NET_ADMIN`);
  }
  return fd;
}

function ip(...args: string[]): void {
  const { exitCode, stderr } = Bun.spawnSync(["ip", ...args], { stderr: "pipe" });
  if (exitCode !== 0) throw new Error(`ip ${args.join(" ")}: ${stderr.toString().trim()}`);
}
