import type { udp } from "bun";
import type { Log } from "../base/log.ts";
import type { TurnRelay, TurnRelayOpener, TurnRelayOwner } from "../transport/turn/turn-ports.ts";
import { monotonicMs } from "./clock.ts";
import { loadNativeSocketOptions } from "./native-libc.ts";
import { plainAddress } from "./udp-address.ts";
import { descriptorOf, growSocketBuffers } from "./udp-socket-buffers.ts";

/** Random ports that are tried for one relay (spec-media 1.12). */
const TRIES_MAX = 50;
/** A burst of key frames for one client; asked of the system for each direction. */
const BUFFER_BYTES: number = 1024 * 1024;
/** Larger datagrams are no media (RFC 8834), and would not fit into a message to the client. */
const RECEIVED_BYTES_MAX = 1500;

export type TurnRelaysOptions = {
  /** Local address that relays listen on. */
  readonly bindAddress: string;
  /** What clients are told instead: 4 or 16 bytes, network order. */
  readonly relayAddress: Uint8Array;
  /** Both ends inclusive. */
  readonly ports: { readonly start: number; readonly end: number };
  /**
   * Addresses of this host as clients know them, to those that its sockets have: what a NAT maps
   * need not leave the host for it.
   */
  readonly localAddresses: ReadonlyMap<string, string>;
  /** Something was received: flush at the end of the turn. */
  readonly onReceive: () => void;
  readonly log: Log;
  /** 0 up to 1; tests bring their own. */
  readonly random?: () => number;
};

/** Relayed transport addresses: one UDP socket for each allocation. */
export class TurnRelays implements TurnRelayOpener {
  readonly family: 4 | 6;
  readonly #options: TurnRelaysOptions;
  readonly #announced: ReadonlyMap<string, string>;
  readonly #socketOptions = loadNativeSocketOptions();
  #failures = 0;

  constructor(options: TurnRelaysOptions) {
    this.#options = options;
    this.family = options.relayAddress.length === 4 ? 4 : 6;
    this.#announced = new Map([...options.localAddresses].map(([known, own]) => [own, known]));
  }

  open(owner: TurnRelayOwner, isEven: boolean): void {
    void this.#open(owner, isEven);
  }

  async #open(owner: TurnRelayOwner, isEven: boolean): Promise<void> {
    for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
      const port = this.#randomPort(isEven);
      if (port < 0) break;
      const socket = await this.#bind(port, owner);
      if (socket === undefined) continue;
      growSocketBuffers(this.#socketOptions, descriptorOf(socket), BUFFER_BYTES);
      this.#guard(() =>
        owner.opened(
          monotonicMs(),
          new Relay(socket, this.#options.relayAddress, this.#options.localAddresses),
        ),
      );
      this.#options.onReceive();
      return;
    }
    this.#guard(() => owner.failed(monotonicMs()));
    this.#options.onReceive();
  }

  /** @returns undefined when the port cannot be had */
  async #bind(port: number, owner: TurnRelayOwner): Promise<udp.Socket<"buffer"> | undefined> {
    try {
      return await Bun.udpSocket({
        hostname: this.#options.bindAddress,
        port,
        binaryType: "buffer",
        socket: {
          data: (_socket, bytes, fromPort, address, flags) => {
            if (flags.truncated || bytes.length > RECEIVED_BYTES_MAX) return;
            this.#receive(owner, bytes, address, fromPort);
          },
          // Reports of unreachable peers. Clients find out for themselves, and anyone can forge them.
          error() {},
        },
      });
    } catch {
      return undefined;
    }
  }

  #receive(owner: TurnRelayOwner, bytes: Uint8Array, address: string, port: number): void {
    this.#options.onReceive();
    const plain = plainAddress(address);
    try {
      owner.received(monotonicMs(), bytes, this.#announced.get(plain) ?? plain, port);
    } catch (error) {
      this.#countFailure(error);
    }
  }

  #randomPort(isEven: boolean): number {
    const { start, end } = this.#options.ports;
    const random = this.#options.random ?? Math.random;
    if (!isEven) return start + Math.floor(random() * (end - start + 1));
    const first = start + (start & 1);
    const count = ((end - first) >> 1) + 1;
    return first > end ? -1 : first + 2 * Math.floor(random() * count);
  }

  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#countFailure(error);
    }
  }

  /** A bug above. One relay must not end the server. */
  #countFailure(error: unknown): void {
    this.#failures += 1;
    if (this.#failures > 1) return;
    this.#options.log.error("TURN relay failed; later failures are only counted", { error });
  }
}

class Relay implements TurnRelay {
  readonly address: Uint8Array;
  readonly port: number;
  readonly #socket: udp.Socket<"buffer">;
  readonly #localAddresses: ReadonlyMap<string, string>;

  constructor(
    socket: udp.Socket<"buffer">,
    address: Uint8Array,
    localAddresses: ReadonlyMap<string, string>,
  ) {
    this.#socket = socket;
    this.address = address;
    this.port = socket.port;
    this.#localAddresses = localAddresses;
  }

  send(bytes: Uint8Array, offset: number, length: number, address: string, port: number): void {
    const target = this.#localAddresses.get(address) ?? address;
    try {
      this.#socket.send(bytes.subarray(offset, offset + length), port, target);
    } catch {
      // no route, or a report of an unreachable peer: lost, as on any network
    }
  }

  close(): void {
    this.#socket.close();
  }
}
