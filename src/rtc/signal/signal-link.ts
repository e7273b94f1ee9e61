import type { SignalFrame } from "./signal-frame.ts";

/**
 * The way to one client: a WebSocket here, a relayed stream from another node in a cluster. Frames
 * leave in the order they are given. Sending on a closed link does nothing.
 */
export interface SignalLink {
  /** `CO_…`, for logs. */
  readonly connectionId: string;
  send(frame: SignalFrame): void;
  /** Sends what is queued, then closes with code 1000. The owner gets no further messages from it. */
  close(): void;
}
