import type { DataLink } from "./data-link.ts";
import type { DataMember } from "./data-member.ts";

/** Of whom a sender's messages are read. */
export interface PausablePort {
  /**
   * Reads no more, until `resumeReading`, of a channel.
   *
   * @param channelId absent: the one whose message is being worked on
   */
  pauseReading(channelId?: number): void;
  resumeReading(): void;
}

/** A sender that may have to wait for its receivers: a member, or one of another media thread. */
export interface PausableSender {
  /** With channels whose messages are not read for now. */
  readonly pausedPorts: PausablePort[];
  /** Whom it waits for, while it is paused; empty: everybody. Who is named on two channels is in it twice. */
  readonly waitsFor: DataMember[];
  readonly sid: string;
}

/**
 * A member of another media thread whose receivers here are behind. Its thread holds it up, as far as
 * those here decide.
 */
export class FarSender implements PausableSender {
  readonly pausedPorts: PausablePort[] = [];
  readonly waitsFor: DataMember[] = [];
  readonly memberId: number;
  readonly port: PausablePort;
  /** The message at hand is for everybody. */
  isForAll = true;

  constructor(memberId: number, link: DataLink) {
    this.memberId = memberId;
    this.port = {
      pauseReading: () => link.pauseSender(memberId, this.isForAll),
      resumeReading: () => link.resumeSender(memberId),
    };
  }

  get sid(): string {
    return `member ${this.memberId} of another thread`;
  }
}
