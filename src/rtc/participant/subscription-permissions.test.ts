import { expect, test } from "bun:test";
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

test("an update with too many entries is refused", () => {
  const permissions = new SubscriptionPermissions();
  const trackPermissions = Array.from({ length: 10_001 }, () => ({ participantIdentity: "one" }));
  expect(permissions.update({ trackPermissions }, identityOfSid)).toBe(false);
  expect(permissions.isAllowed("two", "TR_1")).toBe(true);
});

test("an identity named like a member that objects inherit is just an identity", () => {
  const permissions = new SubscriptionPermissions();
  permissions.update({ trackPermissions: [{ participantIdentity: "one" }] }, identityOfSid);
  for (const name of ["constructor", "__proto__"]) {
    expect(permissions.isAllowed(name, "TR_1")).toBe(false);
  }
});
