const BEGIN = "--- packets begin";
const RESULT = "--- result ";

/** The largest allocation that passes for none: bookkeeping of the runtime, once per run. */
const NOISE_BYTES_PER_PACKET = 0.5;

/**
 * Runs each case in a child, and prints what a packet of it costs: time, and bytes allocated.
 *
 * No counter tells what was allocated, so the child logs its collections: the heap at the start of the
 * one after the packets, less what the one before them left, is what they allocated, as long as none
 * came between.
 *
 * @param path of the bench itself
 * @param run calls `measured` once
 */
export function measureAllocations<T>(
  path: string,
  cases: readonly T[],
  packets: number,
  run: (item: T) => void,
): void {
  if (process.env["BUN_JSC_logGC"] === "1") for (const item of cases) run(item);
  else readChild(path, cases.length, packets);
}

/**
 * In the child: what is measured, warmed up before.
 *
 * @param work takes `packets` packets; @returns how many went on
 */
export function measured(name: string, packets: number, work: () => number): void {
  Bun.gc(true);
  console.error(BEGIN);
  const startNs = Bun.nanoseconds();
  const forwarded = work();
  const nsPerPacket = (Bun.nanoseconds() - startNs) / packets;
  Bun.gc(true);
  console.error(`${RESULT}${JSON.stringify([name, nsPerPacket, forwarded])}`);
}

function readChild(path: string, cases: number, packets: number): void {
  const child = Bun.spawnSync([process.execPath, path], {
    env: { ...process.env, BUN_JSC_logGC: "1" },
    stdout: "inherit",
    stderr: "pipe",
  });
  const log = child.stderr.toString();
  if (child.exitCode !== 0) throw new Error(`The child failed:\n${log}`);
  let heapKb = 0;
  let allocatedKb = 0;
  let results = 0;
  for (const line of log.split("\n")) {
    const start = /START M (\d+)kb/.exec(line);
    if (start !== null) allocatedKb += Number(start[1]) - heapKb;
    const swept = /sweep: \d+kb => (\d+)kb/.exec(line);
    if (swept !== null) heapKb = Number(swept[1]);
    if (line.startsWith(BEGIN)) allocatedKb = 0;
    if (!line.startsWith(RESULT)) continue;
    const [name, ns, forwarded] = JSON.parse(line.slice(RESULT.length));
    const bytes = Math.max(0, (allocatedKb * 1024) / packets);
    results += 1;
    const verdict = bytes < NOISE_BYTES_PER_PACKET ? "none" : `${bytes.toFixed(1)} B/packet`;
    console.log(
      `${name.padEnd(44)} ${ns.toFixed(0).padStart(5)} ns/packet   allocated: ${verdict}   ` +
        `(${allocatedKb} kB, ${forwarded} forwarded)`,
    );
  }
  if (results !== cases) throw new Error(`Cannot read the child's log:\n${log}`);
}
