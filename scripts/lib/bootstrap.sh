# Sourced by the launchers in scripts/, from the top of the repository. Finds Bun at the version that
# package.json pins, or installs it into .tools/, puts it first in PATH and installs the locked
# dependencies. Needs npm, or any version of Bun.

fail() {
  echo "$0: $*" >&2
  exit 1
}

pinned=$(sed -n 's/.*"packageManager": "bun@\([0-9.]*\)".*/\1/p' package.json)
[ -n "$pinned" ] || fail "package.json names no Bun version under \"packageManager\""

# Prints the folder of the pinned Bun and succeeds, or fails. The second place is where the binary
# lies when the package's install script did not run.
find_bun() {
  for candidate in .tools/node_modules/.bin/bun .tools/node_modules/@oven/bun-*/bin/bun \
    "$(command -v bun 2>/dev/null)"; do
    [ -x "$candidate" ] || continue
    [ "$("$candidate" --version 2>/dev/null)" = "$pinned" ] || continue
    (cd "$(dirname "$candidate")" && pwd)
    return 0
  done
  return 1
}

if ! bun_folder=$(find_bun); then
  echo "Installing Bun $pinned into .tools/" >&2
  mkdir -p .tools
  if command -v npm >/dev/null 2>&1; then
    npm install --prefix .tools --no-save --no-audit --no-fund --loglevel=error "bun@$pinned" >&2
  elif command -v bun >/dev/null 2>&1; then
    [ -f .tools/package.json ] || echo '{ "private": true }' >.tools/package.json
    (cd .tools && bun add --exact "bun@$pinned" >&2)
  else
    fail "install Node.js with npm, or Bun $pinned, and run this again"
  fi
  bun_folder=$(find_bun) || fail "Bun $pinned could not be installed into .tools/; see the lines above"
fi
PATH="$bun_folder:$PATH"
export PATH

bun install --frozen-lockfile --silent || fail "the dependencies could not be installed; see above"
