import { Lab } from "./lab.ts";
import type { LinkOptions } from "./link.ts";
import type { PublishedVideo, PublisherClient } from "./publisher-client.ts";
import type { SubscriberClient, WatchedVideo } from "./subscriber-client.ts";
import type { VideoTrackOptions } from "./video-tracks.ts";

/** Something that a client does while it is in a room. */
export type Deed =
  | { readonly kind: "layer"; readonly spatial: number; readonly temporal: number }
  | { readonly kind: "disable"; readonly isDisabled: boolean }
  | { readonly kind: "mute"; readonly isMuted: boolean }
  | { readonly kind: "pause-layer"; readonly layer: number; readonly isPaused: boolean }
  | { readonly kind: "change-ssrc"; readonly layer: number }
  | { readonly kind: "estimate"; readonly bitrateBps: number }
  | { readonly kind: "silence"; readonly durationMs: number }
  | { readonly kind: "key-frame" };

export type SessionOptions = {
  readonly seed: number;
  readonly track: VideoTrackOptions;
  readonly feedback: "remb" | "twcc";
  readonly uplink: LinkOptions;
  readonly downlink: LinkOptions;
  readonly deeds: readonly { readonly afterMs: number; readonly deed: Deed }[];
};

export type Session = {
  readonly options: SessionOptions;
  readonly lab: Lab;
  readonly publisher: PublisherClient;
  readonly camera: PublishedVideo;
  readonly client: SubscriberClient;
  readonly watched: WatchedVideo;
};

const LEAD_MS = 1_500;
/**
 * Without harm at the end: all that can be repaired is. A layer that was away is taken again after
 * ten seconds (spec-media 2.12).
 */
const CALM_MS = 14_000;
const RECOVERY_MS = 30_000;
const CALM: LinkOptions = { loss: 0, burst: undefined, duplication: 0, jitterMs: 0 };

/** One camera and one viewer on bad links, while both do things; at the end all is well again. */
export function runSession(options: SessionOptions): Session {
  const lab = new Lab(options.seed);
  const publisher = lab.addPublisher({ uplink: options.uplink });
  const camera = lab.publishVideo(publisher, options.track);
  const client = lab.addSubscriber({ feedback: options.feedback, downlink: options.downlink });
  const watched = lab.watch(client, camera);
  const session: Session = { options, lab, publisher, camera, client, watched };
  lab.run(LEAD_MS);
  for (const { afterMs, deed } of options.deeds) {
    lab.run(afterMs);
    act(session, deed);
  }
  publisher.uplink.set(CALM);
  client.downlink.set(CALM);
  restore(session);
  lab.run(CALM_MS);
  const top = camera.publisher.encoder.options.layers.length - 1;
  // an allocator that was short of bandwidth goes up step by step
  if (watched.video.pictures.at(-1)?.spatialLayer !== top) lab.run(RECOVERY_MS);
  client.end();
  return session;
}

/** Everything that must hold, as a list of what does not. */
export function faultsOf(session: Session): string[] {
  const { options, lab, publisher, camera, client, watched } = session;
  const faults = [...watched.sent.violations, ...watched.video.decoder.violations];
  for (const error of lab.engine.errors) faults.push(`a bug showed: ${String(error)}`);
  const { uplink } = publisher;
  // what is on its way when a track is muted does not pass, and its numbers may be known already
  const isCut = options.deeds.some(({ deed }) => deed.kind === "mute" || deed.kind === "disable");
  const isHarmed = isCut || uplink.lostPackets + uplink.droppedPackets > 0;
  if (!isHarmed && watched.sent.holes > 0) faults.push(`${watched.sent.holes} numbers never left`);
  if (client.unknownPackets > 0) faults.push(`${client.unknownPackets} packets of no stream`);
  const top = camera.publisher.encoder.options.layers.length - 1;
  const last = watched.video.pictures.at(-1);
  if (last === undefined || last.atMs < lab.nowMs - 1_000) {
    faults.push(`no picture in the last second, the last at ${last?.atMs ?? "no time"}`);
  } else if (last.spatialLayer !== top && isClean(options.downlink)) {
    faults.push(`layer ${last.spatialLayer} at the end, not ${top}`);
  }
  return faults;
}

/** Nothing on the link that an estimator could take for congestion, and be slow to forget. */
function isClean({ loss, burst, jitterMs, duplication }: LinkOptions): boolean {
  const harm = (loss ?? 0) + (jitterMs ?? 0) + (duplication ?? 0);
  return harm === 0 && burst === undefined;
}

function act({ lab, publisher, camera, client, watched }: Session, deed: Deed): void {
  const { encoder } = camera.publisher;
  const layers = encoder.options.layers.length;
  if (deed.kind === "layer") {
    client.set(watched, { maxSpatialLayer: deed.spatial, maxTemporalLayer: deed.temporal });
  } else if (deed.kind === "disable") {
    client.set(watched, { isDisabled: deed.isDisabled });
    watched.video.rest();
  } else if (deed.kind === "mute") {
    publisher.setMuted(camera, deed.isMuted);
    watched.video.rest();
  } else if (deed.kind === "pause-layer") {
    encoder.setActive(Math.min(deed.layer, layers - 1), !deed.isPaused);
  } else if (deed.kind === "change-ssrc") {
    const streams = camera.publisher.streams.length;
    camera.publisher.changeSsrc(Math.min(deed.layer, streams - 1));
  } else if (deed.kind === "estimate") {
    client.peer.media.overrideEstimate(lab.simulation.nowMs, deed.bitrateBps);
    client.peer.schedule();
  } else if (deed.kind === "silence") {
    camera.publisher.setMuted(true);
    lab.run(deed.durationMs);
    camera.publisher.setMuted(false);
  } else {
    encoder.requestKeyFrame(layers - 1);
  }
}

function restore(session: Session): void {
  const { layers } = session.camera.publisher.encoder.options;
  for (const [layer] of layers.entries()) {
    act(session, { kind: "pause-layer", layer, isPaused: false });
  }
  act(session, { kind: "mute", isMuted: false });
  act(session, { kind: "layer", spatial: 2, temporal: 3 });
  act(session, { kind: "disable", isDisabled: false });
  act(session, { kind: "estimate", bitrateBps: 0 });
}
