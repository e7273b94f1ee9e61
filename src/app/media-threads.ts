import { ServerError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { MediaCommand } from "../bridge/commands.ts";
import type { MediaEvent } from "../bridge/events.ts";
import type { MediaCandidate, MediaThread, MediaThreadOptions } from "../bridge/media-thread.ts";
import { createSignal, retireDescriptors } from "../io/thread-waiter.ts";
import { FrameCredit, withDroppedFrames } from "./frame-credit.ts";
import { MediaHost, type MediaHostFacts } from "./media-host.ts";
import type { WorkerInput, WorkerOutput } from "./media-worker-protocol.ts";
import { PostBatch } from "./post-batch.ts";
import type { TcpInput, TcpOutput } from "./relayed-tcp-port.ts";
import type { TcpEngine, TcpGateway } from "./tcp-gateway.ts";

/** Makes a worker; an expression in main.ts, where its path is right in the compiled binary too. */
export type SpawnWorker = () => Worker;

/** The engine in this thread: for small machines and tests. */
export async function startLocalThread(
  options: MediaThreadOptions,
  log: Log,
  tcp: TcpGateway | undefined,
): Promise<MediaThread> {
  const thread: { value: LocalThread | undefined } = { value: undefined };
  const host = await MediaHost.start(
    options,
    log,
    (event) => {
      // on a turn of its own, as from a worker: no command is ever answered before it returned
      queueMicrotask(() => deliver(thread.value, event, log));
    },
    (output) => tcp?.handleOutput(output, host),
  );
  thread.value = new LocalThread(options.index, host, tcp);
  return thread.value;
}

/** What the control side makes of an event is no reason to lose all rooms. */
function deliver(thread: MediaThread | undefined, event: MediaEvent, log: Log): void {
  try {
    thread?.onEvent(event);
  } catch (error) {
    log.error("Media event could not be handled", { event: event.kind, error });
  }
}

class LocalThread implements MediaThread {
  readonly index: number;
  readonly fingerprint: string;
  readonly candidates: readonly MediaCandidate[];
  readonly isLive: boolean = true;
  readonly doorbell: number = -1;
  onEvent: (event: MediaEvent) => void = () => {};
  readonly #host: MediaHost;
  readonly #tcp: TcpGateway | undefined;

  constructor(index: number, host: MediaHost, tcp: TcpGateway | undefined) {
    this.index = index;
    this.#host = host;
    this.#tcp = tcp;
    this.fingerprint = host.facts.fingerprint;
    this.candidates = candidatesOf(host.facts, tcp);
  }

  post(command: MediaCommand): void {
    this.#tcp?.note(command, this.#host);
    this.#host.handleCommand(command);
  }

  close(): Promise<void> {
    this.#host.close();
    return Promise.resolve();
  }
}

/** The engine on a worker of its own, as who watches over it sees it. */
export interface WorkerThread extends MediaThread {
  /** Messages that came of the worker so far: it speaks every two seconds, if it can. */
  readonly heardCount: number;
  /** Resolves when it has ended, or is about to, and what it had open is closed. */
  readonly ended: Promise<void>;
  /** Ends it, whatever it is at: its peers are lost. What native code is in the middle of ends first. */
  giveUp(): void;
}

/**
 * The engine on a worker of its own.
 *
 * @param onDied the worker broke after it had started: its peers are lost
 */
export function startWorkerThread(
  options: MediaThreadOptions,
  spawn: SpawnWorker,
  log: Log,
  tcp: TcpGateway | undefined,
  onDied: (reason: string) => void,
): Promise<WorkerThread> {
  const worker = spawn();
  let signal = (): void => {};
  const inputs = new PostBatch<WorkerInput>((batch) => {
    worker.postMessage(batch);
    if (thread?.isStopped !== true) signal();
  });
  const { promise, resolve, reject } = Promise.withResolvers<WorkerThread>();
  let thread: SpawnedThread | undefined;
  const refuse = (error: ServerError): void => {
    reject(error);
    // it would wait for more to do as long as the process lives
    if (thread === undefined) worker.terminate();
  };
  const broke = (reason: string): void => {
    refuse(new ServerError("internal", `Cannot start media worker ${options.index}: ${reason}`));
    if (thread === undefined || thread.isStopped) return;
    thread.giveUp(); // or its `close` would wait for an answer that cannot come
    onDied(reason);
  };
  worker.onerror = (event) => broke(event.message);
  worker.addEventListener("close", () => {
    broke("it ended");
    thread?.noteEnd();
  });
  const handle = (output: WorkerOutput): void => {
    switch (output.kind) {
      case "ready":
        if (output.facts.own !== undefined) signal = createSignal(output.facts.own.event);
        thread = new SpawnedThread(options.index, worker, inputs, output.facts, tcp);
        resolve(thread);
        break;
      case "failed":
        refuse(new ServerError("unavailable", output.message));
        break;
      case "event":
        deliver(thread, withDroppedFrames(output.event, thread?.droppedFrames ?? 0), log);
        break;
      case "log":
        log[output.level](output.message, { ...output.fields, worker: options.index });
        break;
      case "stopped":
        thread?.stopped();
        break;
      case "tcp-taken":
        thread?.tcpTaken(output.count);
        break;
      default:
        thread?.sendTcp(output);
        break;
    }
  };
  worker.onmessage = ({ data }: MessageEvent<readonly WorkerOutput[]>) => {
    if (thread?.isStopped === true) return; // given up: what it says now is about nobody
    if (thread !== undefined) thread.heardCount += 1;
    for (const output of data) handle(output);
  };
  inputs.add({ kind: "start", options });
  return promise;
}

class SpawnedThread implements WorkerThread, TcpEngine {
  readonly index: number;
  readonly fingerprint: string;
  readonly candidates: readonly MediaCandidate[];
  readonly doorbell: number;
  onEvent: (event: MediaEvent) => void = () => {};
  readonly #inputs: PostBatch<WorkerInput>;
  readonly #tcp: TcpGateway | undefined;
  readonly #credit: FrameCredit = new FrameCredit();
  readonly #stop: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  readonly #worker: Worker;
  readonly #own: MediaHostFacts["own"];
  readonly #end: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  #isGivenUp = false;
  /** Nothing can be asked of it any more. */
  isStopped = false;
  heardCount = 0;

  constructor(
    index: number,
    worker: Worker,
    inputs: PostBatch<WorkerInput>,
    facts: MediaHostFacts,
    tcp: TcpGateway | undefined,
  ) {
    this.index = index;
    this.#worker = worker;
    this.#own = facts.own;
    this.#inputs = inputs;
    this.#tcp = tcp;
    this.fingerprint = facts.fingerprint;
    this.candidates = candidatesOf(facts, tcp);
    this.doorbell = facts.own?.event ?? -1;
  }

  get isLive(): boolean {
    return !this.isStopped;
  }

  /** TCP frames for the worker that found no room on the way to it. */
  get droppedFrames(): number {
    return this.#credit.dropped;
  }

  receiveTcp(input: TcpInput): void {
    if (!this.isStopped && this.#credit.send()) this.#inputs.add(input);
  }

  tcpTaken(count: number): void {
    this.#credit.giveBack(count);
  }

  sendTcp(output: TcpOutput): void {
    if (output.kind === "tcp-send") {
      const count = this.#credit.take();
      if (count > 0) this.#inputs.add({ kind: "tcp-taken", count });
    }
    this.#tcp?.handleOutput(output, this);
  }

  post(command: MediaCommand): void {
    this.#tcp?.note(command, this);
    if (!this.isStopped) this.#inputs.add({ kind: "command", command });
  }

  giveUp(): void {
    if (this.isStopped) return;
    this.#isGivenUp = true;
    this.stopped();
    // its connections lead nowhere any more: who has them is to see that at once
    this.#tcp?.drop(this);
    this.#worker.terminate();
  }

  get ended(): Promise<void> {
    return this.#end.promise;
  }

  /** It has ended, or is about to with the next thing that it does. */
  noteEnd(): void {
    // one that was told to stop has closed its sockets, and their numbers may be others' by now
    if (this.#isGivenUp && this.#own !== undefined) {
      retireDescriptors(this.#own.event, this.#own.sockets);
    }
    this.#end.resolve();
  }

  stopped(): void {
    this.isStopped = true;
    this.#stop.resolve();
  }

  /** Its sockets are closed when this resolves; the worker itself ends with the process. */
  close(): Promise<void> {
    if (!this.isStopped) this.#inputs.add({ kind: "stop" });
    return this.#stop.promise;
  }
}

/** Several sockets may be announced under one address, where a NAT chooses among them: said once. */
function candidatesOf(facts: MediaHostFacts, tcp: TcpGateway | undefined): MediaCandidate[] {
  const all = [...facts.candidates, ...(tcp?.candidates ?? [])];
  return all.filter(
    ({ protocol, address, port }, index) =>
      index ===
      all.findIndex(
        (other) => other.protocol === protocol && other.address === address && other.port === port,
      ),
  );
}
