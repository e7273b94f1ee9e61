import { expect, test } from "bun:test";
import { Lab } from "./lab.ts";
import { Random } from "./random.ts";

/** spec-media 11: after a hundred switches and mute cycles. */
const SKEW_MAX_MS = 40;
const CYCLES = 100;

test.each([
  { title: "clocks that agree", ntpOffsetMs: 0, jitterMs: 0 },
  { title: "a publisher whose clock is an hour off", ntpOffsetMs: 3_600_000, jitterMs: 0 },
  { title: "reports that jitter", ntpOffsetMs: -250, jitterMs: 30 },
])(
  "sound and picture stay together over switches and mutes, with $title",
  ({ ntpOffsetMs, jitterMs }) => {
    const lab = new Lab(11);
    const random = new Random(5);
    const publisher = lab.addPublisher({ uplink: { delayMs: 20, jitterMs } });
    const camera = lab.publishVideo(publisher, { mode: "vp8", ntpOffsetMs });
    const microphone = lab.publishAudio(publisher, { ntpOffsetMs });
    const client = lab.addSubscriber({ downlink: { delayMs: 30 } });
    const watched = lab.watch(client, camera);
    lab.listen(client, microphone);
    lab.run(6_000);
    for (let i = 0; i < CYCLES; i++) {
      const kind = i % 4;
      if (kind < 2) client.set(watched, { maxSpatialLayer: i % 3 });
      const track = kind === 2 ? camera : microphone;
      if (kind >= 2) publisher.setMuted(track, true);
      lab.run(random.between(300, 3_000));
      if (kind >= 2) publisher.setMuted(track, false);
      lab.run(random.between(300, 3_000));
    }
    expect(watched.video.layerChanges.length).toBeGreaterThan(CYCLES / 4);
    expect(client.sync.samples).toBeGreaterThan(10_000);
    expect(client.sync.skewMaxMs).toBeLessThan(SKEW_MAX_MS);
    expect(watched.sent.violations).toEqual([]);
    expect(watched.video.decoder.violations).toEqual([]);
    expect(client.heard[0]!.sent.violations).toEqual([]);
    expect(lab.engine.errors).toEqual([]);
  },
  120_000,
);
