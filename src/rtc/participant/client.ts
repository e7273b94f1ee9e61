import { livekit } from "../../gen/livekit.js";
import { type ClientCapabilities, capabilitiesOf } from "../negotiation/client-capabilities.ts";

/** Capabilities that others are told of; more than there are. */
const CAPABILITIES_MAX = 32;

/** Of what a client says of itself, characters: enough for the longest real names and versions. */
const TEXT_LENGTH_MAX = 256;

/** How a client connected: read from the query or from the join request. */
export type ConnectionSettings = {
  readonly isAutoSubscribe: boolean;
  readonly isAutoSubscribeDataTrack: boolean;
  readonly isAdaptiveStream: boolean;
  /** undefined: as the configuration says. */
  readonly allowPause: boolean | undefined;
  /**
   * There is no signal connection: offer and answer are one HTTP exchange, and nothing is told
   * afterwards (WHIP, spec-signalling 1.8).
   */
  readonly isOneShot: boolean;
};

/** Which answers a client understands, by its protocol and SDK (spec-signalling 0.1, 0.2). */
export class ClientProfile {
  readonly info: livekit.ClientInfo;
  readonly protocol: number;
  readonly capabilities: ClientCapabilities;

  constructor(info: livekit.ClientInfo) {
    this.info = new livekit.ClientInfo({
      sdk: info.sdk,
      version: short(info.version),
      protocol: info.protocol,
      os: short(info.os),
      osVersion: short(info.osVersion),
      deviceModel: short(info.deviceModel),
      browser: short(info.browser),
      browserVersion: short(info.browserVersion),
      address: short(info.address),
      network: short(info.network),
      otherSdks: short(info.otherSdks),
      clientProtocol: info.clientProtocol,
      capabilities: [...new Set(info.capabilities)].slice(0, CAPABILITIES_MAX),
    });
    this.protocol = info.protocol;
    this.capabilities = capabilitiesOf(this.info);
  }

  get canMakeSubscriberPrimary(): boolean {
    return this.protocol >= 3;
  }

  get hearsSpeakers(): boolean {
    return this.protocol >= 3;
  }

  get hearsQuality(): boolean {
    return this.protocol >= 5;
  }

  get hearsUnpublish(): boolean {
    return this.protocol >= 7;
  }

  get hearsRecentDisconnects(): boolean {
    return this.protocol >= 9;
  }

  get knowsLostQuality(): boolean {
    return this.protocol >= 11;
  }

  get reconnectsByIdentity(): boolean {
    return this.protocol >= 12;
  }

  get knowsLeaveActions(): boolean {
    return this.protocol >= 13;
  }

  get hearsSuccess(): boolean {
    return this.protocol >= 15;
  }

  /** Goes on in another room when it is told so. */
  get knowsRoomMoves(): boolean {
    return this.protocol >= 16;
  }

  /** Makes its data channels with ids that both sides know, on a single peer connection. */
  get hasNegotiatedChannels(): boolean {
    return this.protocol >= 18;
  }

  get hearsRequestResponses(): boolean {
    return this.capabilities.takesRequestResponse;
  }

  get hearsReconnect(): boolean {
    return this.capabilities.takesReconnectResponse;
  }
}

/** A session keeps it for as long as it lasts. */
function short(text: string): string {
  return text.slice(0, TEXT_LENGTH_MAX);
}
