/** What one port counts since its start, by index into its `counters`. */
export const UdpCounter = {
  /** Datagrams the system took. */
  Sent: 0,
  SentBytes: 1,
  /** Datagrams the system refused one by one: no route, not permitted, too long. */
  Refused: 2,
  /** Datagrams dropped because the socket's buffer stayed full. */
  Dropped: 3,
  /** Datagrams for a path that was closed or never existed. */
  ClosedPath: 4,
  Received: 5,
  ReceivedBytes: 6,
  /** Received, and larger than we take. */
  Oversized: 7,
  /** Received from an address that got no path: all are held, or it cannot be answered. */
  NoPath: 8,
  /** Errors thrown by the handler. */
  HandlerFailures: 9,
  /** System calls that sent. */
  SendCalls: 10,
  /** Datagrams for an address that has fallen silent. */
  Silenced: 11,
  /** Addresses that something was sent to, once for each flush. */
  SentPaths: 12,
} as const;
export type UdpCounter = (typeof UdpCounter)[keyof typeof UdpCounter];

export const UDP_COUNTER_COUNT = 13;
