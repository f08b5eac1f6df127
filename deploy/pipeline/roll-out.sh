#!/usr/bin/env bash
# Rolls an image out, and back by itself when it does not do: foundation, migrations, services; then the smoke test and
# the objectives. What was rolled back ends this with an error all the same.
#
#   IMAGE_REF=…@sha256:… OVERLAY=staging SERVICE_URL=https://store.staging.example.com \
#   PROMETHEUS_URL=http://prometheus.staging:9090 deploy/pipeline/roll-out.sh
#
# PROMETHEUS_URL=none leaves the objectives out. Migrations are not taken back: the version before serves on a schema that
# is ahead (docs/guides/migrations.md).
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"

need IMAGE_REF OVERLAY SERVICE_URL PROMETHEUS_URL
# shellcheck source=cluster.sh
source "$here/cluster.sh"
need_digest "$IMAGE_REF"
need_programs kubectl kustomize curl
render_overlay

say "what runs now: $(revisions | tr '\n' ' ')"
before="$(revisions)"

say 'foundation'
foundation || fail 'the foundation was not taken; nothing was rolled out'
say 'migrations'
migrate || fail 'the migrations did not end well; nothing was rolled out, and the version before serves on'

judge() {
  apply . && rolled_out && "$here/smoke.sh" && { [[ "$PROMETHEUS_URL" == none ]] || "$here/slo.sh"; }
}

say 'services'
if judge; then
  say "$IMAGE_REF is out"
  exit 0
fi
[[ -n "$before" ]] || fail 'it does not do, and there is no version before to go back to'
say 'it does not do: going back'
REVISIONS="$before" "$here/rollback.sh"
say "rolled back; what failed stands above"
exit 1
