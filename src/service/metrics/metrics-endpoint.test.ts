import { expect, test } from "bun:test";
import { MetricsEndpoint } from "./metrics-endpoint.ts";

const text = () => Promise.resolve("a 1\n");

function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials).toString("base64")}`;
}

function scrape(endpoint: MetricsEndpoint, authorization?: string, path = "/metrics") {
  const headers: Record<string, string> =
    authorization === undefined ? {} : { Authorization: authorization };
  return endpoint.fetch(new Request(`http://localhost${path}`, { headers }));
}

test("metrics are on any path, as text", async () => {
  const endpoint = new MetricsEndpoint({ username: "", password: "", text });
  for (const path of ["/", "/metrics", "/a/b?c"]) {
    const response = await scrape(endpoint, undefined, path);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toStartWith("text/plain; version=0.0.4");
    expect(await response.text()).toBe("a 1\n");
  }
});

test.each([
  { title: "the right one", authorization: basic("müller:geheim"), status: 200 },
  {
    title: "the scheme in lower case",
    authorization: basic("müller:geheim").replace("B", "b"),
    status: 200,
  },
  { title: "none", authorization: undefined, status: 401 },
  { title: "another password", authorization: basic("müller:geheip"), status: 401 },
  { title: "another user", authorization: basic("mueller:geheim"), status: 401 },
  { title: "a longer one", authorization: basic("müller:geheim1"), status: 401 },
  { title: "nothing after the scheme", authorization: "Basic", status: 401 },
  { title: "no base64", authorization: "Basic !!!", status: 401 },
  { title: "another scheme", authorization: "Bearer bWVsbGVy", status: 401 },
])(
  "with a password set, metrics are for who knows it: $title",
  async ({ authorization, status }) => {
    const endpoint = new MetricsEndpoint({ username: "müller", password: "geheim", text });
    const response = await scrape(endpoint, authorization);
    expect(response.status).toBe(status);
    expect(response.headers.get("WWW-Authenticate")).toBe(
      status === 401 ? 'Basic realm="Protected Area", charset="UTF-8"' : null,
    );
  },
);
