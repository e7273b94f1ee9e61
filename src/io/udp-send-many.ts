import type { udp } from "bun";
import type { UdpBatch } from "./udp-batch.ts";
import { UdpCounter } from "./udp-counters.ts";
import type { UdpPathTable } from "./udp-path-table.ts";

/** How often a full socket buffer is tried again, at once, before what is left is dropped. */
const RETRIES_MAX = 2;

/** One way of getting a batch out. It counts what becomes of each datagram. */
export interface UdpBackend {
  /** For logs and metrics. */
  readonly name: string;
  send(batch: UdpBatch): void;
}

/** Bun's `sendMany`: works everywhere, with a view and two values for each datagram. */
export class SendManyBackend implements UdpBackend {
  readonly name: string = "sendMany";
  readonly #socket: udp.Socket<"uint8array">;
  readonly #paths: UdpPathTable;
  readonly #counters: Float64Array;

  constructor(socket: udp.Socket<"uint8array">, paths: UdpPathTable, counters: Float64Array) {
    this.#socket = socket;
    this.#paths = paths;
    this.#counters = counters;
  }

  send(batch: UdpBatch): void {
    let done = 0;
    let retries = 0;
    while (done < batch.count) {
      let taken: number;
      try {
        this.#counters[UdpCounter.SendCalls] = this.#counters[UdpCounter.SendCalls]! + 1;
        taken = this.#socket.sendMany(this.#list(batch, done));
      } catch {
        // It is the first that was refused: a refusal further on ends the count instead.
        this.#counters[UdpCounter.Refused] = this.#counters[UdpCounter.Refused]! + 1;
        done += 1;
        continue;
      }
      for (let entry = done; entry < done + taken; entry++) {
        this.#counters[UdpCounter.Sent] = this.#counters[UdpCounter.Sent]! + 1;
        this.#counters[UdpCounter.SentBytes] =
          this.#counters[UdpCounter.SentBytes]! + batch.lengths[entry]!;
      }
      done += taken;
      retries = taken > 0 ? 0 : retries + 1;
      if (retries > RETRIES_MAX) {
        this.#counters[UdpCounter.Dropped] =
          this.#counters[UdpCounter.Dropped]! + batch.count - done;
        return;
      }
    }
  }

  #list(batch: UdpBatch, from: number): (Uint8Array | number | string)[] {
    const list: (Uint8Array | number | string)[] = [];
    for (let entry = from; entry < batch.count; entry++) {
      const offset = batch.offsets[entry]!;
      const path = batch.paths[entry]!;
      list.push(batch.arena.subarray(offset, offset + batch.lengths[entry]!));
      list.push(this.#paths.port(path), this.#paths.address(path));
    }
    return list;
  }
}
