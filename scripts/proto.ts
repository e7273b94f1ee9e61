/**
 * Writes the wire schema: `proto/*.proto` from the reflection of `@livekit/protocol` and from
 * proto/additions/, then `src/gen/` from those and from the hand-kept proto/rpc/ and proto/psrpc/.
 * Run it by `./scripts/proto`; `--out <folder>` writes both below another folder, for
 * comparing, and `--no-types` leaves out the declarations, which take most of the time.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import pbjs from "protobufjs-cli/pbjs.js";
import pbts from "protobufjs-cli/pbts.js";
import { mergeAdditions } from "./proto-additions.ts";
import { NOT_COMPILED, readPackageFiles, readPackageVersion } from "./proto-package.ts";
import { printProto } from "./proto-print.ts";
import { printReflection } from "./proto-reflection.ts";

const PACKAGE_FOLDER = resolve("node_modules/@livekit/protocol");

/** The runtime of the generated code; see the comment in its text. */
const RUNTIME = `// Written by scripts/proto; do not edit.
// protobufjs as the generated code uses it: 64-bit integers are plain numbers, whether or not the
// \`long\` package is around. Above 2^53 they lose their lowest bits.
import protobuf from "protobufjs/minimal.js";

protobuf.util.Long = null;
protobuf.configure();

export default protobuf;
`;

const DEFAULT_EXPORT = /\nexport \{\s*\$root as default\s*\};\s*$/;
const LONG_IMPORT = 'import Long = require("long");\n';

const { values } = parseArgs({
  options: { out: { type: "string", default: "." }, "no-types": { type: "boolean" } },
});
const outFolder = resolve(values.out);
const protoFolder = join(outFolder, "proto");
const genFolder = join(outFolder, "src/gen");

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const origin = `@livekit/protocol ${readPackageVersion(PACKAGE_FOLDER)} on npm`;
const files = await readPackageFiles(PACKAGE_FOLDER);
mergeAdditions(files, "proto/additions");
for (const file of files) write(join(protoFolder, file.path), printProto(file, origin));

const compiled = [
  ...files.map((file) => file.path).filter((path) => !NOT_COMPILED.includes(path)),
  ...["rpc", "psrpc"].flatMap((folder) =>
    readdirSync(join("proto", folder)).map((name) => `${folder}/${name}`),
  ),
].sort();

const pbjsArgs = [
  ...["--target", "static-module", "--wrap", "esm", "--dependency", "./protobuf-runtime.js"],
  ...["--no-verify", "--no-convert", "--no-delimited", "--no-service", "--force-number"],
  ...["--path", protoFolder, "--path", "proto"],
];

function runPbjs(args: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    pbjs.main([...args], (error, output) => (error ? fail(error) : done(output ?? "")));
  });
}

/** Four spaces a level make a third of the generated code; one tab a level does as well. */
function indentByTabs(text: string): string {
  return text.replace(/^(?: {4})+/gm, (spaces) => "\t".repeat(spaces.length / 4));
}

const output = await runPbjs([...pbjsArgs, "--no-comments", ...compiled]);
const code = indentByTabs(output.replace(DEFAULT_EXPORT, "\n"));
write(join(genFolder, "livekit.js"), code);
write(join(genFolder, "protobuf-runtime.js"), RUNTIME);
write(join(genFolder, "reflection.ts"), printReflection(compiled, [protoFolder, "proto"]));

if (!values["no-types"]) {
  const documented = await runPbjs([...pbjsArgs, ...compiled]);
  const declarations = await new Promise<string>((done, fail) => {
    const args = ["--no-comments", "--import", "\\$protobuf=protobufjs/minimal.js"];
    pbts.process(documented, args, (error, output) => (error ? fail(error) : done(output ?? "")));
  });
  // the hash lets a test see that the declarations are of this code, without writing them anew
  const hash = createHash("sha256").update(code).digest("hex");
  write(
    join(genFolder, "livekit.d.ts"),
    `// Of livekit.js with SHA-256 ${hash}.\n${indentByTabs(declarations.replace(LONG_IMPORT, ""))}`,
  );
}
