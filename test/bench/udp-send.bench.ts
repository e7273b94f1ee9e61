/**
 * CPU microseconds per datagram sent over loopback, user and kernel time together, of each back
 * end and each length of the bursts to one peer. The receivers are never read, so that their cost
 * does not count: what their buffers cannot hold, the kernel drops on their side.
 *
 * Measured with Bun 1.4.5 on one core of a 2-core virtual machine; 200 and 1200 bytes are alike:
 *
 * | back end     | single | 2 a burst | 4   | 8   |
 * | ------------ | ------ | --------- | --- | --- |
 * | sendMany     | 3.2    | 3.2       | 3.2 | 3.2 |
 * | sendmmsg     | 3.0    | 3.0       | 3.0 | 3.0 |
 * | sendmmsg+gso | 3.0    | 2.1       | 1.2 | 0.85 |
 */
import { SILENT_LOG } from "../../src/base/log.ts";
import { UdpCounter } from "../../src/io/udp-counters.ts";
import { createUdpPort } from "../../src/io/udp-port.ts";

const PEERS = 32;
const ROUNDS = 9;
const DATAGRAMS_A_ROUND = 32_768;

const receivers = await Promise.all(
  Array.from({ length: PEERS }, () => Bun.udpSocket({ hostname: "127.0.0.1" })),
);

async function measure(
  backend: "auto" | "sendmmsg" | "sendMany",
  burst: number,
  bytes: number,
): Promise<void> {
  const port = await createUdpPort({
    address: "127.0.0.1",
    port: 0,
    log: SILENT_LOG,
    handler: () => {},
    backend,
  });
  const paths = receivers.map((receiver) => port.pathTo("127.0.0.1", receiver.port));
  let bestUs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    for (let sent = 0; sent < DATAGRAMS_A_ROUND; sent += PEERS * burst) {
      // Frames come packet by packet, and each packet goes to all peers.
      for (let packet = 0; packet < burst; packet++) {
        for (const path of paths) {
          port.arena[port.reserve(bytes)] = packet;
          port.commit(path, bytes);
        }
      }
      port.flush();
    }
    const used = process.cpuUsage(start);
    bestUs = Math.min(bestUs, (used.user + used.system) / DATAGRAMS_A_ROUND);
  }
  const expected = ROUNDS * DATAGRAMS_A_ROUND;
  if (port.counters[UdpCounter.Sent] !== expected) throw new Error("Not everything was sent");
  const name = port.backend.padEnd(13);
  const size = String(bytes).padStart(4);
  console.log(`${name} burst ${burst}  ${size} B  ${bestUs.toFixed(2).padStart(6)} us a datagram`);
  port.close();
}

for (const bytes of [200, 1200]) {
  for (const backend of ["sendMany", "sendmmsg", "auto"] as const) {
    for (const burst of [1, 2, 4, 8]) await measure(backend, burst, bytes);
  }
}
for (const receiver of receivers) receiver.close();
