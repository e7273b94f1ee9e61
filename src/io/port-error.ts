import { messageOf, ServerError } from "../base/errors.ts";

const SETTINGS = { UDP: "rtc.udp_port", TCP: "rtc.tcp_port" } as const;

/**
 * Why a port of ours could not be opened, and what to do about it.
 *
 * @param setting where the port is set; that of media ports, unless it is another one
 */
export function portError(
  protocol: "UDP" | "TCP",
  address: string,
  port: number,
  cause: unknown,
  setting: string = SETTINGS[protocol],
): ServerError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  let advice = messageOf(cause);
  if (code === "EADDRINUSE") {
    advice = `another process uses it; stop that process, or set ${setting} to a free port`;
  } else if (code === "EADDRNOTAVAIL") {
    advice = "no interface of this machine has this address; choose one that it has";
  } else if (code === "EACCES" || code === "EPERM") {
    advice = "not permitted; choose a port above 1023, or grant CAP_NET_BIND_SERVICE";
  }
  const attempt = `Cannot listen on ${protocol} port ${port} of ${address}`;
  return new ServerError("failed_precondition", `${attempt}: ${advice}`, { cause });
}
