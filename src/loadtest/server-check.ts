/** A load test that cannot begin. The message says what to do. */
export class LoadTestError extends Error {
  override readonly name = "LoadTestError";
}

export const OUT_OF_FILES: string =
  "This process may open no more files: raise its limit (ulimit -n) to four for each client, or run " +
  "several load tests with fewer clients each";

/** @param reason what the system said */
export function isOutOfFiles(reason: string): boolean {
  return /\bE[MN]FILE\b/.test(reason);
}

const ANSWER_LIMIT_MS = 10_000;
const TEXT_MAX = 300;

/**
 * Asks a server whether it would let a token in, as clients do when a connection was refused.
 *
 * @param url `ws://` or `wss://`
 * @returns undefined when it would, else why not and what to do
 */
export async function refusalOf(url: string, token: string): Promise<string | undefined> {
  const target = `${url.replace(/^ws/, "http")}/rtc/validate?access_token=${token}`;
  let response: Response;
  let text: string;
  try {
    response = await fetch(target, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    text = (await response.text()).trim().slice(0, TEXT_MAX);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (isOutOfFiles(reason)) return OUT_OF_FILES;
    return (
      `Cannot reach ${url}: ${reason}\n` +
      "Check --url (or LIVEKIT_URL), and that the server runs and its port is open to this machine."
    );
  }
  if (response.ok) return undefined;
  if (response.status === 401) {
    return (
      `${url} refused the token: ${text}\n` +
      "Check --api-key and --api-secret (or LIVEKIT_API_KEY and LIVEKIT_API_SECRET): they must be a " +
      "pair of the server's keys, and the clocks of both machines must agree."
    );
  }
  if (response.status === 404 && !/room/i.test(text)) {
    return `${url} is no LiveKit-compatible server: it answers 404 where clients connect. Check --url.`;
  }
  return `${url} lets nobody in: ${response.status} ${text || response.statusText}`;
}
