/**
 * A byte stream with one of its ends behind a link of 50 ms round trip that loses 2 % of the packets
 * each way: `unshare --net bun test/load/run-data-loss.ts --command 'SERVER {config}' --far
 * sender|receiver [--clients own|native] [--seconds N]`, as root. Prints one line of JSON.
 */
import { parseArgs } from "node:util";
import { required } from "./arguments.ts";
import { FAR_ADDRESS, ImpairedLink, NEAR_ADDRESS } from "./impaired-link.ts";
import { chooseCores, MeasuredServer, pinned } from "./measured-server.ts";
import {
  type BulkClients,
  type BulkResult,
  bulkClients,
  openBulkEnd,
  transfer,
} from "./run-data-bulk.ts";

/** More than the link takes, and no load: nothing holds the sender back when the server sends across. */
const NEAR_BYTES_PER_SECOND = 2_000_000;
const LINK = { rateBps: Number.POSITIVE_INFINITY, delayMs: 25, loss: 0.02, queueMs: 1_000 };

export type LossResult = BulkResult & {
  /** Who is behind the link: with the receiver there, the server is the one that sends into it. */
  readonly far: "sender" | "receiver";
};

export async function runLoss(
  command: string,
  far: "sender" | "receiver",
  clients: BulkClients,
  seconds: number,
): Promise<LossResult> {
  using link = ImpairedLink.create(LINK);
  const cores = chooseCores();
  await using server = await MeasuredServer.start(command, cores?.server, NEAR_ADDRESS);
  const { access } = server;
  const url = `ws://${NEAR_ADDRESS}:${new URL(access.url).port}`;
  const near = { ...access, url, clientAddress: NEAR_ADDRESS };
  const distant = { ...access, url, clientAddress: FAR_ADDRESS };
  const across = ["ip", "netns", "exec", link.namespace];
  const onCore = pinned(cores?.clients, []);
  const isFarSender = far === "sender";
  const receiver = isFarSender
    ? await openBulkEnd(near, clients, "receiver", onCore)
    : await openBulkEnd(distant, clients, "receiver", [...onCore, ...across]);
  const sender = isFarSender
    ? await openBulkEnd(distant, clients, "sender", [...onCore, ...across])
    : await openBulkEnd(near, clients, "sender", onCore);
  const result = await transfer(sender, receiver, server.pid, {
    clients,
    seconds,
    megabytes: 0,
    ...(isFarSender ? {} : { bytesPerSecond: NEAR_BYTES_PER_SECOND }),
  });
  await Promise.all([sender.close(), receiver.close()]);
  return { ...result, far };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      command: { type: "string" },
      far: { type: "string", default: "receiver" },
      clients: { type: "string", default: "own" },
      seconds: { type: "string", default: "20" },
    },
  });
  const far = values.far === "sender" ? "sender" : "receiver";
  const command = required(values.command, "command");
  const result = await runLoss(command, far, bulkClients(values.clients), Number(values.seconds));
  console.log(JSON.stringify(result));
  process.exit(0);
}
