import type { LogFields, LogLevel } from "../base/log.ts";
import type { MediaCommand } from "../bridge/commands.ts";
import type { MediaEvent } from "../bridge/events.ts";
import type { MediaThreadOptions } from "../bridge/media-thread.ts";
import type { MediaHostFacts } from "./media-host.ts";
import type { TcpInput, TcpOutput } from "./relayed-tcp-port.ts";

/** So many TCP frames were taken: see `FrameCredit`. */
export type TcpTaken = { readonly kind: "tcp-taken"; readonly count: number };

/** From the control thread to a media worker, in arrays. `start` comes first, once. */
export type WorkerInput =
  | { readonly kind: "start"; readonly options: MediaThreadOptions }
  | { readonly kind: "command"; readonly command: MediaCommand }
  | TcpInput
  | TcpTaken
  | { readonly kind: "stop" };

/** From a media worker to the control thread, in arrays. */
export type WorkerOutput =
  | { readonly kind: "ready"; readonly facts: MediaHostFacts }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "event"; readonly event: MediaEvent }
  | TcpOutput
  | TcpTaken
  | {
      readonly kind: "log";
      readonly level: LogLevel;
      readonly message: string;
      readonly fields: LogFields;
    }
  | { readonly kind: "stopped" };
