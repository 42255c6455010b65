import { Counter, Gauge, type Registry } from 'prom-client';

/**
 * Replaces the metrics of the process by those of the calling thread, under the same names. For an instance that shares its
 * process with others: what prom-client reads of the process is the sum of them all. What has no figure for a thread (open
 * files, virtual memory) is taken out. Memory is the thread's own heap and buffers.
 */
export function measureThread(registry: Registry): void {
  for (const { name } of registry.getMetricsAsArray()) {
    if (name.startsWith('process_')) registry.removeSingleMetric(name);
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
  [cpu, memory, start].forEach(metric => registry.registerMetric(metric));
}
