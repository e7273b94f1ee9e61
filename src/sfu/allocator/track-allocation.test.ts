import { expect, test } from "bun:test";
import { FakeVideo } from "../../../test/support/fake-video.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { layerIndex } from "./layer-index.ts";

test.each([
  { title: "all that is asked for", max: 2, there: [0, 1, 2], target: 2, request: 2 },
  { title: "no more than what is asked for", max: 1, there: [0, 1, 2], target: 1, request: 1 },
  { title: "what there is", max: 2, there: [0, 1], target: 1, request: 1 },
  { title: "more where there is nothing less", max: 0, there: [2], target: 2, request: 2 },
  { title: "what may come, where nothing does", max: 2, there: [], target: 2, request: 2 },
])("an optimal track that flows not yet aims at $title", ({ max, there, target, request }) => {
  const video = new FakeVideo({ maxSpatial: max });
  const published: readonly number[] = there;
  for (const spatial of [0, 1, 2]) if (!published.includes(spatial)) video.withdraw(spatial);
  video.allocation.allocateOptimal(true, false);
  const { layers } = video.forwarder;
  expect([layers.targetSpatial, layers.requestSpatial]).toEqual([target, request]);
  expect(video.allocation.isDeficient).toBe(false);
  const isDry = !published.some((spatial) => spatial <= max);
  expect(video.allocation.pauseReason).toBe(isDry ? "feed-dry" : "none");
});

test("an optimal track that flows follows what is published, and stays where nothing is", () => {
  const video = new FakeVideo();
  const { allocation } = video;
  allocation.allocateOptimal(true, false);
  video.flow(0);
  video.withdraw(2);
  allocation.allocateOptimal(true, false);
  expect(video.target).toEqual([1, 3]);
  video.publish(2);
  allocation.allocateOptimal(true, false);
  expect(video.target).toEqual([2, 3]);
  for (const spatial of [0, 1, 2]) video.withdraw(spatial);
  allocation.allocateOptimal(true, false);
  expect(video.target).toEqual([2, 3]);
});

test("layers of one stream are all taken as they come, and none above the maximum", () => {
  const video = new FakeVideo({ isSvc: true, streams: 2 });
  video.allocation.allocateOptimal(true, false);
  expect([video.target, video.forwarder.layers.requestSpatial]).toEqual([[2, 3], 1]);
  const low = new FakeVideo({ isSvc: true, maxSpatial: 0 });
  low.withdraw(0);
  low.allocation.allocateOptimal(true, false);
  expect(low.target).toEqual([0, 3]);
});

test("temporal layers that cannot be told apart are one", () => {
  const video = new FakeVideo({ codec: Codec.H264 });
  for (const spatial of [0, 1, 2]) video.publish(spatial, [100, 100, 100, 100]);
  video.allocation.allocateOptimal(true, false);
  video.flow(0);
  video.allocation.allocateOptimal(true, false);
  expect(video.target).toEqual([2, 0]);
  expect(video.allocation.requestedBps).toBe(100);
});

test("a muted track takes nothing, and lacks nothing", () => {
  const video = new FakeVideo();
  video.forwarder.setMuted(true);
  expect(video.allocation.allocateOptimal(true, false)).toBe(0);
  expect(video.allocation.pauseReason).toBe("muted");
  video.allocation.pause();
  expect([video.allocation.pauseReason, video.allocation.isDeficient]).toEqual(["muted", false]);
  expect(video.allocation.distanceToDesired).toBe(0);
});

test("layers are tried within the capacity, and the first in any case if it must not pause", () => {
  const { allocation } = new FakeVideo({ isScreenShare: true });
  allocation.prepare();
  expect(allocation.tryLayer(layerIndex(0, 0), 59_999, true)).toBe(0);
  expect(allocation.tryLayer(layerIndex(0, 0), 0, false)).toBe(60_000);
  expect(allocation.tryLayer(layerIndex(0, 1), 29_999, false)).toBe(0);
  expect(allocation.tryLayer(layerIndex(0, 1), 30_000, false)).toBe(30_000);
  // The same as the layer below it is none of its own.
  expect(allocation.tryLayer(layerIndex(0, 3), 1_000_000, true)).toBe(0);
  expect(allocation.tryLayer(layerIndex(1, 0), 110_000, true)).toBe(110_000);
  expect(allocation.provisional).toBe(layerIndex(1, 0));
});

test("a track gives back what costs it least: time before space, and all when it has no use for it", () => {
  const video = new FakeVideo();
  const { allocation } = video;
  allocation.allocateOptimal(true, false);
  allocation.prepare();
  expect(allocation.tryBestLower()).toBe(800_000);
  expect(allocation.provisional).toBe(layerIndex(2, 1));
  for (const spatial of [0, 1, 2]) video.withdraw(spatial);
  allocation.prepare();
  expect(allocation.tryBestLower()).toBe(2_000_000);
});

test("steps up go through time, then space, and a step under way is waited for", () => {
  const video = new FakeVideo();
  const { allocation } = video;
  allocation.prepare();
  allocation.tryLayer(layerIndex(1, 1), 300_000, true);
  allocation.commit();
  expect(allocation.nextHigherBps(0, true)).toBe(-1);
  video.flow(0);
  expect(allocation.nextHigherBps(0, true)).toBe(200_000);
  expect(allocation.allocateNextHigher(199_999, false)).toBe(false);
  expect(allocation.allocateNextHigher(200_000, false)).toBe(true);
  video.flow(100);
  // Past the 2/0 with 800 kbit/s, which is choppy.
  expect(allocation.nextHigherBps(100, true)).toBe(700_000);
});

test("a larger picture of a camera comes with a second temporal layer, or not at all", () => {
  const { allocation } = new FakeVideo();
  const share = (capacityBps: number): number => {
    allocation.prepare();
    let leftBps = capacityBps;
    for (let layer = 0; layer < 12; layer++) leftBps -= allocation.tryLayer(layer, leftBps, true);
    return allocation.provisional;
  };
  expect(share(1_199_999)).toBe(layerIndex(1, 2));
  allocation.commit();
  expect(allocation.allocateNextHigher(699_999, true)).toBe(false);
  expect(allocation.allocateNextHigher(700_000, true)).toBe(true);
  expect(allocation.target).toBe(layerIndex(2, 1));
  expect(share(299_999)).toBe(layerIndex(0, 2));
});

test("a track that gives passes over a larger picture that is choppy", () => {
  const video = new FakeVideo();
  const { allocation } = video;
  // 2/0 would save most for its cost.
  video.publish(2, [510_000, 1_900_000, 2_000_000, 2_000_000]);
  allocation.prepare();
  for (const layer of [layerIndex(0, 0), layerIndex(2, 1)]) {
    allocation.tryLayer(layer, 10_000_000, true);
  }
  allocation.commit();
  allocation.prepare();
  expect(allocation.tryBestLower()).toBe(1_600_000);
  expect(allocation.provisional).toBe(layerIndex(1, 1));
});

test.each([
  { title: "of a screen share", fields: { isScreenShare: true } },
  { title: "with two temporal layers", bitrates: [800_000, 1_200_000] },
  { title: "where no lower one moves faster", lower: [[150_000], [500_000]] },
  { title: "where the subscriber asks for no more", maxTemporal: 0 },
  { title: "where no lower one that moves fits", lower: [[150_000], [500_000, 950_000, 990_000]] },
])("the lowest temporal layer of a larger picture is taken $title", (row) => {
  const video = new FakeVideo(row.fields);
  const { allocation, forwarder } = video;
  if (row.bitrates) video.publish(2, row.bitrates);
  for (const [spatial, bitrates] of (row.lower ?? []).entries()) video.publish(spatial, bitrates);
  if (row.maxTemporal !== undefined) forwarder.layers.maxTemporal = row.maxTemporal;
  allocation.prepare();
  let leftBps = 900_000;
  for (let layer = 0; layer < 12; layer++) leftBps -= allocation.tryLayer(layer, leftBps, true);
  expect(allocation.provisional).toBe(layerIndex(2, 0));
});

test("what has become choppy is not stayed with", () => {
  const video = new FakeVideo();
  const { allocation } = video;
  video.publish(2, [800_000]);
  allocation.prepare();
  expect(allocation.tryLayer(layerIndex(2, 0), 800_000, true)).toBe(800_000);
  allocation.commit();
  allocation.prepare();
  expect(allocation.tryStay()).toBe(true);
  video.publish(2);
  allocation.prepare();
  expect(allocation.tryStay()).toBe(false);
});

test("a step in time that the encoder never takes does not hold up others for good", () => {
  const video = new FakeVideo();
  const { allocation, forwarder } = video;
  allocation.prepare();
  allocation.tryLayer(layerIndex(0, 1), 300_000, true);
  allocation.commit();
  video.flow(0);
  forwarder.layers.currentTemporal = 0;
  expect(allocation.nextHigherBps(100, true)).toBe(-1);
  expect(allocation.nextHigherBps(2_000, true)).toBe(-1);
  expect(allocation.nextHigherBps(2_100, true)).toBe(60_000);
});

test.each([
  { title: "nothing lacks", target: layerIndex(2, 2), distance: 0 },
  { title: "a temporal layer lacks", target: layerIndex(2, 1), distance: 1 / 3 },
  { title: "a spatial layer lacks", target: layerIndex(1, 2), distance: 1 },
  { title: "it has the least", target: layerIndex(0, 0), distance: 2 + 2 / 3 },
  { title: "it has nothing", target: -1, distance: 3 + 2 / 3 },
])("the distance to what is desired, where $title", ({ target, distance }) => {
  const { allocation } = new FakeVideo();
  allocation.prepare();
  for (let layer = 0; layer <= target; layer++) allocation.tryLayer(layer, 10_000_000, true);
  allocation.commit();
  expect(allocation.distanceToDesired).toBeCloseTo(distance, 9);
});

test("what the publisher does not send is no distance", () => {
  const video = new FakeVideo();
  const { allocation } = video;
  allocation.prepare();
  allocation.tryLayer(layerIndex(0, 2), 1_000_000, true);
  allocation.commit();
  expect(allocation.distanceToDesired).toBe(2);
  video.withdraw(2);
  expect(allocation.distanceToDesired).toBe(1);
  video.withdraw(1);
  expect(allocation.distanceToDesired).toBe(0);
});
