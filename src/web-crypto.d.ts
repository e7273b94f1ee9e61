// Deno, which checks these sources too, does not find the `crypto` that Bun's types declare.
declare var crypto: Crypto;
