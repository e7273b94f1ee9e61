import type { LoadServer, Published } from "../../src/loadtest/load-client.ts";
import { sleep } from "../../src/loadtest/load-run.ts";
import { startLoad } from "./start-load.ts";

const CALL_MS = 2_000;
/** What the call left to collect is collected by then, as far as it ever is. */
const QUIET_MS = 2_000;

/**
 * A short call of three that have left when it resolves: what a server sets up once, and not for
 * each participant, is in its memory from then on.
 */
export async function warmUp(server: LoadServer, published: Published): Promise<void> {
  const run = startLoad(server);
  try {
    const clients = await run.join(
      ["first", "second", "third"].map((identity) => ({
        room: "warm-up",
        identity,
        autoSubscribe: true,
      })),
    );
    await run.publish(clients.slice(0, 1), published);
    await sleep(CALL_MS);
  } finally {
    await run.leave();
  }
  await sleep(QUIET_MS);
}
