import type { DatagramPort, PathAddress } from "../../src/media/datagram-port.ts";

const ARENA_BYTES = 1 << 16;

export type SimDatagram = { readonly path: number; readonly bytes: Uint8Array };

/** A DatagramPort in memory: what is flushed waits in `sent` until the test takes it. */
export class SimPort implements DatagramPort {
  readonly arena: Uint8Array = new Uint8Array(ARENA_BYTES);
  readonly #queue: SimDatagram[] = [];
  readonly #sent: SimDatagram[] = [];
  readonly #holds = new Map<number, number>();
  /** A write to this path throws, as if there were a bug in the work for its peer. */
  brokenPath = -1;
  #at = 0;
  #reserved = -1;

  reserve(bytesMax: number): number {
    if (this.#at + bytesMax > this.arena.length) this.#at = 0;
    this.#reserved = bytesMax;
    return this.#at;
  }

  commit(path: number, length: number): void {
    if (length < 1 || length > this.#reserved) {
      throw new Error(`Cannot commit ${length} bytes: ${this.#reserved} are reserved`);
    }
    if (path === this.brokenPath) throw new Error("broken on purpose");
    this.#queue.push({ path, bytes: this.arena.slice(this.#at, this.#at + length) });
    this.#at += length;
    this.#reserved = -1;
  }

  flush(): void {
    this.#sent.push(...this.#queue.splice(0));
    this.#at = 0;
  }

  holdPath(path: number): void {
    this.#holds.set(path, (this.#holds.get(path) ?? 0) + 1);
  }

  releasePath(path: number): void {
    const holds = this.#holds.get(path) ?? 0;
    if (holds === 0) throw new Error(`Cannot release path ${path}: nobody holds it`);
    if (holds === 1) this.#holds.delete(path);
    else this.#holds.set(path, holds - 1);
  }

  pathAddress(path: number): PathAddress {
    return { protocol: "udp", address: "127.0.0.1", port: 1_024 + path };
  }

  /** Paths that somebody holds, ascending. */
  get heldPaths(): number[] {
    return [...this.#holds.keys()].sort((a, b) => a - b);
  }

  /** What was flushed since the last call. */
  take(): SimDatagram[] {
    return this.#sent.splice(0);
  }
}
