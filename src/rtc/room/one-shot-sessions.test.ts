import { expect, test } from "bun:test";
import fc from "fast-check";
import { clientOffer, type OfferedSection } from "../../../test/support/client-sdp.ts";
import { RecordingLink } from "../../../test/support/recording-link.ts";
import { joinRequest, TestRooms } from "../../../test/support/test-room.ts";
import { SILENT_LOG } from "../../base/log.ts";
import { livekit } from "../../gen/livekit.js";
import { readOneShotOffer } from "../negotiation/one-shot-offer.ts";
import type { Participant } from "../participant/participant.ts";
import { restartByFragment, trickleFragment } from "../transport/ice-fragment.ts";
import { type OneShotAnswer, OneShotSessions } from "./one-shot-sessions.ts";

const { DisconnectReason } = livekit;
const { State } = livekit.ParticipantInfo;

const AUDIO: OfferedSection = { mid: "0", kind: "audio", cid: "voice" };
const VIDEO: OfferedSection = { mid: "1", kind: "video", cid: "picture" };
const SCREEN: OfferedSection = { mid: "9", kind: "video", direction: "recvonly" };
const DATA: OfferedSection = { mid: "2", kind: "data" };

class Sessions {
  readonly rooms: TestRooms;
  readonly sessions: OneShotSessions;

  constructor(settings: ConstructorParameters<typeof TestRooms>[0] = {}) {
    this.rooms = new TestRooms(settings);
    this.sessions = new OneShotSessions(this.rooms.rooms, this.rooms.scheduler, SILENT_LOG);
  }

  create(
    identity: string,
    sections: readonly OfferedSection[] = [AUDIO, VIDEO],
    options: {
      readonly video?: Readonly<Record<string, unknown>>;
      readonly trackNames?: Readonly<Record<string, readonly string[]>>;
      readonly signal?: AbortSignal;
    } = {},
  ): Promise<OneShotAnswer> {
    const offer = readOneShotOffer(clientOffer(sections));
    if (offer.kind === "refused") throw new Error(offer.detail);
    return this.sessions.create(joinRequest(identity, { video: options.video ?? {} }), offer, {
      trackNames: new Map(Object.entries(options.trackNames ?? {})),
      signal: options.signal ?? new AbortController().signal,
    });
  }

  connect({ transports }: Participant): void {
    const { peerId } = transports.publisher.peer;
    this.rooms.thread.emit({ kind: "peer-ice-connected", peerId, protocol: "udp" });
    this.rooms.thread.emit({ kind: "peer-connected", peerId });
  }

  openChannel({ transports }: Participant, label: string): void {
    const { peerId } = transports.publisher.peer;
    this.rooms.thread.openChannel(peerId, label);
  }

  /** What the media thread was told to send to a participant, as text, by label. */
  sentTo({ transports }: Participant): [label: string, text: string][] {
    const { peerId } = transports.publisher.peer;
    return ["_reliable", "_lossy", "first", "second"].flatMap((label) =>
      this.rooms.thread
        .sentData(peerId, label)
        .map((bytes): [string, string] => [label, new TextDecoder().decode(bytes)]),
    );
  }
}

test("an offer that cannot be answered leaves the identity's running session alone", async () => {
  const enabledCodecs = ["video/VP8", "audio/opus"].map((mime) => ({ mime, fmtpLine: "" }));
  const all = new Sessions({ enabledCodecs });
  const viewer = all.rooms.join("viewer").connect();
  const { participant } = await all.create("w");
  const useless: OfferedSection[] = [{ ...VIDEO, codecs: ["AV1"] }];
  await expect(all.create("w", useless)).rejects.toMatchObject({ code: "invalid_argument" });
  expect(participant.isClosed).toBe(false);
  expect(viewer.updated.filter((identity) => identity === "w").length).toBeGreaterThan(0);
  const next = await all.create("w", [{ ...VIDEO, codecs: ["VP8"] }]);
  expect(participant.isClosed).toBe(true);
  await expect(all.create("w", [DATA])).resolves.toMatchObject({});
  expect(next.participant.isClosed).toBe(true);
});

test("the answer has all candidates, and what is offered is published", async () => {
  const all = new Sessions();
  const viewer = all.rooms.join("viewer").connect();
  const { participant, sdp, iceServers } = await all.create("w");
  expect(sdp.match(/^a=candidate:/gm)).toHaveLength(2);
  expect(sdp).toContain("a=end-of-candidates\r\n");
  expect(sdp.match(/^a=recvonly/gm)).toHaveLength(2);
  expect(sdp).toContain(`a=ice-ufrag:${participant.transports.publisher.peer.credentials.ufrag}`);
  expect(iceServers).toMatchObject([{ urls: ["stun:127.0.0.1:3478"] }]);
  expect(viewer.infoOf("w")?.tracks?.map(({ name }) => name)).toEqual([
    "synthesized-microphone",
    "synthesized-camera",
  ]);
  expect(participant.state).toBe(State.JOINED);
  all.connect(participant);
  expect(participant.state).toBe(State.ACTIVE);
  viewer.negotiate();
  expect(all.rooms.thread.downTracks.size).toBe(2);
  expect(all.rooms.thread.violations).toEqual([]);
  expect(all.sessions.find("demo", "w")).toBe(participant);
});

test("sound and picture may share an msid that names their stream alone", async () => {
  const all = new Sessions();
  const { participant } = await all.create("w", [
    { ...AUDIO, cid: "stream" },
    { ...VIDEO, cid: "stream" },
  ]);
  expect(participant.publications.tracks().map(({ info }) => info.mid)).toEqual(["0", "1"]);
});

test("one who may not publish joins and publishes nothing", async () => {
  const all = new Sessions();
  const { participant, sdp } = await all.create("w", [AUDIO], { video: { canPublish: false } });
  expect(sdp).toContain("a=recvonly");
  expect(participant.publications.tracks()).toEqual([]);
  expect(all.rooms.thread.receivers.size).toBe(0);
});

test("an offer without a codec of ours is refused, and leaves nobody behind", async () => {
  const all = new Sessions({ enabledCodecs: [{ mime: "video/VP8", fmtpLine: "" }] });
  await expect(all.create("w", [AUDIO])).rejects.toMatchObject({ code: "invalid_argument" });
  expect(all.rooms.room().participants()).toEqual([]);
});

test("a full room refuses", async () => {
  const all = new Sessions({ maxParticipants: 1 });
  await all.create("a");
  await expect(all.create("b")).rejects.toMatchObject({ code: "resource_exhausted" });
  expect(all.rooms.room().participants()).toHaveLength(1);
});

test("a second session of an identity ends the first", async () => {
  const all = new Sessions();
  const first = await all.create("w");
  const second = await all.create("w");
  expect(first.participant.disconnectReason).toBe(DisconnectReason.DUPLICATE_IDENTITY);
  expect(all.sessions.find("demo", "w")).toBe(second.participant);
});

test("nobody is found who has a signal connection, and none resumes one who has not", async () => {
  const all = new Sessions();
  all.rooms.join("socket");
  expect(all.sessions.find("demo", "socket")).toBeUndefined();
  expect(all.sessions.find("nowhere", "socket")).toBeUndefined();
  const { participant } = await all.create("w");
  const link = new RecordingLink();
  const request = joinRequest("w", { isReconnect: true });
  expect(all.rooms.rooms.join(request, link)).toBeUndefined();
  expect(link.last("leave").reason).toBe(DisconnectReason.STATE_MISMATCH);
  expect(participant.isClosed).toBe(false);
});

test("without a section to receive on, nothing is subscribed to", async () => {
  const all = new Sessions();
  const ada = all.rooms.join("ada").connect();
  const sid = ada.publish("cam");
  const { participant: sender } = await all.create("sender");
  expect(sender.subscriptions.isPlaced(sid)).toBe(false);
  const { participant: receiver, sdp } = await all.create("receiver", [SCREEN]);
  expect(receiver.subscriptions.isPlaced(sid)).toBe(true);
  expect(sdp).toContain("a=sendonly");
  all.connect(receiver);
  expect(receiver.subscriptions.isSubscribedTo("ada")).toBe(true);
});

test("the answer waits for the tracks that the client names", async () => {
  const all = new Sessions();
  const ada = all.rooms.join("ada").connect();
  const creating = all.create("w", [SCREEN], { trackNames: { ada: ["cam"] } });
  all.rooms.advance(5_000);
  const sid = ada.publish("cam");
  all.rooms.advance(50);
  const { sdp } = await creating;
  expect(sdp).toContain(`a=msid:${ada.sid}|${sid} ${sid}`);
});

test("a track that does not come in time fails the session, and nobody is left behind", async () => {
  const all = new Sessions();
  const creating = all.create("w", [SCREEN], { trackNames: { ada: ["cam"] } });
  all.rooms.advance(14_900);
  expect(all.rooms.room().participants()).toHaveLength(1);
  all.rooms.advance(100);
  await expect(creating).rejects.toMatchObject({ code: "deadline_exceeded" });
  expect(all.rooms.room().participants()).toEqual([]);
});

test("who gives up waiting, or is removed meanwhile, gets no session", async () => {
  const all = new Sessions();
  const controller = new AbortController();
  const trackNames = { ada: ["cam"] };
  const given = all.create("gone", [SCREEN], { trackNames, signal: controller.signal });
  const removed = all.create("removed", [SCREEN], { trackNames });
  const outcomes = Promise.allSettled([given, removed]);
  controller.abort();
  all.rooms.room().findParticipant("removed")?.close(DisconnectReason.PARTICIPANT_REMOVED);
  all.rooms.advance(50);
  expect(await outcomes).toMatchObject([
    { status: "rejected", reason: { code: "canceled" } },
    { status: "rejected", reason: { code: "canceled" } },
  ]);
  expect(all.rooms.room().participants()).toEqual([]);
});

test("a transport that fails ends the session at once: there is nobody to tell to resume", async () => {
  const all = new Sessions();
  const { participant } = await all.create("w");
  all.connect(participant);
  const { peerId } = participant.transports.publisher.peer;
  all.rooms.thread.emit({ kind: "peer-failed", peerId, reason: "ice-timeout", detail: "test" });
  expect(participant.disconnectReason).toBe(DisconnectReason.CONNECTION_TIMEOUT);
  expect(all.rooms.room().participants()).toEqual([]);
});

test("a client that never connects is removed after a minute", async () => {
  const all = new Sessions();
  const { participant } = await all.create("w");
  all.rooms.advance(60_000);
  expect(participant.disconnectReason).toBe(DisconnectReason.JOIN_FAILURE);
});

test("no tokens are made for one who cannot be told of them", async () => {
  const all = new Sessions();
  const { participant } = await all.create("w");
  all.connect(participant);
  participant.updateProfile({ name: "new" });
  all.rooms.advance(3_600_000);
  expect(all.rooms.issued).toEqual([]);
  expect(participant.isClosed).toBe(false);
});

test("data is what users say, raw, on the first channel of the client's own", async () => {
  const all = new Sessions();
  const ada = all.rooms.join("ada").connect();
  const { participant } = await all.create("w", [AUDIO, DATA]);
  all.connect(participant);
  const say = (text: string, label?: string) =>
    ada.sendData({ user: { payload: new TextEncoder().encode(text), topic: "t" } }, label);
  say("too early");
  all.openChannel(participant, "_reliable");
  say("on no channel of its own");
  all.openChannel(participant, "first");
  all.openChannel(participant, "second");
  say("hello");
  say("lossy", "_lossy");
  ada.sendData({ rpcAck: { requestId: "1" } });
  ada.sendData({ user: {} });
  expect(all.sentTo(participant)).toEqual([
    ["first", "hello"],
    ["first", "lossy"],
    ["first", ""],
  ]);
  const { peerId } = participant.transports.publisher.peer;
  const bytes = new TextEncoder().encode("back");
  all.rooms.thread.receiveData(peerId, "first", bytes);
  const [packet] = ada.receivedData();
  expect(new TextDecoder().decode(packet?.user?.payload ?? bytes.slice(0, 0))).toBe("back");
  expect(packet?.participantIdentity).toBe("w");
});

type Fragment = { readonly generation: number; readonly mid: string; readonly isWhole: boolean };

const ufragOf = (generation: number) => `ufr${generation}`;
const pwdOf = (generation: number) => `abcdefghijklmnopqrstuv${generation}`;

function write({ generation, mid, isWhole }: Fragment): string {
  return [
    "m=audio 9 UDP/TLS/RTP/SAVPF 111",
    `a=mid:${mid}`,
    `a=ice-ufrag:${ufragOf(generation)}`,
    ...(isWhole ? [`a=ice-pwd:${pwdOf(generation)}`] : []),
    "a=candidate:1 1 udp 1 192.0.2.1 5000 typ host",
  ].join("\r\n");
}

test("fragments restart ICE with new credentials only, and are for those that it has", async () => {
  const fragment = fc.record({
    generation: fc.integer({ min: 0, max: 3 }),
    mid: fc.constantFrom("0", "1", "5"),
    isWhole: fc.boolean(),
  });
  const steps = fc.array(fc.record({ isRestart: fc.boolean(), fragment }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const all = new Sessions();
      const { participant } = await all.create("w");
      const { publisher } = participant.transports;
      const first = publisher.peer.credentials;
      const seen = new Set([first.ufrag]);
      // the credentials of the offer count as a generation of their own
      let current = -1;
      for (const { isRestart, fragment: stated } of sequence) {
        const sdp = write(stated);
        const isValid = stated.isWhole && stated.mid !== "5";
        const before = publisher.peer.credentials.ufrag;
        if (!isRestart) {
          const refused = trickleFragment(publisher, sdp)?.reason;
          const expected = !isValid ? "invalid" : "credential-mismatch";
          expect(refused).toBe(isValid && stated.generation === current ? undefined : expected);
          expect(publisher.peer.credentials.ufrag).toBe(before);
          continue;
        }
        const result = restartByFragment(publisher, sdp);
        expect(result.kind).toBe(isValid ? "restarted" : "refused");
        const after = publisher.peer.credentials;
        const isNew = isValid && stated.generation !== current;
        expect(after.ufrag === before).toBe(!isNew);
        if (isNew) {
          expect(seen.has(after.ufrag)).toBe(false);
          seen.add(after.ufrag);
          current = stated.generation;
          expect(all.rooms.thread.of("set-remote").at(-1)).toMatchObject({
            ufrag: ufragOf(current),
            pwd: pwdOf(current),
          });
        }
        if (result.kind === "refused") continue;
        expect(result.sdp).toContain(`a=ice-ufrag:${after.ufrag}\r\na=ice-pwd:${after.pwd}\r\n`);
        expect(result.sdp).toContain(`a=mid:${stated.mid}\r\n`);
        expect(result.sdp.match(/^a=candidate:/gm)).toHaveLength(2);
      }
      expect(all.rooms.thread.violations).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
