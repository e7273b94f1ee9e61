import { createServer, type Socket as NodeSocket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Socket } from "bun";
import { portError } from "./port-error.ts";
import { readProxyHeader } from "./proxy-header.ts";
import type { StreamWriter } from "./stream-queue.ts";
import { plainAddress } from "./udp-address.ts";

/** PEM. */
export type TlsIdentity = { readonly cert: string; readonly key: string };

/** A connection as an acceptor hands it over. */
export interface AcceptedStream extends StreamWriter {
  terminate(): void;
}

/** What the owner of connections is told of one. */
export interface StreamOwner {
  receive(chunk: Uint8Array): void;
  drained(): void;
  closed(): void;
}

export type AcceptorOptions = {
  readonly address: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** @returns undefined when the connection is not wanted */
  readonly accept: (
    stream: AcceptedStream,
    address: string,
    port: number,
  ) => StreamOwner | undefined;
};

export type Acceptor = {
  readonly port: number;
  /** Ends all connections, too. */
  close(): void;
};

const SETTING = "turn.tls_port";

/** Connections as they come: whoever stands in front has ended TLS. */
export function acceptStreams({ address, port, accept }: AcceptorOptions): Acceptor {
  try {
    const listener = Bun.listen<StreamOwner | undefined>({
      hostname: address,
      port,
      socket: {
        open(socket: Socket<StreamOwner | undefined>) {
          socket.setNoDelay(true);
          socket.data = accept(socket, plainAddress(socket.remoteAddress), socket.remotePort);
          if (socket.data === undefined) socket.terminate();
        },
        data: (socket, chunk) => socket.data?.receive(chunk),
        drain: (socket) => socket.data?.drained(),
        close: (socket) => socket.data?.closed(),
        error: (socket) => socket.data?.closed(),
      },
    });
    return { port: listener.port, close: () => listener.stop(true) };
  } catch (error) {
    throw portError("TCP", address, port, error, SETTING);
  }
}

/**
 * Connections with TLS of 1.2 and up. They are handed over before the handshake, so that whoever
 * bounds connections bounds those, too, that never begin one.
 */
export function acceptTlsStreams(
  options: AcceptorOptions & { readonly tls: TlsIdentity },
): Promise<Acceptor> {
  return listen(options, (socket) => hand(socket, new Uint8Array(0), remoteOf(socket), options));
}

export type ProxiedAcceptorOptions = AcceptorOptions & {
  /** Without it connections are plain behind their header. */
  readonly tls: TlsIdentity | undefined;
  /** Whether connections from this address must begin with a PROXY header; others are closed. */
  readonly isTrusted: (address: string) => boolean;
  /** How long a header may take to come, ms. */
  readonly headerMsMax: number;
  /** Connections without their header yet; a newcomer beyond is turned away. */
  readonly waitingMax: number;
};

/** Connections from a balancer that says in front of each whose it is, before any TLS. */
export function acceptProxiedStreams(options: ProxiedAcceptorOptions): Promise<Acceptor> {
  const { isTrusted, waitingMax } = options;
  let waiting = 0;
  return listen(options, (socket) => {
    if (!isTrusted(remoteOf(socket).address) || waiting >= waitingMax) {
      socket.destroy();
      return;
    }
    waiting += 1;
    awaitHeader(socket, options, () => {
      waiting -= 1;
    });
  });
}

async function listen(
  { address, port }: AcceptorOptions,
  onConnection: (socket: NodeSocket) => void,
): Promise<Acceptor> {
  const sockets = new Set<NodeSocket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
    socket.setNoDelay(true);
    onConnection(socket);
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen({ host: address, port }, resolve);
  try {
    await promise;
  } catch (error) {
    throw portError("TCP", address, port, error, SETTING);
  }
  const bound = server.address();
  return {
    port: bound !== null && typeof bound === "object" ? bound.port : port,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

type Remote = { readonly address: string; readonly port: number };

function remoteOf(socket: NodeSocket): Remote {
  return { address: plainAddress(socket.remoteAddress ?? ""), port: socket.remotePort ?? 0 };
}

/** @param onDone called once: the header has come, or the connection has ended */
function awaitHeader(
  socket: NodeSocket,
  options: ProxiedAcceptorOptions,
  onDone: () => void,
): void {
  let received: Uint8Array = new Uint8Array(0);
  const timer = setTimeout(() => socket.destroy(), options.headerMsMax);
  const done = (): void => {
    clearTimeout(timer);
    socket.off("data", onData);
    socket.off("close", done);
    onDone();
  };
  const onData = (chunk: Uint8Array): void => {
    received = Buffer.concat([received, chunk]);
    const header = readProxyHeader(received);
    if (header.kind === "incomplete") return;
    done();
    if (header.kind === "invalid") {
      socket.destroy();
      return;
    }
    const client = header.client ?? remoteOf(socket);
    hand(socket, received.subarray(header.length), client, options);
  };
  socket.on("data", onData);
  socket.once("close", done);
}

function hand(
  socket: NodeSocket,
  rest: Uint8Array,
  client: Remote,
  { tls, accept }: Pick<ProxiedAcceptorOptions, "tls" | "accept">,
): void {
  socket.pause();
  if (rest.length > 0) socket.unshift(rest);
  const stream =
    tls === undefined
      ? socket
      : new TLSSocket(socket, { ...tls, isServer: true, minVersion: "TLSv1.2" });
  const owner = accept(new NodeStream(stream), client.address, client.port);
  if (owner === undefined) {
    socket.destroy();
    return;
  }
  stream.on("error", () => socket.destroy());
  stream.on("data", (chunk: Uint8Array) => owner.receive(chunk));
  stream.on("drain", () => owner.drained());
  socket.once("close", () => owner.closed());
  stream.resume();
}

/** What Node keeps for a slow connection by itself; the rest waits in its owner's queue. */
const NODE_BUFFER_BYTES_MAX: number = 16 * 1024;

class NodeStream implements AcceptedStream {
  readonly #socket: NodeSocket;

  constructor(socket: NodeSocket) {
    this.#socket = socket;
  }

  write(bytes: Uint8Array, offset: number, length: number): number {
    if (this.#socket.destroyed) return -1;
    const room = NODE_BUFFER_BYTES_MAX - this.#socket.writableLength;
    if (room <= 0) return 0;
    const taken = Math.min(room, length);
    // it keeps what it is given, and our memory is used again
    this.#socket.write(bytes.slice(offset, offset + taken));
    return taken;
  }

  terminate(): void {
    this.#socket.destroy();
  }
}
