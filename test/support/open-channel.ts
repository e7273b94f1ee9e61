import type { NativeClient } from "./native-client.ts";
import { until } from "./until.ts";

/** Sends until the first comes through: a channel may open a little after the join. */
export async function openChannel(from: NativeClient, to: NativeClient): Promise<void> {
  let isOpen = false;
  const opened = to
    .event("dataReceived", (_, sender, __, topic) => {
      return topic === "open?" && sender?.identity === from.room.localParticipant?.identity;
    })
    .then(() => {
      isOpen = true;
    });
  await until(
    async () => {
      const options = { reliable: true, topic: "open?" };
      if (!isOpen) await from.room.localParticipant!.publishData(new Uint8Array(1), options);
      return isOpen;
    },
    { what: "an open data channel" },
  );
  await opened;
}
