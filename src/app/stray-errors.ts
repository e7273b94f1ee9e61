import { messageOf } from "../base/errors.ts";
import { FailureLog } from "../base/failure-log.ts";
import type { Log } from "../base/log.ts";

type ErrorEvent = "uncaughtException" | "unhandledRejection";

/** Where errors come from that nobody caught: the process, but in tests. */
export interface ErrorSource {
  on(event: ErrorEvent, run: (error: unknown) => void): unknown;
  off(event: ErrorEvent, run: (error: unknown) => void): unknown;
}

/**
 * The last net under the main thread. Requests, frames, media events and timed work have their own,
 * so nothing is expected here. A rejected promise is an operation of which nobody waits for the
 * result: logged. An exception has broken off a callback of the runtime halfway, and what that left
 * behind is unknown: the server is to stop while it can still tell its clients.
 *
 * @returns takes the net away
 */
export function watchStrayErrors(
  source: ErrorSource,
  log: Log,
  onBroken: (reason: string) => void,
): () => void {
  const rejections = new FailureLog(log, "A promise failed and nobody waited for it");
  const exceptions = new FailureLog(log, "An exception was caught by nobody");
  const onException = (error: unknown): void => {
    exceptions.note(error);
    onBroken(`Stopping after an exception that nobody caught: ${messageOf(error)}`);
  };
  const onRejection = (error: unknown): void => rejections.note(error);
  source.on("uncaughtException", onException);
  source.on("unhandledRejection", onRejection);
  return () => {
    source.off("uncaughtException", onException);
    source.off("unhandledRejection", onRejection);
  };
}
