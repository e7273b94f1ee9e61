import { expect, test } from "bun:test";
import { TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";
import { SubscriptionPermissions } from "./subscription-permissions.ts";

const identities: Readonly<Record<string, string>> = { PA_1: "one", PA_2: "two" };
const identityOfSid = (sid: string): string | undefined => identities[sid];

test("everyone is allowed until a permission says otherwise", () => {
  const permissions = new SubscriptionPermissions();
  expect(permissions.isAllowed("anyone", "TR_1")).toBe(true);
  permissions.update({ allParticipants: false }, identityOfSid);
  expect(permissions.isAllowed("anyone", "TR_1")).toBe(false);
  permissions.update({ allParticipants: true, trackPermissions: [{}] }, identityOfSid);
  expect(permissions.isAllowed("anyone", "TR_1")).toBe(true);
});

test("entries name participants by identity or sid, with all tracks or some", () => {
  const permissions = new SubscriptionPermissions();
  const trackPermissions = [
    { participantIdentity: "three", allTracks: true },
    { participantSid: "PA_1", trackSids: ["TR_1"] },
    { participantSid: "PA_gone", allTracks: true },
  ];
  expect(permissions.update({ trackPermissions }, identityOfSid)).toBe(true);
  expect(permissions.isAllowed("three", "TR_9")).toBe(true);
  expect(permissions.isAllowed("one", "TR_1")).toBe(true);
  expect(permissions.isAllowed("one", "TR_2")).toBe(false);
  expect(permissions.isAllowed("two", "TR_1")).toBe(false);
});

test("the identity wins over the sid", () => {
  const permissions = new SubscriptionPermissions();
  const entry = { participantIdentity: "two", participantSid: "PA_1", allTracks: true };
  permissions.update({ trackPermissions: [entry] }, identityOfSid);
  expect(permissions.isAllowed("two", "TR_1")).toBe(true);
  expect(permissions.isAllowed("one", "TR_1")).toBe(false);
});

test("an entry that names nobody makes the update fail and the former permissions stay", () => {
  const permissions = new SubscriptionPermissions();
  permissions.update(
    { trackPermissions: [{ participantIdentity: "one", allTracks: true }] },
    identityOfSid,
  );
  const trackPermissions = [{ participantIdentity: "two", allTracks: true }, { allTracks: true }];
  expect(permissions.update({ trackPermissions }, identityOfSid)).toBe(false);
  expect(permissions.isAllowed("one", "TR_1")).toBe(true);
  expect(permissions.isAllowed("two", "TR_1")).toBe(false);
});

const sids = (count: number, length: number): string[] =>
  Array.from({ length: count }, (_, index) => `TR_${index}`.padEnd(length, "x"));

test.each([
  {
    title: "entries",
    trackPermissions: Array.from({ length: 10_001 }, () => ({ participantIdentity: "one" })),
    refused: "more than 10000 track permissions",
  },
  {
    title: "track sids",
    trackPermissions: [
      { participantIdentity: "one", trackSids: sids(10_000, 8) },
      { participantIdentity: "two", trackSids: sids(10_001, 8) },
    ],
    refused: "more than 20000 track sids in track permissions",
  },
  {
    title: "characters",
    trackPermissions: [
      { participantIdentity: "o".repeat(512 * 1024), trackSids: sids(1, 512 * 1024 + 1) },
    ],
    refused: "track permissions name more than 1048576 characters",
  },
])("an update with too many $title is refused, and its sender told", (row) => {
  const trackPermissions: livekit.ITrackPermission[] = [...row.trackPermissions];
  const permissions = new SubscriptionPermissions();
  expect(permissions.update({ trackPermissions }, identityOfSid)).toBe(false);
  expect(permissions.isAllowed("two", "TR_1")).toBe(true);
  const rooms = new TestRooms();
  const a = rooms.join("a");
  a.send({ subscriptionPermission: { trackPermissions } });
  expect(a.link.last("requestResponse")).toMatchObject({
    reason: livekit.RequestResponse.Reason.LIMIT_EXCEEDED,
    message: row.refused,
  });
});

test("an identity named like a member that objects inherit is just an identity", () => {
  const permissions = new SubscriptionPermissions();
  permissions.update({ trackPermissions: [{ participantIdentity: "one" }] }, identityOfSid);
  for (const name of ["constructor", "__proto__"]) {
    expect(permissions.isAllowed(name, "TR_1")).toBe(false);
  }
});
