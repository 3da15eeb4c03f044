// @ts-check
/** Counters as Prometheus reads them (text format 0.0.4). No label names a person. */

/** @typedef {{ kind: "counter" | "gauge", help: string, values: Map<string, number>, read?: () => number }} Metric */

/** @param {string} text */
const escaped = (text) => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');

/** @param {Record<string, string>} labels */
const labelled = (labels) => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
};

/** Sets of labels that one counter has: whoever could choose labels would choose ever new ones. A further one is not counted. */
const MAX_SETS = 1_000;

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

export const createMetrics = () => {
  /** @type {Map<string, Metric>} */
  const metrics = new Map();
  return {
    /** @param {string} name @param {string} help @returns {(labels?: Record<string, string>, by?: number) => void} */
    counter(name, help) {
      /** @type {Map<string, number>} */
      const values = new Map();
      metrics.set(name, { kind: "counter", help, values });
      return (labels = {}, by = 1) => {
        const set = labelled(labels);
        if (values.has(set) || values.size < MAX_SETS) values.set(set, (values.get(set) ?? 0) + by);
      };
    },
    /** @param {string} name @param {string} help @param {() => number} read */
    gauge: (name, help, read) => void metrics.set(name, { kind: "gauge", help, values: new Map(), read }),
    text() {
      const lines = [];
      for (const [name, { kind, help, values, read }] of metrics) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`);
        if (read) lines.push(`${name} ${read()}`);
        for (const [labels, value] of values) lines.push(`${name}${labels} ${value}`);
      }
      return `${lines.join("\n")}\n`;
    },
  };
};
