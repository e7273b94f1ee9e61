import { afterEach, expect, test } from "bun:test";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { until } from "../../test/support/until.ts";
import { DROP_REASON_COUNT, DropReason } from "../base/drop-reason.ts";
import { SILENT_LOG } from "../base/log.ts";
import type { MediaCounters, MediaEvent } from "../bridge/events.ts";
import type { MediaThread, MediaThreadOptions } from "../bridge/media-thread.ts";
import { IceChecker } from "../loadtest/ice-checker.ts";
import { FRAMES_WAITING_MAX } from "./frame-credit.ts";
import { startLocalThread, startWorkerThread } from "./media-threads.ts";
import type { WorkerInput, WorkerOutput } from "./media-worker-protocol.ts";
import type { TcpEngine, TcpGateway } from "./tcp-gateway.ts";

const threads: MediaThread[] = [];
afterEach(async () => {
  for (const thread of threads.splice(0)) await thread.close();
});

const optionsOn = (port: number): MediaThreadOptions => ({
  index: 0,
  listens: [{ address: "127.0.0.1", port, announce: ["127.0.0.1"] }],
  warnOfSmallBuffer: false,
  videoPacketsMax: 500,
  audioPacketsMax: 200,
  pliThrottleMs: [500, 1_000, 1_000],
  audio: { activeLevel: 35, minPercentile: 40, updateIntervalMs: 400, smoothIntervals: 2 },
  isAudioLossProxied: false,
});

test("the engine in this thread answers checks on its port, and gives the port back", async () => {
  const thread = await startLocalThread(optionsOn(0), SILENT_LOG, undefined);
  threads.push(thread);
  const { port } = thread.candidates[0]!;
  expect(thread.candidates).toEqual([{ protocol: "udp", address: "127.0.0.1", port }]);
  expect(thread.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  const events: MediaEvent[] = [];
  thread.onEvent = (event) => events.push(event);
  thread.post({ kind: "create-peer", peerId: 5, localUfrag: "local", localPwd: "server-password" });
  const ice = new IceChecker();
  const { ufrag, pwd } = ice;
  thread.post({ kind: "set-remote", peerId: 5, ufrag, pwd, fingerprint: "" });
  ice.addCandidate(`1 1 udp 1 127.0.0.1 ${port} typ host`);
  ice.setRemote("local", "server-password", true);
  const socket = await Bun.udpSocket({
    hostname: "127.0.0.1",
    socket: {
      data: (_socket, bytes, fromPort, address) =>
        ice.handleMessage(bytes, { address, port: fromPort }, () => {}),
    },
  });
  let nowMs = 0;
  await until(
    () => {
      nowMs += 50;
      ice.handleTimeout(nowMs, (bytes, to) => socket.send(bytes, to.port, to.address));
      return ice.selected !== undefined && events.length > 0;
    },
    { what: "the answer to a check" },
  );
  socket.close();
  expect(events).toEqual([{ kind: "peer-ice-connected", peerId: 5, protocol: "udp" }]);
  await expect(startLocalThread(optionsOn(port), SILENT_LOG, undefined)).rejects.toThrow(
    String(port),
  );
  await threads.pop()!.close();
  threads.push(await startLocalThread(optionsOn(port), SILENT_LOG, undefined));
});

/** A worker of which the test is the other side. */
class FakeWorker extends EventTarget {
  readonly inputs: WorkerInput[] = [];
  onerror: (event: { message: string }) => void = () => {};
  onmessage: (message: { data: readonly WorkerOutput[] }) => void = () => {};

  postMessage(inputs: readonly WorkerInput[]): void {
    this.inputs.push(...inputs);
  }

  isTerminated = false;

  terminate(): void {
    this.isTerminated = true;
  }

  say(output: WorkerOutput): void {
    this.onmessage({ data: [output] });
  }

  ready(): void {
    this.say({ kind: "ready", facts: { fingerprint: "AA", candidates: [] } });
  }

  /** As far as the thread uses it. */
  asWorker(): Worker {
    return this as unknown as Worker;
  }

  /** Of what was said to it so far. */
  async inputsOf(kind: WorkerInput["kind"]): Promise<WorkerInput[]> {
    await Promise.resolve(); // it leaves at the end of a piece of work
    return this.inputs.filter((input) => input.kind === kind);
  }
}

function startFake(tcp?: TcpGateway) {
  const worker = new FakeWorker();
  const log = new RecordingLog();
  const died: string[] = [];
  const started = startWorkerThread(
    optionsOn(0),
    () => worker.asWorker(),
    log,
    tcp,
    (reason) => died.push(reason),
  );
  return { worker, log, died, started };
}

test("a worker that cannot start says why", async () => {
  const refused = startFake();
  refused.worker.say({ kind: "failed", message: "Cannot listen on 127.0.0.1:1" });
  await expect(refused.started).rejects.toThrow("Cannot listen on 127.0.0.1:1");
  const broken = startFake();
  broken.worker.onerror({ message: "no such module" });
  await expect(broken.started).rejects.toThrow("Cannot start media worker 0: no such module");
  expect([refused.died, broken.died]).toEqual([[], []]);
  // or each further attempt would leave one behind
  expect([refused.worker.isTerminated, broken.worker.isTerminated]).toEqual([true, true]);
});

test("a worker that dies is reported once, and its thread can still be closed", async () => {
  for (const isError of [true, false]) {
    const { worker, died, started } = startFake();
    worker.ready();
    const thread = await started;
    if (isError) worker.onerror({ message: "out of memory" });
    worker.dispatchEvent(new Event("close"));
    expect(died).toEqual([isError ? "out of memory" : "it ended"]);
    await thread.close();
    expect(await worker.inputsOf("stop")).toEqual([]);
  }
});

test("a worker that is given up is ended, and what it says after that is about nobody", async () => {
  const dropped: unknown[] = [];
  const tcp = { candidates: [], note: () => {}, drop: (engine: unknown) => dropped.push(engine) };
  const { worker, died, started } = startFake(tcp as unknown as TcpGateway);
  worker.ready();
  const thread = await started;
  const events: MediaEvent[] = [];
  thread.onEvent = (event) => events.push(event);
  worker.say({ kind: "event", event: { kind: "peer-connected", peerId: 3 } });
  expect([events.length, thread.heardCount, thread.isLive]).toEqual([1, 1, true]);
  thread.giveUp();
  worker.say({ kind: "event", event: { kind: "peer-connected", peerId: 4 } });
  thread.post({ kind: "close-peer", peerId: 3 });
  worker.dispatchEvent(new Event("close"));
  expect([events.length, thread.heardCount, thread.isLive]).toEqual([1, 1, false]);
  expect([worker.isTerminated, dropped, died]).toEqual([true, [thread], []]);
  expect(await worker.inputsOf("command")).toEqual([]);
});

test("closing waits until the worker has closed its sockets", async () => {
  const { worker, died, started } = startFake();
  worker.ready();
  const closed = (await started).close();
  expect((await worker.inputsOf("stop")).length).toBe(1);
  expect(Bun.peek.status(closed)).toBe("pending");
  worker.say({ kind: "stopped" });
  await closed;
  worker.dispatchEvent(new Event("close"));
  expect(died).toEqual([]);
});

test("an event that the control side fails on is logged, and the next one comes", async () => {
  const { worker, log, started } = startFake();
  worker.ready();
  const thread = await started;
  const seen: number[] = [];
  thread.onEvent = (event) => {
    if (event.kind !== "peer-connected") throw new Error("broken");
    seen.push(event.peerId);
  };
  worker.say({ kind: "event", event: { kind: "audio-levels", levels: [] } });
  worker.say({ kind: "event", event: { kind: "peer-connected", peerId: 3 } });
  expect(seen).toEqual([3]);
  expect(log.lines).toMatchObject([{ level: "error", fields: { event: "audio-levels" } }]);
  worker.say({ kind: "log", level: "warn", message: "hm", fields: { a: 1 } });
  expect(log.lines.at(-1)).toEqual({ level: "warn", message: "hm", fields: { a: 1, worker: 0 } });
});

test("TCP frames wait for a worker up to a bound, and those that it sends are acknowledged", async () => {
  let engine: TcpEngine | undefined;
  let sent = 0;
  const tcp = {
    candidates: [],
    note: (_command: unknown, from: TcpEngine) => {
      engine = from;
    },
    handleOutput: () => {
      sent += 1;
    },
  };
  const { worker, started } = startFake(tcp as unknown as TcpGateway);
  worker.ready();
  (await started).post({ kind: "close-peer", peerId: 1 });
  const bytes = new Uint8Array(1);
  const frame = { kind: "tcp-receive", path: 1, address: "127.0.0.1", port: 1, bytes } as const;
  for (let i = 0; i < FRAMES_WAITING_MAX + 50; i++) engine!.receiveTcp(frame);
  expect((await worker.inputsOf("tcp-receive")).length).toBe(FRAMES_WAITING_MAX);
  worker.say({ kind: "tcp-taken", count: 64 });
  for (let i = 0; i < 100; i++) engine!.receiveTcp(frame);
  expect((await worker.inputsOf("tcp-receive")).length).toBe(FRAMES_WAITING_MAX + 64);
  for (let i = 0; i < 128; i++) worker.say({ kind: "tcp-send", path: 1, bytes });
  expect(sent).toBe(128);
  expect(await worker.inputsOf("tcp-taken")).toEqual([
    { kind: "tcp-taken", count: 64 },
    { kind: "tcp-taken", count: 64 },
  ]);
});

test("frames that a worker had no room for count among what its engine dropped", async () => {
  let engine: TcpEngine | undefined;
  const tcp = {
    candidates: [],
    note: (_command: unknown, from: TcpEngine) => {
      engine = from;
    },
  };
  const { worker, started } = startFake(tcp as unknown as TcpGateway);
  worker.ready();
  const thread = await started;
  const sums: number[] = [];
  thread.onEvent = (event) => {
    if (event.kind === "statistics-report") sums.push(event.counters.dropped[DropReason.Full] ?? 0);
  };
  const dropped = new Array<number>(DROP_REASON_COUNT).fill(1);
  const counters = { dropped } as Partial<MediaCounters> as MediaCounters;
  worker.say({ kind: "event", event: { kind: "statistics-report", counters } });
  thread.post({ kind: "close-peer", peerId: 1 });
  const bytes = new Uint8Array(1);
  const frame = { kind: "tcp-receive", path: 1, address: "127.0.0.1", port: 1, bytes } as const;
  for (let i = 0; i < FRAMES_WAITING_MAX + 50; i++) engine!.receiveTcp(frame);
  worker.say({ kind: "event", event: { kind: "statistics-report", counters } });
  expect(sums).toEqual([1, 51]);
});
