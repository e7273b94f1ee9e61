import { expect, test } from "bun:test";
import { loadTestConfig } from "../../test/support/test-config.ts";
import { DEFAULT_REMOTE_BWE, DEFAULT_SEND_SIDE_BWE } from "../sfu/bwe/default-settings.ts";
import { CAMERA_RULES, SCREEN_RULES } from "../sfu/receiver/tracker-rules.ts";
import { mediaThreadCount, mediaThreadOptions, rtcSettings } from "./settings.ts";

const KEYS = "keys: {devkey: secretsecretsecretsecretsecretsecret}\n";
const ADDRESSES = [
  { listen: "10.0.0.1", announce: ["198.51.100.1", "10.0.0.1"] },
  { listen: "fd00::1", announce: ["fd00::1"] },
];

const threadsOf = (yaml: string, ports: readonly number[]) =>
  mediaThreadOptions(loadTestConfig(KEYS + yaml), ADDRESSES, ports);

test.each([
  { title: "one for each core", yaml: "rtc: {udp_port: 7000-7009}", cores: 4, ports: 4 },
  { title: "no more than ports", yaml: "rtc: {udp_port: 7000-7001}", cores: 4, ports: 2 },
  { title: "one for one port", yaml: "rtc: {udp_port: 7000}", cores: 4, ports: 1 },
  {
    title: "as many as are asked for",
    yaml: "rtc: {udp_port: 7000-7009, workers: 3}",
    cores: 1,
    ports: 3,
  },
  {
    title: "one in the process itself",
    yaml: "rtc: {udp_port: 7000-7009, workers: 0}",
    cores: 4,
    ports: 1,
  },
  {
    title: "ports of a range",
    yaml: "rtc: {port_range_start: 7000, port_range_end: 7100}",
    cores: 2,
    ports: 2,
  },
])("media threads: $title", ({ yaml, cores, ports }) => {
  expect(mediaThreadCount(loadTestConfig(KEYS + yaml), cores)).toBe(ports);
});

test("each media thread has its port on every address", () => {
  const threads = threadsOf("", [7000, 7003]);
  expect(threads.map(({ index }) => index)).toEqual([0, 1]);
  const listens = threads.map((thread) =>
    thread.listens.map(({ address, port }) => `${address} ${port}`),
  );
  expect(listens).toEqual([
    ["10.0.0.1 7000", "fd00::1 7000"],
    ["10.0.0.1 7003", "fd00::1 7003"],
  ]);
});

test("addresses are announced as they were chosen, and not at all when all is to go over TCP", () => {
  const announced = (yaml: string) =>
    threadsOf(yaml, [7000])[0]!.listens.map(({ announce }) => announce);
  expect(announced("rtc: {udp_port: 7000}")).toEqual([["198.51.100.1", "10.0.0.1"], ["fd00::1"]]);
  expect(announced("rtc: {udp_port: 7000, force_tcp: true}")).toEqual([[], []]);
});

test.each([
  ["", "both"],
  ["use_send_side_bwe: auto", "both"],
  ["use_send_side_bwe: true", "transport-cc"],
  ["use_send_side_bwe: false", "remb"],
  ["use_send_side_bwe_interceptor: true", "transport-cc"],
])("congestion control by %p is %p", (line, expected) => {
  const config = loadTestConfig(`${KEYS}rtc: {congestion_control: {${line}}}`);
  expect(rtcSettings(config, "1", "ND_1", () => []).congestionControl).toBe(expected as "both");
});

test("estimators that are started without a configuration go by its defaults", () => {
  const [thread] = threadsOf("", [7000]);
  expect(thread?.bwe).toEqual({
    remote: DEFAULT_REMOTE_BWE,
    sendSide: DEFAULT_SEND_SIDE_BWE,
    isPaced: true,
  });
  const config = "rtc: {congestion_control: {send_side_bwe_pacer: pass-through}}";
  expect(threadsOf(config, [7000])[0]?.bwe?.isPaced).toBe(false);
});

test("buffers, throttles and audio reach the media threads", () => {
  const yaml = `
rtc:
  udp_port: 7000
  packet_buffer_size_video: 300
  packet_buffer_size_audio: 100
  rtx_budget: {audio: {max_ratio: 0.2}, video: {max_ratio: 0.5, burst_bytes: 9000}}
  pli_throttle: {low_quality: 1s, mid_quality: 2s, high_quality: 3s}
audio: {active_level: 30, min_percentile: 50, update_interval: 300, smooth_intervals: 4, enable_loss_proxying: true}
`;
  expect(threadsOf(yaml, [7000])[0]).toMatchObject({
    warnOfSmallBuffer: true,
    videoPacketsMax: 300,
    audioPacketsMax: 100,
    pliThrottleMs: [1_000, 2_000, 3_000],
    audio: { activeLevel: 30, minPercentile: 50, updateIntervalMs: 300, smoothIntervals: 4 },
    isAudioLossProxied: true,
    rtxBudget: {
      audio: { maxRatio: 0.2, burstBytes: 4_000 },
      video: { maxRatio: 0.5, burstBytes: 9_000 },
    },
  });
});

test("a playout delay is told only where it is enabled", () => {
  const told = (yaml: string) => {
    const config = loadTestConfig(`${KEYS}${yaml}`);
    return rtcSettings(config, "1.2.3", "ND_x", () => []).playoutDelay;
  };
  expect(told("room: {playout_delay: {min: 100, max: 2000}}")).toBeUndefined();
  expect(told("room: {playout_delay: {enabled: true, min: 100, max: 2000}}")).toEqual({
    minMs: 100,
    maxMs: 2_000,
  });
});

test("layers are found live as the configuration says, by default as the reference does", () => {
  const [standard] = threadsOf("", [7000]);
  expect(standard?.trackers).toEqual({ camera: CAMERA_RULES, screen: SCREEN_RULES });
  const [changed] = threadsOf(
    `
video:
  stream_tracker_manager:
    video: {bitrate_report_interval: {1: 0s}, packet_tracker: {2: {samples_required: 7}}}
    screenshare: {stream_tracker_type: frame, frame_tracker: {0: {min_fps: 0.25}}}
`,
    [7000],
  );
  const { camera, screen } = changed!.trackers!;
  // what would never end is at least short
  expect(camera.bitrateWindowMs).toEqual([1_000, 100, 1_000]);
  expect(camera.packet[2]).toEqual({ samples: 7, cycles: 0, cycleMs: 10 });
  expect(screen.kind).toBe("frame");
  expect(screen.frame.map(({ minFps }) => minFps)).toEqual([0.25, 0.5, 0.5]);
});

test("the room and limit sections reach the control side", () => {
  const config = loadTestConfig(
    `${KEYS}room: {auto_create: false, max_participants: 7}\nlimit: {max_metadata_size: 99}`,
  );
  expect(rtcSettings(config, "1.2.3", "ND_x", () => [])).toMatchObject({
    autoCreate: false,
    maxParticipants: 7,
    maxMetadataBytes: 99,
    serverVersion: "1.2.3",
    nodeId: "ND_x",
  });
});
