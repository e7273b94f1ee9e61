import { expect, test } from "bun:test";
import { Lab } from "./lab.ts";
import { metricsOf } from "./metrics.ts";

const LIMIT_MS = 120_000;
/** Ten minutes: numbers go round twice, TL0PICIDX seventeen times, timestamps and picture ids once. */
const LONG_MS = 600_000;

test(
  "all counters go round, and a viewer who loses packets meanwhile sees nothing of it",
  () => {
    const lab = new Lab(4);
    const start = { sn: 65_000, ts: 0xffff_0000 };
    const publisher = lab.addPublisher();
    const camera = lab.publishVideo(publisher, {
      mode: "vp8",
      starts: [start, start, start],
      firstPictureId: 32_700,
      firstTl0: 250,
    });
    const microphone = lab.publishAudio(publisher, { start });
    const client = lab.addSubscriber({ downlink: { delayMs: 10, loss: 0.01 } });
    const watched = lab.watch(client, camera);
    const heard = lab.listen(client, microphone);
    lab.run(LONG_MS);
    client.end();
    const metrics = metricsOf(client, watched);
    expect(metrics).toMatchObject({ freezes: 0, lastLayer: 2, violations: [] });
    expect(metrics.delivered).toBeGreaterThan(0.9999);
    expect(metrics.pictures).toBeGreaterThan((LONG_MS / 1_000) * 30 * 0.995);
    expect(watched.sent.packets).toBeGreaterThan(1.5 * 65_536);
    expect(watched.sent.holes).toBe(0);
    expect(heard.sent.violations).toEqual([]);
    expect(heard.sent.holes).toBe(0);
    expect(lab.engine.errors).toEqual([]);
  },
  LIMIT_MS,
);
