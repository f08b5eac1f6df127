#!/usr/bin/env bash
# Draws the database password of docker-compose.yml, and writes it where the containers read it. Run it once: a
# database keeps the password that it was created with, so an existing one is left alone.
set -euo pipefail

secrets="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/secrets"
if [[ -s "$secrets/database_url" && -s "$secrets/database_password" ]]; then
  echo "The secrets are there already: $secrets"
  exit 0
fi
if [[ -s "$secrets/database_url" || -s "$secrets/database_password" ]]; then
  echo "Only one of database_url and database_password is in $secrets: put the other one back, since a database keeps" >&2
  echo "the password that it was created with. For a new database, delete the file and the volume, and run this again." >&2
  exit 1
fi

# Compose mounts a secret with the mode that its file has, and the containers run as other users than yours: the files
# are readable, and the folder, which they don't see, is closed to others on this machine.
chmod 700 "$secrets"
password="$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"
write() { (umask 022 && printf '%s' "$2" > "$secrets/$1.new" && mv "$secrets/$1.new" "$secrets/$1"); }
write database_password "$password"
write database_url "postgres://store:$password@postgres:5432/store"
echo "Wrote database_password and database_url to $secrets"
