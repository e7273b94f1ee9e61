/**
 * What the engine needs of the network, implemented in `io`: UDP sockets, framed ICE/TCP
 * connections, and in tests a simulated link.
 *
 * A *path* is a remote transport address (or a TCP connection) seen from one local port, as a
 * small integer that the port hands out. Paths index tables; no string is built per packet.
 * Datagrams are written in place into `arena` and leave together at `flush`.
 */
export interface DatagramPort {
  /** Memory that outgoing datagrams are written into, between `reserve` and `commit`. */
  readonly arena: Uint8Array;

  /**
   * @param bytesMax upper bound of the datagram's length, 1..RESERVED_BYTES_MAX
   * @returns offset in `arena` from which `bytesMax` bytes may be written; flushes by itself when
   *   the arena is full
   */
  reserve(bytesMax: number): number;

  /**
   * Queues the datagram written at the offset of the last `reserve`. A reservation that is not
   * committed costs nothing.
   *
   * @param path where to; a closed path is counted and dropped
   * @param length bytes written, at most the reserved number
   */
  commit(path: number, length: number): void;

  /** Sends all that is queued, in order for each path. What the system refuses is counted. */
  flush(): void;

  /**
   * Says that a peer uses the path: until as many releases, its number stays with its address.
   * Paths that nobody holds may make room for others at any receive.
   */
  holdPath(path: number): void;

  /**
   * Ends one hold. A path that nobody holds any more is forgotten; its number may be handed out
   * again, and a TCP connection is closed.
   */
  releasePath(path: number): void;

  /** For logs, candidates and XOR-MAPPED-ADDRESS. */
  pathAddress(path: number): PathAddress;
}

export type PathAddress = {
  readonly protocol: "udp" | "tcp";
  /** Textual IPv4 or IPv6 address, without zone. */
  readonly address: string;
  readonly port: number;
};

/**
 * Receives one datagram. `bytes` belongs to the receiver until it returns, and may be changed
 * in place; afterwards the memory is used again.
 */
export type DatagramHandler = (bytes: Uint8Array, path: number) => void;

/** No datagram that we take is larger (RFC 8834: media stays under the path MTU). */
export const DATAGRAM_BYTES_MAX = 1500;
/**
 * Room for one that we send: what was taken, with other header extensions and another tag. An upper
 * bound of bounds; it is hardly ever used up.
 */
export const RESERVED_BYTES_MAX = 2048;
