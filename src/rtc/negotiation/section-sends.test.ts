import { expect, test } from "bun:test";
import { sendTrack } from "../../../test/support/negotiation.ts";
import { type ReceivingSection, SectionSends } from "./section-sends.ts";

const audio = (mid: string): ReceivingSection => ({ mid, kind: "audio" });
const video = (mid: string): ReceivingSection => ({ mid, kind: "video" });
const camera = (key: number) => sendTrack(key, "video", ["video/VP8"]);
const microphone = (key: number) => sendTrack(key, "audio", ["audio/opus"]);

function placed(sends: SectionSends, sections: readonly ReceivingSection[]): [string, number][] {
  return [...sends.assign(sections)].map(([mid, { key }]) => [mid, key]);
}

test("SectionSends places tracks by kind, in the order they came", () => {
  const sends = new SectionSends(10);
  for (const track of [camera(1), microphone(2), camera(3)]) sends.add(track);
  expect(placed(sends, [audio("a"), video("b"), video("c")])).toEqual([
    ["a", 2],
    ["b", 1],
    ["c", 3],
  ]);
});

test("SectionSends keeps a track in its section", () => {
  const sends = new SectionSends(10);
  sends.add(camera(1));
  sends.add(camera(2));
  placed(sends, [video("a"), video("b")]);
  sends.remove(1);
  sends.add(camera(3));
  expect(placed(sends, [video("a"), video("b"), video("c")])).toEqual([
    ["b", 2],
    ["c", 3],
  ]);
});

test("SectionSends uses a section again only after an answer that stopped it", () => {
  const sends = new SectionSends(10);
  sends.add(camera(1));
  placed(sends, [video("a")]);
  sends.remove(1);
  sends.add(camera(2));
  expect(placed(sends, [video("a")])).toEqual([]);
  expect(placed(sends, [video("a")])).toEqual([["a", 2]]);
});

test("SectionSends places a track anew whose section is gone", () => {
  const sends = new SectionSends(10);
  sends.add(camera(1));
  placed(sends, [video("a")]);
  expect(placed(sends, [video("b")])).toEqual([["b", 1]]);
});

test("SectionSends asks for what is newly missing, once", () => {
  const sends = new SectionSends(10);
  placed(sends, [video("a")]);
  expect(sends.takeRequirement()).toBeUndefined();
  sends.add(camera(1));
  expect(sends.takeRequirement()).toEqual({ audios: 0, videos: 0 });
  expect(sends.takeRequirement()).toBeUndefined();
  sends.add(camera(2));
  sends.add(microphone(3));
  expect(sends.takeRequirement()).toEqual({ audios: 1, videos: 1 });
  sends.add(camera(4));
  expect(sends.takeRequirement()).toEqual({ audios: 0, videos: 1 });
  expect(sends.takeRequirement()).toBeUndefined();
});

test("SectionSends asks again after an answer that left tracks without a section", () => {
  const sends = new SectionSends(10);
  sends.add(camera(1));
  expect(sends.takeRequirement()).toEqual({ audios: 0, videos: 1 });
  placed(sends, []);
  expect(sends.takeRequirement()).toEqual({ audios: 0, videos: 1 });
});

test("SectionSends asks for an offer to stop a track that is gone", () => {
  const sends = new SectionSends(10);
  sends.add(camera(1));
  placed(sends, [video("a")]);
  expect(sends.takeRequirement()).toBeUndefined();
  sends.remove(1);
  expect(sends.takeRequirement()).toEqual({ audios: 0, videos: 0 });
  placed(sends, [video("a")]);
  expect(sends.takeRequirement()).toBeUndefined();
});

test("SectionSends takes as many tracks as its limit, and a known key again", () => {
  const sends = new SectionSends(2);
  expect([camera(1), camera(2), camera(3), camera(2)].map((track) => sends.add(track))).toEqual([
    true,
    true,
    false,
    true,
  ]);
});
