import { expect, test } from "bun:test";
import type { LoadSums } from "../../src/bridge/events.ts";
import { RtcpType } from "../../src/wire/rtcp/rtcp-types.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import type { SimClient } from "../support/sim-client.ts";
import { SimEngine } from "../support/sim-engine.ts";
import { SimPublisher } from "../support/sim-publisher.ts";

const CAMERA = 1;
const MICROPHONE = 2;
const VIEWERS = [11, 12, 13, 14];
const STEP_MS = 5;
/** Of a microphone. */
const AUDIO_A_SECOND = 50;
/** Work that a video of this layer makes, as a share of the thread; none while it is paused. */
const LAYER_COSTS = [0.02, 0.08, 0.2];

const videoOf = (peerId: number) => peerId * 10;
const audioOf = (peerId: number) => peerId * 10 + 1;

/**
 * A camera and a microphone with four viewers, on a thread that each video costs what its layer takes
 * and `other` is spent on something else.
 */
class Scene {
  readonly engine = new SimEngine();
  readonly viewers: SimClient[];
  readonly #publisher: SimPublisher;
  /** By down track, as the control side was told last. */
  readonly layers = new Map<number, number>();
  readonly states = new Map<number, string>();
  other = 0;

  constructor() {
    const { engine } = this;
    this.#publisher = new SimPublisher(engine.connect(1));
    this.viewers = VIEWERS.map((peerId) => engine.connect(peerId, { allowPause: true }));
    engine.publish(1, CAMERA, "video");
    engine.publish(1, MICROPHONE, "audio");
    for (const peerId of VIEWERS) {
      engine.subscribe(peerId, CAMERA, videoOf(peerId), Codec.Vp8);
      engine.subscribe(peerId, MICROPHONE, audioOf(peerId), Codec.Opus);
    }
  }

  get load(): number {
    const costs = VIEWERS.map((peerId) => LAYER_COSTS[this.layers.get(videoOf(peerId)) ?? -1] ?? 0);
    return costs.reduce((sum, cost) => sum + cost, this.other);
  }

  run(seconds: number): void {
    const publisher = this.#publisher;
    this.engine.advance(seconds * 1_000, () => {
      publisher.step();
      if (publisher.client.takeRtcp(RtcpType.PayloadFeedback).length > 0) publisher.requestKey();
      for (const event of this.engine.events("forwarding-changed")) {
        this.layers.set(event.downTrackId, event.spatialLayer);
        this.states.set(event.downTrackId, event.streamState);
      }
      this.engine.cpuMs += STEP_MS * Math.min(this.load, 1);
    });
  }

  /** Packets that each viewer got of this medium in so many seconds. */
  packets(seconds: number, idOf: (peerId: number) => number): number[] {
    for (const viewer of this.viewers) viewer.takeRtp(idOf(viewer.peerId) * 10);
    this.run(seconds);
    return this.viewers.map((viewer) => viewer.takeRtp(idOf(viewer.peerId) * 10).length);
  }

  get videoLayers(): (number | undefined)[] {
    return VIEWERS.map((peerId) => this.layers.get(videoOf(peerId)));
  }

  get videoStates(): (string | undefined)[] {
    return VIEWERS.map((peerId) => this.states.get(videoOf(peerId)));
  }

  get sums(): LoadSums {
    this.run(2);
    return this.engine.events("statistics-report").at(-1)!.counters.load;
  }
}

test("an overloaded thread lowers layers, not more than it must, and gives them back", () => {
  const scene = new Scene();
  scene.run(5);
  expect(scene.videoLayers).toEqual([2, 2, 2, 2]);
  expect(scene.engine.log.lines).toEqual([]);
  scene.other = 0.4;
  expect(scene.packets(20, audioOf)).toEqual(VIEWERS.map(() => 20 * AUDIO_A_SECOND));
  expect(scene.load).toBeLessThan(0.92);
  expect(scene.load).toBeGreaterThan(0.4);
  expect(Math.min(...scene.videoLayers.map((layer) => layer!))).toBeGreaterThanOrEqual(0);
  expect(scene.videoLayers).not.toEqual([2, 2, 2, 2]);
  expect(scene.videoStates).toEqual(VIEWERS.map(() => "active"));
  expect(scene.sums).toMatchObject({ overloads: 1, overloaded: 1, pausedTracks: 0 });
  scene.other = 0;
  scene.run(60);
  expect([scene.videoLayers, scene.sums]).toMatchObject([
    [2, 2, 2, 2],
    { overloads: 1, overloaded: 0, loweredTracks: 0, pausedTracks: 0 },
  ]);
  expect(scene.engine.log.lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    "warn: Media thread overloaded: video is reduced",
    "info: Media thread no longer overloaded: video is whole again",
  ]);
});

test("where no layer is left pictures are paused, and sound goes on with nothing missing", () => {
  const scene = new Scene();
  scene.run(5);
  scene.other = 0.95;
  scene.run(20);
  expect(scene.packets(5, videoOf)).toEqual([0, 0, 0, 0]);
  expect(scene.packets(20, audioOf)).toEqual(VIEWERS.map(() => 20 * AUDIO_A_SECOND));
  expect(scene.videoStates).toEqual(VIEWERS.map(() => "paused"));
  expect(scene.sums).toMatchObject({ overloaded: 1, loweredTracks: 0, pausedTracks: 4 });
  scene.other = 0;
  scene.run(90);
  expect(scene.videoStates).toEqual(VIEWERS.map(() => "active"));
  expect(scene.videoLayers).toEqual([2, 2, 2, 2]);
  expect(Math.min(...scene.packets(5, videoOf))).toBeGreaterThan(200);
});

test("viewers that leave an overloaded thread are forgotten, and who comes is treated as all are", () => {
  const scene = new Scene();
  scene.run(5);
  scene.other = 0.95;
  scene.run(20);
  for (const peerId of VIEWERS.slice(0, 2)) scene.engine.command({ kind: "close-peer", peerId });
  expect(scene.sums).toMatchObject({ pausedTracks: 2 });
  scene.engine.subscribe(13, CAMERA, 999, Codec.Vp8);
  scene.run(10);
  expect(scene.states.get(999)).toBe("paused");
  for (const peerId of VIEWERS.slice(2)) scene.engine.command({ kind: "close-peer", peerId });
  scene.other = 0;
  scene.run(20);
  expect(scene.sums).toMatchObject({ overloaded: 0, loweredTracks: 0, pausedTracks: 0 });
});

test("who is paused for lack of bandwidth stays so when all is given back, and not longer", () => {
  const scene = new Scene();
  const [short, ...others] = VIEWERS;
  const limit = { kind: "override-estimate", peerId: short!, bitrateBps: 100 } as const;
  scene.run(5);
  scene.engine.command(limit);
  scene.run(5);
  const shortOnly = ["paused", ...others.map(() => "active")];
  expect(scene.videoStates).toEqual(shortOnly);
  scene.other = 0.95;
  scene.run(20);
  expect(scene.videoStates).toEqual(VIEWERS.map(() => "paused"));
  scene.engine.command({ ...limit, bitrateBps: 90 });
  scene.other = 0;
  scene.run(90);
  expect(scene.videoStates).toEqual(shortOnly);
  scene.engine.command({ ...limit, bitrateBps: 0 });
  scene.run(20);
  expect(scene.videoStates).toEqual(VIEWERS.map(() => "active"));
  expect(scene.videoLayers).toEqual([2, 2, 2, 2]);
});
