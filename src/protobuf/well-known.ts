/**
 * The text forms that proto3 JSON gives to google.protobuf.Timestamp and Duration
 * (https://protobuf.dev/programming-guides/json/).
 */

export type SecondsAndNanos = { readonly seconds: number; readonly nanos: number };

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z */
const TIMESTAMP_SECONDS_MIN = -62_135_596_800;
const TIMESTAMP_SECONDS_MAX = 253_402_300_799;
const DURATION_SECONDS_MAX = 315_576_000_000;
const NANOS_MAX = 999_999_999;

const TIMESTAMP =
  /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;
const DURATION = /^(-?)(\d{1,12})?(?:\.(\d{1,9}))?s$/;

/** @returns undefined when the value is outside what the format can say */
export function writeTimestamp({ seconds, nanos }: SecondsAndNanos): string | undefined {
  if (!(seconds >= TIMESTAMP_SECONDS_MIN && seconds <= TIMESTAMP_SECONDS_MAX)) return undefined;
  if (!(nanos >= 0 && nanos <= NANOS_MAX)) return undefined;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}${fraction(nanos)}Z`;
}

/** @returns undefined when the text is no RFC 3339 time between the years 1 and 9999 */
export function readTimestamp(text: string): SecondsAndNanos | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [, date, time, digits = "", sign, hours, minutes] = match;
  const wallMs = Date.parse(`${date}T${time}Z`);
  // Date.parse lets 30 February pass as 1 or 2 March
  if (Number.isNaN(wallMs) || !new Date(wallMs).toISOString().startsWith(date!)) return undefined;
  const offset = sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * 60;
  const seconds = wallMs / 1000 - (sign === "-" ? -offset : offset);
  if (seconds < TIMESTAMP_SECONDS_MIN || seconds > TIMESTAMP_SECONDS_MAX) return undefined;
  return { seconds, nanos: Number(digits.padEnd(9, "0")) };
}

/** @returns undefined when the value is outside what the format can say */
export function writeDuration({ seconds, nanos }: SecondsAndNanos): string | undefined {
  if (!(Math.abs(seconds) <= DURATION_SECONDS_MAX && Math.abs(nanos) <= NANOS_MAX))
    return undefined;
  if (seconds * nanos < 0) return undefined;
  const sign = seconds < 0 || nanos < 0 ? "-" : "";
  return `${sign}${Math.abs(seconds)}${fraction(Math.abs(nanos))}s`;
}

/** @returns undefined when the text is no duration of seconds, such as `-1.5s` */
export function readDuration(text: string): SecondsAndNanos | undefined {
  const match = DURATION.exec(text);
  if (match === null || (match[2] === undefined && match[3] === undefined)) return undefined;
  const sign = match[1] === "-" ? -1 : 1;
  const seconds = Number(match[2] ?? 0);
  if (seconds > DURATION_SECONDS_MAX) return undefined;
  // `+ 0` turns a negative zero into a plain one
  return { seconds: sign * seconds + 0, nanos: sign * Number((match[3] ?? "").padEnd(9, "0")) + 0 };
}

/** Nothing, or 3, 6 or 9 digits, whichever says it all. */
function fraction(nanos: number): string {
  if (nanos === 0) return "";
  const digits = String(nanos).padStart(9, "0");
  if (digits.endsWith("000000")) return `.${digits.slice(0, 3)}`;
  return `.${digits.endsWith("000") ? digits.slice(0, 6) : digits}`;
}
