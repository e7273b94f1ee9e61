import type { Cancel, Scheduler } from "../../base/scheduler.ts";
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

export interface SpeakersHost {
  readonly scheduler: Scheduler;
  /** `audio.update_interval`. */
  readonly intervalMs: number;
  participants(): readonly Participant[];
  /** Who may speak: the participants, and those that other rooms forward. */
  members(): readonly RoomMember[];
}

/**
 * Who speaks in a room: compared with what was told last, and told to who hears it, once per
 * interval. A room without sound has no rounds.
 */
export class Speakers {
  readonly #host: SpeakersHost;
  readonly #told = new Map<RoomMember, number>();
  #rounds: Cancel | undefined;

  constructor(host: SpeakersHost) {
    this.#host = host;
  }

  /** A member of the room has one more track. */
  trackPublished(info: livekit.ITrackInfo): void {
    if (info.type !== livekit.TrackType.AUDIO) return;
    this.#rounds ??= this.#host.scheduler.every(this.#host.intervalMs, () => this.#update());
  }

  close(): void {
    this.#rounds?.();
    this.#rounds = undefined;
  }

  #update(): void {
    const members = this.#host.members();
    const changes: Change[] = [];
    const present = new Set(members);
    let hasSound = false;
    for (const participant of members) {
      hasSound ||= hasAudio(participant);
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
    // who spoke last is told to be silent in this round
    if (!hasSound) this.close();
    if (changes.length === 0) return;
    changes.sort((a, b) => b.exact - a.exact);
    for (const recipient of this.#host.participants()) this.#tell(recipient, changes);
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
  simulate(speaker: Participant, level: number): void {
    const changes = [{ participant: speaker, level, exact: level }];
    for (const recipient of this.#host.participants()) this.#tell(recipient, changes);
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

function hasAudio(participant: RoomMember): boolean {
  for (const { info } of participant.publications.tracks()) {
    if (info.type === livekit.TrackType.AUDIO) return true;
  }
  return false;
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
