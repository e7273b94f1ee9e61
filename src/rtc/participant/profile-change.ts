import type { ParticipantProfile } from "./participant.ts";

/** What is undefined stays; an empty attribute value deletes. */
export type ProfileChange = {
  readonly name?: string | undefined;
  readonly metadata?: string | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
};

/** @returns whether anything is different now */
export function applyProfileChange(profile: ParticipantProfile, change: ProfileChange): boolean {
  let isChanged = false;
  if (change.name !== undefined && change.name !== profile.name) {
    profile.name = change.name;
    isChanged = true;
  }
  if (change.metadata !== undefined && change.metadata !== profile.metadata) {
    profile.metadata = change.metadata;
    isChanged = true;
  }
  for (const [key, value] of Object.entries(change.attributes ?? {})) {
    if ((profile.attributes[key] ?? "") === value) continue;
    isChanged = true;
    if (value === "") delete profile.attributes[key];
    else profile.attributes[key] = value;
  }
  return isChanged;
}

/** A copy in which every name is a plain key, `__proto__` too. */
export function plainRecord(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.assign(Object.create(null) as Record<string, string>, record);
}
