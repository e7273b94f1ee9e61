import { expect, test } from "bun:test";
import { ENUMS, MESSAGES, SERVICES } from "../../src/gen/reflection.ts";
import { enumInfo, findService, messageInfo } from "../../src/protobuf/reflection.ts";
import { findGoModule, readGoSchema } from "./go-descriptors.ts";
import missing from "./schema-missing.json" with { type: "json" };

/**
 * Our compiled schema, with the parts that are kept by hand, against the Go module that the
 * reference is built with. Runs where Go is installed and the module can be had.
 */
const folder = findGoModule("github.com/livekit/protocol@v1.54.0");

if (folder !== undefined) {
  const theirs = readGoSchema(folder);
  const isTheirs = (name: string) => /^(livekit|rpc)\./.test(name);

  test("the Go module has hundreds of messages to compare with", () => {
    expect(theirs.messages.size).toBeGreaterThan(500);
    expect(theirs.messages.get("livekit.DeleteRoomRequest")).toEqual(["room = 1: string"]);
  });

  test("every field of ours has the Go module's number, type, label and oneof", () => {
    const wrong = Object.keys(MESSAGES)
      .filter(isTheirs)
      .flatMap((name) => {
        const known = new Set(theirs.messages.get(name));
        const fields = messageInfo(name).fields.map((field) => {
          const label = field.repeated ? "repeated " : field.optional ? "optional " : "";
          const map = field.mapKey === undefined ? "" : `map of ${field.mapKey} to `;
          const oneof = field.oneof === undefined ? "" : ` in ${field.oneof}`;
          return `${field.name} = ${field.number}: ${label}${map}${field.type}${oneof}`;
        });
        return fields.filter((field) => !known.has(field)).map((field) => `${name}: ${field}`);
      });
    expect(wrong).toEqual([]);
  });

  test("every enum value of ours has the Go module's number", () => {
    const wrong = Object.keys(ENUMS)
      .filter(isTheirs)
      .flatMap((name) => {
        const known = new Set(theirs.enums.get(name));
        const values = [...enumInfo(name).numbers].map(([key, number]) => `${key} = ${number}`);
        return values.filter((value) => !known.has(value)).map((value) => `${name}: ${value}`);
      });
    expect(wrong).toEqual([]);
  });

  test("every service of ours has the Go module's methods, all of them", () => {
    const names = Object.keys(SERVICES).filter(isTheirs);
    expect(names).toContain("livekit.RoomService");
    for (const name of names) {
      const methods = findService(name)!.map(
        (method) => `${method.name}(${method.request}) returns (${method.response})`,
      );
      expect({ name, methods }).toEqual({ name, methods: [...(theirs.services.get(name) ?? [])] });
    }
  });

  test("what the Go module has and we have not is what schema-missing.json lists", () => {
    const found: string[] = [];
    // what is nested in a missing message goes without saying
    const isListed = (name: string) => found.some((item) => name.startsWith(`${item}.`));
    for (const [name, fields] of theirs.messages) {
      if (isListed(name)) continue;
      if (!Object.hasOwn(MESSAGES, name)) found.push(name);
      else {
        const ours = new Set(messageInfo(name).fields.map((field) => field.number));
        const numberOf = (field: string) => Number(/ = (\d+):/.exec(field)![1]);
        const newer = fields.filter((field) => !ours.has(numberOf(field)));
        found.push(...newer.map((field) => `${name}: ${field}`));
      }
    }
    for (const [name, values] of theirs.enums) {
      if (isListed(name)) continue;
      if (!Object.hasOwn(ENUMS, name)) found.push(name);
      else {
        const newer = values.filter((value) => !enumInfo(name).numbers.has(value.split(" ")[0]!));
        found.push(...newer.map((value) => `${name}: ${value}`));
      }
    }
    for (const name of theirs.services.keys()) {
      if (!Object.hasOwn(SERVICES, name)) found.push(name);
    }
    expect(found.sort()).toEqual(missing);
  });
}
