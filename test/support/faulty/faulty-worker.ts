/** A media worker that fails when it is told to. */
import "../../../src/media-worker.ts";

declare const self: Worker;

function fail(how: string): void {
  switch (how) {
    case "throw":
      throw new Error("made to throw");
    case "reject":
      void Promise.reject(new Error("made to reject"));
      break;
    case "exit":
      process.exit(9);
      break;
    case "hang":
      for (;;);
    case "sleep": // where nothing of the runtime's runs
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      break;
    default:
      throw new Error(`Unknown fault: ${how}`);
  }
}

type Message = { readonly kind: string; readonly fault?: string };

self.addEventListener("message", ({ data }: MessageEvent<readonly Message[]>) => {
  for (const { kind, fault } of data) if (kind === "fault") fail(fault ?? "");
});
