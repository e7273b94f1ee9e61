import { expect, test } from "bun:test";
import fc from "fast-check";
import { ClientInfoError, readClientInfo } from "./client-info.ts";

test.each([undefined, "", "null", "{}", '{"clientIp":null,"other":1}'])(
  "%p says nothing",
  (header) => {
    expect(readClientInfo(header)).toEqual({ clientIp: "", trackNames: new Map() });
  },
);

test("address and track names are read", () => {
  const header = JSON.stringify({
    clientIp: "192.0.2.7",
    subscribedParticipantTrackNames: { ada: ["cam", "mic"], bob: [] },
  });
  expect(readClientInfo(header)).toEqual({
    clientIp: "192.0.2.7",
    trackNames: new Map([["ada", ["cam", "mic"]]]),
  });
});

test("a publisher may be named like a member that objects inherit", () => {
  const header = '{"subscribedParticipantTrackNames":{"__proto__":["cam"]}}';
  expect([...readClientInfo(header).trackNames]).toEqual([["__proto__", ["cam"]]]);
});

test.each([
  "{bad",
  "[]",
  "5",
  '{"clientIp":5}',
  '{"subscribedParticipantTrackNames":[]}',
  '{"subscribedParticipantTrackNames":{"ada":"cam"}}',
  '{"subscribedParticipantTrackNames":{"ada":[1]}}',
  JSON.stringify({ subscribedParticipantTrackNames: { ada: Array(1_001).fill("x") } }),
])("%p is refused", (header) => {
  expect(() => readClientInfo(header)).toThrow(ClientInfoError);
});

test("any text is read or refused", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (header) => {
      try {
        readClientInfo(header);
      } catch (error) {
        expect(error).toBeInstanceOf(ClientInfoError);
      }
    }),
  );
});
