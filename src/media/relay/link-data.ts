import type { DataHub } from "../data/data-hub.ts";
import type { DataWorker } from "../data/data-turns.ts";
import { workOf } from "../data/work-budget.ts";
import type { DataTracks } from "../data-tracks.ts";
import type { RecordView } from "./record-view.ts";
import { RelayRecord } from "./relay-record.ts";
import type { RelayCounters, ThreadLink } from "./thread-link.ts";

/** Messages that cost so much are enough for one go: half of a turn of `DataTurns`. */
const UNITS_MAX = 128;

export type LinkDataHost = {
  readonly data: DataHub;
  readonly dataTracks: DataTracks;
  readonly counters: RelayCounters;
  readonly view: RecordView;
  /** There is more: another turn, please. */
  enqueue(worker: DataWorker): void;
  failed(error: unknown): void;
};

/** Messages that another media thread sends: forwarded when it is their turn, among the peers'. */
export class LinkData implements DataWorker {
  /** Of nobody. */
  readonly peerId: number = 0;
  isQueued = false;
  readonly #link: ThreadLink;
  readonly #host: LinkDataHost;

  constructor(link: ThreadLink, host: LinkDataHost) {
    this.#link = link;
    this.#host = host;
  }

  work(nowMs: number): number {
    const { dataIn } = this.#link;
    let units = 0;
    while (units < UNITS_MAX && dataIn.next()) {
      try {
        units += this.#take(nowMs);
      } catch (error) {
        this.#host.failed(error);
      }
      dataIn.release();
    }
    if (dataIn.hasNext) this.#host.enqueue(this);
    return units;
  }

  #take(nowMs: number): number {
    const link = this.#link;
    const { view, data, dataTracks, counters } = this.#host;
    const ring = link.dataIn;
    view.read(ring);
    counters.relayPacketsIn += 1;
    const { id, x, a, b, at } = view;
    // receivers keep it by reference, and the ring's memory is used again
    const bytes = ring.bytes.slice(at, at + b);
    if (ring.kind === RelayRecord.Message) return data.relayed(nowMs, link, id, x, a === 1, bytes);
    return workOf(dataTracks.receiveRelayed(nowMs, id, bytes), b);
  }
}
