import type { Log } from "../base/log.ts";
import type { MediaCommand } from "../bridge/commands.ts";
import type { MediaEvent, SocketSums } from "../bridge/events.ts";
import type { MediaCandidate, MediaThreadOptions } from "../bridge/media-thread.ts";
import { createAesGcm } from "../crypto/aes-gcm.ts";
import { createCertificate } from "../crypto/certificate.ts";
import { hmacSha1 } from "../crypto/hmac-sha1.ts";
import { createKeyShare } from "../crypto/key-share.ts";
import { randomBytes } from "../crypto/random-bytes.ts";
import { randomUint32 } from "../crypto/random-uint32.ts";
import { answerDoorbell, ChannelDoorbell } from "../io/channel-doorbell.ts";
import { loadNativeAead } from "../io/native-aead.ts";
import { threadWorkedMs } from "../io/process-statistics.ts";
import { EventDoorbell, type ThreadWaiter } from "../io/thread-waiter.ts";
import { UdpCounter } from "../io/udp-counters.ts";
import { createUdpPort, type UdpPort } from "../io/udp-port.ts";
import type { LoadSource } from "../media/load-source.ts";
import { MediaNode } from "../media/media-node.ts";
import { HOLD_MS } from "../sfu/receiver/fan-out.ts";
import { createDtlsFactory } from "../transport/dtls/dtls-factory.ts";
import { ArrivalGathering } from "./arrival-gathering.ts";
import { RelayedTcpPort, type TcpInput, type TcpOutput } from "./relayed-tcp-port.ts";

/**
 * Time between two looks at what is due, at least: a wake-up costs more than what there is to do.
 * The finest timers of the engine are 20 ms.
 */
const TICK_MS_MIN = 5;
/** A batch that is longer is sent on in parts, or sound would wait for the end of a flood. */
const BATCH_MS_MAX = 3;

/** A thread that waits by itself looks at the rest of what it has to do at least so often. */
const WAIT_MS_MAX = 1000;
/** Turns in a row before the runtime has one. */
const TURNS_MAX = 32;

/** A thread of the engine's own: it waits by itself, and lets the runtime have a turn now and then. */
export type OwnThread = {
  readonly waiter: ThreadWaiter;
  /** A turn is over: what it made for other threads is to be handed over before the next wait. */
  onTurnEnd(): void;
};

/** What both threads know of a started engine. */
export type MediaHostFacts = {
  readonly fingerprint: string;
  readonly candidates: readonly MediaCandidate[];
  /** Of a thread that waits by itself: what to signal after each post to it, and what it has open. */
  readonly own?: { readonly event: number; readonly sockets: readonly number[] };
};

/**
 * Drives one engine by the runtime's sockets and timers. Output of one turn of the event loop
 * leaves together: a batch of received datagrams becomes a batch of sent ones.
 */
export class MediaHost {
  readonly facts: MediaHostFacts;
  readonly #node: MediaNode;
  readonly #ports: readonly UdpPort[];
  readonly #tcp: RelayedTcpPort;
  readonly #log: Log;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerMs = Number.POSITIVE_INFINITY;
  #tickMs = Number.NEGATIVE_INFINITY;
  readonly #own: OwnThread | undefined;
  readonly #gathering: ArrivalGathering = new ArrivalGathering();
  /** What arrives may wait for so long now, ms. */
  #gatherMs = 0;
  /** Posts that were signalled and that the runtime has not handed over; below zero: the reverse. */
  #inputsAwaited = 0;
  #isTurnWanted = false;
  #endDoorbell: (() => void) | undefined;
  /** Packets that came and have not been sent on, and when the first of them came. */
  #received = 0;
  #firstReceivedMs = 0;
  /** When the first datagram of the batch came; 0 between batches. */
  #batchStartMs = 0;
  #failures = 0;
  #isClosed = false;

  static async start(
    options: MediaThreadOptions,
    log: Log,
    emit: (event: MediaEvent) => void,
    outputTcp: (output: TcpOutput) => void,
    own?: OwnThread,
  ): Promise<MediaHost> {
    const aead = loadNativeAead() ?? { name: "node:crypto", create: createAesGcm };
    const dtls = createDtlsFactory({
      certificate: createCertificate(Date.now(), randomBytes),
      createAead: aead.create,
      createKeyShare,
      random: randomBytes,
    });
    const ports: UdpPort[] = [];
    const candidates: MediaCandidate[] = [];
    const host: { value: MediaHost | undefined } = { value: undefined };
    try {
      for (const [index, listen] of options.listens.entries()) {
        const port = await createUdpPort({
          address: listen.address,
          port: listen.port,
          log,
          warnOfSmallBuffer: options.warnOfSmallBuffer,
          handler: (bytes, path) => host.value?.receive(bytes, index, path),
          onReceiveEnd: () => host.value?.endTurn(),
          ...(own === undefined ? {} : { receiving: own.waiter.receiving }),
        });
        ports.push(port);
        for (const address of listen.announce) {
          candidates.push({ protocol: "udp", address, port: port.localPort });
        }
        log.info("Media port open", {
          address: listen.address,
          port: port.localPort,
          announce: listen.announce,
          backend: port.backend,
          aead: aead.name,
        });
      }
    } catch (error) {
      for (const port of ports) port.close();
      throw error;
    }
    const tcp = new RelayedTcpPort(outputTcp);
    const waits = own !== undefined && ports.every(({ waitFd }) => waitFd >= 0);
    const node = new MediaNode({
      thread: options,
      ports: [...ports, tcp],
      dtls,
      hmacSha1,
      createAead: aead.create,
      random: randomUint32,
      wallOffsetMs: Date.now() - performance.now(),
      nowMs: () => performance.now(),
      emit,
      loadSource: loadSourceOf(ports),
      log,
      socketSums: () => socketSumsOf(ports),
      createDoorbell: (thread, doorbell) => {
        if (!waits) host.value?.answerDoorbell(options.index);
        return doorbell >= 0 ? new EventDoorbell(doorbell) : new ChannelDoorbell(thread);
      },
    });
    const facts = {
      fingerprint: dtls.localFingerprint,
      candidates,
      ...(waits
        ? { own: { event: own.waiter.event, sockets: ports.map(({ waitFd }) => waitFd) } }
        : {}),
    };
    host.value = new MediaHost(node, ports, tcp, log, facts, waits ? own : undefined);
    return host.value;
  }

  constructor(
    node: MediaNode,
    ports: readonly UdpPort[],
    tcp: RelayedTcpPort,
    log: Log,
    facts: MediaHostFacts,
    own: OwnThread | undefined,
  ) {
    this.#node = node;
    this.#ports = ports;
    this.#tcp = tcp;
    this.#log = log;
    this.facts = facts;
    this.#own = own;
    this.#arm(Number.POSITIVE_INFINITY);
    if (own === undefined) return;
    for (const port of ports) own.waiter.watch(port.waitFd);
    setImmediate(this.#run);
  }

  /** Turns of a thread of its own. It ends for a moment when the runtime has something to run. */
  readonly #run = (): void => {
    const { waiter, onTurnEnd } = this.#own!;
    for (let turn = 0; turn < TURNS_MAX && !this.#isClosed; turn++) {
      const waitMs = this.#waitMs();
      const gatherMs = Math.min(waitMs, this.#gatherMs);
      if (gatherMs > 0) waiter.waitForSignal(gatherMs);
      waiter.wait(waitMs - gatherMs);
      const signals = waiter.takeSignals();
      if (waiter.wasRung) this.#isTurnWanted = true;
      const sentBefore = this.#sumOf(UdpCounter.Sent);
      const pathsBefore = this.#sumOf(UdpCounter.SentPaths);
      let received = 0;
      for (let i = 0; i < this.#ports.length; i++) {
        if (waiter.isReadable(i)) received += this.#ports[i]!.receiveWaiting();
      }
      if (this.#isTurnWanted || performance.now() >= this.#timerMs) this.#ownTick();
      else if (received > 0) this.endTurn();
      onTurnEnd();
      this.#gatherMs = this.#gathering.endTurn(
        performance.now(),
        received,
        this.#sumOf(UdpCounter.Sent) - sentBefore,
        this.#sumOf(UdpCounter.SentPaths) - pathsBefore,
        this.#isTurnWanted,
        this.#node.mediaPackets,
      );
      this.#inputsAwaited += signals;
      if (signals > 0 || this.#inputsAwaited > 0) break;
    }
    if (!this.#isClosed) setImmediate(this.#run);
  };

  #sumOf(counter: UdpCounter): number {
    let sum = 0;
    for (let i = 0; i < this.#ports.length; i++) sum += this.#ports[i]!.counters[counter]!;
    return sum;
  }

  #ownTick(): void {
    this.#isTurnWanted = false;
    this.#tick();
  }

  /** How long there is nothing to do but to wait, whole ms. */
  #waitMs(): number {
    if (this.#isTurnWanted || this.#inputsAwaited > 0) return 0;
    return Math.min(Math.max(0, Math.ceil(this.#timerMs - performance.now())), WAIT_MS_MAX);
  }

  /** Other media threads ring, where this one does not wait by itself. */
  answerDoorbell(thread: number): void {
    this.#endDoorbell ??= answerDoorbell(thread, () => this.requestTurn());
  }

  /** A post of another thread has arrived. */
  noteInput(): void {
    this.#inputsAwaited -= 1;
  }

  readonly #tick = (): void => {
    this.#timerMs = Number.POSITIVE_INFINITY;
    this.endTurn();
  };

  #handleDue(nowMs: number): void {
    if (nowMs < this.#node.pollTimeout()) return;
    this.#tickMs = nowMs;
    try {
      this.#node.handleTimeout(nowMs);
    } catch (error) {
      this.#noteFailure(error);
    }
  }

  /** @returns when to flush again at the latest, monotonic ms */
  #flushWhole(): number {
    try {
      return this.#node.flushWhole();
    } catch (error) {
      this.#noteFailure(error);
      return Number.POSITIVE_INFINITY;
    }
  }

  #noteForwarded(): void {
    if (this.#received === 0) return;
    this.#node.noteForwarded(performance.now() - this.#firstReceivedMs, this.#received);
    this.#received = 0;
  }

  /** @param latestMs a turn is to end by then, whatever the engine says; monotonic ms */
  #arm(latestMs: number): void {
    const dueMs = Math.max(this.#node.pollTimeout(), this.#tickMs + TICK_MS_MIN);
    const timerMs = Math.min(dueMs, latestMs);
    if (this.#own !== undefined) {
      this.#timerMs = timerMs; // it asks before it waits: what was put off does not wake it
      return;
    }
    if (timerMs >= this.#timerMs) return;
    this.#timerMs = timerMs;
    clearTimeout(this.#timer);
    const delayMs = Math.max(0, Math.ceil(timerMs - performance.now()));
    this.#timer = setTimeout(this.#tick, delayMs);
  }

  /** A bug that the engine could lay at no peer's door. It must not end all of them. */
  #noteFailure(error: unknown): void {
    this.#failures += 1;
    if (this.#failures > 1) return;
    this.#log.error("Media engine failed; later failures are only counted", { error });
  }

  /** One datagram. The port says when it has handed over the last of a batch, and the turn ends. */
  receive(bytes: Uint8Array, portIndex: number, path: number): void {
    const nowMs = performance.now();
    if (this.#received === 0) this.#firstReceivedMs = nowMs;
    this.#received += 1;
    this.#node.receive(nowMs, bytes, portIndex, path);
    if (this.#batchStartMs === 0) this.#batchStartMs = nowMs;
    else if (nowMs - this.#batchStartMs >= BATCH_MS_MAX) this.endTurn();
  }

  /** Does what is due, sends what need not wait, and sleeps until there is more. */
  endTurn(): void {
    this.#batchStartMs = 0;
    this.#handleDue(performance.now());
    const flushMs = this.#flushWhole();
    // what came first has left when all that waits came after it
    if (flushMs > this.#firstReceivedMs + HOLD_MS) this.#noteForwarded();
    if (this.#node.isBusy) this.requestTurn();
    this.#arm(flushMs);
  }

  /** One frame of an ICE/TCP connection. */
  receiveTcp(input: TcpInput): void {
    this.#tcp.noteReceived(input);
    try {
      this.#node.receive(performance.now(), input.bytes, this.#ports.length, input.path);
    } catch (error) {
      this.#noteFailure(error);
    }
    this.requestTurn();
  }

  handleCommand(command: MediaCommand): void {
    try {
      this.#node.handleCommand(performance.now(), command);
    } catch (error) {
      this.#noteFailure(error);
    }
    this.requestTurn();
  }

  /** At the end of this turn of the event loop, after whatever else it received. */
  requestTurn(): void {
    if (this.#isTurnWanted) return;
    this.#isTurnWanted = true;
    if (this.#own !== undefined) return;
    setImmediate(() => {
      this.#isTurnWanted = false;
      if (!this.#isClosed) this.endTurn();
    });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#endDoorbell?.();
    this.#node.flush();
    for (const port of this.#ports) port.close();
  }
}

function loadSourceOf(ports: readonly UdpPort[]): LoadSource {
  return {
    cpuMs: threadWorkedMs,
    queuedBytes: () => ports.reduce((sum, port) => sum + port.memory().queuedBytes, 0),
  };
}

function socketSumsOf(ports: readonly UdpPort[]): SocketSums {
  const sumOf = (counter: UdpCounter): number =>
    ports.reduce((sum, { counters }) => sum + counters[counter]!, 0);
  return {
    refused: sumOf(UdpCounter.Refused),
    bufferFull: sumOf(UdpCounter.Dropped),
    silenced: sumOf(UdpCounter.Silenced),
    receiveDrops: ports.reduce((sum, port) => sum + port.memory().drops, 0),
  };
}
