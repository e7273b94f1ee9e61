import { unreachable } from "../../base/assert.ts";
import { DropReason } from "../../base/drop-reason.ts";
import type { AddReplica, RelayCommand } from "../../bridge/relay-commands.ts";
import { RtpView, readRtp } from "../../wire/rtp/rtp-view.ts";
import { DueTable } from "../due-table.ts";
import type { EngineContext } from "../engine-context.ts";
import type { TrackReceiver } from "../track-receiver.ts";
import type { Doorbell } from "./doorbell.ts";
import { LinkData, type LinkDataHost } from "./link-data.ts";
import { RecordView } from "./record-view.ts";
import { RelayRecord } from "./relay-record.ts";
import { RelaySink } from "./relay-sink.ts";
import { Replica } from "./replica.ts";
import { ThreadLink } from "./thread-link.ts";

/** Taken from one thread in one turn; then this thread's own sockets have theirs. */
const RECORDS_MAX = 1_024;
const PACKET_BYTES_MAX = 1_500;

export type ThreadRelaysHost = {
  readonly context: EngineContext;
  /** @param doorbell as in `ConnectThread` */
  createDoorbell(thread: number, doorbell: number): Doorbell;
  /** Of this thread's own. */
  receiverOf(receiverId: number): TrackReceiver | undefined;
};

type Link = { readonly link: ThreadLink; readonly data: LinkData };

/**
 * What a media thread has to do with others: links to them, replicas of their receivers, and relays of its
 * own. Costs nothing while the control side connects none.
 */
export class ThreadRelays {
  readonly #host: ThreadRelaysHost;
  readonly #links: Link[] = [];
  readonly #replicas = new Map<number, { readonly replica: Replica; readonly slot: number }>();
  readonly #due: DueTable<Replica> = new DueTable();
  /** By receiver; one for each thread. */
  readonly #sinks = new Map<number, RelaySink[]>();
  readonly #dataHost: LinkDataHost;
  readonly #record: RecordView = new RecordView();
  readonly #view: RtpView = new RtpView();
  readonly #packet: Uint8Array = new Uint8Array(PACKET_BYTES_MAX);
  readonly #words: Int32Array = new Int32Array(this.#packet.buffer);
  /** Of `#packet`, by length in words, made when first needed: a stream keeps what a view shows. */
  readonly #packets: Uint8Array[] = [];
  #retryMs = Number.POSITIVE_INFINITY;
  #isBusy = false;
  /** To be thrown when the turn is over. */
  #failure: { readonly error: unknown } | undefined;

  constructor(host: ThreadRelaysHost) {
    this.#host = host;
    const { data, dataTracks, counters, dataTurns } = host.context;
    this.#dataHost = {
      data,
      dataTracks,
      counters,
      view: new RecordView(),
      enqueue: (worker) => dataTurns.enqueue(worker),
      failed: (error) => this.#failed(error),
    };
  }

  /** No other thread is connected: there is nothing to take, to send or to be woken for. */
  get isAlone(): boolean {
    return this.#links.length === 0;
  }

  /** More has come than one turn has time for. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  replicaOf(receiverId: number): TrackReceiver | undefined {
    return this.#replicas.get(receiverId)?.replica.track;
  }

  handleCommand(nowMs: number, command: RelayCommand): void {
    const { data, dataTracks } = this.#host.context;
    switch (command.kind) {
      case "connect-thread": {
        // one that was lost comes back under its number: what was there before leads nowhere
        const former = this.#links.findIndex(({ link }) => link.thread === command.thread);
        if (former >= 0) this.#links.splice(former, 1);
        const doorbell = this.#host.createDoorbell(command.thread, command.doorbell);
        const link = new ThreadLink(command, doorbell, this.#host.context.counters);
        this.#links.push({ link, data: new LinkData(link, this.#dataHost) });
        break;
      }
      case "relay-receiver":
        this.#relay(command.receiverId, this.#linkTo(command.thread));
        break;
      case "end-relay":
        this.#endRelay(command.receiverId, command.thread);
        break;
      case "add-replica":
        this.#addReplica(nowMs, command);
        break;
      case "set-replica-extensions":
        this.#replicas.get(command.receiverId)?.replica.setExtensions(command.extensions);
        break;
      case "relay-data-track": {
        const link = this.#linkTo(command.thread);
        if (link !== undefined) dataTracks.setRelay(command.dataTrackId, link, command.receivers);
        break;
      }
      case "add-data-track-replica":
        dataTracks.addReplica(command.dataTrackId);
        break;
      case "set-room-threads":
        data.setRoomThreads(nowMs, command, (thread) => this.#linkTo(thread));
        break;
      default:
        unreachable(command);
    }
  }

  #linkTo(thread: number): ThreadLink | undefined {
    return this.#links.find(({ link }) => link.thread === thread)?.link;
  }

  #relay(receiverId: number, link: ThreadLink | undefined): void {
    const receiver = this.#host.receiverOf(receiverId);
    if (receiver === undefined || link === undefined) return;
    const sinks = this.#sinks.get(receiverId) ?? [];
    if (sinks.some((sink) => sink.link === link)) return;
    const sink = new RelaySink(receiverId, link);
    receiver.receiver.relays.add(sink);
    this.#sinks.set(receiverId, [...sinks, sink]);
  }

  #endRelay(receiverId: number, thread: number): void {
    const sinks = this.#sinks.get(receiverId);
    const sink = sinks?.find(({ link }) => link.thread === thread);
    if (sinks === undefined || sink === undefined) return;
    this.#host.receiverOf(receiverId)?.receiver.relays.remove(sink);
    const others = sinks.filter((other) => other !== sink);
    if (others.length > 0) this.#sinks.set(receiverId, others);
    else this.#sinks.delete(receiverId);
  }

  #addReplica(nowMs: number, command: AddReplica): void {
    const link = this.#linkTo(command.thread);
    const { receiverId } = command.receiver;
    if (link === undefined || this.#replicas.has(receiverId)) return;
    let slot = -1;
    const { context } = this.#host;
    const replica = new Replica(nowMs, command, link, {
      context,
      wake: (dueMs) => {
        if (slot >= 0 && !replica.isClosed) this.#due.hasten(slot, dueMs);
      },
    });
    slot = this.#due.claim(replica);
    this.#replicas.set(receiverId, { replica, slot });
  }

  /** A receiver of either kind is gone. */
  forget(receiverId: number): void {
    this.#sinks.delete(receiverId);
    const known = this.#replicas.get(receiverId);
    if (known === undefined) return;
    this.#replicas.delete(receiverId);
    // before its place in the table may be another's
    known.replica.close();
    this.#due.release(known.slot);
  }

  /** Takes what other threads have sent. */
  receive(nowMs: number): void {
    const links = this.#links;
    for (let i = 0; i < links.length; i++) {
      const { link, data } = links[i]!;
      const ring = link.mediaIn;
      for (let count = 0; count < RECORDS_MAX && ring.next(); count++) {
        try {
          this.#take(nowMs, link);
        } catch (error) {
          this.#failed(error);
        }
        ring.release();
      }
      if (link.dataIn.hasNext) this.#host.context.dataTurns.enqueue(data);
    }
  }

  /** A bug of ours in the work for another thread: no peer of this one is to pay for it. */
  #failed(error: unknown): void {
    this.#host.context.counters.bugs += 1;
    this.#failure ??= { error };
  }

  #take(nowMs: number, link: ThreadLink): void {
    const ring = link.mediaIn;
    const record = this.#record;
    record.read(ring);
    switch (ring.kind) {
      case RelayRecord.Media:
        this.#takeMedia(nowMs, link);
        break;
      case RelayRecord.SenderReport: {
        const { id, x, y, a, b } = record;
        this.#replicas.get(id)?.replica.handleSenderReport(nowMs, b >>> 0, x, y, a >>> 0);
        break;
      }
      case RelayRecord.StreamReset:
        this.#replicas.get(record.id)?.replica.resetStream(record.a);
        break;
      case RelayRecord.KeyFrame:
        this.#host.receiverOf(record.id)?.receiver.requestKeyFrame(nowMs, record.a);
        break;
      case RelayRecord.Loss:
        this.#sinkTo(link, record.id)?.noteLoss(nowMs, record.a);
        break;
      case RelayRecord.WantReport:
        this.#sinkTo(link, record.id)?.wantReport(record.a);
        break;
      case RelayRecord.PauseSender:
        this.#host.context.data.pausedByLink(nowMs, link, record.id, record.a === 1);
        break;
      case RelayRecord.ResumeSender:
        this.#host.context.data.resumedByLink(nowMs, link, record.id);
        break;
      case RelayRecord.RoomFlow:
        link.noteFlow(record.id, record.a === 1);
        this.#host.context.data.flowChanged(nowMs, record.id);
        break;
    }
  }

  #sinkTo(link: ThreadLink, receiverId: number): RelaySink | undefined {
    return this.#sinks.get(receiverId)?.find((sink) => sink.link === link);
  }

  #takeMedia(nowMs: number, link: ThreadLink): void {
    const { id, a: layer, b: length, at } = this.#record;
    const { counters } = this.#host.context;
    counters.relayPacketsIn += 1;
    const replica = this.#replicas.get(id)?.replica;
    if (replica === undefined || length > PACKET_BYTES_MAX) {
      counters.dropped[DropReason.Unknown]! += 1;
      return;
    }
    // by words: a view of the ring for each packet would be garbage
    const { words } = link.mediaIn;
    const from = at >> 2;
    const count = (length + 3) >> 2;
    for (let i = 0; i < count; i++) this.#words[i] = words[from + i]!;
    this.#packets[count] ??= this.#packet.subarray(0, count * 4);
    const reason = readRtp(this.#packets[count], length, this.#view);
    if (reason === DropReason.None) replica.receiveRtp(nowMs, this.#view, layer);
    else counters.dropped[reason]! += 1;
  }

  /** When `handleTimeout` or `flush` next has work, monotonic ms; Infinity: not without input. */
  pollTimeout(): number {
    return Math.min(this.#due.nextMs, this.#retryMs);
  }

  handleTimeout(nowMs: number): void {
    if (nowMs >= this.#due.nextMs) {
      const due = this.#due;
      for (let slot = due.findDue(nowMs, 0); slot >= 0; slot = due.findDue(nowMs, slot + 1)) {
        const replica = due.ownerOf(slot);
        try {
          replica.handleTimeout(nowMs);
        } catch (error) {
          this.#failed(error);
        }
        due.set(slot, replica.pollTimeout());
      }
    }
    if (nowMs >= this.#retryMs) this.#retryMs = Number.POSITIVE_INFINITY;
  }

  /** Hands over what was written, and wakes who sleeps. */
  flush(nowMs: number): void {
    const links = this.#links;
    for (let i = 0; i < links.length; i++) {
      const { link } = links[i]!;
      link.flush();
      this.#retryMs = Math.min(this.#retryMs, link.retryMs(nowMs));
    }
  }

  /** The turn is over: from now on others have to wake this thread. Throws what went wrong in it. */
  sleep(): void {
    this.#isBusy = false;
    const links = this.#links;
    for (let i = 0; i < links.length; i++) if (!links[i]!.link.sleep()) this.#isBusy = true;
    if (this.#failure === undefined) return;
    const { error } = this.#failure;
    this.#failure = undefined;
    throw error;
  }

  debugInfo(): object {
    return {
      threads: this.#links.map(({ link }) => link.thread),
      replicas: this.#replicas.size,
      relays: this.#sinks.size,
    };
  }
}
