import { expect, test } from "bun:test";
import { readUserAgent } from "../../src/service/signal/user-agent.ts";
import { runMutations } from "../support/mutate.ts";

const SEED = 20_261_121;
const FIELD_LENGTH_MAX = 512;

const CORPUS = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605 Version/17.4 Safari/604",
  "Mozilla/5.0 (Linux; Android 11; 2201117TI Build/RKQ1) Chrome/99.0.4844.58 Mobile Safari/537.36",
  "Mozilla/5.0 (Android 14; Mobile; rv:124.0) Gecko/124.0 Firefox/124.0",
  "Mozilla/5.0 (Windows NT 10.0) OBS-Studio/30.1.2 Chrome/103.0.5060.134 Edg/1 OPR/2",
].map((text) => new TextEncoder().encode(text));

test("any header is read, and every field is a text no longer than it", () => {
  runMutations(CORPUS, 20_000, SEED, (bytes) => {
    const fields = Object.values(readUserAgent(new TextDecoder("latin1").decode(bytes)));
    for (const field of fields) expect(field.length).toBeLessThanOrEqual(FIELD_LENGTH_MAX);
  });
});

test.each([
  "Android ",
  "iPhone OS ",
  "Version/1 ",
  "Version/",
  "Chrome/1.",
  "Android; ",
  "(",
  "1_",
])("a header of nothing but %p takes no longer than any other", (part) => {
  const long = part.repeat(100_000);
  for (let i = 0; i < 100; i++) expect(readUserAgent(long).device.length).toBeLessThan(600);
});
