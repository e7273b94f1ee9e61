import { type DatagramPort, type PathAddress, RESERVED_BYTES_MAX } from "../media/datagram-port.ts";

/** From an engine to the TCP gateway: what its peers do with their connections. */
export type TcpOutput =
  | { readonly kind: "tcp-send"; readonly path: number; readonly bytes: Uint8Array }
  | { readonly kind: "tcp-hold"; readonly path: number }
  | { readonly kind: "tcp-release"; readonly path: number };

/** From the TCP gateway to an engine: one frame of a connection that belongs to one of its peers. */
export type TcpInput = {
  readonly kind: "tcp-receive";
  readonly path: number;
  readonly address: string;
  readonly port: number;
  /** Owned by the engine. */
  readonly bytes: Uint8Array;
};

/**
 * ICE/TCP as an engine sees it. The connections are accepted on the control thread, since one port
 * serves the peers of all engines; their frames cross one by one. That costs more than UDP does,
 * and is meant for the few clients whose network lets nothing else through.
 */
export class RelayedTcpPort implements DatagramPort {
  readonly arena: Uint8Array = new Uint8Array(RESERVED_BYTES_MAX);
  readonly #output: (output: TcpOutput) => void;
  /** By path; the listener's bound on connections bounds it. */
  readonly #addresses = new Map<number, PathAddress>();

  constructor(output: (output: TcpOutput) => void) {
    this.#output = output;
  }

  /** A frame is about to be handed to the engine. */
  noteReceived({ path, address, port }: TcpInput): void {
    const known = this.#addresses.get(path);
    if (known?.address === address && known.port === port) return;
    this.#addresses.set(path, { protocol: "tcp", address, port });
  }

  reserve(): number {
    return 0;
  }

  commit(path: number, length: number): void {
    this.#output({ kind: "tcp-send", path, bytes: this.arena.slice(0, length) });
  }

  flush(): void {}

  holdPath(path: number): void {
    this.#output({ kind: "tcp-hold", path });
  }

  releasePath(path: number): void {
    this.#addresses.delete(path);
    this.#output({ kind: "tcp-release", path });
  }

  pathAddress(path: number): PathAddress {
    return this.#addresses.get(path) ?? { protocol: "tcp", address: "0.0.0.0", port: 0 };
  }
}
