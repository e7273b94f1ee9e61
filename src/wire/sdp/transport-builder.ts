import { FINGERPRINTS_MAX, ICE_OPTIONS_MAX } from "./sdp-limits.ts";
import type { Fingerprint, SetupRole, TransportAttributes } from "./session-description.ts";

// RFC 8839 §5.4
const ICE_UFRAG = /^[A-Za-z0-9+/]{4,256}$/;
const ICE_PWD = /^[A-Za-z0-9+/]{22,256}$/;
// RFC 8122 §5
const FINGERPRINT = /^([A-Za-z0-9-]{1,16}) +([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){0,63})$/;

/** Collects the ICE and DTLS attributes of a session or of one section. */
export class TransportBuilder {
  readonly #fingerprints: Fingerprint[] = [];
  #iceUfrag = "";
  #icePwd = "";
  #iceOptions: readonly string[] = [];
  #setup: SetupRole | undefined;

  setAttribute(name: string, value: string): void {
    switch (name) {
      case "ice-ufrag":
        if (ICE_UFRAG.test(value)) this.#iceUfrag = value;
        return;
      case "ice-pwd":
        if (ICE_PWD.test(value)) this.#icePwd = value;
        return;
      case "ice-options":
        this.#iceOptions = value
          .split(" ")
          .filter((option) => option !== "")
          .slice(0, ICE_OPTIONS_MAX);
        return;
      case "setup":
        if (value === "actpass" || value === "active" || value === "passive") this.#setup = value;
        return;
      case "fingerprint": {
        const match = FINGERPRINT.exec(value);
        if (match === null || this.#fingerprints.length >= FINGERPRINTS_MAX) return;
        this.#fingerprints.push({
          algorithm: match[1]!.toLowerCase(),
          value: match[2]!.toUpperCase(),
        });
        return;
      }
      default:
    }
  }

  build(): TransportAttributes {
    return {
      iceUfrag: this.#iceUfrag,
      icePwd: this.#icePwd,
      iceOptions: this.#iceOptions,
      fingerprints: this.#fingerprints,
      setup: this.#setup,
    };
  }
}
