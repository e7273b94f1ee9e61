import { expect, test } from "bun:test";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { until } from "../../test/support/until.ts";
import type { ThreadWaiter } from "../io/thread-waiter.ts";
import type { UdpPort } from "../io/udp-port.ts";
import type { MediaNode } from "../media/media-node.ts";
import { MediaHost } from "./media-host.ts";
import { RelayedTcpPort } from "./relayed-tcp-port.ts";

test("a thread that waits by itself goes on after the engine has failed on what came", async () => {
  let flushes = 0;
  const node: Partial<MediaNode> = {
    mediaPackets: 0,
    isBusy: false,
    pollTimeout: () => Number.POSITIVE_INFINITY,
    flush: () => {},
    flushWhole: () => {
      flushes += 1;
      throw new Error("broken");
    },
  };
  const port: Partial<UdpPort> = {
    waitFd: 1,
    counters: new Float64Array(16),
    receiveWaiting: () => 1,
    close: () => {},
  };
  const waiter: Partial<ThreadWaiter> = {
    watch: () => 0,
    wait: () => {},
    waitForSignal: () => {},
    wasRung: false,
    isReadable: () => true,
    takeSignals: () => 1, // the runtime has a turn after each
  };
  const log = new RecordingLog();
  const host = new MediaHost(
    node as MediaNode,
    [port as UdpPort],
    new RelayedTcpPort(() => {}),
    log,
    { fingerprint: "", candidates: [] },
    { waiter: waiter as ThreadWaiter, onTurnEnd: () => {} },
  );
  await until(() => flushes >= 3, { what: "turns after a failure" });
  host.close();
  expect(log.lines.map(({ level }) => level)).toEqual(["error"]);
});
