type Value = {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
};

/** One scrape of a histogram, as the registry writes it. */
type Scrape = {
  readonly name: string;
  readonly help: string;
  readonly type: "histogram";
  readonly aggregator: "sum";
  readonly values: readonly Value[];
};

/** A histogram that others count, in buckets of their own: this one only writes it. */
export class SampledHistogram {
  readonly name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  #counts: readonly number[];
  #sum = 0;

  /** @param bounds upper bounds of the buckets, ascending; there is one more for what is above */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.name = name;
    this.#help = help;
    this.#bounds = bounds;
    this.#counts = new Array<number>(bounds.length + 1).fill(0);
  }

  /** @param counts of values in each bucket alone, the one above the bounds last */
  set(counts: readonly number[], sum: number): void {
    this.#counts = counts;
    this.#sum = sum;
  }

  get(): Promise<Scrape> {
    const { name } = this;
    const values: Value[] = [];
    let total = 0;
    for (const [i, bound] of [...this.#bounds, "+Inf"].entries()) {
      total += this.#counts[i] ?? 0;
      values.push({ metricName: `${name}_bucket`, labels: { le: bound }, value: total });
    }
    values.push({ metricName: `${name}_sum`, labels: {}, value: this.#sum });
    values.push({ metricName: `${name}_count`, labels: {}, value: total });
    const help = this.#help;
    return Promise.resolve({ name, help, type: "histogram", aggregator: "sum", values });
  }
}
