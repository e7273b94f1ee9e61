import { Counter, Gauge, Histogram, type Metric, Registry } from "prom-client";
import type { SampledHistogram } from "./sampled-histogram.ts";

/** `text/plain; version=0.0.4` of Prometheus. */
export const METRICS_CONTENT_TYPE: string = Registry.PROMETHEUS_CONTENT_TYPE;

/** Labels of every metric of a registry. */
export type ConstantLabels = Readonly<Record<string, string>>;

type Labels<N extends string> = Readonly<Record<N, string>>;

/** A sum that grows, by labels. */
export class CounterFamily<N extends string> {
  readonly #counter: Counter<N>;

  constructor(counter: Counter<N>) {
    this.#counter = counter;
  }

  add(labels: Labels<N>, count = 1): void {
    this.#counter.inc(labels, count);
  }

  /** For sums that are kept elsewhere: replaces all that were there. */
  replace(values: readonly (readonly [Labels<N>, number])[]): void {
    this.#counter.reset();
    for (const [labels, value] of values) this.#counter.inc(labels, value);
  }
}

/** A value that goes up and down, by labels. */
export class GaugeFamily<N extends string> {
  readonly #gauge: Gauge<N>;

  constructor(gauge: Gauge<N>) {
    this.#gauge = gauge;
  }

  add(labels: Labels<N>, count = 1): void {
    this.#gauge.inc(labels, count);
  }

  set(labels: Labels<N>, value: number): void {
    this.#gauge.set(labels, value);
  }
}

/** How values are spread, by labels. */
export class HistogramFamily<N extends string> {
  readonly #histogram: Histogram<N>;

  constructor(histogram: Histogram<N>) {
    this.#histogram = histogram;
  }

  observe(labels: Labels<N>, value: number): void {
    this.#histogram.observe(labels, value);
  }
}

/**
 * Families of metrics and their text for Prometheus. Whoever declares a family bounds the values of
 * its labels: a client must not be able to make up new ones.
 */
export class MetricRegistry {
  readonly #registry: Registry = new Registry();
  readonly #samplers: (() => void)[] = [];

  constructor(labels: ConstantLabels = {}) {
    this.#registry.setDefaultLabels(labels);
  }

  /** Called before each scrape, for values that are read where they are kept. */
  onScrape(sample: () => void): void {
    this.#samplers.push(sample);
  }

  counter<N extends string = never>(
    name: string,
    help: string,
    labelNames: readonly N[],
  ): CounterFamily<N> {
    const registers = [this.#registry];
    return new CounterFamily(new Counter({ name, help, labelNames: [...labelNames], registers }));
  }

  gauge<N extends string = never>(
    name: string,
    help: string,
    labelNames: readonly N[],
  ): GaugeFamily<N> {
    const registers = [this.#registry];
    return new GaugeFamily(new Gauge({ name, help, labelNames: [...labelNames], registers }));
  }

  histogram<N extends string = never>(
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames: readonly N[],
  ): HistogramFamily<N> {
    return new HistogramFamily(
      new Histogram({
        name,
        help,
        buckets: [...buckets],
        labelNames: [...labelNames],
        registers: [this.#registry],
      }),
    );
  }

  /** A histogram whose counts are made elsewhere. */
  add(histogram: SampledHistogram): void {
    // the registry asks for no more than `name` and `get`, but types it as one of its own classes
    this.#registry.registerMetric(histogram as unknown as Metric);
  }

  /** All families that have a value, as Prometheus reads them. */
  async text(): Promise<string> {
    for (const sample of this.#samplers) sample();
    const families = this.#registry
      .getMetricsAsArray()
      .map(({ name }) => this.#registry.getSingleMetricAsString(name));
    const texts = await Promise.all(families);
    return texts
      .filter(hasValue)
      .map((text) => `${text}\n`)
      .join("");
  }
}

/** There is a line after those of HELP and TYPE. */
function hasValue(text: string): boolean {
  const helpEnd = text.indexOf("\n");
  return text.indexOf("\n", helpEnd + 1) >= 0;
}

/**
 * Bounds of buckets between two values, each the same factor above the one before.
 *
 * @param count 2 or more
 */
export function exponentialBuckets(from: number, to: number, count: number): number[] {
  const factor = (to / from) ** (1 / (count - 1));
  return Array.from({ length: count }, (_, i) => from * factor ** i);
}
