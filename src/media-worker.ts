import { FrameCredit, withDroppedFrames } from "./app/frame-credit.ts";
import { MediaHost } from "./app/media-host.ts";
import type { WorkerInput, WorkerOutput } from "./app/media-worker-protocol.ts";
import { PostBatch } from "./app/post-batch.ts";
import type { TcpOutput } from "./app/relayed-tcp-port.ts";
import { messageOf } from "./base/errors.ts";
import type { Log, LogFields, LogLevel } from "./base/log.ts";
import { ThreadWaiter } from "./io/thread-waiter.ts";

declare const self: Worker;

const outputs = new PostBatch<WorkerOutput>((batch) => self.postMessage(batch));

function post(output: WorkerOutput): void {
  outputs.add(output);
}

function forwardingLog(bound: LogFields): Log {
  const at = (level: LogLevel) => (message: string, fields?: LogFields) =>
    post({ kind: "log", level, message, fields: { ...bound, ...fields } });
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    with: (fields) => forwardingLog({ ...bound, ...fields }),
  };
}

const credit = new FrameCredit();
let host: MediaHost | undefined;
const waiter = ThreadWaiter.create();

function postTcp(output: TcpOutput): void {
  if (output.kind !== "tcp-send" || credit.send()) post(output);
}

function handle(input: WorkerInput): void {
  switch (input.kind) {
    case "start":
      MediaHost.start(
        input.options,
        forwardingLog({}),
        (event) => post({ kind: "event", event: withDroppedFrames(event, credit.dropped) }),
        postTcp,
        waiter === null ? undefined : { waiter, onTurnEnd: outputs.flush },
      )
        .then((started) => {
          host = started;
          post({ kind: "ready", facts: started.facts });
        })
        .catch((error: unknown) => {
          waiter?.close(); // this worker is at its end
          post({ kind: "failed", message: messageOf(error) });
        });
      break;
    case "command":
      host?.handleCommand(input.command);
      break;
    case "tcp-receive": {
      const count = credit.take();
      if (count > 0) post({ kind: "tcp-taken", count });
      host?.receiveTcp(input);
      break;
    }
    case "tcp-taken":
      credit.giveBack(input.count);
      break;
    case "stop":
      host?.close();
      post({ kind: "stopped" });
      break;
  }
}

self.onmessage = ({ data }: MessageEvent<readonly WorkerInput[]>) => {
  host?.noteInput();
  for (const input of data) handle(input);
};
