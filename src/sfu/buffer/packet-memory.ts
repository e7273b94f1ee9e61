/** What came within this time stays, as long as the memory may grow; ms. */
const KEEP_MS = 1_000;
/**
 * A page that has not been needed for so long is given up. Key frames come at shorter intervals: their
 * pages stay.
 */
const RELEASE_MS = 10_000;

/** A piece of the memory, in a ring with the others. */
class PacketPage {
  readonly index: number;
  readonly bytes: Uint8Array;
  /** Which use of a page this is, counted over all pages; no two have the same. */
  use: number;
  /** When the last packet was written, ms. */
  writtenMs: number;
  /** The page that was begun next; after the newest comes the oldest. */
  next: PacketPage = this;

  constructor(nowMs: number, index: number, byteCount: number) {
    this.index = index;
    this.bytes = new Uint8Array(byteCount);
    this.use = 0;
    this.writtenMs = nowMs;
  }
}

/**
 * Bytes of a stream's newest packets, each in one piece, on pages that are written one after the other.
 * When one is full the oldest is written again if nothing on it is news; else there is one more. So a
 * stream has room for what it sends in a second, and memory that is used again soon stays in the
 * processor's cache. Packets do not move, and nothing on a page is written over for `KEEP_MS` unless
 * there are as many pages as there may be.
 *
 * A place is known by the index of its page, its offset, and the use of the page.
 */
export class PacketMemory {
  readonly #pageBytes: number;
  readonly #pagesMax: number;
  /** By index; undefined: given up. */
  readonly #pages: (PacketPage | undefined)[] = [];
  #pageCount = 0;
  /** The page that is being written; undefined before the first packet. */
  #page: PacketPage | undefined;
  #end = 0;
  #uses = 0;

  /**
   * @param pageBytes at least a packet's
   * @param byteCountMax there are always two pages at least
   */
  constructor(pageBytes: number, byteCountMax: number) {
    this.#pageBytes = pageBytes;
    this.#pagesMax = Math.max(2, Math.floor(byteCountMax / pageBytes));
  }

  get byteCount(): number {
    return this.#pageCount * this.#pageBytes;
  }

  /** Makes room, at the cost of old packets. @returns the offset on the page that is being written */
  reserve(nowMs: number, byteCount: number): number {
    let page = this.#page;
    if (page === undefined || this.#end + byteCount > this.#pageBytes) page = this.#turn(nowMs);
    const offset = this.#end;
    this.#end = offset + byteCount;
    page.writtenMs = nowMs;
    return offset;
  }

  /** Index of the page that is being written. */
  get index(): number {
    return this.#page!.index;
  }

  /** Which use of it this is. */
  get use(): number {
    return this.#page!.use;
  }

  /** Of a page that is held. */
  bytesOf(index: number): Uint8Array {
    return this.#pages[index]!.bytes;
  }

  /** What was written in this use of the page is still there. */
  holds(index: number, use: number): boolean {
    return this.#pages[index]?.use === use;
  }

  /** Gives up pages that are not needed any more, such as those of a stream that fell silent. */
  release(nowMs: number): void {
    const newest = this.#page;
    if (newest === undefined) return;
    for (
      let oldest = newest.next;
      oldest !== newest && nowMs - oldest.writtenMs >= RELEASE_MS;
      oldest = newest.next
    ) {
      newest.next = oldest.next;
      this.#pages[oldest.index] = undefined;
      this.#pageCount -= 1;
    }
  }

  /** Goes over to the oldest page, or to a new one. */
  #turn(nowMs: number): PacketPage {
    const newest = this.#page;
    let page = newest?.next;
    const isNews = page === undefined || page === newest || nowMs - page.writtenMs < KEEP_MS;
    if (page === undefined || (isNews && this.#pageCount < this.#pagesMax)) {
      page = this.#add(nowMs);
      if (newest !== undefined) {
        page.next = newest.next;
        newest.next = page;
      }
    }
    this.#uses += 1;
    page.use = this.#uses;
    this.#page = page;
    this.#end = 0;
    return page;
  }

  #add(nowMs: number): PacketPage {
    const hole = this.#pages.indexOf(undefined);
    const page = new PacketPage(nowMs, hole < 0 ? this.#pages.length : hole, this.#pageBytes);
    this.#pages[page.index] = page;
    this.#pageCount += 1;
    return page;
  }
}
