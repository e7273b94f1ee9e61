/** What one receiver got of a numbered sequence of messages: 0, 1, 2 ... */
export class DataReceipts {
  #next = 0;
  readonly #missing = new Set<number>();
  received = 0;
  bytes = 0;
  duplicates = 0;
  /** Came behind one with a higher number. */
  disordered = 0;
  /** Not what was sent. */
  corrupt = 0;

  add(index: number, byteCount: number): void {
    if (index < this.#next) {
      if (!this.#missing.delete(index)) {
        this.duplicates += 1;
        return;
      }
      this.disordered += 1;
    } else {
      for (let i = this.#next; i < index; i++) this.#missing.add(i);
      this.#next = index + 1;
    }
    this.received += 1;
    this.bytes += byteCount;
  }

  /** @param sent how many there were */
  lost(sent: number): number {
    return sent - this.received;
  }
}
