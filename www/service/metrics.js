// @ts-check
/** Counters as Prometheus reads them (text format 0.0.4). No label names a person. */

/** @typedef {{ kind: "counter" | "gauge", help: string, values: Map<string, number>, read?: () => number }} Metric */

/** Counters, by what the service calls them: the name outside, and what is said of it. One more is a row here, and a call where it happens. */
const COUNTERS = {
  events: ["reply_window_events_total", "Messages and delivery states that webhooks told."],
  webhooks: ["reply_window_webhooks_total", "Webhooks by what they were answered."],
  reports: ["reply_window_reports_total", "What the receiver reported."],
  requests: ["reply_window_requests_total", "Questions by what they were answered."],
  failures: ["reply_window_store_failures_total", "Questions that the store did not answer."],
  heals: ["reply_window_gaps_total", "Gaps in which no process received, by what became of them."],
  reminders: ["reply_window_reminders_total", "Windows that were about to close, as they were told."],
  relayed: ["reply_window_relay_total", "Tries to hand a webhook on, by what came of them."],
  tallies: ["reply_window_tallies_total", "What the report for supervisors counts, as this process was told."],
};

/** What is read when it is asked for. */
const GAUGES = {
  streams: ["reply_window_streams", "Event streams that are open."],
  heartbeatAge: ["reply_window_heartbeat_age_seconds", "Since the store last took the heartbeat of this process."],
  relayWaiting: ["reply_window_relay_waiting", "Webhooks that wait to be handed on."],
  relayDeadLetters: ["reply_window_relay_dead_letters", "Webhooks that could not be handed on."],
  relayOldest: ["reply_window_relay_oldest_seconds", "Since when the oldest that waits is tried."],
};

/** @typedef {(labels?: Record<string, string>, by?: number) => void} Count */
/** @typedef {Record<keyof typeof COUNTERS, Count>} Counters */
/** @typedef {Record<keyof typeof GAUGES, () => number>} Gauges */

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

/** @param {{ report?: boolean | undefined }} [of] `report`: whether there is one, to be counted */
export const createMetrics = ({ report = false } = {}) => {
  /** @type {Map<string, Metric>} */
  const metrics = new Map();
  /** @param {string[]} of @returns {Count} */
  const counter = ([name = "", help = ""]) => {
    /** @type {Map<string, number>} */
    const values = new Map();
    metrics.set(name, { kind: "counter", help, values });
    return (labels = {}, by = 1) => {
      const set = labelled(labels);
      if (values.has(set) || values.size < MAX_SETS) values.set(set, (values.get(set) ?? 0) + by);
    };
  };
  const counted = Object.entries(COUNTERS).filter(([name]) => report || name !== "tallies");
  return {
    counters: /** @type {Counters} */ (Object.fromEntries(counted.map(([name, of]) => [name, counter(of)]))),
    /** @param {Partial<Gauges>} gauges */
    gauges(gauges) {
      for (const [key, read] of Object.entries(gauges)) {
        const [name = "", help = ""] = GAUGES[/** @type {keyof Gauges} */ (key)];
        metrics.set(name, { kind: "gauge", help, values: new Map(), read });
      }
    },
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
