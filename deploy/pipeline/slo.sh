#!/usr/bin/env bash
# Watches what Prometheus makes of a release. Ends with an error as soon as an alert of severity page fires for the service,
# or when Prometheus can't be asked: nobody looking is no good news.
#
#   PROMETHEUS_URL=http://prometheus:9090 WATCH_SECONDS=600 deploy/pipeline/slo.sh
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"

need PROMETHEUS_URL
need_programs curl jq
readonly WATCH_SECONDS="${WATCH_SECONDS:-600}"     # the shortest window of the burn rate is 5 minutes
readonly INTERVAL_SECONDS="${INTERVAL_SECONDS:-15}" # how often the rules are evaluated
readonly QUERY="ALERTS{alertstate=\"firing\",${ALERTS:-severity=\"page\"}}" # of a Prometheus that watches others too: ALERTS='severity="page",namespace="mainstay"'

firing() {
  curl --silent --show-error --fail --max-time 10 --get --data-urlencode "query=$QUERY" "${PROMETHEUS_URL%/}/api/v1/query" |
    jq --raw-output '.data.result[].metric | "\(.alertname) \(.instance // "")"'
}

say "watching the objectives for $WATCH_SECONDS s"
SECONDS=0
while :; do
  alerts="$(firing)" || fail "Prometheus gave no answer at $PROMETHEUS_URL"
  if [[ -n "$alerts" ]]; then
    echo "firing: $alerts" >&2
    exit 1
  fi
  ((SECONDS < WATCH_SECONDS)) || break
  sleep "$INTERVAL_SECONDS"
done
say 'no alert of severity page'
