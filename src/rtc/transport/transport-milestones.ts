import type {
  RoomMetrics,
  TransportState,
  TransportTarget,
} from "../../telemetry/metrics/room-metrics.ts";

const CHANNELS: readonly string[] = ["_reliable", "_lossy"];

/** How far one peer connection has come, each step counted once. */
export class TransportMilestones {
  readonly #metrics: RoomMetrics;
  readonly #target: TransportTarget;
  readonly #reached = new Set<TransportState>();
  readonly #missing: Set<string>;

  /** @param hasChannels it is established only when our data channels are open, too */
  constructor(metrics: RoomMetrics, target: TransportTarget, hasChannels: boolean) {
    this.#metrics = metrics;
    this.#target = target;
    this.#missing = new Set(hasChannels ? CHANNELS : []);
  }

  started(): void {
    this.#reach("started");
  }

  iceConnected(): void {
    this.#reach("ice_connected");
  }

  connected(): void {
    if (this.#reach("connected")) this.#metrics.countOperation("peer_connection");
    this.#checkEstablished();
  }

  channelOpened(label: string): void {
    this.#missing.delete(label);
    this.#checkEstablished();
  }

  #checkEstablished(): void {
    if (this.#missing.size > 0 || !this.#reached.has("connected")) return;
    this.#reach("fully_established");
  }

  /** @returns whether it is news */
  #reach(state: TransportState): boolean {
    if (this.#reached.has(state)) return false;
    this.#reached.add(state);
    this.#metrics.countTransport(this.#target, state);
    return true;
  }
}
