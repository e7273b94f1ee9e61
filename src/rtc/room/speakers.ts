import { livekit } from "../../gen/livekit.js";
import type { Participant } from "../participant/participant.ts";
import type { RoomMember } from "./room-member.ts";

/** Levels are told in eighths, rounded up, so that small changes are no news. */
const LEVEL_STEPS = 8;

type Change = {
  readonly participant: RoomMember;
  /** As it is told. */
  readonly level: number;
  /** As it was measured; the loudest comes first. */
  readonly exact: number;
};

/** Who speaks in a room: compared with what was told last, and told to who hears it. */
export class Speakers {
  readonly #told = new Map<RoomMember, number>();

  /**
   * Once per `audio.update_interval`.
   *
   * @param members who may speak: the participants, and those that other rooms forward
   */
  update(participants: readonly Participant[], members: readonly RoomMember[]): void {
    const changes: Change[] = [];
    const present = new Set(members);
    for (const participant of members) {
      const exact = loudestLevel(participant);
      const level = Math.ceil(exact * LEVEL_STEPS) / LEVEL_STEPS;
      const told = this.#told.get(participant) ?? 0;
      if (level === told) continue;
      if (level === 0) this.#told.delete(participant);
      else this.#told.set(participant, level);
      changes.push({ participant, level, exact });
    }
    for (const participant of this.#told.keys()) {
      if (!present.has(participant)) this.#told.delete(participant);
    }
    if (changes.length === 0) return;
    changes.sort((a, b) => b.exact - a.exact);
    for (const recipient of participants) this.#tell(recipient, changes);
  }

  #tell(recipient: Participant, changes: readonly Change[]): void {
    if (!recipient.isReady || !recipient.client.hearsSpeakers) return;
    const heard = changes.filter(
      ({ participant }) =>
        participant === recipient || recipient.subscriptions.isSubscribedTo(participant.identity),
    );
    if (heard.length === 0) return;
    recipient.send({
      speakersChanged: {
        speakers: heard.map(({ participant, level }) => speakerInfo(participant, level)),
      },
    });
  }

  /** Acts out that a participant speaks, or that it stopped; the rounds do not know of it. */
  simulate(speaker: Participant, level: number, participants: readonly Participant[]): void {
    const changes = [{ participant: speaker, level, exact: level }];
    for (const recipient of participants) this.#tell(recipient, changes);
  }

  /** A subscriber's first track of one who is speaking. */
  subscribed(subscriber: Participant, publisher: RoomMember): void {
    if (!this.#told.has(publisher) || !subscriber.client.hearsSpeakers) return;
    const speakers = [speakerInfo(publisher, loudestLevel(publisher))];
    subscriber.send({ speakersChanged: { speakers } });
  }

  /** A subscriber's last track of a publisher is gone. */
  unsubscribed(subscriber: Participant, publisher: RoomMember): void {
    if (!subscriber.client.hearsSpeakers) return;
    subscriber.send({ speakersChanged: { speakers: [speakerInfo(publisher, 0)] } });
  }
}

function speakerInfo(participant: RoomMember, level: number): livekit.ISpeakerInfo {
  return { sid: participant.sid, level, active: level > 0 };
}

/** Linear level of a participant's loudest microphone, 0..1; 0 when silent. */
function loudestLevel(participant: RoomMember): number {
  let loudest = 0;
  for (const track of participant.publications.tracks()) {
    if (track.info.source !== livekit.TrackSource.MICROPHONE) continue;
    if (track.audioLevel > loudest) loudest = track.audioLevel;
  }
  return Math.min(1, loudest);
}
