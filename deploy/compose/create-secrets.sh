#!/usr/bin/env bash
# Draws the three database passwords of docker-compose.yml (the server's superuser, the migrator, the service), and
# writes them where the containers read them. Run it once: a database keeps the passwords that it was created with, so
# existing ones are left alone.
set -euo pipefail

secrets="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/secrets"
files=(postgres_password mainstay_migrator_password mainstay_service_password database_migrator_url database_url)
present=() missing=()
for file in "${files[@]}"; do
  if [[ -s "$secrets/$file" ]]; then present+=("$file"); else missing+=("$file"); fi
done
if ((${#missing[@]} == 0)); then
  echo "The secrets are there already: $secrets"
  exit 0
fi
if ((${#present[@]} > 0)) || [[ -s "$secrets/database_password" ]]; then
  echo "Some secrets are in $secrets, but not: ${missing[*]}" >&2
  echo "Put those back, since a database keeps the passwords that it was created with (a folder with database_password" >&2
  echo "belongs to a database that has one role for everything). For a new database, delete the files and the volume," >&2
  echo "and run this again." >&2
  exit 1
fi

# Compose mounts a secret with the mode that its file has, and the containers run as other users than yours: the files
# are readable, and the folder, which they don't see, is closed to others on this machine.
chmod 700 "$secrets"
draw() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
database_url() { local role="$1" password="$2"; printf '%s' "postgres://$role:$password@postgres:5432/store"; }
write() { (umask 022 && printf '%s' "$2" > "$secrets/$1.new" && mv "$secrets/$1.new" "$secrets/$1"); }
migrator="$(draw)"
service="$(draw)"
write postgres_password "$(draw)"
write mainstay_migrator_password "$migrator"
write mainstay_service_password "$service"
write database_migrator_url "$(database_url mainstay_migrator "$migrator")"
write database_url "$(database_url mainstay_service "$service")"
echo "Wrote ${files[*]} to $secrets"
