import { expect, test } from "bun:test";
import { RTCDataChannel, RTCDataChannelParameters, RTCSctpTransport } from "werift";
import { seededRandom } from "../../../test/support/sctp-link.ts";
import { type DataChannelEvent, DataChannels } from "./data-channels.ts";

/** Only a failure takes so long. */
const GIVE_UP_MS = 10_000;

/** werift's SCTP with its DTLS replaced by two arrays of packets; its timers are real ones. */
function createPeers(weriftRole: "controlling" | "controlled") {
  const toOurs: Uint8Array[] = [];
  const dtls = {
    id: "test",
    iceTransport: { role: weriftRole },
    onStateChange: { subscribe: () => ({ unSubscribe: () => {} }) },
    dataReceiver: (_bytes: Buffer) => {},
    sendData: async (bytes: Buffer) => {
      toOurs.push(new Uint8Array(bytes));
    },
  };
  const theirs = new RTCSctpTransport(5000);
  // Only what the SCTP transport uses of DTLS is there.
  theirs.setDtlsTransport(dtls as unknown as Parameters<typeof theirs.setDtlsTransport>[0]);
  const ours = new DataChannels({
    random: seededRandom(5),
    // werift's controlling side opens odd ids.
    dtlsRole: weriftRole === "controlling" ? "client" : "server",
  });
  const ourEvents: DataChannelEvent[] = [];
  const out = new Uint8Array(ours.packetBytesMax);

  const exchange = (): void => {
    const nowMs = performance.now();
    for (const bytes of toOurs.splice(0)) ours.handlePacket(nowMs, bytes);
    ours.handleTimeout(nowMs);
    for (let event = ours.pollEvent(); event; event = ours.pollEvent()) ourEvents.push(event);
    for (let n = ours.pollTransmit(nowMs, out); n > 0; n = ours.pollTransmit(nowMs, out)) {
      dtls.dataReceiver(Buffer.from(out.slice(0, n)));
    }
  };
  const until = async (isDone: () => boolean): Promise<void> => {
    const giveUpMs = performance.now() + GIVE_UP_MS;
    while (!isDone() && performance.now() < giveUpMs) {
      // First a turn for werift: it takes an answer only after its own send has resolved.
      await new Promise((resolve) => setImmediate(resolve));
      exchange();
    }
    expect(isDone()).toBe(true);
  };
  const stop = async (): Promise<void> => {
    ours.close();
    exchange();
    await theirs.stop();
  };
  return { ours, theirs, ourEvents, until, stop };
}

for (const role of ["controlling", "controlled"] as const) {
  test(`Channels of both sides carry text, bytes and 64 KB with werift ${role}`, async () => {
    const { ours, theirs, ourEvents, until, stop } = createPeers(role);
    const heard: (string | Buffer)[] = [];
    const labels: string[] = [];
    theirs.onDataChannel.subscribe((channel) => {
      labels.push(`${channel.label} ${channel.ordered} ${channel.maxRetransmits}`);
      channel.onMessage.subscribe((message) => heard.push(message));
      channel.send("answer");
    });
    const start = theirs.start(5000);
    ours.connect(performance.now());
    const id = ours.open({ label: "_reliable", ordered: true });
    const large = new Uint8Array(65_535).map((_, i) => i);
    ours.send(0, id, new TextEncoder().encode("hello"), true);
    ours.send(0, id, large, false);
    const theirChannel = new RTCDataChannel(
      theirs,
      new RTCDataChannelParameters({ label: "theirs", ordered: true, protocol: "" }),
    );
    theirChannel.send(Buffer.alloc(30_000, 7));
    const messages = () => ourEvents.filter((event) => event.kind === "message");
    await until(() => heard.length === 2 && messages().length === 2);
    await start;

    expect(labels).toEqual(["_reliable true null"]);
    expect(heard[0]).toBe("hello");
    expect(new Uint8Array(heard[1] as Buffer)).toEqual(large);
    expect(messages()).toContainEqual({
      kind: "message",
      channelId: id,
      bytes: new TextEncoder().encode("answer"),
      isText: true,
    });
    expect(messages()).toContainEqual({
      kind: "message",
      channelId: theirChannel.id,
      bytes: new Uint8Array(30_000).fill(7),
      isText: false,
    });
    expect(ourEvents).toContainEqual(expect.objectContaining({ kind: "open", label: "theirs" }));
    await stop();
  });

  test(`Closing a channel is understood by werift ${role}, and by us`, async () => {
    const { ours, theirs, ourEvents, until, stop } = createPeers(role);
    const channels: RTCDataChannel[] = [];
    theirs.onDataChannel.subscribe((channel) => channels.push(channel));
    const start = theirs.start(5000);
    ours.connect(performance.now());
    const ids = ["one", "two"].map((label) => ours.open({ label, ordered: true }));
    await until(() => channels.length === 2);
    await start;
    ours.closeChannel(ids[0]!);
    await until(() => channels[0]?.readyState === "closed");
    channels[1]?.close();
    await until(() => ourEvents.some((e) => e.kind === "closed" && e.channelId === ids[1]));
    await stop();
  });
}
