import { expect, test } from "bun:test";
import fc from "fast-check";
import { createMessage, hashOf } from "../../../test/support/channel-messages.ts";
import { type LinkOptions, SctpLink, seededRandom } from "../../../test/support/sctp-link.ts";
import { type DataChannelSettings, DataChannels } from "./data-channels.ts";

/** As the clients of the server make them: both sides know the first two, the others are opened. */
const NEGOTIATED: readonly DataChannelSettings[] = [
  { label: "_reliable", ordered: true },
  { label: "_lossy", ordered: false, maxRetransmits: 0 },
];
const OPENED: readonly DataChannelSettings[] = [
  { label: "file", ordered: true },
  { label: "any order", ordered: false },
  { label: "three times", ordered: true, maxRetransmits: 2 },
  { label: "brief", ordered: false, maxLifetimeMs: 150 },
];
const LABELS = [...NEGOTIATED, ...OPENED].map(({ label }) => label);

const BAD_LINK: fc.Arbitrary<LinkOptions> = fc.record({
  seed: fc.integer(),
  delayMs: fc.integer({ min: 1, max: 60 }),
  jitterMs: fc.constantFrom(0, 1, 20, 60),
  loss: fc.double({ min: 0, max: 0.2, noNaN: true }),
  duplication: fc.double({ min: 0, max: 0.2, noNaN: true }),
});

const MESSAGES = fc.array(
  fc.record({
    isFromServer: fc.boolean(),
    label: fc.constantFrom(...LABELS),
    size: fc.oneof(
      fc.constantFrom(0, 1, 1143, 1144, 1175, 1176, 1190, 1191, 1200, 65_535),
      fc.integer({ min: 0, max: 3000 }),
    ),
    afterMs: fc.oneof(fc.constant(0), fc.nat(100)),
  }),
  { minLength: 1, maxLength: 60 },
);

class Side {
  readonly channels: DataChannels;
  readonly ids: Map<string, number> = new Map();
  readonly heard: Map<string, string[]> = new Map(LABELS.map((label) => [label, []]));
  readonly closed: string[] = [];

  constructor(dtlsRole: "server" | "client", interleaving: boolean) {
    const random = seededRandom(dtlsRole === "server" ? 1 : 2);
    this.channels = new DataChannels({ random, dtlsRole, interleaving, zeroChecksum: true });
    for (const [i, settings] of NEGOTIATED.entries()) {
      this.channels.openNegotiated(100 + i, settings);
      this.ids.set(settings.label, 100 + i);
    }
  }

  drain(): void {
    while (this.channels.mayHaveEvents) {
      const event = this.channels.pollEvent();
      if (event === undefined) break;
      if (event.kind === "open") this.ids.set(event.label, event.channelId);
      if (event.kind !== "message" && event.kind !== "closed") continue;
      const { channelId } = event;
      const label = [...this.ids].find(([, id]) => id === channelId)![0];
      if (event.kind === "closed") this.closed.push(label);
      else this.heard.get(label)!.push(`${event.bytes.length} ${hashOf(event.bytes)}`);
    }
  }
}

for (const interleaving of [true, false]) {
  test(`Over any bad link each channel keeps its promise both ways, interleaved: ${interleaving}`, () => {
    fc.assert(
      fc.property(MESSAGES, BAD_LINK, (messages, linkOptions) => {
        const server = new Side("server", interleaving);
        const client = new Side("client", interleaving);
        const link = new SctpLink(server.channels, client.channels, linkOptions);
        link.onStep = () => {
          server.drain();
          client.drain();
        };
        server.channels.connect(0);
        client.channels.connect(0);
        for (const [i, settings] of OPENED.entries()) {
          const side = i % 2 === 0 ? server : client;
          side.ids.set(settings.label, side.channels.open(settings));
        }
        const areOpen = () => server.ids.size + client.ids.size === 2 * LABELS.length;
        link.run(60_000, () => server.channels.isConnected && areOpen());
        expect(areOpen()).toBe(true);

        const sent = new Map([server, client].map((side) => [side, new Map<string, string[]>()]));
        for (const [index, { isFromServer, label, size, afterMs }] of messages.entries()) {
          if (afterMs > 0) link.run(link.nowMs + afterMs);
          const side = isFromServer ? server : client;
          const bytes = createMessage(index, size);
          expect(side.channels.send(link.nowMs, side.ids.get(label)!, bytes, false)).toBe("sent");
          const list = sent.get(side)!.get(label) ?? [];
          list.push(`${size} ${hashOf(bytes)}`);
          sent.get(side)!.set(label, list);
        }
        // Closing comes after all that was sent.
        for (const label of ["file", "any order"]) {
          server.channels.closeChannel(server.ids.get(label)!);
          client.channels.closeChannel(client.ids.get(label)!);
        }
        const isOver = () => server.closed.length === 2 && client.closed.length === 2;
        const buffered = () =>
          server.channels.totalBufferedBytes + client.channels.totalBufferedBytes;
        link.run(link.nowMs + 120_000, () => isOver() && buffered() === 0);
        link.run(link.nowMs + 1000);
        expect(server.closed.sort()).toEqual(["any order", "file"]);
        expect(client.closed.sort()).toEqual(["any order", "file"]);

        for (const [from, to] of [
          [server, client],
          [client, server],
        ] as const) {
          for (const label of LABELS) {
            judge(label, sent.get(from)!.get(label) ?? [], to.heard.get(label)!);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
}

function judge(label: string, sent: readonly string[], heard: readonly string[]): void {
  if (label === "_reliable" || label === "file") {
    expect(heard).toEqual(sent);
  } else if (label === "any order") {
    expect([...heard].sort()).toEqual([...sent].sort());
  } else {
    // Some of them, each once; where order was asked for, in order.
    const left = [...sent];
    for (const one of heard) {
      const at = left.indexOf(one);
      expect(at).toBeGreaterThanOrEqual(0);
      if (label === "three times") left.splice(0, at + 1);
      else left.splice(at, 1);
    }
  }
}
