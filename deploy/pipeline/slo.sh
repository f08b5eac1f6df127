#!/usr/bin/env bash
# Watches what Prometheus makes of a release. Ends with an error as soon as an alert of severity page fires for the service
# that did not fire before; or when Prometheus can't be asked, or does not watch us: nobody looking is no good news.
#
#   PROMETHEUS_URL=http://prometheus:9090 WATCH_SECONDS=600 deploy/pipeline/slo.sh
#   PROMETHEUS_URL=http://prometheus:9090 deploy/pipeline/slo.sh --list     prints what fires now
#
# KNOWN: what fired before, as --list prints it: the release may be what mends it.
# Of a Prometheus that watches others too, and where the operator gives alerts the label of their namespace
# (enforcedNamespaceLabel): ALERT_MATCHERS='severity="page",namespace="mainstay"' TARGET_MATCHERS='job="store",namespace="mainstay"'
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"

need PROMETHEUS_URL
need_programs curl jq
readonly WATCH_SECONDS="${WATCH_SECONDS:-600}"     # the shortest window of the burn rate is 5 minutes
readonly INTERVAL_SECONDS="${INTERVAL_SECONDS:-15}" # how often the rules are evaluated
readonly MATCHERS="${ALERT_MATCHERS:-severity=\"page\"}"
readonly TARGETS="${TARGET_MATCHERS:-job=\"store\"}"

ask() { curl --silent --show-error --fail --max-time 10 --get "${PROMETHEUS_URL%/}/api/v1/$1" "${@:2}"; }

firing() {
  ask query --data-urlencode "query=ALERTS{alertstate=\"firing\",$MATCHERS}" |
    jq --raw-output '.data.result[].metric | .alertname + (del(.__name__, .alertname, .alertstate, .instance, .pod)
      | to_entries | map(" \(.key)=\(.value)") | add // "")' | sort -u
}

# Without the rules, or without a replica, nothing could ever fire.
watches_us() {
  ask rules | jq --exit-status '[.data.groups[].rules[].name] | index("ServiceDown")' >/dev/null &&
    ask query --data-urlencode "query=up{$TARGETS} == 1" | jq --exit-status '.data.result | length > 0' >/dev/null
}

watches_us || fail "Prometheus at $PROMETHEUS_URL gave no answer, or has neither our rules (ServiceDown) nor a replica that is up ($TARGETS)"
if [[ "${1:-}" == --list ]]; then
  firing
  exit
fi

say "watching the objectives for $WATCH_SECONDS s"
SECONDS=0
while :; do
  alerts="$(firing)" || fail "Prometheus gave no answer at $PROMETHEUS_URL"
  news="$(comm -23 <(echo "$alerts") <(sort -u <<<"${KNOWN:-}") | sed '/^$/d')"
  if [[ -n "$news" ]]; then
    echo "firing: $news" >&2
    exit 1
  fi
  ((SECONDS < WATCH_SECONDS)) || break
  sleep "$INTERVAL_SECONDS"
done
say "no new alert of $MATCHERS${alerts:+; as before: $alerts}"
