import type { ClientSocket } from "../loadtest/load-runtime.ts";
import { loadNativeSocketOptions } from "./native-libc.ts";
import { descriptorOf, growSocketBuffers } from "./udp-socket-buffers.ts";

/** Bursts of a data channel's window are larger than what a system gives to a socket. */
const SOCKET_BYTES = 4 * 1024 * 1024;

const options = loadNativeSocketOptions();

/** The sockets of load clients: one for each connection, on a free port. */
export async function openClientSocket(
  address: string,
  onDatagram: (bytes: Uint8Array, port: number, address: string) => void,
): Promise<ClientSocket> {
  const socket = await Bun.udpSocket({
    hostname: address,
    binaryType: "buffer",
    socket: {
      data(_socket, bytes, port, from) {
        onDatagram(bytes, port, from);
      },
      error() {}, // a port that nobody listens on: checks and time-outs tell
    },
  });
  growSocketBuffers(options, descriptorOf(socket), SOCKET_BYTES);
  return {
    port: socket.port,
    send: (bytes, port, to) => {
      socket.send(bytes, port, to);
    },
    sendMany: (burst) => socket.sendMany(burst as (Uint8Array | string | number)[]),
    close: () => socket.close(),
  };
}

/** @returns the IPv4 address that packets to `host` leave from, or undefined when there is no way */
export async function localAddressTo(host: string, port: number): Promise<string | undefined> {
  try {
    // connecting a UDP socket sends nothing
    const socket = await Bun.udpSocket({ connect: { hostname: host, port } });
    const { address } = socket.address;
    socket.close();
    return address.includes(".") && !address.includes(":") ? address : undefined;
  } catch {
    return undefined;
  }
}
