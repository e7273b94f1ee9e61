import type { Claims } from "../../rtc/permission/grants.ts";

/** A WebSocket as the services see it; `io` implements it. */
export interface ServerSocket {
  /** @returns false when the socket is closed or will not take more: what is sent is lost */
  send(frame: string | Uint8Array): boolean;
  ping(): void;
  close(code: number, reason: string): void;
}

/** What a service wants to hear of a WebSocket that it accepted. Called in order. */
export interface SocketHandler {
  onOpen(socket: ServerSocket): void;
  onFrame(frame: string | Uint8Array): void;
  onClose(): void;
}

/** What the listener hands over with each request. */
export type HttpBindings = {
  /** The peer's address, without port. */
  readonly remoteAddress: string;
  /** Turns the request into a WebSocket; false when it asks for none. */
  upgrade(handler: SocketHandler): boolean;
};

export type HttpEnv = {
  Bindings: HttpBindings;
  Variables: {
    /** undefined: no token came with the request. */
    claims: Claims | undefined;
  };
};
