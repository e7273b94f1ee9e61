import { expect, test } from "bun:test";
import { freePort } from "../../test/support/free-port.ts";
import { postText } from "./http-post.ts";

/** A real receiver for the time of one test. */
function receiver(answer: (request: Request) => Response | Promise<Response>): Disposable & {
  readonly url: string;
} {
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: answer });
  return { url: `${server.url}hook`, [Symbol.dispose]: () => void server.stop(true) };
}

test("text and headers arrive as they were given, and the status comes back", async () => {
  const seen: string[] = [];
  using there = receiver(async (request) => {
    seen.push(request.method, request.headers.get("Content-Type") ?? "", await request.text());
    return new Response("thanks", { status: 202 });
  });
  const result = await postText(there.url, '{"ü":1}', { "Content-Type": "application/x" });
  expect(result).toEqual({ status: 202, retryAfterSeconds: 0 });
  expect(seen).toEqual(["POST", "application/x", '{"ü":1}']);
});

test.each([
  ["7", 7],
  ["0.5", 0.5],
  ["-3", 0],
  ["soon", 0],
  ["", 0],
])("Retry-After %p is %d seconds", async (header, seconds) => {
  using there = receiver(
    () => new Response("", { status: 503, headers: { "Retry-After": header } }),
  );
  const result = await postText(there.url, "", {});
  expect(result).toEqual({ status: 503, retryAfterSeconds: seconds });
});

test("a redirection is an answer like any other: bodies go where they were configured to", async () => {
  using there = receiver(() => Response.redirect("http://127.0.0.1:9/", 302));
  expect(await postText(there.url, "", {})).toMatchObject({ status: 302 });
});

test("nobody there, and one who does not answer in time, are failures", async () => {
  const port = await freePort();
  await expect(postText(`http://127.0.0.1:${port}/`, "", {})).rejects.toThrow();
  const { promise, resolve } = Promise.withResolvers<Response>();
  using there = receiver(() => promise);
  await expect(postText(there.url, "", {}, 20)).rejects.toThrow();
  resolve(new Response(""));
});
