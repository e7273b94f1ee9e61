import { livekit } from "../../gen/livekit.js";
import { readRemoteTrickle } from "../negotiation/trickle.ts";
import type { Participant } from "./participant.ts";
import { simulate } from "./simulation.ts";
import { oversizeOf } from "./subscription-permissions.ts";

const Reason = livekit.RequestResponse.Reason;
const { DisconnectReason } = livekit;

const LEAVE_REASONS: ReadonlySet<livekit.DisconnectReason> = new Set([
  DisconnectReason.CLIENT_INITIATED,
  DisconnectReason.USER_UNAVAILABLE,
  DisconnectReason.USER_REJECTED,
  DisconnectReason.AGENT_ERROR,
  DisconnectReason.SIP_TRUNK_FAILURE,
]);

/** The limit is one of each update; what they add up to is bounded by this many times it. */
const ATTRIBUTES_TOTAL_FACTOR = 16;

const encoder = new TextEncoder();

/**
 * Acts on one request of a client, in the order they came (spec-signalling 4). `ping` and
 * `ping_req` have been answered by the socket before this. What has no case here is accepted and has no
 * effect; docs/compatibility.md lists it.
 */
export function handleSignal(participant: Participant, request: livekit.SignalRequest): void {
  participant.heard();
  switch (request.message) {
    case "offer":
      participant.transports.publisher.handleOffer(new livekit.SessionDescription(request.offer!));
      break;
    case "answer":
      participant.transports.subscriber?.handleAnswer(
        new livekit.SessionDescription(request.answer!),
      );
      break;
    case "trickle":
      handleTrickle(participant, request.trickle!);
      break;
    case "addTrack":
      participant.publications.addTrack(request.addTrack!);
      break;
    case "mute":
      handleMute(participant, request.mute!);
      break;
    case "subscription":
      handleSubscription(participant, new livekit.UpdateSubscription(request.subscription!));
      break;
    case "trackSetting":
      participant.subscriptions.updateSettings(
        new livekit.UpdateTrackSettings(request.trackSetting!),
      );
      break;
    case "leave":
      handleLeave(participant, new livekit.LeaveRequest(request.leave!));
      break;
    case "subscriptionPermission":
      handleSubscriptionPermission(participant, request.subscriptionPermission!);
      break;
    case "syncState":
      handleSyncState(participant, new livekit.SyncState(request.syncState!));
      break;
    case "simulate":
      simulate(participant, new livekit.SimulateScenario(request.simulate!));
      break;
    case "updateMetadata":
      handleUpdateMetadata(participant, request.updateMetadata!);
      break;
    case "updateAudioTrack":
      handleUpdateAudioTrack(participant, request.updateAudioTrack!);
      break;
    case "updateVideoTrack":
      handleUpdateVideoTrack(participant, request.updateVideoTrack!);
      break;
    case "publishDataTrackRequest":
      participant.dataTracks.publish(request.publishDataTrackRequest!);
      break;
    case "unpublishDataTrackRequest":
      participant.dataTracks.unpublish(request.unpublishDataTrackRequest!);
      break;
    case "updateDataSubscription":
      participant.dataSubscriptions.update(request.updateDataSubscription!);
      break;
    case "pingReq":
      participant.signalRttMs = Math.max(0, Number(request.pingReq?.rtt ?? 0));
      break;
    case "storeDataBlobRequest":
      participant.dataBlobs.store(request.storeDataBlobRequest!);
      break;
    case "getDataBlobRequest":
      participant.dataBlobs.get(request.getDataBlobRequest!);
      break;
    default:
      break;
  }
}

/** We are ICE-lite and never check a client's candidate: it is read so that a broken one is told. */
function handleTrickle(participant: Participant, trickle: livekit.ITrickleRequest): void {
  const result = readRemoteTrickle(trickle.candidateInit ?? "");
  if (result.kind === "refused") {
    participant.respond(0, Reason.UNCLASSIFIED_ERROR, result.detail, { trickle });
  }
}

function handleMute(participant: Participant, mute: livekit.IMuteTrackRequest): void {
  const sid = mute.sid ?? "";
  if (!participant.publications.setMuted(sid, mute.muted ?? false)) {
    participant.respond(0, Reason.NOT_FOUND, `track ${sid} is not published`, { mute });
  }
}

function handleSubscription(participant: Participant, update: livekit.UpdateSubscription): void {
  const sids = [
    ...update.trackSids,
    ...update.participantTracks.flatMap(({ trackSids }) => trackSids ?? []),
  ];
  participant.subscriptions.request(sids, update.subscribe);
}

function handleLeave(participant: Participant, leave: livekit.LeaveRequest): void {
  participant.close(
    LEAVE_REASONS.has(leave.reason) ? leave.reason : DisconnectReason.CLIENT_INITIATED,
  );
}

function handleSubscriptionPermission(
  participant: Participant,
  update: livekit.ISubscriptionPermission,
): void {
  const isTaken = participant.permissions.update(update, (sid) =>
    participant.room.identityOfSid(sid),
  );
  if (isTaken) {
    participant.room.permissionsChanged(participant);
    return;
  }
  const oversize = oversizeOf(update);
  if (oversize !== undefined) participant.respond(0, Reason.LIMIT_EXCEEDED, oversize, {});
}

/** After a resume the client says what it believes; what we don't know makes it join afresh. */
function handleSyncState(participant: Participant, state: livekit.SyncState): void {
  const isMediaKnown = state.publishTracks.every(({ track }) =>
    participant.publications.isKnown(track?.sid ?? ""),
  );
  const isDataKnown = state.publishDataTracks.every(({ info }) =>
    participant.dataTracks.isKnown(info?.sid ?? ""),
  );
  if (!isMediaKnown || !isDataKnown) {
    participant.requireFullReconnect("sync_state names tracks that are not published here");
    return;
  }
  if (state.trackSidsDisabled.length > 0) {
    participant.subscriptions.updateSettings(
      new livekit.UpdateTrackSettings({ trackSids: state.trackSidsDisabled, disabled: true }),
    );
  }
  if (state.subscription) {
    handleSubscription(participant, new livekit.UpdateSubscription(state.subscription));
  }
}

function handleUpdateMetadata(
  participant: Participant,
  update: livekit.IUpdateParticipantMetadata,
): void {
  const requestId = update.requestId ?? 0;
  const refuse = (reason: livekit.RequestResponse.Reason, message: string) =>
    participant.respond(requestId, reason, message, { updateMetadata: update });
  if (!participant.grant.canUpdateOwnMetadata) {
    refuse(Reason.NOT_ALLOWED, "does not have permission to update own metadata");
    return;
  }
  const exceeded = exceededLimit(participant, update);
  if (exceeded !== undefined) {
    refuse(Reason.LIMIT_EXCEEDED, exceeded);
    return;
  }
  participant.updateProfile({
    name: update.name || undefined,
    metadata: update.metadata || undefined,
    attributes: update.attributes ?? undefined,
  });
  refuse(Reason.OK, "");
}

function exceededLimit(
  participant: Participant,
  update: livekit.IUpdateParticipantMetadata,
): string | undefined {
  const { maxNameBytes, maxMetadataBytes, maxAttributesBytes } = participant.services.settings;
  if (isLonger(update.name ?? "", maxNameBytes)) return "exceeds name length limit";
  if (isLonger(update.metadata ?? "", maxMetadataBytes)) return "exceeds metadata size limit";
  const attributes = update.attributes ?? {};
  const { profile } = participant;
  const isTooMuch =
    maxAttributesBytes > 0 &&
    (attributesBytes(attributes) > maxAttributesBytes ||
      growth(profile.attributes, attributes) + attributesBytes(profile.attributes) >
        maxAttributesBytes * ATTRIBUTES_TOTAL_FACTOR);
  return isTooMuch ? "exceeds attributes size limit" : undefined;
}

/** Lengths are UTF-8 bytes; a limit of 0 is none. */
export function isLonger(text: string, bytesMax: number): boolean {
  return bytesMax > 0 && encoder.encode(text).length > bytesMax;
}

export function attributesBytes(attributes: Readonly<Record<string, string>>): number {
  let bytes = 0;
  for (const [key, value] of Object.entries(attributes)) {
    bytes += encoder.encode(key).length + encoder.encode(value).length;
  }
  return bytes;
}

/** By how many bytes an update makes attributes larger; an empty value deletes. */
function growth(
  present: Readonly<Record<string, string>>,
  update: Readonly<Record<string, string>>,
): number {
  const replaced = Object.fromEntries(
    Object.keys(update).flatMap((key) => (key in present ? [[key, present[key]!]] : [])),
  );
  const added = Object.fromEntries(Object.entries(update).filter(([, value]) => value !== ""));
  return attributesBytes(added) - attributesBytes(replaced);
}

function handleUpdateAudioTrack(
  participant: Participant,
  update: livekit.IUpdateLocalAudioTrack,
): void {
  const sid = update.trackSid ?? "";
  if (!participant.publications.setAudioFeatures(sid, update.features ?? [])) {
    const message = `track ${sid} is not published`;
    participant.respond(0, Reason.NOT_FOUND, message, { updateAudioTrack: update });
  }
}

function handleUpdateVideoTrack(
  participant: Participant,
  update: livekit.IUpdateLocalVideoTrack,
): void {
  const sid = update.trackSid ?? "";
  if (!participant.publications.setVideoSize(sid, update.width ?? 0, update.height ?? 0)) {
    const message = `track ${sid} is not published`;
    participant.respond(0, Reason.NOT_FOUND, message, { updateVideoTrack: update });
  }
}
