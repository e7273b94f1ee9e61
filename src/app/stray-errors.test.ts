import { expect, test } from "bun:test";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { watchStrayErrors } from "./stray-errors.ts";

test("a stray rejection is logged; a stray exception asks for a stop as well", () => {
  const runs = new Map<string, (error: unknown) => void>();
  const source = {
    on: (event: string, run: (error: unknown) => void) => runs.set(event, run),
    off: (event: string, run: (error: unknown) => void) =>
      runs.get(event) === run && runs.delete(event),
  };
  const log = new RecordingLog();
  const reasons: string[] = [];
  const unwatch = watchStrayErrors(source, log, (reason) => reasons.push(reason));
  runs.get("unhandledRejection")!(new Error("late"));
  expect(log.lines.map(({ level }) => level)).toEqual(["error"]);
  expect(reasons).toEqual([]);
  runs.get("uncaughtException")!(new Error("broken"));
  expect(log.lines).toHaveLength(2);
  expect(reasons).toEqual(["Stopping after an exception that nobody caught: broken"]);
  unwatch();
  expect(runs.size).toBe(0);
});

test("the process goes on after either, until it stops itself", async () => {
  const program = `
    import { SILENT_LOG } from "./src/base/log.ts";
    import { watchStrayErrors } from "./src/app/stray-errors.ts";
    const broken = Promise.withResolvers();
    watchStrayErrors(process, SILENT_LOG, broken.resolve);
    void Promise.reject(new Error("nobody waits"));
    setImmediate(() => { throw new Error("nobody catches"); });
    console.log(await broken.promise);
    process.exit(3);
  `;
  const child = Bun.spawn([process.execPath, "-e", program], {
    cwd: `${import.meta.dir}/../..`,
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect(await new Response(child.stdout).text()).toContain("nobody catches");
  expect(await child.exited).toBe(3);
});
