import type { ForwardedParticipant } from "./forwarded-participant.ts";
import type { RoomMember } from "./room-member.ts";

/** One room's side of forwarding: whom it shows of other rooms, and who of it is shown elsewhere. */
export class Forwards {
  readonly #guests = new Map<string, ForwardedParticipant>();
  readonly #outgoing = new Map<RoomMember, Set<ForwardedParticipant>>();

  guests(): ForwardedParticipant[] {
    return [...this.#guests.values()];
  }

  guest(identity: string): ForwardedParticipant | undefined {
    return this.#guests.get(identity);
  }

  /** As other rooms show it. */
  of(member: RoomMember | undefined): ForwardedParticipant[] {
    const guests = member && this.#outgoing.get(member);
    return [...(guests ?? [])];
  }

  welcome(guest: ForwardedParticipant): void {
    this.#guests.set(guest.identity, guest);
  }

  guestLeft(guest: ForwardedParticipant): void {
    if (this.#guests.get(guest.identity) === guest) this.#guests.delete(guest.identity);
  }

  sent(guest: ForwardedParticipant): void {
    const known = this.#outgoing.get(guest.source);
    if (known === undefined) this.#outgoing.set(guest.source, new Set([guest]));
    else known.add(guest);
  }

  returned(guest: ForwardedParticipant): void {
    const known = this.#outgoing.get(guest.source);
    known?.delete(guest);
    if (known?.size === 0) this.#outgoing.delete(guest.source);
  }
}
