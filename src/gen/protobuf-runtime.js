// Written by scripts/proto; do not edit.
// protobufjs as the generated code uses it: 64-bit integers are plain numbers, whether or not the
// `long` package is around. Above 2^53 they lose their lowest bits.
import protobuf from "protobufjs/minimal.js";

protobuf.util.Long = null;
protobuf.configure();

export default protobuf;
