import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  EMPTY_SECTION,
  type MediaSection,
  type SsrcGroup,
} from "../../wire/sdp/session-description.ts";
import { cidOf, offeredRids, readEncodings, spatialLayersOf } from "./receive-encodings.ts";

const LOW = 0;
const MEDIUM = 1;
const HIGH = 2;

function withSsrcs(ssrcs: readonly number[], ssrcGroups: readonly SsrcGroup[]): MediaSection {
  return {
    ...EMPTY_SECTION,
    ssrcs: ssrcs.map((ssrc) => ({ ssrc, cname: "c", msid: undefined })),
    ssrcGroups,
  };
}

// spec-media 3.9
test.each([
  { declared: [], rids: ["q", "h", "f"], layers: [0, 1, 2] },
  { declared: [LOW, MEDIUM, HIGH], rids: ["q", "h", "f"], layers: [0, 1, 2] },
  { declared: [LOW, MEDIUM, HIGH], rids: ["2", "1", "0"], layers: [0, 1, 2] },
  { declared: [LOW, MEDIUM, HIGH], rids: ["low", "mid", "high"], layers: [0, 1, 2] },
  { declared: [HIGH, MEDIUM, LOW], rids: ["f", "h", "q"], layers: [2, 1, 0] },
  { declared: [LOW, MEDIUM, HIGH], rids: ["q", "f"], layers: [0, 2] },
  { declared: [LOW, MEDIUM], rids: ["q", "h"], layers: [0, 1] },
  { declared: [LOW, HIGH], rids: ["q", "h"], layers: [0, 1] },
  { declared: [LOW, HIGH], rids: ["q", "f"], layers: [0, 1] },
  { declared: [MEDIUM, HIGH], rids: ["h", "f"], layers: [0, 1] },
  { declared: [MEDIUM, HIGH], rids: ["q", "h"], layers: [0, 1] },
  { declared: [LOW, MEDIUM], rids: ["q", "h", "f"], layers: [0, 1, 2] },
  { declared: [LOW, MEDIUM, HIGH], rids: ["f"], layers: [0] },
  { declared: [HIGH], rids: ["anything"], layers: [0] },
])("rids $rids of a track declaring $declared are layers $layers", ({ declared, rids, layers }) => {
  expect(
    spatialLayersOf(
      rids,
      declared.map((quality) => ({ quality, rid: "" })),
    ),
  ).toEqual([...layers]);
});

test("a rid that the track declares decides before its name does", () => {
  const layers = [
    { quality: LOW, rid: "f" },
    { quality: HIGH, rid: "q" },
    { quality: MEDIUM, rid: "h" },
  ];
  expect(spatialLayersOf(["q", "h", "f"], layers)).toEqual([2, 1, 0]);
});

test("every rid gets a layer of its own within 0..2, whatever is declared", () => {
  const rids = fc.uniqueArray(fc.constantFrom("q", "h", "f", "2", "1", "0", "x", "y"), {
    minLength: 1,
    maxLength: 3,
  });
  const layers = fc.array(
    fc.record({
      quality: fc.integer({ min: -1, max: 9 }),
      rid: fc.constantFrom("", "q", "h", "x", "1"),
    }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(rids, layers, (offered, declared) => {
      const found = spatialLayersOf(offered, declared);
      expect(new Set(found).size).toBe(offered.length);
      expect(found.every((layer) => layer >= 0 && layer <= 2)).toBe(true);
    }),
  );
});

test("offeredRids takes no more than three, each once, and only those with a rid line", () => {
  const rid = (id: string, direction: "send" | "recv" = "send") => ({ id, direction });
  const stream = (id: string) => [{ rid: id, isPaused: false }];
  const section = {
    ...EMPTY_SECTION,
    rids: [rid("a"), rid("b"), rid("c"), rid("d"), rid("e", "recv")],
    simulcast: { send: ["e", "x", "d", "d", "c", "b", "a"].map(stream), recv: [] },
  };
  expect(offeredRids(section)).toEqual(["d", "c", "b"]);
  expect(offeredRids({ ...section, simulcast: undefined })).toEqual(["a", "b", "c"]);
});

test.each([
  { title: "one encoding without numbers", ssrcs: [], groups: [], found: [[0, 0]] },
  { title: "an SSRC alone", ssrcs: [7], groups: [], found: [[7, 0]] },
  {
    title: "an SSRC behind its repair streams",
    ssrcs: [9, 8, 7],
    groups: [
      { semantics: "FID", ssrcs: [7, 8] },
      { semantics: "FEC-FR", ssrcs: [7, 9] },
    ],
    found: [[7, 8]],
  },
  {
    title: "simulcast by SSRC",
    ssrcs: [1, 2, 3, 4],
    groups: [
      { semantics: "SIM", ssrcs: [1, 3] },
      { semantics: "FID", ssrcs: [1, 2] },
      { semantics: "FID", ssrcs: [3, 4] },
    ],
    found: [
      [1, 2],
      [3, 4],
    ],
  },
])("readEncodings finds $title", ({ ssrcs, groups, found }) => {
  expect(readEncodings("video", withSsrcs(ssrcs, groups), [])).toEqual(
    found.map(([ssrc, rtxSsrc], spatialLayer) => ({
      spatialLayer,
      rid: "",
      ssrc: ssrc!,
      rtxSsrc: rtxSsrc!,
    })),
  );
});

test("cidOf takes the track of the msid, or of an SSRC's msid", () => {
  const msid = { streamId: "s", trackId: "t" };
  expect(cidOf({ ...EMPTY_SECTION, msids: [msid] })).toBe("t");
  expect(cidOf({ ...EMPTY_SECTION, ssrcs: [{ ssrc: 1, cname: "", msid }] })).toBe("t");
  expect(cidOf(EMPTY_SECTION)).toBe("");
});
