import { expect, test } from "bun:test";
import { freePort } from "../support/free-port.ts";
import { BLUE, NativeClient, watch } from "../support/native-client.ts";
import { ServerProcess } from "../support/server-process.ts";
import { until } from "../support/until.ts";

/** Families that a call with sound and pictures leaves behind, beside those that are always there. */
const FAMILIES = [
  "livekit_forward_jitter gauge",
  "livekit_forward_latency gauge",
  "livekit_forward_latency_ns histogram",
  "livekit_jitter_us histogram",
  "livekit_node_messages counter",
  "livekit_node_packet_total gauge",
  "livekit_node_service_operation counter",
  "livekit_node_twirp_request_latency_ms histogram",
  "livekit_node_twirp_request_status counter",
  "livekit_packet_bytes counter",
  "livekit_packet_loss_percent histogram",
  "livekit_packet_out_of_order_percent histogram",
  "livekit_packet_total counter",
  "livekit_participant_join_total counter",
  "livekit_participant_total gauge",
  "livekit_peer_connection_state counter",
  "livekit_pubsubtime_ms histogram",
  "livekit_quality_rating histogram",
  "livekit_quality_score histogram",
  "livekit_room_duration_seconds histogram",
  "livekit_room_total gauge",
  "livekit_rtt_ms histogram",
  "livekit_session_join_latency_ms histogram",
  "livekit_session_start_time_ms histogram",
  "livekit_track_publish_counter counter",
  "livekit_track_published_total gauge",
  "livekit_track_subscribe_counter counter",
  "livekit_track_subscribed_total gauge",
  "livekit_webhook_queue_length histogram",
  "process_cpu_seconds_total counter",
  "process_resident_memory_bytes gauge",
];

/** What comes with the first windows of five seconds: name and labels. */
const SAMPLES: readonly (readonly [string, ...string[]])[] = [
  ["livekit_quality_rating_count"],
  ["livekit_packet_total", 'direction="incoming"'],
  ["livekit_packet_total", 'direction="outgoing"'],
  ["livekit_packet_loss_percent_count", 'direction="incoming"', 'source="CAMERA",type="VIDEO"'],
  ["livekit_packet_loss_percent_count", 'direction="outgoing"', 'source="CAMERA",type="VIDEO"'],
  ["livekit_jitter_us_count", 'direction="outgoing"', 'source="MICROPHONE",type="AUDIO"'],
];

const QUALITY_WINDOWS_MS = 30_000;

async function scrape(port: number, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers });
  expect(response.headers.get("Content-Type")).toStartWith("text/plain; version=0.0.4");
  return response.text();
}

const familiesOf = (text: string): string[] =>
  [...text.matchAll(/^# TYPE (\S+ \S+)$/gm)].map(([, family]) => family!);

/** Sum of all values of a metric whose labels hold all of these. */
function sumOf(text: string, name: string, ...labels: string[]): number {
  return text
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`) && labels.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}

test("metrics count a call under the names that dashboards know", async () => {
  const port = await freePort();
  await using server = await ServerProcess.start({ config: { prometheus: { port } } });
  await using ada = await NativeClient.join(server, "call", "ada");
  await using bob = await NativeClient.join(server, "call", "bob");
  await ada.publishTone("voice", 440);
  await ada.publishColour("picture", BLUE, { width: 320, height: 240 });
  await bob.subscribed("voice");
  await watch((await bob.subscribed("picture")).track, 5);
  await server.rooms.listRooms();

  let text = "";
  const missing = async (): Promise<readonly string[]> => {
    text = await scrape(port);
    const families = familiesOf(text);
    return [
      ...FAMILIES.filter((family) => !families.includes(family)),
      ...SAMPLES.filter(([name, ...labels]) => sumOf(text, name, ...labels) === 0).flat(),
    ];
  };
  await until(async () => (await missing()).length === 0, {
    what: "all families to have a value",
    timeoutMs: QUALITY_WINDOWS_MS,
  }).catch(async (cause) => {
    throw new Error(`These have none: ${(await missing()).join(", ")}`, { cause });
  });
  expect(sumOf(text, "livekit_room_total")).toBe(1);
  expect(sumOf(text, "livekit_participant_total")).toBe(2);
  const current = ["AUDIO", "VIDEO"].map((kind) => [
    sumOf(text, "livekit_track_published_total", `kind="${kind}"`),
    sumOf(text, "livekit_track_subscribed_total", `kind="${kind}"`),
  ]);
  expect(current).toEqual([
    [1, 1],
    [1, 1],
  ]);
  const ratings = sumOf(text, "livekit_quality_rating_count");
  expect(sumOf(text, "livekit_quality_rating_sum")).toBe(2 * ratings);
  expect(text).toMatch(/livekit_room_total\{node_id="ND_\w+",node_type="SERVER"\} 1/);
});

test("metrics with a password are for who knows it, and the port's old name still counts", async () => {
  const port = await freePort();
  const config = { prometheus: { username: "u", password: "p" } };
  await using server = await ServerProcess.start({
    config,
    args: ["--prometheus_port", String(port)],
  });
  expect(server.log).toContain(`"portPrometheus":${port}`);
  const status = async (credentials?: string) => {
    const headers: Record<string, string> =
      credentials === undefined ? {} : { Authorization: `Basic ${btoa(credentials)}` };
    return (await fetch(`http://127.0.0.1:${port}/anything`, { headers })).status;
  };
  expect([await status(), await status("u:x"), await status("u:p")]).toEqual([401, 401, 200]);
});

test("a taken port for metrics is told with the setting that names it", async () => {
  const port = await freePort();
  await using first = await ServerProcess.start({ config: { prometheus: { port } } });
  const second = await ServerProcess.spawn({ config: { prometheus: { port } } });
  expect(await second.exitCode()).toBe(1);
  expect(second.log).toContain(`127.0.0.1:${port}: address already in use`);
  expect(second.log).toContain("`prometheus.port`");
  await second.stop();
  expect((await fetch(first.httpUrl)).ok).toBe(true);
});
