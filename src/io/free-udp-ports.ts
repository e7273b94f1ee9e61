import { createSocket } from "node:dgram";

/**
 * Ports that no other process uses on any of these addresses, in order.
 *
 * @param range both ends inclusive
 * @param countMax at least 1; the search ends there
 */
export async function freeUdpPorts(
  addresses: readonly string[],
  range: { readonly start: number; readonly end: number },
  countMax: number,
): Promise<number[]> {
  const ports: number[] = [];
  for (let port = range.start; port <= range.end && ports.length < countMax; port++) {
    const answers = await Promise.all(addresses.map((address) => isInUse(address, port)));
    if (!answers.includes(true)) ports.push(port);
  }
  return ports;
}

/** What else may be wrong with an address, whoever opens it for good tells better. */
function isInUse(address: string, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
  socket.once("error", (error) => resolve("code" in error && error.code === "EADDRINUSE"));
  socket.bind({ port, address, exclusive: true }, () => socket.close(() => resolve(false)));
  return promise;
}
