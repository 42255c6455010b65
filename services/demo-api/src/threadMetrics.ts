import { createHistogram } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

/** Milliseconds. prom-client looks at the event loop a hundred times a second, which adds up over many threads. */
export const unusedPrecision = 3_600_000;

/** How often the event loop is looked at instead. Milliseconds. */
const lookMilliseconds = 100;

/**
 * Replaces the metrics of the process by those of the calling thread, under the same names. For an instance that shares its
 * process with others: what prom-client reads of the process is the sum of them all. What has no figure for a thread (open
 * files, virtual memory) is taken out. Memory is the thread's own heap and buffers. The lag of the event loop is how much later
 * a timer comes than it should.
 */
export function measureThread(registry: Registry): void {
  for (const { name } of registry.getMetricsAsArray()) {
    if (/^process_|^nodejs_eventloop_lag_./.test(name) && name !== 'nodejs_eventloop_lag_seconds') {
      registry.removeSingleMetric(name);
    }
  }
  const cpu = new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Total user and system CPU time spent in seconds.',
    registers: [],
    collect() {
      const { user, system } = process.threadCpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  const memory = new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory size in bytes.',
    registers: [],
    collect() {
      const { heapTotal, external } = process.memoryUsage();
      this.set(heapTotal + external);
    },
  });
  const start = new Gauge({
    name: 'process_start_time_seconds',
    help: 'Start time of the process since unix epoch in seconds.',
    registers: [],
  });
  start.set(Math.round(Date.now() / 1000));
  [cpu, memory, start, ...eventLoopLag()].forEach(metric => registry.registerMetric(metric));
}

function eventLoopLag(): Gauge[] {
  const nanoseconds = createHistogram();
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    // A histogram holds whole numbers from 1 on.
    nanoseconds.record(Math.max(1, Math.round((now - last - lookMilliseconds) * 1e6)));
    last = now;
  }, lookMilliseconds).unref();
  return [50, 90, 99].map(
    percentile =>
      new Gauge({
        name: `nodejs_eventloop_lag_p${percentile}_seconds`,
        help: `The ${percentile}th percentile of the recorded event loop delays.`,
        registers: [],
        collect() {
          this.set(nanoseconds.percentile(percentile) / 1e9);
          // The last of the three to be asked: each scrape sees what was since the one before.
          if (percentile === 99) nanoseconds.reset();
        },
      }),
  );
}
