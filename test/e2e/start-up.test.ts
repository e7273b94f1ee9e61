import { expect, test } from "bun:test";
import manifest from "../../package.json" with { type: "json" };
import { ServerProcess } from "../support/server-process.ts";

test("the server ends with 0 when it is asked to, and says nothing bad before", async () => {
  const server = await ServerProcess.start();
  const { log } = server;
  expect(await server.stop("SIGTERM")).toBe(0);
  expect(log).not.toMatch(/\b(error|panic)\b/i);
});

test("a second server on the same port ends with 1 and names the port", async () => {
  await using first = await ServerProcess.start();
  await using second = await ServerProcess.spawn({ httpPort: first.httpPort });
  expect(await second.exitCode()).toBe(1);
  expect(second.log).toContain(String(first.httpPort));
  expect((await fetch(first.httpUrl)).status).toBe(200);
});

test("a setting that does not exist ends the start with 1, its place and the nearest one", async () => {
  await using server = await ServerProcess.spawn({ config: { rtc: { udp_prot: 7882 } } });
  expect(await server.exitCode()).toBe(1);
  expect(server.log).toMatch(/config\.yaml:\d+:\d+/);
  expect(server.log).toContain("udp_prot");
  expect(server.log).toContain("udp_port");
});

test("the binary knows the version it was built from", async () => {
  await using server = await ServerProcess.spawn({ args: ["--version"] });
  expect(await server.exitCode()).toBe(0);
  expect(server.log).toContain(manifest.version);
});

test("the meeting page and its tokens are there in development, for this machine, and only then", async () => {
  await using server = await ServerProcess.start();
  await using development = await ServerProcess.start({ args: ["--dev"] });
  const token = "/demo/token?room=a&identity=b";
  for (const path of ["/demo", token]) {
    expect((await fetch(server.httpUrl + path)).status).toBe(404);
    expect((await fetch(development.httpUrl + path)).status).toBe(200);
  }
  for (const [name, value] of [
    ["X-Forwarded-For", "192.0.2.7"],
    ["Host", "elsewhere.test"],
  ] as const) {
    const refused = await fetch(development.httpUrl + token, { headers: { [name]: value } });
    expect(refused.status).toBe(403);
  }
});

test("with the placeholder key tokens are made for whoever asks, on whatever address", async () => {
  await using server = await ServerProcess.start({
    args: ["--dev", "--bind", "0.0.0.0"],
    keys: {},
  });
  const token = "/demo/token?room=a&identity=b";
  const headers = { Host: "elsewhere.test" };
  expect((await fetch(server.httpUrl + token, { headers })).status).toBe(200);
});
