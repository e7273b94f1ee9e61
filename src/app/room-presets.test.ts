import { expect, test } from "bun:test";
import { loadTestConfig } from "../../test/support/test-config.ts";
import { roomPresets } from "./room-presets.ts";

const KEYS = "keys: {devkey: secretsecretsecretsecretsecretsecret}\n";

const read = (presets: string) =>
  roomPresets(loadTestConfig(`${KEYS}room: {room_configurations: ${presets}}`));

test("presets are read in both ways of naming", () => {
  const presets = read(
    "{webinar: {max_participants: 5, agents: [{agent_name: bot}]}, call: {emptyTimeout: 7}}",
  );
  expect([...presets.keys()]).toEqual(["webinar", "call"]);
  expect(presets.get("webinar")).toMatchObject({
    maxParticipants: 5,
    agents: [{ agentName: "bot" }],
  });
  expect(presets.get("call")).toMatchObject({ emptyTimeout: 7 });
  expect(read("{}").size).toBe(0);
});

test.each([
  ["{a: {max_participantz: 5}}", "room.room_configurations.a: unknown setting max_participantz"],
  [
    "{a: {agents: [{agent_name: x}, {name: y}]}}",
    "room.room_configurations.a: unknown setting agents[1].name",
  ],
  ["{a: {max_participants: many}}", "room.room_configurations.a: "],
  ["{a: {agents: 5}}", "room.room_configurations.a: "],
])("a preset that cannot be used is named: %s", (yaml, problem) => {
  expect(() => read(yaml)).toThrow(problem);
});
