const NO_BYTES: Uint8Array = new Uint8Array(0);

/**
 * Copies pieces of arrays natively. What goes to many receivers is copied for one after the other, so
 * the view that a native copy needs is made once, and kept while array, offset and length stay the
 * same. One serves a thread, for one kind of copies, or one packet.
 */
export class ViewCopier {
  #bytes: Uint8Array = NO_BYTES;
  #offset = -1;
  #length = -1;
  #view: Uint8Array = NO_BYTES;

  /** The arrays do not overlap. @returns where the copy ends in `out` */
  copy(bytes: Uint8Array, offset: number, length: number, out: Uint8Array, at: number): number {
    if (offset !== this.#offset || length !== this.#length || bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#offset = offset;
      this.#length = length;
      this.#view = bytes.subarray(offset, offset + length);
    }
    out.set(this.#view, at);
    return at + length;
  }

  /** Lets go of the array that was copied from. */
  forget(): void {
    this.#bytes = NO_BYTES;
    this.#view = NO_BYTES;
    this.#offset = -1;
  }
}
