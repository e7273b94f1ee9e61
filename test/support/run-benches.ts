import { run } from "mitata";

const NAME_WIDTH = 76;

/**
 * Runs the benchmarks that were registered with mitata, and prints one line for each: time of one
 * call, by the median and the best of the samples.
 *
 * @param callsPerIteration how often an iteration calls what is measured
 */
export async function runBenches(callsPerIteration: number = 1): Promise<void> {
  const { benchmarks } = await run({ format: "quiet", throw: true });
  for (const { runs } of benchmarks) {
    for (const { name, stats } of runs) {
      if (stats === undefined) throw new Error(`${name} was not measured`);
      const median = (stats.p50 / callsPerIteration / 1000).toFixed(3);
      const best = (stats.min / callsPerIteration / 1000).toFixed(3);
      console.log(`${name.padEnd(NAME_WIDTH)} ${median.padStart(7)} us   best ${best}`);
    }
  }
}
