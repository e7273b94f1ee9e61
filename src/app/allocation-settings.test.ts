import { expect, test } from "bun:test";
import { loadTestConfig } from "../../test/support/test-config.ts";
import { DEFAULT_ALLOCATION } from "../sfu/allocator/default-settings.ts";
import { allocationSettings } from "./allocation-settings.ts";

const KEYS = "keys: {devkey: secretsecretsecretsecretsecretsecret}\n";

const settingsOf = (congestionControl: string) =>
  allocationSettings(loadTestConfig(`${KEYS}rtc: {congestion_control: ${congestionControl}}`));

test("an engine without a configuration shares out as one with an empty one", () => {
  expect(settingsOf("{}")).toEqual(DEFAULT_ALLOCATION);
});

test("settings of the stream allocator reach the media threads", () => {
  const allocator = `{
    min_channel_capacity: 1000,
    disable_etimation_unmanaged_tracks: true,
    probe_mode: media,
    probe_overage_pct: 150,
    probe_min_bps: 50000,
    paused_min_wait: 7s,
  }`;
  expect(settingsOf(`{enabled: false, stream_allocator: ${allocator}}`)).toEqual({
    isEnabled: false,
    minChannelCapacityBps: 1_000,
    disableEstimationUnmanagedTracks: true,
    probeMode: "media",
    probeOveragePct: 150,
    probeMinBps: 50_000,
    pausedMinWaitMs: 7_000,
  });
});
