/**
 * Builds the server and runs it with `--dev`: API key `devkey`, secret `secret`, and the meeting page
 * at /demo. What follows the command goes to the server as it is.
 */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { run } from "./lib/run.ts";

const BINARY = "dist/parley";
/** The line that the server logs when it listens, with its addresses in JSON. */
const STARTED = "starting LiveKit server";

/** The page's address by a line of the server's log, in text or JSON; undefined by any other line. */
function urlOf(line: string): string | undefined {
  if (!line.includes(STARTED)) return undefined;
  const { portHttp, bindAddresses } = JSON.parse(line.slice(line.indexOf("{")));
  const addresses: string[] = bindAddresses;
  const isLocal = addresses.length === 0 || addresses.some((one) => LOCAL.includes(one));
  const host = isLocal ? "127.0.0.1" : addresses[0]!;
  return `http://${host.includes(":") ? `[${host}]` : host}:${portHttp}`;
}

/** Who listens on one of these is reached by 127.0.0.1. */
const LOCAL: readonly string[] = ["127.0.0.1", "0.0.0.0", "::"];

const built = await run(["bun", "scripts/build.ts"]);
if (built !== 0) process.exit(built);

const server = Bun.spawn([BINARY, "--dev", ...process.argv.slice(2)], {
  stdio: ["inherit", "pipe", "inherit"],
});
process.on("SIGTERM", () => server.kill("SIGTERM"));
// the terminal sends it to the server as well, and two would be one too many
process.on("SIGINT", () => {});

for await (const line of createInterface({ input: Readable.fromWeb(server.stdout) })) {
  console.log(line);
  const url = urlOf(line);
  if (url !== undefined) {
    console.log(`\nServer: ${url}    meeting page, for two tabs or more: ${url}/demo\n`);
  }
}
await server.exited;
process.exit(server.exitCode ?? 1);
