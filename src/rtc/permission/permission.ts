import { livekit } from "../../gen/livekit.js";
import type { SourceName, VideoGrant } from "./grants.ts";

const { TrackSource } = livekit;

const SOURCE_BY_NAME: { readonly [name in SourceName]: livekit.TrackSource } = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
};

const NAME_BY_SOURCE: ReadonlyMap<livekit.TrackSource, SourceName> = new Map(
  Object.entries(SOURCE_BY_NAME).map(([name, source]) => [source, name as SourceName]),
);

/** What clients are shown of a grant. */
export function permissionOf(grant: VideoGrant): livekit.ParticipantPermission {
  return new livekit.ParticipantPermission({
    canSubscribe: grant.canSubscribe,
    canPublish: grant.canPublish,
    canPublishData: grant.canPublishData,
    canPublishSources: grant.canPublishSources.map((name) => SOURCE_BY_NAME[name]),
    hidden: grant.hidden,
    recorder: grant.recorder,
    agent: grant.agent,
    canUpdateMetadata: grant.canUpdateOwnMetadata,
    canSubscribeMetrics: grant.canSubscribeMetrics,
    canManageAgentSession: grant.canManageAgentSession,
  });
}

/**
 * The grant after an administrator's change. `agent` and `recorder` describe what the session is,
 * and come from its token alone (spec-signalling 6.2).
 */
export function withPermission(
  grant: VideoGrant,
  permission: livekit.ParticipantPermission,
): VideoGrant {
  return {
    ...grant,
    canSubscribe: permission.canSubscribe,
    canPublish: permission.canPublish,
    canPublishData: permission.canPublishData,
    canPublishSources: permission.canPublishSources.flatMap(
      (source) => NAME_BY_SOURCE.get(source) ?? [],
    ),
    canUpdateOwnMetadata: permission.canUpdateMetadata,
    canSubscribeMetrics: permission.canSubscribeMetrics,
    canManageAgentSession: permission.canManageAgentSession,
    hidden: permission.hidden,
  };
}

export function mayPublish(grant: VideoGrant, source: livekit.TrackSource): boolean {
  if (!grant.canPublish) return false;
  if (grant.canPublishSources.length === 0) return true;
  const name = NAME_BY_SOURCE.get(source);
  return name !== undefined && grant.canPublishSources.includes(name);
}
