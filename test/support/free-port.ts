import { createSocket } from "node:dgram";
import { createServer } from "node:net";

/** Below the range from which systems take the ports of outgoing connections. */
const PORT_MIN = 12_000;
const PORT_COUNT = 16_000;

const taken = new Set<number>();

function isFreeForTcp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

function isFreeForUdp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => resolve(false));
    socket.bind(port, "127.0.0.1", () => socket.close(() => resolve(true)));
  });
}

/** A port on 127.0.0.1 that nobody uses, neither for TCP nor for UDP; never the same one twice. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORT_MIN + Math.floor(Math.random() * PORT_COUNT);
    if (taken.has(port)) continue;
    taken.add(port);
    if ((await isFreeForTcp(port)) && (await isFreeForUdp(port))) return port;
  }
}
