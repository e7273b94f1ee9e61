import { expect, test } from "bun:test";
import { MetricRegistry } from "../../telemetry/metrics/metric-registry.ts";
import { RoomMetrics } from "../../telemetry/metrics/room-metrics.ts";
import { TransportMilestones } from "./transport-milestones.ts";

function setUp(hasChannels: boolean) {
  const registry = new MetricRegistry();
  const steps = new TransportMilestones(new RoomMetrics(registry), "PUBLISHER", hasChannels);
  const counts = async () => {
    const text = await registry.text();
    const found = text.matchAll(
      /peer_connection_state\{transport="PUBLISHER",state="(\w+)"\} (\d)/g,
    );
    return Object.fromEntries([...found].map(([, state, count]) => [state, Number(count)]));
  };
  return { steps, counts };
}

test("each step of a connection counts once, however often it is taken", async () => {
  const { steps, counts } = setUp(true);
  for (let i = 0; i < 2; i++) {
    steps.started();
    steps.iceConnected();
    steps.connected();
  }
  expect(await counts()).toEqual({ started: 1, ice_connected: 1, connected: 1 });
  steps.channelOpened("_lossy");
  steps.channelOpened("own");
  expect(await counts()).toMatchObject({ connected: 1 });
  steps.channelOpened("_reliable");
  steps.channelOpened("_reliable");
  expect(await counts()).toEqual({
    started: 1,
    ice_connected: 1,
    connected: 1,
    fully_established: 1,
  });
});

test("a connection without our channels is established when it is connected", async () => {
  const { steps, counts } = setUp(false);
  steps.connected();
  expect(await counts()).toEqual({ connected: 1, fully_established: 1 });
});
