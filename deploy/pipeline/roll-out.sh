#!/usr/bin/env bash
# Rolls an image out, and back by itself when it does not do: foundation, migrations, services; then the smoke test and
# the objectives. It goes back to what was last judged good, also when it is cut off. What was rolled back ends this with 1;
# all else that failed with 2: nothing was touched, there was nothing to go back to, or the way back failed too.
#
#   IMAGE_REF=…@sha256:… OVERLAY=staging SERVICE_URL=https://store.staging.example.com \
#   PROMETHEUS_URL=http://prometheus.staging:9090 deploy/pipeline/roll-out.sh
#
# PROMETHEUS_URL=none leaves the objectives out. Migrations are not taken back: the version before serves on a schema that
# is ahead (docs/guides/migrations.md). Nor is the foundation: it has to bear both versions.
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"

need IMAGE_REF OVERLAY SERVICE_URL PROMETHEUS_URL
# shellcheck source=cluster.sh
source "$here/cluster.sh"
need_digest "$IMAGE_REF"
need_programs kubectl kustomize curl jq
render_overlay || fail 'the image could not be put into the manifests; nothing was rolled out'

before="$(good)" || fail 'the cluster does not say what runs; nothing was rolled out'
say "good until now: ${before:-nothing}"
known=''
if [[ "$PROMETHEUS_URL" != none ]]; then
  known="$("$here/slo.sh" --list)" || fail 'Prometheus does not watch; nothing was rolled out (PROMETHEUS_URL=none leaves it out)'
fi

say 'foundation'
foundation || fail 'the foundation was not taken; the services were not touched'
say 'migrations'
migrate || fail 'the migrations did not end well; the services were not touched, and the version before serves on'

# It may not be cut off itself, and whoever is waited for is not waited for any more.
go_back() {
  local name set
  trap '' INT TERM HUP
  jobs -p | xargs -r kill 2>/dev/null || true
  if [[ -z "$before" ]]; then
    running | while read -r name set _; do mark_failed "$name" "$set"; done || true
    fail "$1, and there is no version before to go back to"
  fi
  say "$1: going back"
  GOOD="$before" "$here/rollback.sh" || fail "$1, and the rollback failed too: docs/runbooks/rollback.md"
  say "rolled back; what failed stands above"
  exit 1
}

# In the background what takes long, so that a signal is heard at once.
judge() {
  apply . || return 1
  mapfile -t names < <(kept | jq -r '.[].name')
  rolled_out "${names[@]}" || return 1
  "$here/smoke.sh" &
  wait $! || return 1
  [[ "$PROMETHEUS_URL" != none ]] || return 0
  KNOWN="$known" "$here/slo.sh" &
  wait $!
}

say 'services'
trap 'go_back "it was cut off"' INT TERM HUP
judge || go_back 'it does not do'
trap '' INT TERM HUP
mark_good "${names[@]}" || fail "$IMAGE_REF is out, but the cluster was not told that it is good"
say "$IMAGE_REF is out"
