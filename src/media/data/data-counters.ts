/** Sums of one media thread's data messages since it started. */
export class DataCounters {
  /** From clients, data tracks included. */
  messagesIn = 0;
  bytesIn = 0;
  /** To clients, once for each receiver. */
  messagesOut = 0;
  bytesOut = 0;
  /** Messages that one receiver lost, because it was too far behind. */
  reliableDropped = 0;
  lossyDropped = 0;
  /** How often a sender was kept waiting for its receivers. */
  pauses = 0;
}
