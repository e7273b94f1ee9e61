import {
  type AnyMessage,
  Duration,
  type FieldInfo,
  type MessageType,
  ScalarType,
  Timestamp,
} from "@bufbuild/protobuf";
import fc from "fast-check";

const DEPTH_MAX = 2;

/** Messages of any type of the public package, with random fields set, two levels deep. */
export function arbitraryMessage(type: MessageType, depth = 0): fc.Arbitrary<AnyMessage> {
  if (type.typeName === Timestamp.typeName || type.typeName === Duration.typeName) {
    const seconds = fc.integer({ min: 0, max: 1_000_000_000 }).map(BigInt);
    return fc
      .record({ seconds, nanos: fc.integer({ min: 0, max: 999_999_999 }) })
      .map((value) => new type(value) as AnyMessage);
  }
  if (type.typeName === "google.protobuf.Any") return fc.constant(new type() as AnyMessage);
  const fields = type.fields.list().filter((field) => depth < DEPTH_MAX || !holdsMessage(field));
  const values = fields.map((field) => fc.option(arbitraryField(field, depth), { nil: undefined }));
  return fc.tuple(...values).map((picked) => {
    const message = new type() as AnyMessage;
    for (const [i, field] of fields.entries()) {
      const value = picked[i];
      if (value === undefined) continue;
      if (field.oneof === undefined) message[field.localName] = value;
      else message[field.oneof.localName] = { case: field.localName, value };
    }
    return message;
  });
}

function holdsMessage(field: FieldInfo): boolean {
  return field.kind === "message" || (field.kind === "map" && field.V.kind === "message");
}

function arbitraryField(field: FieldInfo, depth: number): fc.Arbitrary<unknown> {
  if (field.kind === "map") {
    const key = field.K === ScalarType.STRING ? fc.string() : arbitraryScalar(field.K).map(String);
    const keys = key.filter((text) => text !== "__proto__");
    return fc.dictionary(keys, arbitraryValue(field.V, depth), { maxKeys: 2 });
  }
  const value = arbitraryValue(field, depth);
  return field.repeated ? fc.array(value, { maxLength: 2 }) : value;
}

type ValueInfo = Extract<FieldInfo, { kind: "map" }>["V"];

function arbitraryValue(info: ValueInfo, depth: number): fc.Arbitrary<unknown> {
  if (info.kind === "message") return arbitraryMessage(info.T, depth + 1);
  if (info.kind === "enum") return fc.constantFrom(...info.T.values.map((value) => value.no));
  return arbitraryScalar(info.T);
}

function arbitraryScalar(type: ScalarType): fc.Arbitrary<unknown> {
  switch (type) {
    case ScalarType.STRING:
      return fc.string({ unit: "binary", maxLength: 8 });
    case ScalarType.BYTES:
      return fc.uint8Array({ maxLength: 8 });
    case ScalarType.BOOL:
      return fc.boolean();
    case ScalarType.FLOAT:
      return fc.integer({ min: -1000, max: 1000 }).map((value) => value / 8);
    case ScalarType.DOUBLE:
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return fc.integer();
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return fc.nat();
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return fc.maxSafeNat().map(BigInt);
    default:
      return fc.maxSafeInteger().map(BigInt);
  }
}
