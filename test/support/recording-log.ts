import type { Log, LogFields, LogLevel } from "../../src/base/log.ts";

export type LogLine = {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
};

/** A log whose lines a test reads; bound fields are part of each line. */
export class RecordingLog implements Log {
  readonly lines: LogLine[];
  readonly #bound: LogFields;

  constructor(bound: LogFields = {}, lines: LogLine[] = []) {
    this.#bound = bound;
    this.lines = lines;
  }

  debug(message: string, fields?: LogFields): void {
    this.#add("debug", message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#add("info", message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#add("warn", message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#add("error", message, fields);
  }

  with(fields: LogFields): Log {
    return new RecordingLog({ ...this.#bound, ...fields }, this.lines);
  }

  #add(level: LogLevel, message: string, fields: LogFields = {}): void {
    this.lines.push({ level, message, fields: { ...this.#bound, ...fields } });
  }
}
