/** A thread that sends small packets of all kinds at a rate, until it is ended. */
import { type FloodKind, floodPacket } from "../support/packet-flood.ts";

export type FloodOrder = { readonly port: number; readonly perSecond: number };

declare const self: Worker;

const KINDS: readonly FloodKind[] = ["checks", "sealed", "hellos", "junk"];
const TICK_MS = 2;
const PACKETS_OF_EACH = 64;

self.onmessage = async ({ data: { port, perSecond } }: MessageEvent<FloodOrder>) => {
  const sources = await Promise.all(
    KINDS.map(async (kind) => ({
      socket: await Bun.udpSocket({ hostname: "127.0.0.1", socket: { data() {} } }),
      burst: Array.from({ length: PACKETS_OF_EACH }, (_, i) => [
        floodPacket(kind, "nobody", i),
        port,
        "127.0.0.1",
      ]).flat(),
    })),
  );
  const startMs = performance.now();
  let sent = 0;
  let turn = 0;
  setInterval(() => {
    const due = ((performance.now() - startMs) * perSecond) / 1_000;
    while (sent < due) {
      const { socket, burst } = sources[turn++ % sources.length]!;
      sent += PACKETS_OF_EACH;
      try {
        socket.sendMany(burst);
      } catch {
        // refused by the system: it has enough of them
      }
    }
  }, TICK_MS);
};
