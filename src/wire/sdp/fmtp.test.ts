import { expect, test } from "bun:test";
import { changeFmtp, fmtpParameter } from "./fmtp.ts";

test.each([
  { fmtp: "profile-id=2", name: "profile-id", value: "2" },
  { fmtp: "a=1; Packetization-Mode = 1 ;b", name: "packetization-mode", value: "1" },
  { fmtp: "x-profile-id=3", name: "profile-id", value: undefined },
  { fmtp: "", name: "apt", value: undefined },
])("fmtpParameter finds $name in '$fmtp'", ({ fmtp, name, value }) => {
  expect(fmtpParameter(fmtp, name)).toBe(value);
});

test.each([
  {
    fmtp: "minptime=10;useinbandfec=1",
    removed: [],
    added: [],
    result: "minptime=10;useinbandfec=1",
  },
  { fmtp: "stereo=1;sprop-stereo=1", removed: ["stereo"], added: [], result: "sprop-stereo=1" },
  { fmtp: "a=1; usedtx=1 ;b=2", removed: ["usedtx"], added: ["c=3"], result: "a=1;b=2;c=3" },
  { fmtp: "", removed: ["a"], added: ["b=1"], result: "b=1" },
])("changeFmtp makes '$result' of '$fmtp'", ({ fmtp, removed, added, result }) => {
  expect(changeFmtp(fmtp, removed, added)).toBe(result);
});
