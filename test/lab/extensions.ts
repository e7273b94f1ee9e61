import { type ExtensionIds, NO_EXTENSIONS } from "../../src/wire/rtp/extension-ids.ts";

/** Of what publishers of the lab send. */
export const PUBLISHED_IDS: ExtensionIds = {
  ...NO_EXTENSIONS,
  mid: 1,
  rid: 2,
  transportSequence: 3,
  repairedRid: 4,
  dependencyDescriptor: 6,
  audioLevel: 7,
};

const SEND_TIME_ID = 12;
const TRANSPORT_SEQUENCE_ID = 13;
const DEPENDENCY_ID = 10;

/** Of what subscribers receive; other numbers, so that copying a block as it is would show. */
export function subscribedIds(
  feedback: "remb" | "twcc",
  hasDependencyDescriptor: boolean,
): ExtensionIds {
  return {
    ...NO_EXTENSIONS,
    absSendTime: feedback === "remb" ? SEND_TIME_ID : 0,
    transportSequence: feedback === "twcc" ? TRANSPORT_SEQUENCE_ID : 0,
    dependencyDescriptor: hasDependencyDescriptor ? DEPENDENCY_ID : 0,
  };
}
