import {
  Counter,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValueWithName,
  type Registry,
} from "prom-client";
import type { Durations } from "@/lib/authority/durations";

interface Described {
  name: string;
  help: string;
}

/** One number for each value of one label, of which there are few: never what a caller can make up. */
export interface Labelled {
  label: string;
  read: () => Iterable<readonly [value: string, count: number]>;
}

/** A number that only grows, kept elsewhere and read when somebody asks. */
export function addCounter(registry: Registry, { name, help }: Described, read: Labelled | (() => number)): void {
  const isPlain = typeof read === "function";
  const counter = new Counter({
    name,
    help,
    labelNames: isPlain ? [] : [read.label],
    registers: [registry],
    collect() {
      counter.reset();
      if (isPlain) counter.inc(read());
      else for (const [value, count] of read.read()) counter.inc({ [read.label]: value }, count);
    },
  });
}

/** A number that goes up and down; left out while there is none. */
export function addGauge(registry: Registry, { name, help }: Described, read: () => number | null): void {
  const gauge = new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      const value = read();
      if (value === null) gauge.remove();
      else gauge.set(value);
    },
  });
}

/** What never changes while the process lives, as labels of a one. */
export function addInfo(registry: Registry, { name, help }: Described, labels: Record<string, string>): void {
  new Gauge({ name, help, labelNames: Object.keys(labels), registers: [registry] }).set(labels, 1);
}

/** Durations that are kept as plain numbers, by one label where there are several of them. */
export function addHistogram(registry: Registry, described: Described, all: Durations | LabelledDurations): void {
  const labelled = "label" in all ? all : { label: null, of: { "": all } };
  const values = () =>
    Object.entries(labelled.of).flatMap(([value, durations]) =>
      seriesOf(described.name, labelled.label === null ? {} : { [labelled.label]: value }, durations),
    );
  registry.registerMetric(new TalliedHistogram(described, values));
}

export interface LabelledDurations {
  label: string;
  of: Record<string, Durations>;
}

interface Series {
  metricName: string;
  labels: Record<string, string | number>;
  value: number;
}

function seriesOf(name: string, labels: Record<string, string>, durations: Durations): Series[] {
  let below = 0;
  const buckets = durations.bounds.map((bound, at) => {
    below += durations.counts[at] ?? 0;
    return { metricName: `${name}_bucket`, labels: { ...labels, le: bound }, value: below };
  });
  const { count, sum } = durations;
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { ...labels, le: "+Inf" }, value: count },
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ];
}

/** A histogram whose numbers are counted elsewhere: the library's own takes them only one by one. */
class TalliedHistogram extends Histogram {
  readonly #described: Described;
  readonly #values: () => Series[];

  constructor(described: Described, values: () => Series[]) {
    super({ ...described, registers: [] });
    this.#described = described;
    this.#values = values;
  }

  override async get() {
    const metric = { ...this.#described, type: "histogram", aggregator: "sum", values: this.#values() };
    // The library's types name a `collect` that it does not give either, and an enumeration that it does not have.
    return metric as unknown as MetricObjectWithValues<MetricValueWithName<string>>;
  }

  /** What the registry asks for when it writes text. */
  getForPromString() {
    return this.get();
  }
}
