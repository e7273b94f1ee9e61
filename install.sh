#!/bin/sh
# Installs Parley as a systemd service on this machine:
#
#   sudo ./install.sh                    the binary, a configuration with fresh keys, the service
#   sudo ./install.sh --no-service       the first two only
#   ./install.sh --root FOLDER           everything below FOLDER, and nothing is started
#
# Run it again to put in another version; a configuration that is there stays as it is.
set -eu

fail() {
  echo "install.sh: $*" >&2
  exit 1
}

root=""
with_service=yes
while [ $# -gt 0 ]; do
  case $1 in
    --root)
      [ $# -ge 2 ] || fail "--root needs a folder"
      root=$2
      with_service=no
      shift
      ;;
    --no-service) with_service=no ;;
    *)
      sed -n '2,8s/^# \{0,1\}//p' "$0"
      exit 2
      ;;
  esac
  shift
done

here=$(cd "$(dirname "$0")" && pwd)
binary=$root/usr/local/bin/parley
config=$root/etc/parley/config.yaml
unit=$root/etc/systemd/system/parley.service

[ -n "$root" ] || [ "$(id -u)" = 0 ] || fail "run it as root, or with --root FOLDER"

# Beside this script in a release; in dist/ where it was built.
if [ -x "$here/parley" ]; then
  built=$here/parley
else
  [ -x "$here/dist/parley" ] || "$here/scripts/build"
  built=$here/dist/parley
fi
install -D -m 755 "$built" "$binary"
echo "Installed $binary: $("$binary" --version)"

if [ -z "$root" ] && ! id parley >/dev/null 2>&1; then
  useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin parley
fi

if [ -e "$config" ]; then
  echo "Kept $config"
else
  keys=$("$binary" generate-keys)
  key=$(echo "$keys" | sed -n 's/^API Key: *//p')
  secret=$(echo "$keys" | sed -n 's/^API Secret: *//p')
  [ -n "$key" ] && [ -n "$secret" ] || fail "no keys could be made; try: $binary generate-keys"
  mkdir -p "$(dirname "$config")"
  umask 077
  sed "s/replace-this-key: .*/$key: $secret/" "$here/config-sample.yaml" >"$config"
  umask 022
  [ -n "$root" ] || chown parley: "$config"
  echo "Wrote $config with a fresh API key, $key"
fi

mkdir -p "$(dirname "$unit")"
cat >"$unit" <<'UNIT'
[Unit]
Description=Parley, a real-time media server
After=network-online.target
Wants=network-online.target

[Service]
User=parley
ExecStart=/usr/local/bin/parley --config /etc/parley/config.yaml
Restart=on-failure
LimitNOFILE=65536
# Participants may finish their calls; a reboot waits for them too. For another time:
# systemctl edit parley. To end the calls of a service that stops: systemctl kill parley
TimeoutStopSec=5h
AmbientCapabilities=CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
UNIT
chmod 644 "$unit"
echo "Wrote $unit"

if [ "$with_service" = yes ]; then
  [ -d /run/systemd/system ] || fail "systemd does not run here; use --no-service"
  systemctl daemon-reload
  systemctl enable parley
  if systemctl --quiet is-active parley; then
    # waiting for it would be waiting for the last participant of the old one
    systemctl --no-block restart parley
    echo "Restarts when its last participant has left; at once: systemctl kill parley"
  else
    systemctl start parley
    echo "Started."
  fi
  echo "Its log: journalctl -u parley -f"
fi
