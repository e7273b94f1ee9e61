/**
 * Copies pieces of arrays natively. What goes to many receivers is copied for one after the other, so
 * the view that a native copy needs is made once, and kept while array, offset and length stay the
 * same. One serves a thread, for one kind of copies.
 */
export class ViewCopier {
  #bytes: Uint8Array = new Uint8Array(0);
  #offset = -1;
  #length = -1;
  #view: Uint8Array = this.#bytes;

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
}
