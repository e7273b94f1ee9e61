import { afterEach, expect, test } from "bun:test";
import type { Socket } from "bun";
import { until } from "../../test/support/until.ts";
import { SILENT_LOG } from "../base/log.ts";
import { FrameReader } from "../io/ice-tcp-framing.ts";
import type { TcpInput } from "./relayed-tcp-port.ts";
import { TcpGateway } from "./tcp-gateway.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function createGateway(): TcpGateway {
  const gateway = new TcpGateway(
    [{ listen: "127.0.0.1", announce: ["192.0.2.1", "192.0.2.2"] }],
    0,
    SILENT_LOG,
  );
  closers.push(() => gateway.close());
  return gateway;
}

class FakeEngine {
  readonly inputs: TcpInput[] = [];

  receiveTcp(input: TcpInput): void {
    this.inputs.push(input);
  }
}

/** A Binding request that names `ufrag`, of four letters (RFC 8489 §5, §14.3). */
function binding(ufrag: string): Uint8Array {
  const name = new TextEncoder().encode(`${ufrag}:cl`).toHex();
  return Uint8Array.fromHex(`0001000c2112a442${"07".repeat(12)}00060007${name}00`);
}

class Client {
  readonly frames: string[] = [];
  isClosed = false;
  readonly #reader = new FrameReader();
  #socket!: Socket;

  static async connect(gateway: TcpGateway): Promise<Client> {
    const client = new Client();
    client.#socket = await Bun.connect({
      hostname: "127.0.0.1",
      port: gateway.candidates[0]!.port,
      socket: {
        data: (_socket, chunk) => client.#reader.push(chunk, client),
        close: () => {
          client.isClosed = true;
        },
      },
    });
    closers.push(() => client.#socket.terminate());
    return client;
  }

  onFrame(bytes: Uint8Array): boolean {
    this.frames.push(bytes.toHex());
    return true;
  }

  onSkip(): void {}

  send(...frames: Uint8Array[]): void {
    const bytes = frames.flatMap((frame) => [frame.length >> 8, frame.length & 0xff, ...frame]);
    this.#socket.write(Uint8Array.from(bytes));
  }
}

const inputsOf = (engine: FakeEngine, count: number) =>
  until(() => engine.inputs.length >= count && engine.inputs, { what: `${count} frames` });

test("TcpGateway announces its port under every address", () => {
  const { candidates } = createGateway();
  const port = candidates[0]!.port;
  expect(port).toBeGreaterThan(0);
  expect(candidates).toEqual([
    { protocol: "tcp", address: "192.0.2.1", port },
    { protocol: "tcp", address: "192.0.2.2", port },
  ]);
});

test("TcpGateway brings a connection to the engine of the fragment it names, and answers back", async () => {
  const gateway = createGateway();
  const [engine, other] = [new FakeEngine(), new FakeEngine()];
  gateway.note({ kind: "create-peer", peerId: 1, localUfrag: "one1", localPwd: "" }, engine);
  gateway.note({ kind: "create-peer", peerId: 2, localUfrag: "two2", localPwd: "" }, other);
  const client = await Client.connect(gateway);
  client.send(binding("two2"));
  const [input] = await inputsOf(other, 1);
  expect(input).toMatchObject({
    kind: "tcp-receive",
    address: "127.0.0.1",
    bytes: binding("two2"),
  });
  const { path } = input!;
  gateway.handleOutput({ kind: "tcp-hold", path }, other);
  gateway.handleOutput({ kind: "tcp-send", path, bytes: Uint8Array.of(1, 1, 5) }, other);
  await until(() => client.frames.length === 1, { what: "the answer" });
  expect(client.frames).toEqual(["010105"]);
  client.send(Uint8Array.of(22, 1, 2));
  expect((await inputsOf(other, 2))[1]!.bytes).toEqual(Uint8Array.of(22, 1, 2));
  expect(engine.inputs).toEqual([]);
  gateway.handleOutput({ kind: "tcp-release", path }, other);
  await until(() => client.isClosed, { what: "the end of the connection" });
});

test("TcpGateway hands on nothing that names nobody, nor media of a path that no peer holds", async () => {
  const gateway = createGateway();
  const engine = new FakeEngine();
  gateway.note({ kind: "create-peer", peerId: 1, localUfrag: "one1", localPwd: "" }, engine);
  const client = await Client.connect(gateway);
  // the last frame is the only one that is the peer's: all came in order
  client.send(binding("none"), Uint8Array.of(22, 1, 2), Uint8Array.of(128, 96), binding("one1"));
  const inputs = await inputsOf(engine, 1);
  expect(inputs.map(({ bytes }) => bytes)).toEqual([binding("one1")]);
});

test("TcpGateway follows ICE restarts, and forgets fragments with their peer", async () => {
  const gateway = createGateway();
  const engine = new FakeEngine();
  gateway.note({ kind: "create-peer", peerId: 1, localUfrag: "one1", localPwd: "" }, engine);
  for (let i = 0; i < 20; i++) {
    const localUfrag = `r${String(i).padStart(3, "0")}`;
    gateway.note({ kind: "restart-ice", peerId: 1, localUfrag, localPwd: "" }, engine);
  }
  gateway.note({ kind: "restart-ice", peerId: 9, localUfrag: "lost", localPwd: "" }, engine);
  const client = await Client.connect(gateway);
  client.send(binding("one1"), binding("lost"), binding("r019"), binding("r012"));
  expect((await inputsOf(engine, 2)).map(({ bytes }) => bytes)).toEqual([
    binding("r019"),
    binding("r012"),
  ]);
  gateway.note({ kind: "close-peer", peerId: 1 }, engine);
  gateway.note({ kind: "create-peer", peerId: 2, localUfrag: "two2", localPwd: "" }, engine);
  client.send(binding("r019"), binding("two2"));
  expect((await inputsOf(engine, 3))[2]!.bytes).toEqual(binding("two2"));
});

test("TcpGateway closes the connections of an engine that is gone, and leaves those of others", async () => {
  const gateway = createGateway();
  const [lost, other] = [new FakeEngine(), new FakeEngine()];
  gateway.note({ kind: "create-peer", peerId: 1, localUfrag: "one1", localPwd: "" }, lost);
  gateway.note({ kind: "create-peer", peerId: 2, localUfrag: "two2", localPwd: "" }, other);
  const [first, second] = [await Client.connect(gateway), await Client.connect(gateway)];
  first.send(binding("one1"));
  second.send(binding("two2"));
  const { path } = (await inputsOf(lost, 1))[0]!;
  const { path: otherPath } = (await inputsOf(other, 1))[0]!;
  gateway.handleOutput({ kind: "tcp-hold", path }, lost);
  gateway.handleOutput({ kind: "tcp-hold", path }, lost); // two of its peers
  gateway.handleOutput({ kind: "tcp-hold", path: otherPath }, other);
  gateway.drop(lost);
  await until(() => first.isClosed, { what: "the end of the connection" });
  second.send(binding("one1"), Uint8Array.of(22, 1, 2));
  expect((await inputsOf(other, 2)).length).toBeGreaterThan(1);
  expect([second.isClosed, lost.inputs.length]).toEqual([false, 1]);
});

test("TcpGateway keeps a connection with its peer when the fragment of a restart is new to it", async () => {
  const gateway = createGateway();
  const engine = new FakeEngine();
  gateway.note({ kind: "create-peer", peerId: 1, localUfrag: "one1", localPwd: "" }, engine);
  const client = await Client.connect(gateway);
  client.send(binding("one1"));
  const { path } = (await inputsOf(engine, 1))[0]!;
  gateway.handleOutput({ kind: "tcp-hold", path }, engine);
  client.send(binding("gone"));
  expect((await inputsOf(engine, 2))[1]).toMatchObject({ path, bytes: binding("gone") });
});
