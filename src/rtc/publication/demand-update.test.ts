import { expect, test } from "bun:test";
import { livekit } from "../../gen/livekit.js";
import { audioDemand, videoDemand } from "./demand-update.ts";

test("a report on video lists all three qualities, and the first codec's for older clients", () => {
  const message = videoDemand(
    "TR_x",
    new Map([
      ["vp9", 1],
      ["vp8", -1],
    ]),
  );
  const update = message.subscribedQualityUpdate;
  const { LOW, MEDIUM, HIGH } = livekit.VideoQuality;
  expect(update?.trackSid).toBe("TR_x");
  expect(update?.subscribedQualities?.map(({ quality, enabled }) => [quality, enabled])).toEqual([
    [LOW, true],
    [MEDIUM, true],
    [HIGH, false],
  ]);
  expect(update?.subscribedCodecs?.map(({ codec }) => codec)).toEqual(["vp9", "vp8"]);
  const [, vp8] = update?.subscribedCodecs ?? [];
  expect(vp8?.qualities?.map(({ enabled }) => enabled)).toEqual([false, false, false]);
});

test("a report on sound says which codecs are wanted", () => {
  const message = audioDemand(
    "TR_y",
    new Map([
      ["opus", 0],
      ["pcmu", -1],
    ]),
  );
  expect(message.subscribedAudioCodecUpdate).toMatchObject({
    trackSid: "TR_y",
    subscribedAudioCodecs: [
      { codec: "opus", enabled: true },
      { codec: "pcmu", enabled: false },
    ],
  });
});
