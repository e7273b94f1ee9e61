/**
 * Builds the server and runs it with `--dev`: API key `devkey`, secret `secret`, and the meeting page
 * at /demo. What follows the command goes to the server as it is.
 */
import { run } from "./lib/run.ts";

const DEFAULT_PORT = "7880";
const BINARY = "dist/parley";

/** Between two looks at whether the server answers, ms. */
const LOOK_MS = 100;

function portOf(args: readonly string[]): string {
  const joined = args.find((arg) => arg.startsWith("--port="));
  if (joined !== undefined) return joined.slice("--port=".length);
  const at = args.indexOf("--port");
  return args[at + 1] !== undefined && at >= 0 ? args[at + 1]! : DEFAULT_PORT;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false; // not listening yet
  }
}

const built = await run(["bun", "scripts/build.ts"]);
if (built !== 0) process.exit(built);

const args = process.argv.slice(2);
const url = `http://127.0.0.1:${portOf(args)}`;
const server = Bun.spawn([BINARY, "--dev", ...args], { stdio: ["inherit", "inherit", "inherit"] });
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => server.kill(signal));
}
while (server.exitCode === null && !(await answers(url))) await Bun.sleep(LOOK_MS);
if (server.exitCode === null) {
  console.log(`\nServer: ${url}    meeting page, for two tabs or more: ${url}/demo\n`);
}
await server.exited;
process.exit(server.exitCode ?? 1);
