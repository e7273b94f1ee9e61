import { livekit } from "../../gen/livekit.js";
import type { IcePreference } from "./ice-fallback.ts";
import type { Participant } from "./participant.ts";

const { DisconnectReason } = livekit;

const SPEAKING_LEVEL = 0.9;
const SPEAKING_SECONDS_MAX = 60;
/** How soon after the request a resume must come to be broken off. */
const DISCONNECT_WINDOW_MS = 5_000;
const SILENT_DISCONNECTS = 3;

const PREFERENCES: { readonly [protocol: number]: IcePreference } = {
  [livekit.CandidateProtocol.TCP]: "tcp",
  [livekit.CandidateProtocol.TLS]: "tls",
};

/** Acts out what a client asks for to test its own reconnection (spec-signalling 4.7). */
export function simulate(participant: Participant, request: livekit.SimulateScenario): void {
  const { scheduler } = participant.services;
  switch (request.scenario) {
    case "speakerUpdate":
      simulateSpeaker(participant, request.speakerUpdate ?? 0);
      break;
    // gone without a word, both: a resume finds nobody, and the client joins afresh
    case "nodeFailure":
      participant.close(DisconnectReason.SERVER_SHUTDOWN, "none");
      break;
    case "migration":
      participant.close(DisconnectReason.MIGRATION, "none");
      break;
    case "serverLeave":
      participant.close(DisconnectReason.SERVER_SHUTDOWN);
      break;
    case "subscriberBandwidth":
      participant.transports.sendingPeer?.overrideEstimate(
        Math.max(0, request.subscriberBandwidth ?? 0),
      );
      break;
    case "switchCandidateProtocol":
      participant.transports.switchTo(PREFERENCES[request.switchCandidateProtocol ?? 0]);
      break;
    case "disconnectSignalOnResume":
      participant.disconnectOnResume = {
        untilMs: scheduler.nowMs() + DISCONNECT_WINDOW_MS,
        withMessages: true,
        times: 1,
      };
      break;
    case "disconnectSignalOnResumeNoMessages":
      participant.disconnectOnResume = {
        untilMs: scheduler.nowMs() + DISCONNECT_WINDOW_MS,
        withMessages: false,
        times: SILENT_DISCONNECTS,
      };
      break;
    default:
      // "leaveRequestFullReconnect": the reference does not act it out either
      break;
  }
}

function simulateSpeaker(participant: Participant, seconds: number): void {
  const { room, services } = participant;
  const forSeconds = Math.max(0, Math.min(seconds, SPEAKING_SECONDS_MAX));
  participant.simulationTimer?.();
  room.simulateSpeaker(participant, SPEAKING_LEVEL);
  participant.simulationTimer = services.scheduler.after(forSeconds * 1000, () => {
    participant.simulationTimer = undefined;
    room.simulateSpeaker(participant, 0);
  });
}
