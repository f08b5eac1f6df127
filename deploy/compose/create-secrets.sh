#!/usr/bin/env bash
# Draws the passwords of docker-compose.yml (for each database server: its superuser, the migrator, the service; and the
# broker's, Redis' and that of Grafana's admin), and writes them where the containers read them. Run it once: a database
# keeps the passwords that it was created with, so existing ones are left alone.
set -euo pipefail

secrets="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/secrets"
store=(postgres_password mainstay_migrator_password mainstay_service_password database_migrator_url database_url)
recommender=(
  recommender_postgres_password recommender_migrator_password recommender_service_password
  recommender_database_migrator_url recommender_database_url
)
broker=(nats_authorization nats_url)
shared=(redis_authorization redis_url)
dashboards=(grafana_admin_password)

draw() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
database_url() { local role="$1" password="$2" place="$3"; printf '%s' "postgres://$role:$password@$place"; }
write() { (umask 022 && printf '%s' "$2" > "$secrets/$1.new" && mv "$secrets/$1.new" "$secrets/$1"); }

# <place> <its files>. Fails when all of them are there; ends it all when some are.
is_new() {
  local place="$1" file
  local -a present=() missing=()
  for file in "${@:2}"; do
    if [[ -s "$secrets/$file" ]]; then present+=("$file"); else missing+=("$file"); fi
  done
  if ((${#missing[@]} == 0)); then
    echo "The secrets of $place are there already: $secrets"
    return 1
  fi
  if ((${#present[@]} > 0)) || [[ -s "$secrets/database_password" ]]; then
    echo "Some secrets are in $secrets, but not: ${missing[*]}" >&2
    echo "Put those back, since a database keeps the passwords that it was created with (a folder with database_password" >&2
    echo "belongs to a database that has one role for everything). For a new database, delete the files and the volume," >&2
    echo "and run this again. A broker's and Redis' may be deleted without a volume." >&2
    exit 1
  fi
}

# <server:port/database> <five files>, in the order of the lists above.
draw_for_database() {
  local place="$1" migrator service
  local -a files=("${@:2}")
  is_new "$place" "${files[@]}" || return 0
  migrator="$(draw)"
  service="$(draw)"
  write "${files[0]}" "$(draw)"
  write "${files[1]}" "$migrator"
  write "${files[2]}" "$service"
  write "${files[3]}" "$(database_url mainstay_migrator "$migrator" "$place")"
  write "${files[4]}" "$(database_url mainstay_service "$service" "$place")"
  echo "Wrote ${files[*]} to $secrets"
}

# <server:port> <two files>: what the broker asks of its clients, and what they say.
draw_for_broker() {
  local place="$1" password
  local -a files=("${@:2}")
  is_new "$place" "${files[@]}" || return 0
  password="$(draw)"
  write "${files[0]}" "$(printf 'user: mainstay\npassword: "%s"\n' "$password")"
  write "${files[1]}" "nats://mainstay:$password@$place"
  echo "Wrote ${files[*]} to $secrets"
}

# <server:port/database> <two files>: what Redis asks of its clients, and what they say.
draw_for_redis() {
  local place="$1" password
  local -a files=("${@:2}")
  is_new "$place" "${files[@]}" || return 0
  password="$(draw)"
  write "${files[0]}" "$(printf 'requirepass %s\n' "$password")"
  write "${files[1]}" "redis://:$password@$place"
  echo "Wrote ${files[*]} to $secrets"
}

# <file>: Grafana takes it for `admin` when it makes its own database.
draw_for_grafana() {
  is_new "Grafana" "$1" || return 0
  write "$1" "$(draw)"
  echo "Wrote $1 to $secrets"
}

# Compose mounts a secret with the mode that its file has, and the containers run as other users than yours: the files
# are readable, and the folder, which they don't see, is closed to others on this machine.
chmod 700 "$secrets"
draw_for_database postgres:5432/store "${store[@]}"
draw_for_database recommender-postgres:5432/recommender "${recommender[@]}"
draw_for_broker nats:4222 "${broker[@]}"
draw_for_redis redis:6379/0 "${shared[@]}"
draw_for_grafana "${dashboards[@]}"
