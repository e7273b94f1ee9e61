/**
 * One reliable message to everybody in a room: read, checked, written with its true sender, and handed
 * to each receiver's channels, which do nothing here.
 */
import { bench } from "mitata";
import { livekit } from "../../src/gen/livekit.js";
import { DataChannelKind } from "../../src/media/data/data-port.ts";
import { DataRig } from "../support/data-rig.ts";
import { runBenches } from "../support/run-benches.ts";

const PAYLOAD_BYTES = 1_000;

function roomOf(receivers: number): () => number {
  const rig = new DataRig();
  for (let id = 1; id <= receivers + 1; id++) rig.join(id).send = () => true;
  const user = { payload: new Uint8Array(PAYLOAD_BYTES), topic: "t" };
  const bytes = livekit.DataPacket.encode({ user }).finish();
  const port = rig.port(1);
  return () => rig.hub.received(rig.nowMs, port, DataChannelKind.Reliable, bytes);
}

for (const receivers of [30, 1_000]) {
  const forward = roomOf(receivers);
  bench(`a data message of 1 KB to ${receivers}`, forward).gc("inner");
}
await runBenches();
