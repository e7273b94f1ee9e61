/**
 * CPU time of one handshake, milliseconds, one side at a time: the other side's work is not
 * counted. Measured with Bun 1.4.5 on one core of a 2-core virtual machine, at best of several runs:
 *
 * | side                               | first 20 | later |
 * | ---------------------------------- | -------- | ----- |
 * | our server                         | 1.1      | 0.45  |
 * | our client                         | 0.3      | 0.23  |
 * | a server with werift's messages    | 8.1      | 3.7   |
 *
 * Of our server's part, key pair and agreement take 0.04, the signature 0.03, the check of the
 * client's 0.05; the engine's threads for compilation and garbage are counted too.
 */
import type { DtlsFactory } from "../../src/transport/dtls/dtls-session.ts";
import { createTestDtlsFactory } from "../support/dtls-factory.ts";
import { DtlsLink } from "../support/dtls-link.ts";
import { createWeriftDtlsFactory } from "../support/werift-dtls.ts";

/** Handshakes of a process that has just started; their code is not compiled yet. */
const EARLY = 20;
const LATER = 400;
const ROUNDS_MAX = 20;

/** werift goes on in later turns of the event loop; ours is done when the call returns. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @returns CPU milliseconds that one side of one handshake took */
async function measure(
  server: DtlsFactory,
  client: DtlsFactory,
  side: "server" | "client",
  hasTurns: boolean,
): Promise<number> {
  const link = new DtlsLink(server, client);
  let cpuUs = 0;
  const run = async (of: "server" | "client", work: () => void): Promise<void> => {
    const before = process.cpuUsage();
    work();
    if (hasTurns) await settle();
    const { user, system } = process.cpuUsage(before);
    if (of === side) cpuUs += user + system;
  };
  await run("client", () => link.client.session.handleTimeout(link.nowMs));
  for (let round = 0; round < ROUNDS_MAX; round++) {
    for (const datagram of link.client.sent.splice(0)) {
      await run("server", () => link.server.handle(link.nowMs, datagram));
    }
    for (const datagram of link.server.sent.splice(0)) {
      await run("client", () => link.client.handle(link.nowMs, datagram));
    }
    if (link.server.keys !== undefined && link.client.keys !== undefined) break;
  }
  if (link.server.keys === undefined) throw new Error("The handshake did not come to its end");
  link.close();
  return cpuUs / 1_000;
}

async function mean(count: number, measureOne: () => Promise<number>): Promise<string> {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += await measureOne();
  return (sum / count).toFixed(2).padStart(7);
}

const ours = createTestDtlsFactory();
const werift = await createWeriftDtlsFactory();
const cases = [
  {
    name: "DTLS handshake, our server",
    server: ours,
    client: ours,
    side: "server",
    hasTurns: false,
  },
  {
    name: "DTLS handshake, our client",
    server: ours,
    client: ours,
    side: "client",
    hasTurns: false,
  },
  {
    name: "DTLS handshake, werift's server",
    server: werift,
    client: ours,
    side: "server",
    hasTurns: true,
  },
] as const;
for (const { name, server, client, side, hasTurns } of cases) {
  const early = await mean(EARLY, () => measure(server, client, side, hasTurns));
  const later = await mean(LATER, () => measure(server, client, side, hasTurns));
  console.log(`${name.padEnd(40)} first ${EARLY}: ${early} ms   later: ${later} ms`);
}
