/** One end of a byte stream, by a load client; started by `run-data-bulk.ts`. */
import { parseArgs } from "node:util";
import { required, SERVER_OPTIONS, serverOf } from "./arguments.ts";
import { serveBulkOrders } from "./bulk-protocol.ts";
import { BulkReceiver, BulkSender } from "./bulk-stream.ts";
import { startLoad } from "./start-load.ts";

const { values } = parseArgs({
  options: {
    ...SERVER_OPTIONS,
    role: { type: "string" },
    room: { type: "string" },
    address: { type: "string", default: "127.0.0.1" },
  },
});
const role = required(values.role, "role");
const room = required(values.room, "room");
const run = startLoad({ ...serverOf(values), clientAddress: values.address });
const [client] = await run.join([{ room, identity: role, autoSubscribe: true }]);
const { data } = client!;
if (role === "sender") {
  await run.publish([client!], { audio: false, video: "none" });
  await data.canSend;
  serveBulkOrders(new BulkSender(data));
} else {
  await data.canReceive;
  serveBulkOrders(new BulkReceiver(data));
}
