import {
  closeSync,
  constants,
  fdatasync,
  fsync,
  mkdirSync,
  open,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { messageOf, ServerError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Cancel, Scheduler } from "../base/scheduler.ts";
import type { Outbox, OutboxEntry, OutboxEvent } from "../telemetry/webhook/outbox.ts";
import { OUTBOX_FILE_BYTES_MAX, readOutboxFile, writeOutboxFile } from "./outbox-file.ts";

/** When full, new events are refused: what is kept already stays without a hole in its order. */
const BYTES_MAX = 64 * 1024 * 1024;
const ENTRIES_MAX = 20_000;
/** How long an event may lie in the page cache alone; a power failure loses no more than that. */
const SYNC_MS = 1_000;
/** Files of one turn of syncing; more wait for the next one. */
const SYNCS_MAX = 256;
const CORRUPT_FOLDER = "corrupt";
/** Damaged files that are kept for whoever looks; more are deleted. */
const CORRUPT_MAX = 100;
/** Sorting names sorts numbers. */
const NUMBER_DIGITS = 16;
const NAME = /^(\d{16})\.event$/;
const UNFINISHED_NAME = /^\d{16}\.part$/;

const openFile = promisify(open);
const syncData = promisify(fdatasync);
const syncAll = promisify(fsync);

export type EventOutboxOptions = {
  /** Made when it is not there; this process's alone. */
  readonly directory: string;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly bytesMax?: number;
  readonly entriesMax?: number;
};

/**
 * Undelivered events, one file each, named by a growing number. A file is written under another
 * name and renamed, so it is whole or not there; it survives the process, killed or not, as soon as
 * `put` returns. Against power failures what is still undelivered after a second is synced in the
 * background: an fsync for each event would hold up the control thread, and most are delivered
 * sooner.
 */
export class EventOutbox implements Outbox {
  readonly #directory: string;
  readonly #log: Log;
  readonly #bytesMax: number;
  readonly #entriesMax: number;
  /** Bytes of each file, by its number. */
  readonly #sizes = new Map<number, number>();
  readonly #unsynced = new Set<number>();
  readonly #cancelSync: Cancel;
  #bytes = 0;
  #lastEntry = 0;
  #isBroken = false;
  #isSyncing = false;

  /** @throws ServerError when the directory cannot be used */
  constructor(options: EventOutboxOptions) {
    this.#directory = options.directory;
    this.#log = options.log;
    this.#bytesMax = options.bytesMax ?? BYTES_MAX;
    this.#entriesMax = options.entriesMax ?? ENTRIES_MAX;
    try {
      mkdirSync(join(this.#directory, CORRUPT_FOLDER), { recursive: true, mode: 0o700 });
      const probe = this.#pathOf(0, "part");
      writeWhole(probe, new Uint8Array(1));
      unlinkSync(probe);
    } catch (error) {
      throw new ServerError(
        "failed_precondition",
        `Cannot keep webhooks in ${this.#directory}: ${messageOf(error)}; ` +
          "webhook.outbox has to name a directory that the server may write to",
        { cause: error },
      );
    }
    this.#cancelSync = options.scheduler.every(SYNC_MS, () => {
      this.sync().catch((error: unknown) => this.#broke(error));
    });
  }

  restore(): OutboxEntry[] {
    const entries: OutboxEntry[] = [];
    const corrupt: string[] = [];
    for (const name of readdirSync(this.#directory).toSorted()) {
      if (UNFINISHED_NAME.test(name)) rmSync(join(this.#directory, name), { force: true });
      const number = Number(NAME.exec(name)?.[1]);
      if (Number.isNaN(number)) continue;
      this.#lastEntry = Math.max(this.#lastEntry, number);
      const read = this.#read(number);
      if (read === undefined) {
        corrupt.push(name);
        this.#putAside(number);
        continue;
      }
      const { body: _, ...fields } = read.event;
      this.#sizes.set(number, read.size);
      this.#bytes += read.size;
      entries.push({ ...fields, entry: number });
    }
    if (corrupt.length > 0) this.#tellCorrupt(corrupt);
    return entries;
  }

  put(event: OutboxEvent): number | "full" | "broken" {
    const bytes = writeOutboxFile(event);
    if (
      bytes.length > OUTBOX_FILE_BYTES_MAX ||
      this.#bytes + bytes.length > this.#bytesMax ||
      this.#sizes.size >= this.#entriesMax
    ) {
      return "full";
    }
    const number = this.#lastEntry + 1;
    const unfinished = this.#pathOf(number, "part");
    try {
      writeWhole(unfinished, bytes);
      renameSync(unfinished, this.#pathOf(number));
    } catch (error) {
      rmSync(unfinished, { force: true });
      this.#broke(error);
      return "broken";
    }
    if (this.#isBroken) {
      this.#isBroken = false;
      this.#log.info("The webhook outbox takes events again");
    }
    this.#lastEntry = number;
    this.#sizes.set(number, bytes.length);
    this.#bytes += bytes.length;
    this.#unsynced.add(number);
    return number;
  }

  readBody(entry: number): string | undefined {
    const read = this.#read(entry);
    if (read !== undefined) return read.event.body;
    if (this.#sizes.has(entry)) {
      this.#putAside(entry);
      this.#tellCorrupt([nameOf(entry)]);
    }
    return undefined;
  }

  remove(entry: number): void {
    this.#forget(entry);
    try {
      rmSync(this.#pathOf(entry), { force: true });
    } catch (error) {
      // it will be delivered once more after a restart, which receivers have to expect anyway
      this.#broke(error);
    }
  }

  /** Brings undelivered events to the disk itself. */
  async sync(): Promise<void> {
    if (this.#isSyncing || this.#unsynced.size === 0) return;
    this.#isSyncing = true;
    try {
      for (const number of [...this.#unsynced].slice(0, SYNCS_MAX)) {
        this.#unsynced.delete(number);
        await syncPath(this.#pathOf(number), syncData);
      }
      await syncPath(this.#directory, syncAll);
    } finally {
      this.#isSyncing = false;
    }
  }

  async close(): Promise<void> {
    this.#cancelSync();
    try {
      while (this.#unsynced.size > 0 && !this.#isSyncing) await this.sync();
    } catch (error) {
      this.#broke(error);
    }
  }

  #read(number: number): { event: OutboxEvent; size: number } | undefined {
    try {
      const path = this.#pathOf(number);
      if (statSync(path).size > OUTBOX_FILE_BYTES_MAX) return undefined;
      const bytes = readFileSync(path);
      const event = readOutboxFile(bytes);
      return event === undefined ? undefined : { event, size: bytes.length };
    } catch {
      return undefined;
    }
  }

  #forget(entry: number): void {
    this.#bytes -= this.#sizes.get(entry) ?? 0;
    this.#sizes.delete(entry);
    this.#unsynced.delete(entry);
  }

  /** A damaged file stands in nobody's way, and is still there for whoever wants to look. */
  #putAside(number: number): void {
    this.#forget(number);
    const folder = join(this.#directory, CORRUPT_FOLDER);
    try {
      if (readdirSync(folder).length < CORRUPT_MAX) {
        renameSync(this.#pathOf(number), join(folder, nameOf(number)));
      } else rmSync(this.#pathOf(number), { force: true, recursive: true });
    } catch {
      // gone already, or not ours to move: it is left out all the same
    }
  }

  #tellCorrupt(names: readonly string[]): void {
    this.#log.warn("Damaged webhooks put aside: these events are lost", {
      folder: join(this.#directory, CORRUPT_FOLDER),
      count: names.length,
      first: names[0],
    });
  }

  #broke(error: unknown): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    this.#log.error("The webhook outbox cannot be written: events are in memory alone", {
      directory: this.#directory,
      error: messageOf(error),
    });
  }

  #pathOf(number: number, ending: "event" | "part" = "event"): string {
    return join(this.#directory, nameOf(number, ending));
  }
}

function nameOf(number: number, ending: "event" | "part" = "event"): string {
  return `${String(number).padStart(NUMBER_DIGITS, "0")}.${ending}`;
}

/** Bodies hold names and metadata: for the server's own user only. */
function writeWhole(path: string, bytes: Uint8Array): void {
  const file = openSync(path, constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY, 0o600);
  try {
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(file, bytes, written);
    }
  } finally {
    closeSync(file);
  }
}

async function syncPath(path: string, sync: (file: number) => Promise<void>): Promise<void> {
  let file: number;
  try {
    file = await openFile(path, "r");
  } catch {
    return; // delivered meanwhile
  }
  try {
    await sync(file);
  } finally {
    closeSync(file);
  }
}
