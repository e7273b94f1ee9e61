import { DROP_REASON_COUNT } from "../base/drop-reason.ts";
import { DataCounters } from "./data/data-counters.ts";
import { ForwardingTimes } from "./forwarding-times.ts";

/** Sums over one media thread since it started. Read by the statistics report. */
export class EngineCounters {
  packetsIn = 0;
  bytesIn = 0;
  mediaPacketsIn = 0;
  mediaBytesIn = 0;
  packetsOut = 0;
  bytesOut = 0;
  retransmitsOut = 0;
  retransmitBytesOut = 0;
  /** Packets that SRTP would not seal: their number was used, or there were too many streams. */
  refusedOut = 0;
  nacksIn = 0;
  nacksOut = 0;
  plisIn = 0;
  plisOut = 0;
  firsIn = 0;
  /** Peers closed because of a bug. */
  bugs = 0;
  /** Packets to and from other media threads. */
  relayPacketsOut = 0;
  relayPacketsIn = 0;
  /** Those for which there was no room on the way. */
  relayDropped = 0;
  readonly data: DataCounters = new DataCounters();
  readonly forwarding: ForwardingTimes = new ForwardingTimes();
  readonly dropped: Uint32Array = new Uint32Array(DROP_REASON_COUNT);
}
