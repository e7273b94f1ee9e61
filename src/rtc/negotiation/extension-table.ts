import {
  EXTENSION_URIS,
  type ExtensionIds,
  type ExtensionName,
  NO_EXTENSIONS,
} from "../../wire/rtp/extension-ids.ts";
import type { Direction, HeaderExtension } from "../../wire/sdp/session-description.ts";
import type { CongestionControl, MediaKind } from "./negotiation-types.ts";

/**
 * Header extensions by direction and kind (spec-signalling 8.2). The reference negotiates frame
 * marking too and never reads it; we leave it out and save its bytes in every packet.
 */
const RECEIVED: { readonly [kind in MediaKind]: readonly ExtensionName[] } = {
  audio: ["mid", "rid", "audioLevel", "absCaptureTime"],
  video: [
    "mid",
    "rid",
    "repairedRid",
    "transportSequence",
    "dependencyDescriptor",
    "absCaptureTime",
  ],
};

/** The ids of our own offers: stable, and small enough for one-byte headers. */
const OFFER_IDS: { readonly [name in ExtensionName]?: number } = {
  absSendTime: 1,
  transportSequence: 2,
  absCaptureTime: 3,
  dependencyDescriptor: 4,
  playoutDelay: 5,
};

const NAMES_BY_URI: ReadonlyMap<string, ExtensionName> = new Map(
  (Object.keys(EXTENSION_URIS) as ExtensionName[]).map((name) => [EXTENSION_URIS[name], name]),
);

export function receivedExtensions(kind: MediaKind): readonly ExtensionName[] {
  return RECEIVED[kind];
}

/** Whether a section's packets can be reported transport-wide; else send times have to do. */
export function hasTransportSequence(offered: readonly HeaderExtension[]): boolean {
  return offered.some(({ uri }) => uri === EXTENSION_URIS.transportSequence);
}

export function sentExtensions(
  kind: MediaKind,
  congestionControl: CongestionControl,
  hasPlayoutDelay: boolean,
): readonly ExtensionName[] {
  if (kind === "audio") return ["absCaptureTime"];
  const names: ExtensionName[] = ["absCaptureTime", "dependencyDescriptor"];
  if (congestionControl !== "remb") names.unshift("transportSequence");
  if (congestionControl !== "transport-cc") names.unshift("absSendTime");
  return hasPlayoutDelay ? [...names, "playoutDelay"] : names;
}

/** The `a=extmap` lines of a section that we offer. */
export function offeredExtensions(names: readonly ExtensionName[]): HeaderExtension[] {
  return names.map((name) => ({
    id: OFFER_IDS[name] ?? 0,
    uri: EXTENSION_URIS[name],
    direction: undefined,
  }));
}

/**
 * One id space for all sections of a bundle (RFC 9143 §9.1 by way of RFC 8285 §5): the first
 * section that maps an extension decides, and later ones that disagree do not get it.
 */
export class ExtensionMap {
  readonly #ids: { -readonly [name in ExtensionName]: number } = { ...NO_EXTENSIONS };
  readonly #names = new Map<number, ExtensionName>();

  /** Whether this mapping of a section holds for the bundle. */
  accept(name: ExtensionName, id: number): boolean {
    const known = this.#names.get(id);
    if (known === undefined && this.#ids[name] === 0) {
      this.#names.set(id, name);
      this.#ids[name] = id;
      return true;
    }
    return known === name;
  }

  /** The ids of some of the extensions, 0 for the others. */
  pick(names: Iterable<ExtensionName>): ExtensionIds {
    const picked: { -readonly [name in ExtensionName]: number } = { ...NO_EXTENSIONS };
    for (const name of names) picked[name] = this.#ids[name];
    return picked;
  }
}

/** Of a section's `a=extmap` lines those in `names`, as our answer repeats them. */
export function answeredExtensions(
  offered: readonly HeaderExtension[],
  names: readonly ExtensionName[],
  map: ExtensionMap,
): HeaderExtension[] {
  const answered: HeaderExtension[] = [];
  for (const { id, uri, direction } of offered) {
    const name = extensionNameOf(uri);
    if (name === undefined || !names.includes(name) || direction === "inactive") continue;
    if (!map.accept(name, id) || answered.some((one) => one.id === id)) continue;
    answered.push({ id, uri, direction: direction && reversed(direction) });
  }
  return answered;
}

export function extensionNameOf(uri: string): ExtensionName | undefined {
  return NAMES_BY_URI.get(uri);
}

function reversed(direction: Direction): Direction {
  if (direction === "sendonly") return "recvonly";
  return direction === "recvonly" ? "sendonly" : direction;
}
