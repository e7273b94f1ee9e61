import { expect, test } from "bun:test";
import { candidateLine, candidatePriority } from "./candidate-line.ts";
import { candidateInits, readRemoteTrickle } from "./trickle.ts";

const UDP = { protocol: "udp", address: "192.0.2.1", port: 7882 } as const;
const TCP = { protocol: "tcp", address: "2001:db8::1", port: 7881 } as const;

test("candidatePriority follows RFC 8445 for UDP and puts passive TCP below", () => {
  expect(candidatePriority("udp", 0)).toBe(2_130_706_431);
  expect(candidatePriority("udp", 1)).toBe(2_130_706_175);
  // type preference 126 - 27, local preference 8192 * 4 + 8191
  expect(candidatePriority("tcp", 0)).toBe(99 * 2 ** 24 + 40_959 * 256 + 255);
  expect(candidatePriority("tcp", 1)).toBeLessThan(candidatePriority("tcp", 0));
});

test("candidateLine writes host candidates of both protocols", () => {
  expect(candidateLine(UDP, 0)).toMatch(/^\d+ 1 udp 2130706431 192\.0\.2\.1 7882 typ host$/);
  expect(candidateLine(TCP, 1)).toMatch(
    /^\d+ 1 tcp \d+ 2001:db8::1 7881 typ host tcptype passive$/,
  );
});

test("foundations are equal for one address and protocol only", () => {
  const foundation = (candidate: Parameters<typeof candidateLine>[0]) =>
    candidateLine(candidate, 0).split(" ")[0];
  expect(foundation(UDP)).toBe(foundation({ ...UDP, port: 1 }));
  const others = [UDP, { ...UDP, protocol: "tcp" as const }, { ...UDP, address: "192.0.2.2" }];
  expect(new Set(others.map(foundation)).size).toBe(3);
});

test("candidateInits marks the last candidate as final", () => {
  const inits = candidateInits([UDP, TCP], { mid: "audio", index: 2 }, "ufrag");
  expect(inits.map(({ isFinal }) => isFinal)).toEqual([false, true]);
  expect(JSON.parse(inits[1]!.json)).toEqual({
    candidate: `candidate:${candidateLine(TCP, 1)}`,
    sdpMid: "audio",
    sdpMLineIndex: 2,
    usernameFragment: "ufrag",
  });
  expect(candidateInits([], { mid: "0", index: 0 }, "u")).toEqual([]);
});

test("readRemoteTrickle reads what browsers and native clients send", () => {
  const full = { candidate: "candidate:1", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "u" };
  expect(readRemoteTrickle(JSON.stringify(full))).toEqual({ kind: "candidate", ...full });
  expect(readRemoteTrickle('{"candidate":"","sdpMid":null,"sdpMLineIndex":null}')).toEqual({
    kind: "candidate",
    candidate: "",
    sdpMid: undefined,
    sdpMLineIndex: undefined,
    usernameFragment: undefined,
  });
});

test.each([
  ["", /not JSON/],
  ["{", /not JSON/],
  ["null", /not a JSON object/],
  ["[]", /not a JSON object/],
  ['"candidate"', /not a JSON object/],
  ['{"candidate":1}', /candidate\.candidate/],
  ['{"sdpMid":0}', /sdpMid/],
  ['{"sdpMLineIndex":"0"}', /sdpMLineIndex/],
  ['{"usernameFragment":{}}', /usernameFragment/],
  [`{"candidate":"${"x".repeat(5000)}"}`, /longer than/],
])("readRemoteTrickle refuses %s", (json, detail) => {
  const result = readRemoteTrickle(json);
  expect(result.kind).toBe("refused");
  expect(result.kind === "refused" && result.detail).toMatch(detail);
});
