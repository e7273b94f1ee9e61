/** One event for one receiver, as an outbox keeps it. */
export type OutboxEvent = {
  readonly url: string;
  /** Events of one room stay in order. */
  readonly room: string;
  readonly event: string;
  readonly id: string;
  /** Number within the room, from 1. */
  readonly sequence: number;
  /** Unix time of the event, ms. */
  readonly atMs: number;
  readonly body: string;
};

/** What is known of a kept event without reading its body again. */
export type OutboxEntry = Omit<OutboxEvent, "body"> & { readonly entry: number };

/** Keeps undelivered events over a restart. Implemented where files are. */
export interface Outbox {
  /** What an earlier process left, in the order it was put. To be called once, before `put`. */
  restore(): OutboxEntry[];
  /**
   * Keeps an event; it survives the process from here on.
   *
   * @returns its number, or why it is not kept: the bound is reached, or the disk does not take it
   */
  put(event: OutboxEvent): number | "full" | "broken";
  /** undefined when it is there no more, or damaged. */
  readBody(entry: number): string | undefined;
  /** Delivered or given up. */
  remove(entry: number): void;
  /** The process ends: what is kept is to be on disk. */
  close(): Promise<void>;
}
