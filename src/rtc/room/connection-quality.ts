import { livekit } from "../../gen/livekit.js";
import type { Participant } from "../participant/participant.ts";
import type { RoomMember } from "./room-member.ts";

const { ConnectionQuality } = livekit;
const BEST_SCORE = 100;

/** Scores above these are EXCELLENT, GOOD, POOR; the rest is LOST (spec-signalling 6.5). */
export function qualityOf(score: number): livekit.ConnectionQuality {
  if (score > 80) return ConnectionQuality.EXCELLENT;
  if (score > 40) return ConnectionQuality.GOOD;
  return score > 20 ? ConnectionQuality.POOR : ConnectionQuality.LOST;
}

/** Mean opinion score 1..4.5 of a transmission rating 0..100 (ITU-T G.107 annex B). */
export function meanOpinionScore(score: number): number {
  if (score <= 0) return 1;
  if (score >= 100) return 4.5;
  return 1 + 0.035 * score + 7e-6 * score * (score - 60) * (100 - score);
}

/** Connection quality of a room's participants, told every few seconds when it changed. */
export class ConnectionQualities {
  readonly #told = new Map<RoomMember, livekit.ConnectionQuality>();

  /**
   * Every 5 s.
   *
   * @param members whose quality it is: the participants, and those that other rooms forward
   */
  update(participants: readonly Participant[], members: readonly RoomMember[]): void {
    const active = members.filter(({ state }) => state === livekit.ParticipantInfo.State.ACTIVE);
    const infos = new Map<string, livekit.ConnectionQualityInfo>();
    const present = new Set(active);
    let isNews = false;
    const metrics = participants[0]?.services.metrics;
    const own = new Set<RoomMember>(participants);
    for (const participant of active) {
      const rating = ratingOf(participant);
      if (own.has(participant)) metrics?.quality(rating.quality, rating.opinion);
      const info = qualityInfo(participant, rating);
      infos.set(participant.identity, info);
      if (this.#told.get(participant) !== info.quality) isNews = true;
      this.#told.set(participant, info.quality);
    }
    for (const participant of this.#told.keys()) {
      if (!present.has(participant)) this.#told.delete(participant);
    }
    if (!isNews) return;
    for (const recipient of participants) {
      if (present.has(recipient)) this.#tell(recipient, infos);
    }
  }

  /** A client hears of itself and of those it has media of, changed or not. */
  #tell(recipient: Participant, infos: ReadonlyMap<string, livekit.ConnectionQualityInfo>): void {
    if (!recipient.client.hearsQuality) return;
    const heard = recipient.subscriptions.publisherIdentities().add(recipient.identity);
    const updates = [...heard].flatMap((identity) => infos.get(identity) ?? []);
    recipient.send({ connectionQuality: { updates } });
  }

  /** A subscriber's first track of a publisher. */
  subscribed(subscriber: Participant, publisher: RoomMember): void {
    if (!subscriber.client.hearsQuality) return;
    subscriber.send({
      connectionQuality: { updates: [qualityInfo(publisher, ratingOf(publisher))] },
    });
  }
}

type Rating = { readonly quality: livekit.ConnectionQuality; readonly opinion: number };

/** The worst of what a participant publishes and receives. */
function ratingOf(participant: RoomMember): Rating {
  let score = participant.subscriptions.worstQuality() ?? BEST_SCORE;
  for (const track of participant.publications.tracks()) {
    score = Math.min(score, track.qualityScore);
  }
  return { quality: qualityOf(score), opinion: meanOpinionScore(score) };
}

function qualityInfo(
  { sid, client }: RoomMember,
  { quality, opinion }: Rating,
): livekit.ConnectionQualityInfo {
  const isHiddenLoss = quality === ConnectionQuality.LOST && !client.knowsLostQuality;
  return new livekit.ConnectionQualityInfo({
    participantSid: sid,
    quality: isHiddenLoss ? ConnectionQuality.POOR : quality,
    score: opinion,
  });
}
