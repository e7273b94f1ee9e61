import { expect, test } from "bun:test";
import { FakeScheduler } from "../../test/support/fake-scheduler.ts";
import { RecordingLog } from "../../test/support/recording-log.ts";
import type { MediaCommand } from "../bridge/commands.ts";
import type { MediaEvent } from "../bridge/events.ts";
import type { WorkerThread } from "./media-threads.ts";
import { RESTARTS_MAX, RestartBudget } from "./restart-budget.ts";
import { SILENT_LOOKS_MAX, START_LOOKS_MAX, SupervisedThread } from "./supervised-thread.ts";

const CLOSE_PEER: MediaCommand = { kind: "close-peer", peerId: 7 };

class FakeWorkerThread implements WorkerThread {
  readonly index = 3;
  readonly candidates = [];
  readonly doorbell = -1;
  readonly commands: MediaCommand[] = [];
  readonly stopped: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  readonly #end: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  readonly ended: Promise<void> = this.#end.promise;
  isLive = true;
  heardCount = 0;
  onEvent: (event: MediaEvent) => void = () => {};
  readonly fingerprint: string;
  readonly #onDied: (reason: string) => void;

  constructor(fingerprint: string, onDied: (reason: string) => void) {
    this.fingerprint = fingerprint;
    this.#onDied = onDied;
  }

  post(command: MediaCommand): void {
    this.commands.push(command);
  }

  giveUp(): void {
    this.isLive = false;
  }

  close(): Promise<void> {
    return this.stopped.promise;
  }

  die(reason: string): void {
    this.isLive = false;
    this.#onDied(reason);
    this.end();
  }

  end(): void {
    this.#end.resolve();
  }
}

/** Workers start when the test says so; the first one has. */
class Rig {
  readonly scheduler = new FakeScheduler();
  readonly log = new RecordingLog();
  readonly budget = new RestartBudget();
  readonly workers: FakeWorkerThread[] = [];
  readonly starts: PromiseWithResolvers<WorkerThread>[] = [];
  readonly events: MediaEvent["kind"][] = [];
  readonly dead: string[] = [];
  hasOther = true;
  thread!: SupervisedThread;

  static async start(): Promise<Rig> {
    const rig = new Rig();
    const starting = SupervisedThread.start({
      index: 3,
      scheduler: rig.scheduler,
      log: rig.log,
      budget: rig.budget,
      start: (onDied) => {
        rig.workers.push(new FakeWorkerThread(`F${rig.workers.length}`, onDied));
        rig.starts.push(Promise.withResolvers<WorkerThread>());
        return rig.starts.at(-1)!.promise;
      },
      hasOther: () => rig.hasOther,
      onDead: (reason) => rig.dead.push(reason),
    });
    await rig.ready();
    rig.thread = await starting;
    rig.thread.onEvent = ({ kind }) => rig.events.push(kind);
    return rig;
  }

  get worker(): FakeWorkerThread {
    return this.workers.at(-1)!;
  }

  async ready(): Promise<void> {
    this.starts.at(-1)!.resolve(this.worker);
    await this.settle();
  }

  async refuse(message: string): Promise<void> {
    this.starts.at(-1)!.reject(new Error(message));
    await this.settle();
  }

  /** Callbacks of promises have run. */
  async settle(): Promise<void> {
    for (let i = 0; i < 5; i++) await Promise.resolve();
  }

  async lose(reason: string): Promise<void> {
    this.worker.die(reason);
    await this.settle();
  }

  /** A worker that works speaks now and then. */
  live(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      if (i % 2 === 0) this.worker.heardCount += 1;
      this.scheduler.advance(1_000);
    }
  }
}

test("a lost worker is told of at once, and another one takes its place", async () => {
  const rig = await Rig.start();
  rig.live(60);
  expect([rig.thread.state, rig.thread.fingerprint]).toEqual(["live", "F0"]);
  const first = rig.worker;
  await rig.lose("out of memory");
  expect(rig.events).toEqual(["thread-lost"]);
  expect([rig.thread.isLive, rig.thread.state]).toEqual([false, "starting"]);
  expect(first.isLive).toBe(false);
  rig.thread.post(CLOSE_PEER); // of a peer that was lost with it
  await rig.ready();
  expect([rig.thread.state, rig.thread.fingerprint]).toEqual(["live", "F1"]);
  rig.thread.post(CLOSE_PEER);
  expect([first.commands.length, rig.worker.commands.length]).toEqual([1, 1]);
  first.onEvent({ kind: "audio-levels", levels: [] });
  rig.worker.onEvent({ kind: "audio-levels", levels: [] });
  expect(rig.events).toEqual(["thread-lost", "audio-levels"]);
  expect(rig.log.lines.map(({ level, message }) => [level, message])).toEqual([
    ["error", "Media worker lost: its participants are told to reconnect"],
    ["info", "Media worker restarted"],
  ]);
  rig.live(60);
  expect(rig.thread.state).toBe("live");
});

test("where nobody else could take them, they are told once there is somebody", async () => {
  const rig = await Rig.start();
  rig.hasOther = false;
  await rig.lose("out of memory");
  expect(rig.events).toEqual([]);
  await rig.ready();
  expect(rig.events).toEqual(["thread-lost"]);
});

test("a worker that says nothing for a while is given up", async () => {
  const rig = await Rig.start();
  rig.live(10);
  rig.scheduler.advance((SILENT_LOOKS_MAX - 2) * 1_000);
  rig.live(2);
  expect(rig.thread.state).toBe("live");
  const hung = rig.worker;
  rig.scheduler.advance(SILENT_LOOKS_MAX * 1_000);
  expect([rig.thread.state, hung.isLive]).toEqual(["starting", false]);
  expect(rig.events).toEqual(["thread-lost"]);
  expect(rig.workers.length).toBe(1);
  hung.die("it ended"); // as its `close` event says later
  await rig.settle();
  await rig.ready();
  expect(rig.thread.state).toBe("live");
  expect(rig.workers.length).toBe(2);
});

test("a worker that does not end, whatever is done to it, is not waited for", async () => {
  const rig = await Rig.start();
  rig.scheduler.advance(SILENT_LOOKS_MAX * 1_000);
  await rig.settle();
  expect([rig.thread.state, rig.workers.length]).toEqual(["starting", 1]);
  rig.scheduler.advance(5_000);
  await rig.ready();
  expect([rig.thread.state, rig.workers.length]).toEqual(["live", 2]);
});

test("the port of a worker that takes its time to end is tried for again, and not for ever", async () => {
  const rig = await Rig.start();
  await rig.lose("hm");
  await rig.refuse("the port is taken");
  rig.scheduler.advance(250);
  await rig.ready();
  expect([rig.thread.state, rig.workers.length]).toEqual(["live", 3]);
  await rig.lose("hm");
  while (rig.dead.length === 0) {
    await rig.refuse("the port is taken");
    rig.scheduler.advance(250);
  }
  expect(rig.dead).toEqual(["the port is taken"]);
  expect([rig.thread.state, rig.thread.isLive, rig.workers.length]).toEqual(["dead", false, 23]);
});

test("a new worker that breaks at once, or never starts, is one that did not start", async () => {
  const rig = await Rig.start();
  await rig.lose("hm");
  rig.worker.die("again");
  await rig.ready();
  expect(rig.thread.state).toBe("starting");
  rig.scheduler.advance(250);
  expect(rig.workers.length).toBe(3);
  rig.scheduler.advance(START_LOOKS_MAX * 1_000);
  expect(rig.dead).toEqual(["another worker did not start in time"]);
  await rig.ready();
  expect([rig.thread.state, rig.worker.isLive]).toEqual(["dead", false]);
});

test("a hung worker that ends late takes no attempt of the next one away", async () => {
  const rig = await Rig.start();
  const hung = rig.worker;
  rig.scheduler.advance((SILENT_LOOKS_MAX + 6) * 1_000);
  expect([rig.thread.state, rig.workers.length]).toEqual(["starting", 2]);
  await rig.refuse("the port is taken");
  hung.end();
  await rig.settle();
  rig.scheduler.advance(1_000);
  expect(rig.workers.length).toBe(3);
  await rig.ready();
  expect(rig.thread.state).toBe("live");
});

test("a machine that stands still is no reason to give a worker up, whether it runs or starts", async () => {
  const rig = await Rig.start();
  for (let i = 0; i < 3; i++) rig.scheduler.stall(60_000);
  expect(rig.thread.state).toBe("live");
  await rig.lose("hm");
  rig.scheduler.stall(60_000);
  expect([rig.thread.state, rig.dead]).toEqual(["starting", []]);
  await rig.ready();
  expect(rig.thread.state).toBe("live");
});

test("what breaks every worker is not given more of them", async () => {
  const rig = await Rig.start();
  rig.hasOther = false;
  for (let i = 0; i < RESTARTS_MAX; i++) {
    await rig.lose("poison");
    await rig.ready();
  }
  expect(rig.thread.state).toBe("live");
  rig.worker.die("poison");
  expect([rig.thread.state, rig.workers.length]).toEqual(["dead", 1 + RESTARTS_MAX]);
  expect(rig.events.length).toBe(RESTARTS_MAX + 1);
  expect(rig.dead).toEqual([`media workers were lost ${RESTARTS_MAX} times`]);
});

test("restarts long ago do not count", () => {
  const budget = new RestartBudget();
  for (let i = 0; i < 4 * RESTARTS_MAX; i++) expect(budget.take(i * 130_000)).toBe(true);
  for (let i = 0; i < RESTARTS_MAX; i++) budget.take(3e6);
  expect(budget.take(3e6)).toBe(false);
});

test("closing waits for the worker, but not for one that does not answer", async () => {
  for (const answers of [true, false]) {
    const rig = await Rig.start();
    const closed = rig.thread.close();
    expect(Bun.peek.status(closed)).toBe("pending");
    if (answers) rig.worker.stopped.resolve();
    else rig.scheduler.advance(3_000);
    await closed;
    expect(rig.scheduler.pendingCount).toBe(0);
  }
});

test("closing while another worker starts leaves none behind", async () => {
  const rig = await Rig.start();
  await rig.lose("hm");
  await rig.thread.close();
  await rig.ready();
  expect([rig.thread.state, rig.worker.isLive, rig.scheduler.pendingCount]).toEqual([
    "closed",
    false,
    0,
  ]);
});
