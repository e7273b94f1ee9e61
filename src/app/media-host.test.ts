import { expect, test } from "bun:test";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { until } from "../../test/support/until.ts";
import type { ThreadWaiter } from "../io/thread-waiter.ts";
import type { UdpPort } from "../io/udp-port.ts";
import type { MediaNode } from "../media/media-node.ts";
import { HOLD_MS } from "../sfu/receiver/fan-out.ts";
import { MediaHost } from "./media-host.ts";
import { RelayedTcpPort } from "./relayed-tcp-port.ts";

/** A thread of its own, whose socket has something each time; the runtime has a turn after each. */
function createHost(node: Partial<MediaNode>, log: RecordingLog): MediaHost {
  let host: MediaHost | undefined;
  const port: Partial<UdpPort> = {
    waitFd: 1,
    counters: new Float64Array(16),
    receiveWaiting: () => {
      host?.receive(new Uint8Array(1), 0, 0);
      return 1;
    },
    close: () => {},
  };
  const waiter: Partial<ThreadWaiter> = {
    watch: () => 0,
    wait: () => {},
    waitForSignal: () => {},
    wasRung: false,
    isReadable: () => true,
    takeSignals: () => 1,
  };
  const engine: Partial<MediaNode> = {
    mediaPackets: 0,
    isBusy: false,
    pollTimeout: () => Number.POSITIVE_INFINITY,
    receive: () => {},
    noteForwarded: () => {},
    flush: () => {},
    ...node,
  };
  host = new MediaHost(
    engine as MediaNode,
    [port as UdpPort],
    new RelayedTcpPort(() => {}),
    log,
    { fingerprint: "", candidates: [] },
    { waiter: waiter as ThreadWaiter, onTurnEnd: () => {} },
  );
  return host;
}

test("a thread that waits by itself goes on after the engine has failed on what came", async () => {
  let flushes = 0;
  const log = new RecordingLog();
  const flushWhole = (): number => {
    flushes += 1;
    throw new Error("broken");
  };
  const host = createHost({ flushWhole }, log);
  await until(() => flushes >= 3, { what: "turns after a failure" });
  host.close();
  expect(log.lines.map(({ level }) => level)).toEqual(["error"]);
});

test("how long packets stayed is noted while there is always a frame that waits", async () => {
  let noted = 0;
  let longestMs = 0;
  const host = createHost(
    {
      // of another publisher each time, begun 2 ms ago
      flushWhole: () => performance.now() - 2 + HOLD_MS,
      noteForwarded: (ms, packets) => {
        noted += packets;
        longestMs = Math.max(longestMs, ms);
      },
    },
    new RecordingLog(),
  );
  await until(() => noted >= 100, { what: "packets that were noted" });
  host.close();
  expect(longestMs).toBeGreaterThanOrEqual(2);
});
