import { Lab } from "./lab.ts";
import { metricsOf, settledMs } from "./metrics.ts";
import { THREE_LAYERS } from "./video-tracks.ts";

/** What a scenario measured, beside what it has to keep. */
export type Measured = {
  readonly metric: string;
  readonly value: number;
  readonly bound: number;
  /** The value has to be at most the bound, or at least. */
  readonly is: "at most" | "at least";
};

export type Feedback = "remb" | "twcc";

const BOTH: readonly Feedback[] = ["remb", "twcc"];

export type Scenario = {
  readonly name: string;
  /** With these the engine keeps its bounds, and a test holds it to them; see the report for all. */
  readonly keptWith: readonly Feedback[];
  run(feedback: Feedback, seed: number): readonly Measured[];
};

export function isKept({ value, bound, is }: Measured): boolean {
  return is === "at most" ? value <= bound : value >= bound;
}

const atMost = (metric: string, value: number, bound: number): Measured => ({
  metric,
  value,
  bound,
  is: "at most",
});

const atLeast = (metric: string, value: number, bound: number): Measured => ({
  metric,
  value,
  bound,
  is: "at least",
});

const WARM_UP_MS = 15_000;
const SQUEEZE_MS = 30_000;
const RELEASE_MS = 40_000;
/** What reaches the estimator takes a moment; the queue is not its fault until then. */
const REACTION_MS = 5_000;

const QUEUE_MAX_MS = 300;
/** Of a publisher without simulcast: its lowest temporal layer has 400 kbit/s. */
const ONLY_LAYER = { bitrateBps: 1_000_000, width: 960, height: 540 };

/** 3 Mbit/s, then so little, then 3 Mbit/s again. */
function squeeze(
  layers: number,
  squeezedBps: number,
  rttMs: number,
  keptWith: readonly Feedback[],
): Scenario {
  const kept = layers > 1 ? THREE_LAYERS.slice(0, layers) : [ONLY_LAYER];
  return {
    name: `${layers} layer${layers > 1 ? "s" : ""}, 3 Mbit/s to ${squeezedBps / 1_000} kbit/s and back, RTT ${rttMs} ms`,
    keptWith,
    run(feedback, seed) {
      const lab = new Lab(seed);
      const camera = lab.publishVideo(lab.addPublisher(), { mode: "vp8", layers: kept });
      const client = lab.addSubscriber({
        feedback,
        downlink: { rateBps: 3_000_000, delayMs: rttMs / 2, queueMs: 1_000 },
        uplink: { delayMs: rttMs / 2 },
      });
      const watched = lab.watch(client, camera);
      lab.run(WARM_UP_MS);
      client.downlink.set({ rateBps: squeezedBps });
      lab.run(SQUEEZE_MS);
      const releasedMs = lab.nowMs;
      client.downlink.set({ rateBps: 3_000_000 });
      lab.run(RELEASE_MS);
      client.end();
      const queuedMs = client.downlink.lastQueuedMs(QUEUE_MAX_MS, WARM_UP_MS, releasedMs);
      const back = settledMs(watched, releasedMs, lab.nowMs, (layer) => layer === layers - 1);
      const during = metricsOf(client, watched, WARM_UP_MS, releasedMs);
      const late = metricsOf(client, watched, WARM_UP_MS + REACTION_MS, releasedMs);
      const after = metricsOf(client, watched, releasedMs + REACTION_MS);
      return [
        atMost(`last queue above ${QUEUE_MAX_MS} ms, ms after`, queuedMs - WARM_UP_MS, REACTION_MS),
        atLeast("use of the link then, %", (late.bitrateBps * 100) / squeezedBps, 20),
        atLeast("pictures a second then", late.pictures / ((SQUEEZE_MS - REACTION_MS) / 1_000), 7),
        atMost("freezes while squeezed", during.freezes, 1),
        atMost("back at the top, ms", back - releasedMs, 10_000),
        atMost("freezes after the release", after.freezes, 0),
        atMost("violations", after.violations.length, 0),
      ];
    },
  };
}

const LOSSY_MS = 60_000;

function lossy(loss: number, rttMs: number, temporalLayers: number): Scenario {
  return {
    name: `${loss * 100} % loss, RTT ${rttMs} ms, ${temporalLayers} temporal layers`,
    // without temporal layers each loss counts, and one that stays makes clients wait three seconds
    keptWith: temporalLayers > 1 ? BOTH : [],
    run(feedback, seed) {
      const lab = new Lab(seed);
      const camera = lab.publishVideo(lab.addPublisher(), { mode: "vp8", temporalLayers });
      const client = lab.addSubscriber({
        feedback,
        downlink: { delayMs: rttMs / 2, loss },
        uplink: { delayMs: rttMs / 2 },
      });
      const watched = lab.watch(client, camera);
      lab.run(LOSSY_MS);
      client.downlink.set({ loss: 0 });
      lab.run(1_000);
      client.end();
      const metrics = metricsOf(client, watched);
      return [
        atLeast("packets delivered, %", metrics.delivered * 100, 99.9),
        atMost("longest freeze, ms", metrics.freezeMaxMs, 300),
        atLeast("last layer", metrics.lastLayer, 2),
        atMost("violations", metrics.violations.length, 0),
      ];
    },
  };
}

const SWITCHES = 40;
const BETWEEN_SWITCHES_MS = 1_500;
const KEY_FRAME_INTERVAL_MS = 1_000;

function switches(loss: number): Scenario {
  return {
    name: `${SWITCHES} layer switches while moving, ${loss * 100} % loss`,
    keptWith: BOTH,
    run(feedback, seed) {
      const lab = new Lab(seed);
      const camera = lab.publishVideo(lab.addPublisher(), { mode: "vp8" });
      const client = lab.addSubscriber({
        feedback,
        downlink: { delayMs: 25, loss, jitterMs: 10, reorders: true },
        uplink: { delayMs: 25 },
      });
      const watched = lab.watch(client, camera);
      lab.run(3_000);
      for (let i = 0; i < SWITCHES; i++) {
        client.set(watched, { maxSpatialLayer: [0, 2, 1, 2, 0, 1][i % 6]! });
        lab.run(BETWEEN_SWITCHES_MS);
      }
      client.end();
      const metrics = metricsOf(client, watched, 3_000);
      return [
        atLeast("switches", metrics.switches, SWITCHES * 0.8),
        atMost("longest freeze, ms", metrics.freezeMaxMs, KEY_FRAME_INTERVAL_MS),
        atMost("violations", metrics.violations.length, 0),
      ];
    },
  };
}

const MOVING_MS = 20_000;
/** Of 30; screens go down to 7.5. */
const MOVING_PICTURES = 18;

/** A camera on a link that has room for its second layer, or for a quarter of its third's pictures. */
const MOVING: Scenario = {
  name: "a camera of 720p on 1 Mbit/s",
  keptWith: BOTH,
  run(feedback, seed) {
    const lab = new Lab(seed);
    const camera = lab.publishVideo(lab.addPublisher(), { mode: "vp8" });
    const client = lab.addSubscriber({
      feedback,
      downlink: { rateBps: 3_000_000, delayMs: 25, queueMs: 500 },
      uplink: { delayMs: 25 },
    });
    const watched = lab.watch(client, camera);
    lab.run(WARM_UP_MS);
    client.downlink.set({ rateBps: 1_000_000 });
    lab.run(REACTION_MS + MOVING_MS);
    client.end();
    const metrics = metricsOf(client, watched, WARM_UP_MS + REACTION_MS);
    return [
      atLeast("pictures a second", metrics.pictures / (MOVING_MS / 1_000), MOVING_PICTURES),
      atMost("queue once settled, ms", metrics.queueMaxMs, 300),
      atMost("violations", metrics.violations.length, 0),
    ];
  },
};

const TRACKS = 3;

/** Several cameras for one viewer, who has to make do with less than one whole one. */
function crowded(allowPause: boolean): Scenario {
  return {
    name: `${TRACKS} cameras on 600 kbit/s, ${allowPause ? "may" : "must not"} pause`,
    keptWith: [],
    run(feedback, seed) {
      const lab = new Lab(seed);
      const client = lab.addSubscriber({
        feedback,
        allowPause,
        downlink: { rateBps: 10_000_000, delayMs: 25, queueMs: 1_000 },
        uplink: { delayMs: 25 },
      });
      const watched = Array.from({ length: TRACKS }, () =>
        lab.watch(client, lab.publishVideo(lab.addPublisher(), { mode: "vp8" })),
      );
      lab.run(WARM_UP_MS);
      client.downlink.set({ rateBps: 600_000 });
      lab.run(SQUEEZE_MS);
      client.end();
      const fromMs = WARM_UP_MS + REACTION_MS;
      const metrics = watched.map((it) => metricsOf(client, it, fromMs));
      return [
        atMost("queue once settled, ms", metrics[0]!.queueMaxMs, 300),
        atLeast("use of the link, %", metrics[0]!.bitrateBps / 6_000, 50),
        atLeast("least pictures of a camera", Math.min(...metrics.map((it) => it.pictures)), 100),
        atMost("violations", metrics.flatMap((it) => it.violations).length, 0),
      ];
    },
  };
}

export const SCENARIOS: readonly Scenario[] = [
  squeeze(3, 500_000, 50, []),
  squeeze(2, 500_000, 50, ["twcc"]),
  squeeze(1, 500_000, 50, BOTH),
  squeeze(3, 1_000_000, 50, ["twcc"]),
  squeeze(3, 500_000, 200, []),
  lossy(0.05, 50, 1),
  lossy(0.05, 50, 3),
  MOVING,
  switches(0),
  switches(0.02),
  crowded(false),
  crowded(true),
];
