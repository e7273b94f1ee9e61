import { expect, test } from "bun:test";
import fc from "fast-check";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";

const IDENTITIES = ["a", "b", "c"] as const;
type Identity = (typeof IDENTITIES)[number];
/** It takes all data tracks that there are. */
const AUTOMATIC: Identity = "c";
const TELL_MS = 50;

const identity = fc.constantFrom(...IDENTITIES);
const pubHandle = fc.integer({ min: 1, max: 3 });
const STEPS = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("join" as const), who: identity }),
    fc.record({ kind: fc.constant("leave" as const), who: identity }),
    fc.record({ kind: fc.constant("publish" as const), who: identity, pubHandle }),
    fc.record({ kind: fc.constant("unpublish" as const), who: identity, pubHandle }),
    fc.record({
      kind: fc.constant("wish" as const),
      who: identity,
      publisher: identity,
      pubHandle,
      subscribe: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant("allow" as const),
      who: identity,
      allowed: fc.option(fc.uniqueArray(identity)),
    }),
    fc.record({
      kind: fc.constant("grant" as const),
      who: identity,
      canSubscribe: fc.boolean(),
      canPublishData: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("wait" as const), byMs: fc.integer({ min: 0, max: 100 }) }),
  ),
  { maxLength: 40 },
);
type Step = (typeof STEPS extends fc.Arbitrary<infer T> ? T : never)[number];

/** One participant as plain data. */
type Member = {
  readonly client: TestClient;
  /** Sids by handle. */
  readonly tracks: Map<number, string>;
  readonly wishes: Set<string>;
  /** Undefined: everybody. */
  allowed: readonly Identity[] | undefined;
  canSubscribe: boolean;
  canPublishData: boolean;
};

/** What there should be, by the rules of the spec and nothing cleverer. */
class Model {
  readonly rooms: TestRooms = new TestRooms();
  readonly members: Map<Identity, Member> = new Map();

  run(step: Step): void {
    if (step.kind === "wait") this.rooms.advance(step.byMs);
    else if (step.kind === "join") this.#join(step.who);
    else {
      const member = this.members.get(step.who);
      if (member !== undefined) this.#act(step.who, member, step);
    }
  }

  #join(who: Identity): void {
    const former = this.members.get(who);
    if (former !== undefined) this.#endTracks(former);
    const connection = { isAutoSubscribeDataTrack: who === AUTOMATIC };
    const member: Member = {
      client: this.rooms.join(who, { connection }).connect(),
      tracks: new Map(),
      wishes: new Set(),
      allowed: undefined,
      canSubscribe: true,
      canPublishData: true,
    };
    this.members.set(who, member);
    if (who !== AUTOMATIC) return;
    for (const [other, { tracks }] of this.members) {
      if (other !== who) for (const sid of tracks.values()) member.wishes.add(sid);
    }
  }

  #act(who: Identity, member: Member, step: Exclude<Step, { kind: "wait" | "join" }>): void {
    const { client } = member;
    switch (step.kind) {
      case "leave":
        client.send({ leave: {} });
        this.#endTracks(member);
        this.members.delete(who);
        break;
      case "publish": {
        const { pubHandle: handle } = step;
        client.send({ publishDataTrackRequest: { pubHandle: handle, name: `${handle}` } });
        if (!member.canPublishData || member.tracks.has(handle)) break;
        const sid = client.link.last("publishDataTrackResponse").info?.sid ?? "";
        member.tracks.set(handle, sid);
        const automatic = this.members.get(AUTOMATIC);
        if (who !== AUTOMATIC) automatic?.wishes.add(sid);
        break;
      }
      case "unpublish":
        client.send({ unpublishDataTrackRequest: { pubHandle: step.pubHandle } });
        this.#endTracks(member, step.pubHandle);
        break;
      case "wish": {
        const trackSid = this.members.get(step.publisher)?.tracks.get(step.pubHandle);
        if (trackSid === undefined || step.publisher === who) break;
        const { subscribe } = step;
        client.send({ updateDataSubscription: { updates: [{ trackSid, subscribe }] } });
        if (subscribe) member.wishes.add(trackSid);
        else member.wishes.delete(trackSid);
        break;
      }
      case "allow": {
        member.allowed = step.allowed ?? undefined;
        const trackPermissions = (step.allowed ?? []).map((participantIdentity) => ({
          participantIdentity,
          allTracks: true,
        }));
        const allParticipants = step.allowed === null;
        client.send({ subscriptionPermission: { allParticipants, trackPermissions } });
        break;
      }
      case "grant": {
        const { canSubscribe, canPublishData } = step;
        const { participant } = client;
        participant.setGrant({ ...participant.grant, canSubscribe, canPublishData });
        member.canSubscribe = canSubscribe;
        member.canPublishData = canPublishData;
        if (!canPublishData) this.#endTracks(member);
        break;
      }
    }
  }

  /** All of them, or the one with the handle. */
  #endTracks({ tracks }: Member, only?: number): void {
    for (const [handle, sid] of tracks) {
      if (only !== undefined && handle !== only) continue;
      tracks.delete(handle);
      for (const { wishes } of this.members.values()) wishes.delete(sid);
    }
  }

  /** Sids that somebody should be sent. */
  expected(who: Identity): string[] {
    const { wishes, canSubscribe } = this.members.get(who)!;
    const sids: string[] = [];
    for (const [, { tracks, allowed }] of this.members) {
      for (const sid of tracks.values()) {
        if (!wishes.has(sid) || !canSubscribe) continue;
        if (allowed === undefined || allowed.includes(who)) sids.push(sid);
      }
    }
    return sids.sort();
  }

  /** Sids by the handle that they are sent under. */
  forwarded(who: Identity): Map<string, string> {
    const { thread } = this.rooms;
    const sids = new Map<number, string>();
    for (const { client } of this.members.values()) {
      for (const { dataTrackId, sid } of client.participant.dataTracks.tracks()) {
        sids.set(dataTrackId, sid);
      }
    }
    const { peerId } = this.members.get(who)!.client.participant.transports.primary;
    const mine = [...thread.dataSubscriptions.values()].filter((one) => one.peerId === peerId);
    return new Map(mine.map((one) => [`${one.handle}`, sids.get(one.dataTrackId) ?? "nobody's"]));
  }

  /** The same as the client was told. */
  told(who: Identity): Map<string, string> {
    const { link } = this.members.get(who)!.client;
    const handles = link.all("dataTrackSubscriberHandles").at(-1)?.subHandles ?? {};
    return new Map(Object.entries(handles).map(([handle, one]) => [handle, one.trackSid ?? ""]));
  }
}

test("whatever happens, exactly the data tracks that are wished for and allowed are sent and told", () => {
  fc.assert(
    fc.property(STEPS, (steps) => {
      const model = new Model();
      for (const step of [...IDENTITIES.map((who) => ({ kind: "join" as const, who })), ...steps]) {
        model.run(step);
        for (const who of model.members.keys()) {
          expect([...model.forwarded(who).values()].sort()).toEqual(model.expected(who));
        }
      }
      model.rooms.advance(TELL_MS);
      for (const who of model.members.keys()) {
        const byHandle = (one: Map<string, string>) => [...one].sort();
        expect(byHandle(model.told(who))).toEqual(byHandle(model.forwarded(who)));
      }
      expect(model.rooms.thread.violations).toEqual([]);
      expect(model.rooms.errors).toEqual([]);
    }),
  );
});
