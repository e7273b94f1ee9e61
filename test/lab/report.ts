/**
 * Runs the scenarios of the lab and prints what each measured beside its bound. Exit code 0 in any
 * case: it is a report, not a test.
 */
import { parseArgs } from "node:util";
import { type Feedback, isKept, SCENARIOS } from "./scenarios.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: "string", default: "3" },
    feedback: { type: "string", default: "remb,twcc" },
  },
});
const wanted = SCENARIOS.filter(
  ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
);

console.log("| scenario | feedback | metric | bound | by seed | |");
console.log("| --- | --- | --- | ---: | ---: | --- |");
for (const scenario of wanted) {
  for (const feedback of values.feedback.split(",") as Feedback[]) {
    const runs = Array.from({ length: Number(values.seeds) }, (_, i) =>
      scenario.run(feedback, i + 1),
    );
    for (const [row, { metric, bound, is }] of runs[0]!.entries()) {
      const measured = runs.map((run) => run[row]!);
      const numbers = measured.map(({ value }) => format(value)).join(", ");
      const verdict = measured.every(isKept) ? "kept" : "MISSED";
      const name = row === 0 ? scenario.name : "";
      const told = row === 0 ? feedback : "";
      console.log(`| ${name} | ${told} | ${metric} | ${is} ${bound} | ${numbers} | ${verdict} |`);
    }
  }
}

function format(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : "never";
}
