import type { MetricRegistry } from "./metric-registry.ts";

/** What the system says of this process. What it does not say is undefined. */
export type ProcessSample = {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly virtualBytes: number | undefined;
  readonly virtualBytesMax: number | undefined;
  readonly openFiles: number | undefined;
  readonly openFilesMax: number | undefined;
  readonly receivedBytes: number | undefined;
  readonly sentBytes: number | undefined;
  /** Unix seconds. */
  readonly startedAt: number;
};

/** CPU, memory and files of the process, under the names that Prometheus clients share. */
export function addProcessMetrics(registry: MetricRegistry, sample: () => ProcessSample): void {
  const counter = (name: string, help: string) => {
    const family = registry.counter(`process_${name}`, help, []);
    return (value: number | undefined) => {
      if (value !== undefined) family.replace([[{}, value]]);
    };
  };
  const gauge = (name: string, help: string) => {
    const family = registry.gauge(`process_${name}`, help, []);
    return (value: number | undefined) => {
      if (value !== undefined) family.set({}, value);
    };
  };
  const cpu = counter("cpu_seconds_total", "User and system CPU time");
  const received = counter("network_receive_bytes_total", "Bytes received over the network");
  const sent = counter("network_transmit_bytes_total", "Bytes sent over the network");
  const resident = gauge("resident_memory_bytes", "Memory that is resident");
  const virtual = gauge("virtual_memory_bytes", "Memory that is mapped");
  const virtualMax = gauge("virtual_memory_max_bytes", "Memory that may be mapped");
  const files = gauge("open_fds", "Open file descriptors");
  const filesMax = gauge("max_fds", "File descriptors that may be open");
  const started = gauge("start_time_seconds", "When the process started, Unix time");
  registry.onScrape(() => {
    const now = sample();
    cpu(now.cpuSeconds);
    received(now.receivedBytes);
    sent(now.sentBytes);
    resident(now.residentBytes);
    virtual(now.virtualBytes);
    virtualMax(now.virtualBytesMax);
    files(now.openFiles);
    filesMax(now.openFilesMax);
    started(now.startedAt);
  });
}
