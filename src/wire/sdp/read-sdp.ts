import {
  BUNDLE_GROUPS_MAX,
  LINE_LENGTH_MAX,
  SDP_LENGTH_MAX,
  SECTIONS_MAX,
  TOKEN_LENGTH_MAX,
} from "./sdp-limits.ts";
import { SectionBuilder } from "./section-builder.ts";
import type { Direction, MediaSection, SessionDescription } from "./session-description.ts";
import { TransportBuilder } from "./transport-builder.ts";

export type SdpResult =
  | { readonly kind: "read"; readonly description: SessionDescription }
  | { readonly kind: "malformed"; readonly detail: string }
  | { readonly kind: "too-many-sections"; readonly detail: string };

type MediaLine = Pick<MediaSection, "kind" | "port" | "protocol" | "formats">;

// RFC 8866 §9: tokens are visible ASCII
const MEDIA_LINE = /^([!-~]{1,64}) (\d{1,5})(?:\/\d{1,5})? ([!-~]{1,64})((?: +[!-~]{1,64})+) *$/;
const ORIGIN_LINE = /^\S+ (\d{1,20}) (\d{1,20}) /;
const LINE = /^[a-z]=/;

/**
 * Reads a session description (RFC 8866 §5, RFC 9429 §5.8). Lines may end in LF alone. What a
 * description must have to be of use is for the caller to check: here an unknown or broken
 * attribute counts as not stated, and only what is no SDP at all is malformed.
 */
export function readSdp(text: string): SdpResult {
  return readLines(text, false);
}

/**
 * Reads the part of a description that trickled candidates and ICE restarts travel in (RFC 8840
 * §9): attributes and media sections, without the lines that begin a whole description.
 */
export function readSdpFragment(text: string): SdpResult {
  return readLines(text, true);
}

function readLines(text: string, isFragment: boolean): SdpResult {
  if (text.length > SDP_LENGTH_MAX) {
    return { kind: "malformed", detail: `longer than ${SDP_LENGTH_MAX} characters` };
  }
  const session = new SessionBuilder();
  let section: SectionBuilder | undefined;
  const sections: SectionBuilder[] = [];
  let lineNumber = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, text[end - 1] === "\r" ? end - 1 : end);
    start = end + 1;
    lineNumber += 1;
    if (lineNumber === 1 && line !== "v=0" && !isFragment) {
      return { kind: "malformed", detail: "the first line is not v=0" };
    }
    if (line === "") continue;
    if (line.length > LINE_LENGTH_MAX || !LINE.test(line)) {
      return {
        kind: "malformed",
        detail: `line ${lineNumber} is not of the form <letter>=<value>`,
      };
    }
    const value = line.slice(2);
    if (line.startsWith("m=")) {
      if (sections.length === SECTIONS_MAX) {
        return { kind: "too-many-sections", detail: `more than ${SECTIONS_MAX} media sections` };
      }
      const media = readMediaLine(value);
      if (media === undefined) {
        return { kind: "malformed", detail: `line ${lineNumber} is not a media description` };
      }
      section = new SectionBuilder(media);
      sections.push(section);
    } else if (line.startsWith("o=")) {
      session.setOrigin(value);
    } else if (line.startsWith("a=")) {
      const colon = value.indexOf(":");
      const name = colon < 0 ? value : value.slice(0, colon);
      const argument = colon < 0 ? "" : value.slice(colon + 1).trim();
      (section ?? session).setAttribute(name, argument);
    }
  }
  if (lineNumber === 0) return { kind: "malformed", detail: "it is empty" };
  return { kind: "read", description: session.build(sections) };
}

function readMediaLine(value: string): MediaLine | undefined {
  const match = MEDIA_LINE.exec(value);
  if (match === null) return undefined;
  const port = Number(match[2]);
  if (port > 65_535) return undefined;
  const formats = match[4]!.split(" ").filter((format) => format !== "");
  return { kind: match[1]!, port, protocol: match[3]!, formats };
}

class SessionBuilder {
  readonly #transport = new TransportBuilder();
  readonly #bundleGroups: string[][] = [];
  #sessionId = "0";
  #sessionVersion = "0";
  #isIceLite = false;
  #isExtmapMixed = false;
  #direction: Direction = "sendrecv";

  setOrigin(value: string): void {
    const match = ORIGIN_LINE.exec(value);
    if (match === null) return;
    this.#sessionId = match[1]!;
    this.#sessionVersion = match[2]!;
  }

  setAttribute(name: string, value: string): void {
    switch (name) {
      case "ice-lite":
        this.#isIceLite = true;
        return;
      case "extmap-allow-mixed":
        this.#isExtmapMixed = true;
        return;
      case "sendrecv":
      case "sendonly":
      case "recvonly":
      case "inactive":
        this.#direction = name;
        return;
      case "group": {
        const [semantics, ...mids] = value.split(" ").filter((word) => word !== "");
        if (semantics !== "BUNDLE" || this.#bundleGroups.length >= BUNDLE_GROUPS_MAX) return;
        const readable = mids.filter((mid) => mid.length <= TOKEN_LENGTH_MAX);
        this.#bundleGroups.push(readable.slice(0, SECTIONS_MAX));
        return;
      }
      default:
        this.#transport.setAttribute(name, value);
    }
  }

  build(sections: readonly SectionBuilder[]): SessionDescription {
    return {
      sessionId: this.#sessionId,
      sessionVersion: this.#sessionVersion,
      isIceLite: this.#isIceLite,
      bundleGroups: this.#bundleGroups,
      isExtmapMixed: this.#isExtmapMixed,
      transport: this.#transport.build(),
      sections: sections.map((section) => section.build(this.#direction)),
    };
  }
}
