import { expect, test } from "bun:test";
import { DataRig } from "../../../test/support/data-rig.ts";

test("a message costs its sender what it takes to read it, also when nobody gets it", () => {
  const rig = new DataRig();
  rig.join(1);
  const names = Array.from({ length: 4_096 }, (_, i) => `nobody${i}`);
  expect(rig.send(1, { user: { payload: new Uint8Array(1) } })).toBeLessThan(2);
  expect(rig.send(1, { user: { payload: new Uint8Array(40_960) } })).toBeGreaterThan(10);
  const named = { destinationIdentities: names, user: { destinationSids: names } };
  expect(rig.send(1, named)).toBeGreaterThan(128);
  expect(rig.send(1, { metrics: { strData: names } })).toBeGreaterThan(10);
});
