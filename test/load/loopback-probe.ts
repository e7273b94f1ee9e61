import { LatencyHistogram, type LatencySummary } from "../../src/loadtest/latency-histogram.ts";

const EVERY_MS = 10;

/**
 * How long a bare datagram takes from this process to itself: the part of every measured delay
 * that is the system's and the generator's own.
 */
export class LoopbackProbe implements Disposable {
  readonly #latency: LatencyHistogram = new LatencyHistogram();
  readonly #bytes: Float64Array = new Float64Array(1);
  #close: () => void = () => {};

  static async start(): Promise<LoopbackProbe> {
    const probe = new LoopbackProbe();
    const socket = await Bun.udpSocket({
      hostname: "127.0.0.1",
      binaryType: "arraybuffer",
      socket: {
        data(_socket, bytes) {
          probe.#latency.add(performance.now() - new Float64Array(bytes)[0]!);
        },
      },
    });
    const timer = setInterval(() => {
      probe.#bytes[0] = performance.now();
      socket.send(probe.#bytes, socket.port, "127.0.0.1");
    }, EVERY_MS);
    probe.#close = () => {
      clearInterval(timer);
      socket.close();
    };
    return probe;
  }

  clear(): void {
    this.#latency.clear();
  }

  summary(): LatencySummary {
    return this.#latency.summary();
  }

  [Symbol.dispose](): void {
    this.#close();
  }
}
