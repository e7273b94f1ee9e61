const LOOK_MS = 50;
const DEFAULT_MS = 20_000;

export interface UntilOptions {
  /** For the message of a failure: "the second tab to show video". */
  readonly what: string;
  readonly timeoutMs?: number;
}

/** Looks again and again until there is a value, and fails when there is none in time. */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  { what, timeoutMs = DEFAULT_MS }: UntilOptions,
): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > endMs) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
    await Bun.sleep(LOOK_MS);
  }
}

/** Lets a promise have so much time and no more. */
export async function within<T>(
  promise: Promise<T>,
  { what, timeoutMs = DEFAULT_MS }: UntilOptions,
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`Waited ${timeoutMs} ms in vain for ${what}`)),
    timeoutMs,
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
