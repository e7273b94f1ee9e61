/**
 * The wire schema as plain data: what `scripts/proto` reads from the public package's reflection
 * and from the hand-kept additions, and what it prints as `.proto` text.
 */

export type ProtoField = {
  readonly name: string;
  readonly number: number;
  readonly label: "" | "optional" | "repeated";
  /** As written in a `.proto` file: `string`, `.livekit.Room`, `map<string, bytes>`. */
  readonly type: string;
  /** Name of the oneof the field is part of. */
  readonly oneof?: string;
  /** Only when the schema overrides what proto3 does by default. */
  readonly packed?: boolean;
  readonly jsonName?: string;
  /** Comes from proto/additions/, not from the package. */
  readonly added?: boolean;
};

export type ProtoEnum = {
  readonly name: string;
  readonly values: { readonly name: string; readonly number: number }[];
  readonly added?: boolean;
};

export type ProtoMessage = {
  readonly name: string;
  readonly fields: ProtoField[];
  readonly messages: ProtoMessage[];
  readonly enums: ProtoEnum[];
  readonly added?: boolean;
};

export type ProtoMethod = {
  readonly name: string;
  readonly request: string;
  readonly response: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
};

export type ProtoService = { readonly name: string; readonly methods: ProtoMethod[] };

export type ProtoFile = {
  /** Path below proto/, such as `livekit_rtc.proto`. */
  readonly path: string;
  readonly packageName: string;
  readonly imports: Set<string>;
  readonly messages: ProtoMessage[];
  readonly enums: ProtoEnum[];
  readonly services: ProtoService[];
};

/** The lower camel case that the proto3 JSON mapping gives a field without `json_name`. */
export function jsonNameOf(fieldName: string): string {
  return fieldName
    .replace(/_+([^_])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/_+$/, "");
}
