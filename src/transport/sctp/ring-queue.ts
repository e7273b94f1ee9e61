/**
 * First in, first out, over an array that wraps. Its owner bounds what goes in; the array grows
 * by doubling and is kept.
 */
export class RingQueue<T> {
  #items: (T | undefined)[] = new Array(8);
  #head = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  push(item: T): void {
    if (this.#count === this.#items.length) this.#grow();
    this.#items[(this.#head + this.#count) & (this.#items.length - 1)] = item;
    this.#count += 1;
  }

  peek(): T | undefined {
    return this.#count === 0 ? undefined : this.#items[this.#head];
  }

  shift(): T | undefined {
    if (this.#count === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#items.length - 1);
    this.#count -= 1;
    return item;
  }

  clear(): void {
    this.#items = new Array(8);
    this.#head = 0;
    this.#count = 0;
  }

  #grow(): void {
    const old = this.#items;
    const items: (T | undefined)[] = new Array(old.length * 2);
    for (let i = 0; i < this.#count; i++) items[i] = old[(this.#head + i) & (old.length - 1)];
    this.#items = items;
    this.#head = 0;
  }
}
