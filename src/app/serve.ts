import { networkInterfaces } from "node:os";
import { messageOf, ServerError } from "../base/errors.ts";
import { FailureLog } from "../base/failure-log.ts";
import { newId } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import type { Scheduler } from "../base/scheduler.ts";
import type { MediaThread } from "../bridge/media-thread.ts";
import {
  chooseMediaAddresses,
  type InterfaceAddress,
  loopbackOnlyWarning,
  type MediaAddress,
  primaryAddress,
} from "../config/addresses.ts";
import { isPlaceholder } from "../config/api-keys.ts";
import type { Config } from "../config/config.ts";
import { ConfigError } from "../config/config-error.ts";
import { livekit } from "../gen/livekit.js";
import { EventOutbox } from "../io/event-outbox.ts";
import { HttpListener } from "../io/http-listener.ts";
import { postText } from "../io/http-post.ts";
import { SystemScheduler } from "../io/system-scheduler.ts";
import { MediaRouter } from "../rtc/media/media-router.ts";
import { RoomManager } from "../rtc/room/room-manager.ts";
import { demoRoutes } from "../service/demo/demo-routes.ts";
import { TokenSigner } from "../service/http/token-signer.ts";
import { MetricsEndpoint } from "../service/metrics/metrics-endpoint.ts";
import { WebhookNotifier } from "../telemetry/webhook/webhook-notifier.ts";
import { TurnCredentials } from "../transport/turn/credentials.ts";
import { BUILD_INFO } from "./build-info.ts";
import { DropLog } from "./drop-log.ts";
import { externalAddresses } from "./external-addresses.ts";
import { httpApp } from "./http-app.ts";
import { iceServersFor } from "./ice-servers.ts";
import { type SpawnWorker, startLocalThread } from "./media-threads.ts";
import { MediaWorkers } from "./media-workers.ts";
import { roomMetricsObserver } from "./room-metrics-observer.ts";
import { observers } from "./room-observers.ts";
import { roomWebhooks } from "./room-webhooks.ts";
import { ServerMetrics } from "./server-metrics.ts";
import { MEDIA_ADDRESSES_MAX, rtcSettings } from "./settings.ts";
import { Shutdown } from "./shutdown.ts";
import { startThreads } from "./start-threads.ts";
import { watchStrayErrors } from "./stray-errors.ts";
import { TcpGateway } from "./tcp-gateway.ts";
import { TurnHost } from "./turn-host.ts";

/** The LiveKit server release whose behaviour clients find here, for SDKs that compare versions. */
const COMPATIBLE_VERSION = "1.13.5";

/** How long a stop waits for receivers of the last events. */
const WEBHOOKS_AT_STOP_MS = 3_000;

export type ServeOptions = {
  readonly log: Log;
  readonly spawnWorker: SpawnWorker;
};

/** Runs the server until it has stopped. @returns the exit code of the process */
export async function serve(config: Config, options: ServeOptions): Promise<number> {
  const { log } = options;
  const scheduler = new SystemScheduler(new FailureLog(log, "Timed work failed"));
  const stop = new Shutdown(log, process, scheduler);
  const unwatch = watchStrayErrors(process, log, (reason) => stop.fail(reason));
  const threads: MediaThread[] = [];
  const listeners: HttpListener[] = [];
  let rooms: RoomManager | undefined;
  let notifier: WebhookNotifier | undefined;
  let tcp: TcpGateway | undefined;
  let turn: TurnHost | undefined;
  let drops: DropLog | undefined;
  const nodeId = newId("ND_");
  const metrics = new ServerMetrics(nodeId);
  try {
    notifier = webhooks(config, scheduler, log, (length) => metrics.api.webhookQueued(length));
    const local = mediaAddresses(config, log);
    const addresses = config.rtc.useExternalIp
      ? await externalAddresses(config, local, log)
      : local;
    const warning = loopbackOnlyWarning(config, addresses);
    if (warning !== undefined) log[warning.level](warning.message, warning.fields);
    if (config.rtc.tcpPort > 0) tcp = new TcpGateway(addresses, config.rtc.tcpPort, log);
    const workers = new MediaWorkers({
      spawn: options.spawnWorker,
      scheduler,
      log,
      tcp,
      onAllDead: (reason) => stop.fail(`No media worker is left: ${reason}`),
    });
    threads.push(
      ...(await startThreads(config, addresses, log, (thread) =>
        config.rtc.workers === 0 ? startLocalThread(thread, log, tcp) : workers.start(thread),
      )),
    );
    const [key, secret] = Object.entries(config.keys)[0]!;
    const credentials = new TurnCredentials((apiKey) =>
      Object.hasOwn(config.keys, apiKey) ? config.keys[apiKey] : undefined,
    );
    const settings = rtcSettings(
      config,
      COMPATIBLE_VERSION,
      nodeId,
      iceServersFor(config, addresses, credentials, key, Date.now),
    );
    if (config.turn.enabled) {
      const mediaPorts = mediaUdpPortsOf(threads);
      turn = await TurnHost.start({ config, addresses, mediaPorts, credentials, log });
    }
    const spill = config.rtc.roomSpillParticipants;
    const router = new MediaRouter(threads, metrics.media, metrics.rooms, spill);
    drops = new DropLog(() => router.counters(), scheduler, log);
    rooms = new RoomManager(
      {
        settings,
        router,
        scheduler,
        tokens: new TokenSigner(key, secret, Date.now),
        metrics: metrics.rooms,
        log,
      },
      observers([
        roomMetricsObserver(metrics.rooms, scheduler),
        roomWebhooks(notifier, config.room.enableFullRoomInWebhooks),
      ]),
    );
    watchMetrics(metrics, scheduler, router, rooms, notifier, turn, workers);
    const app = httpApp({
      config,
      rooms,
      router,
      settings,
      scheduler,
      log,
      roomMetrics: metrics.rooms,
      apiMetrics: metrics.api,
      demo: config.development
        ? demoRoutes({
            apiKey: key,
            apiSecret: secret,
            isPlaceholder: isPlaceholder(key, secret),
            wallMs: Date.now,
          })
        : undefined,
    });
    const binds = config.bindAddresses.length > 0 ? config.bindAddresses : [""];
    for (const address of binds) {
      listeners.push(
        new HttpListener({
          address,
          port: config.port,
          frameBytesMax: config.limit.signalMessageSizeLimitBytes,
          log,
          fetch: (request, bindings) => app.fetch(request, bindings),
        }),
      );
      if (config.prometheus.port > 0)
        listeners.push(metricsListener(config, address, metrics, log));
    }
    log.info("starting LiveKit server", {
      portHttp: config.port,
      nodeID: nodeId,
      nodeIP: primaryAddress(addresses),
      version: BUILD_INFO.version,
      bindAddresses: config.bindAddresses,
      ...(config.prometheus.port > 0 ? { portPrometheus: config.prometheus.port } : {}),
      workers: threads.length,
    });
    const live = rooms;
    await stop.requested(() => live.participantCount);
    return stop.exitCode;
  } catch (error) {
    if (!(error instanceof ServerError || error instanceof ConfigError)) throw error;
    log.error("Cannot start the server", { error: messageOf(error) });
    return 1;
  } finally {
    // nobody new; then those who are here are told; what they were told leaves before their sockets
    for (const listener of listeners) listener.stopAccepting();
    rooms?.close(livekit.DisconnectReason.SERVER_SHUTDOWN);
    await notifier?.close(pause(scheduler, WEBHOOKS_AT_STOP_MS));
    await Promise.all(listeners.map((listener) => listener.close()));
    drops?.close();
    metrics.close();
    await Promise.all(threads.map((thread) => thread.close()));
    turn?.close();
    tcp?.close();
    unwatch();
  }
}

/** Where media comes in by UDP, and TURN may relay to. */
function mediaUdpPortsOf(threads: readonly MediaThread[]): Set<number> {
  const candidates = threads.flatMap((thread) => thread.candidates);
  return new Set(candidates.filter(({ protocol }) => protocol === "udp").map(({ port }) => port));
}

/** Hosts with many bridges have more addresses than clients need; the first ones will do. */
function mediaAddresses(config: Config, log: Log): readonly MediaAddress[] {
  const all = chooseMediaAddresses(config, interfaceAddresses());
  if (all.length <= MEDIA_ADDRESSES_MAX) return all;
  log.warn(
    `Only ${MEDIA_ADDRESSES_MAX} of ${all.length} addresses are used for media: choose them with rtc.interfaces or rtc.ips`,
    { unused: all.slice(MEDIA_ADDRESSES_MAX).map(({ listen }) => listen) },
  );
  return all.slice(0, MEDIA_ADDRESSES_MAX);
}

function watchMetrics(
  metrics: ServerMetrics,
  scheduler: Scheduler,
  router: MediaRouter,
  rooms: RoomManager,
  notifier: WebhookNotifier,
  turn: TurnHost | undefined,
  workers: MediaWorkers,
): void {
  metrics.watch({
    scheduler,
    counters: () => router.counters(),
    threads: () => workers.counts,
    roomCount: () => rooms.rooms().length,
    participantCount: () => rooms.participantCount,
    webhooks: () => notifier.statistics,
    connections: () => turn?.connections,
  });
}

/** @throws ServerError when the port cannot be had */
function metricsListener(
  { prometheus }: Config,
  address: string,
  metrics: ServerMetrics,
  log: Log,
): HttpListener {
  const { username, password } = prometheus;
  const endpoint = new MetricsEndpoint({ username, password, text: () => metrics.text() });
  return new HttpListener({
    address,
    port: prometheus.port,
    portSetting: "prometheus.port",
    frameBytesMax: 0,
    log,
    fetch: (request) => endpoint.fetch(request),
  });
}

function webhooks(
  { webhook, keys }: Config,
  scheduler: Scheduler,
  log: Log,
  onQueued: (length: number) => void,
): WebhookNotifier {
  const signer = new TokenSigner(webhook.apiKey, keys[webhook.apiKey] ?? "", Date.now);
  return new WebhookNotifier({
    urls: webhook.urls,
    depthMax: webhook.resourceUrlNotifier.maxDepth,
    ageMaxMs: webhook.resourceUrlNotifier.maxAgeMs,
    includeEvents: webhook.filterParams.includeEvents,
    excludeEvents: webhook.filterParams.excludeEvents,
    scheduler,
    log,
    outbox:
      webhook.outbox === "" || webhook.urls.length === 0
        ? undefined
        : new EventOutbox({ directory: webhook.outbox, scheduler, log }),
    post: postText,
    onQueued,
    sign: (body) => signer.signBody(body),
  });
}

function interfaceAddresses(): InterfaceAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).map(({ address, internal }) => ({ name, address, internal })),
  );
}

function pause(scheduler: Scheduler, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  scheduler.after(ms, resolve);
  return promise;
}
