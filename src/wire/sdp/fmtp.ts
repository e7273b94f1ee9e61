/** The parameters of an `a=fmtp` line: `key=value` joined by semicolons, by convention of most codecs. */

/** Value of a parameter, name compared without case; undefined when absent. */
export function fmtpParameter(fmtp: string, name: string): string | undefined {
  for (const part of fmtp.split(";")) {
    const equals = part.indexOf("=");
    if (equals < 0) continue;
    if (part.slice(0, equals).trim().toLowerCase() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}

/** The line without the named parameters, and with `added` behind the rest. Keeps the rest as written. */
export function changeFmtp(
  fmtp: string,
  removed: readonly string[],
  added: readonly string[],
): string {
  const kept = fmtp.split(";").filter((part) => {
    const equals = part.indexOf("=");
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    return name !== "" && !removed.includes(name);
  });
  return [...kept, ...added].join(";");
}
