const ATTEMPT_TIMEOUT_MS = 10_000;

/**
 * Posts a text and reads no more of the answer than its status and when to come again. Rejects when
 * nobody answers, or not in time.
 */
export async function postText(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number = ATTEMPT_TIMEOUT_MS,
): Promise<{ status: number; retryAfterSeconds: number }> {
  const response = await fetch(url, {
    method: "POST",
    body,
    headers,
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.body?.cancel();
  const retryAfter = Number(response.headers.get("Retry-After") ?? 0);
  return {
    status: response.status,
    retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : 0,
  };
}
