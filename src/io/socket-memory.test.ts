import { expect, test } from "bun:test";
import { SILENT_LOG } from "../base/log.ts";
import { loadNativeWait } from "./native-wait.ts";
import { createUdpPort } from "./udp-port.ts";
import { UdpReceiver } from "./udp-receiver.ts";

const BUFFER_BYTES = 212_992 / 2;
/** More than the buffer holds. */
const DATAGRAMS = 1_000;

// the system tells on Linux only
test.skipIf(process.platform !== "linux")(
  "what waits in a socket is seen, and what found it full",
  async () => {
    const native = loadNativeWait()!;
    const common = { address: "127.0.0.1", port: 0, log: SILENT_LOG, bufferBytes: BUFFER_BYTES };
    let count = 0;
    const port = await createUdpPort({
      ...common,
      handler: () => {
        count += 1;
      },
      receiving: { native, receiver: new UdpReceiver(native) },
    });
    const sender = await createUdpPort({ ...common, handler: () => {} });
    try {
      expect(port.memory()).toEqual({ queuedBytes: 0, drops: 0 });
      const path = sender.pathTo("127.0.0.1", port.localPort);
      for (let i = 0; i < DATAGRAMS; i++) {
        sender.reserve(1_000);
        sender.commit(path, 1_000);
        if (i % 20 === 19) sender.flush();
      }
      const { queuedBytes, drops } = port.memory();
      expect(queuedBytes).toBeGreaterThan(50_000);
      expect(drops).toBeGreaterThan(0);
      while (port.receiveWaiting() > 0);
      expect([port.memory().queuedBytes, count + drops]).toEqual([0, DATAGRAMS]);
    } finally {
      port.close();
      sender.close();
    }
    expect(port.memory()).toEqual({ queuedBytes: 0, drops: 0 });
  },
);
