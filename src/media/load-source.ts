/** What the system knows of a media thread's load. */
export interface LoadSource {
  /** Processor time that the thread has used, ms; NaN where that cannot be read. */
  cpuMs(): number;
  /** What datagrams take that wait in its sockets to be received, with the system's part, bytes. */
  queuedBytes(): number;
}

/** Nothing is known. */
export const NO_LOAD_SOURCE: LoadSource = { cpuMs: () => Number.NaN, queuedBytes: () => 0 };
