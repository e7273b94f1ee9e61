import { expect, test } from "bun:test";
import { Lab } from "./lab.ts";
import { metricsOf } from "./metrics.ts";

test.each([{ feedback: "remb" as const }, { feedback: "twcc" as const }])(
  "a viewer with room to spare gets the highest layer and no freeze ($feedback)",
  ({ feedback }) => {
    const lab = new Lab(1);
    const camera = lab.publishVideo(lab.addPublisher(), { mode: "vp8" });
    const client = lab.addSubscriber({
      feedback,
      downlink: { rateBps: 10_000_000, delayMs: 25 },
      uplink: { delayMs: 25 },
    });
    const watched = lab.watch(client, camera);
    lab.run(20_000);
    client.end();
    const metrics = metricsOf(client, watched);
    expect(metrics).toMatchObject({ freezes: 0, lastLayer: 2, delivered: 1, violations: [] });
    expect(metrics.firstPictureMs).toBeLessThan(400);
    expect(metrics.pictures).toBeGreaterThan(590);
    expect(watched.sent.holes).toBe(0);
    expect(lab.engine.errors).toEqual([]);
  },
);

test("the same seed gives the same run", () => {
  const run = (seed: number): object => {
    const lab = new Lab(seed);
    const camera = lab.publishVideo(lab.addPublisher({ uplink: { loss: 0.02 } }), { mode: "vp8" });
    const client = lab.addSubscriber({ downlink: { loss: 0.05, jitterMs: 20, reorders: true } });
    const watched = lab.watch(client, camera);
    lab.run(5_000);
    return { ...metricsOf(client, watched), steps: lab.simulation.steps };
  };
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
});

test("a picture of the lab is broken when a reference is missing, and the lab sees it", () => {
  const lab = new Lab(3);
  const camera = lab.publishVideo(lab.addPublisher(), { mode: "vp8", temporalLayers: 1 });
  const client = lab.addSubscriber();
  const watched = lab.watch(client, camera);
  lab.run(1_000);
  // an encoder that refers to what it never sent
  const encode = camera.publisher.encoder.encode.bind(camera.publisher.encoder);
  camera.publisher.encoder.encode = (captureMs) =>
    encode(captureMs).map((frame) => ({ ...frame, references: frame.isKeyFrame ? [] : [200] }));
  lab.run(1_000);
  expect(metricsOf(client, watched).violations[0]).toContain("was decoded without frame");
});

test("a viewer of VP9 who looks away and back is sent no picture that it has seen", () => {
  const lab = new Lab(5);
  const camera = lab.publishVideo(lab.addPublisher(), { mode: "vp9" });
  const client = lab.addSubscriber();
  const watched = lab.watch(client, camera);
  lab.run(1_000);
  camera.publisher.encoder.requestKeyFrame(0);
  lab.run(200);
  client.set(watched, { isDisabled: true });
  lab.run(100);
  client.set(watched, { isDisabled: false });
  lab.run(3_000);
  expect(metricsOf(client, watched)).toMatchObject({ lastLayer: 2, violations: [] });
});
