/**
 * What the TURN server needs of the network. A *client* is a remote address of a UDP socket, or a
 * connection of a TCP or TLS one, as a small number that the link hands out.
 */
export interface TurnLink {
  readonly protocol: "udp" | "tcp";
  /** All clients of this link may come from one address: a load balancer hides theirs. */
  readonly hidesClients: boolean;
  /** Memory that outgoing messages are written into, between `reserve` and `commit`. */
  readonly arena: Uint8Array;
  /** @returns offset in `arena` from which `bytesMax` bytes, 2048 at most, may be written */
  reserve(bytesMax: number): number;
  /** Queues what was written: one STUN or ChannelData message. A stream pads it to four bytes. */
  commit(client: number, length: number): void;
  /** The client has an allocation: until as many releases, its number stays its own. */
  holdPath(client: number): void;
  /** Ends one hold. */
  releasePath(client: number): void;
  /** Textual address without zone. */
  pathAddress(client: number): { readonly address: string; readonly port: number };
}

/** One relayed transport address. */
export interface TurnRelay {
  /** As clients and their peers see it: 4 or 16 bytes, network order. */
  readonly address: Uint8Array;
  readonly port: number;
  /** Sends one datagram. What the system refuses is lost, as on any network. */
  send(bytes: Uint8Array, offset: number, length: number, address: string, port: number): void;
  close(): void;
}

/** Who a relay works for. Nothing comes after `close`, and nothing before one of the first two. */
export interface TurnRelayOwner {
  opened(nowMs: number, relay: TurnRelay): void;
  /** No port was to be had. */
  failed(nowMs: number): void;
  /** A datagram from a peer. `bytes` belongs to the receiver until it returns. */
  received(nowMs: number, bytes: Uint8Array, address: string, port: number): void;
}

export interface TurnRelayOpener {
  /** Of the addresses that it opens. */
  readonly family: 4 | 6;
  /** @param isEven the port has to be even; answers later, never within the call */
  open(owner: TurnRelayOwner, isEven: boolean): void;
}

/** What stands behind addresses of this host: relays reach its media ports and nothing else. */
export interface TurnOwnHost {
  /** @param address of which the first `length` bytes count: 4 or 16 */
  isOwnAddress(address: Uint8Array, length: number): boolean;
  /** Whether media is taken on this UDP port. */
  isMediaPort(port: number): boolean;
}
