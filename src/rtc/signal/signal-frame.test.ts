import { expect, test } from "bun:test";
import { livekit } from "../../gen/livekit.js";
import { joinFrame, SignalFrame, updateFrame } from "./signal-frame.ts";

const PARTICIPANTS = [
  { sid: "PA_1", identity: "a", state: livekit.ParticipantInfo.State.ACTIVE, version: 3 },
  { sid: "PA_2", identity: "b", metadata: "m".repeat(200), attributes: { k: "v" } },
];
const ENCODED = PARTICIPANTS.map((info) => livekit.ParticipantInfo.encode(info).finish());

test("an update of encoded participants is the same message, in either framing", () => {
  const frame = updateFrame(ENCODED);
  const plain = new SignalFrame({ update: { participants: PARTICIPANTS } });
  expect(livekit.SignalResponse.decode(frame.binary())).toEqual(
    livekit.SignalResponse.decode(plain.binary()),
  );
  expect(frame.json()).toBe(plain.json());
});

test("a join response of encoded participants is the same message, in either framing", () => {
  const join = { serverVersion: "1", pingInterval: 5, participant: { identity: "me" } };
  const frame = joinFrame(new livekit.JoinResponse(join), ENCODED);
  const plain = new SignalFrame({ join: { ...join, otherParticipants: PARTICIPANTS } });
  expect(livekit.SignalResponse.decode(frame.binary())).toEqual(
    livekit.SignalResponse.decode(plain.binary()),
  );
  expect(frame.json()).toBe(plain.json());
  const alone = joinFrame(new livekit.JoinResponse(join), []);
  expect(livekit.SignalResponse.decode(alone.binary()).join?.otherParticipants).toEqual([]);
});
