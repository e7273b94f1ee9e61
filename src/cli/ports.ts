import { mediaUdpPorts } from "../config/addresses.ts";
import type { Config } from "../config/config.ts";
import { loadConfig } from "../config/load-config.ts";
import { type CommandInput, type CommandResult, printed } from "./command.ts";

/** What a firewall has to let in. */
export function printPorts({ environment, flags }: CommandInput): CommandResult {
  const { env, files, localAddresses } = environment;
  const { config } = loadConfig({ flags, env, files, localAddresses, keys: "optional" });
  return printed("TCP Ports", ...tcpPorts(config), "UDP Ports", ...udpPorts(config));
}

function tcpPorts({ port, rtc, turn }: Config): string[] {
  const lines = [`${port} - HTTP service`];
  if (rtc.tcpPort !== 0) lines.push(`${rtc.tcpPort} - ICE/TCP`);
  if (turn.enabled && turn.tlsPort !== 0) lines.push(`${turn.tlsPort} - TURN/TLS`);
  return lines;
}

function udpPorts(config: Config): string[] {
  const { start, end } = mediaUdpPorts(config);
  const lines = [start === end ? `${start} - ICE/UDP` : `${start}-${end} - ICE/UDP range`];
  if (config.turn.enabled && config.turn.udpPort !== 0) {
    lines.push(`${config.turn.udpPort} - TURN/UDP`);
  }
  return lines;
}
