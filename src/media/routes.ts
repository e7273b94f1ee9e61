import { assert } from "../base/assert.ts";
import type { DatagramPort, PathAddress } from "./datagram-port.ts";

const PORT_BITS = 4;
const PORT_MASK = (1 << PORT_BITS) - 1;

/**
 * The thread's sockets under one numbering: a *route* is a path together with the port that it
 * belongs to, as one integer. Peers know routes only.
 */
export class Routes {
  readonly #ports: readonly DatagramPort[];

  /** @param ports at most 16 */
  constructor(ports: readonly DatagramPort[]) {
    assert(ports.length > 0 && ports.length <= PORT_MASK + 1, "Routes needs 1 to 16 ports");
    this.#ports = ports;
  }

  routeOf(portIndex: number, path: number): number {
    return (path << PORT_BITS) | portIndex;
  }

  portOf(route: number): DatagramPort {
    return this.#ports[route & PORT_MASK]!;
  }

  pathOf(route: number): number {
    return route >>> PORT_BITS;
  }

  address(route: number): PathAddress {
    return this.portOf(route).pathAddress(this.pathOf(route));
  }

  /** A peer uses the route: its number is not handed out again before `release`. */
  hold(route: number): void {
    this.portOf(route).holdPath(this.pathOf(route));
  }

  release(route: number): void {
    this.portOf(route).releasePath(this.pathOf(route));
  }

  /** Queues the datagram that was written at the offset reserved last in the route's port. */
  commit(route: number, length: number): void {
    this.portOf(route).commit(this.pathOf(route), length);
  }

  /** Copies a datagram into the port's arena and queues it. */
  send(route: number, bytes: Uint8Array, length: number): void {
    const port = this.portOf(route);
    const offset = port.reserve(length);
    for (let i = 0; i < length; i++) port.arena[offset + i] = bytes[i]!;
    this.commit(route, length);
  }

  flush(): void {
    for (const port of this.#ports) port.flush();
  }
}
