/** One end of a byte stream, by livekit-client in Chromium; started by `run-data-bulk.ts`. */
import { parseArgs } from "node:util";
import { joinToken } from "../../src/loadtest/access-token.ts";
import { TestBrowser } from "../support/browser.ts";
import { addPageScript, callPage } from "../support/page-bundle.ts";
import { required, SERVER_OPTIONS, serverOf } from "./arguments.ts";
import { serveBulkOrders } from "./bulk-protocol.ts";
import { CHUNK_BYTES } from "./chunk-pattern.ts";

const { values } = parseArgs({
  options: {
    ...SERVER_OPTIONS,
    role: { type: "string" },
    room: { type: "string" },
    address: { type: "string" },
  },
});
const server = serverOf(values);
const origin = server.url.replace(/^ws/, "http");
const browser = await TestBrowser.launch({ trustedOrigin: origin });
const page = await browser.open(origin);
await addPageScript(page, "bulk");
const role = required(values.role, "role");
const token = await joinToken(server, required(values.room, "room"), role);
await callPage(page, "join", server.url, token);
serveBulkOrders({
  start: (bytesPerSecond) => callPage(page, "start", bytesPerSecond ?? 0),
  stop: () => callPage(page, "stop"),
  report: async () => {
    const report = await callPage<{ bytes: number; corrupt: number; isEnded: boolean }>(
      page,
      "report",
    );
    const chunks = Math.floor(report.bytes / CHUNK_BYTES);
    return { ...report, chunks, duplicates: 0, disordered: 0 };
  },
  close: () => browser.close(),
});
