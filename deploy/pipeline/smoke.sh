#!/usr/bin/env bash
# Asks the service what its clients ask, from where they are. It writes nothing, so production bears it at any time.
#
#   SERVICE_URL=https://store.example.com deploy/pipeline/smoke.sh
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"

need SERVICE_URL
need_programs curl
readonly ANSWER_MAX_SECONDS=10 # a balancer's own time-out
readonly TRIES=3                # one connection that was lost is no failed release
readonly url="${SERVICE_URL%/}"
failures=0

# expect <what> <status> <text that the answer has> <curl's arguments…>
expect() {
  local what="$1" status="$2" text="$3" answer try
  shift 3
  for ((try = 1; try <= TRIES; try++)); do
    ((try == 1)) || sleep 1
    answer="$(curl --silent --show-error --max-time "$ANSWER_MAX_SECONDS" --write-out '\n%{http_code}' "$@" 2>&1)" || true
    if [[ "${answer##*$'\n'}" == "$status" && "$answer" == *"$text"* ]]; then
      echo "ok      $what"
      return
    fi
  done
  echo "FAILED  $what: not $status with '$text', but: ${answer:0:300}"
  failures=$((failures + 1))
}

say "smoke: $url"
expect 'products are listed' 200 '"items":' "$url/v1/products?limit=1"
expect 'an address of nothing is a problem document' 404 '"platform.route-not-found"' "$url/v1/nothing-of-that-name"
expect 'a wrong request is told what is wrong' 400 '"platform.validation-failed"' "$url/v1/products?limit=nonsense"
expect 'nobody orders without a token' 401 '"code":"' --request POST "$url/v1/orders"
expect 'the management port is not for clients' 404 '' "$url/health/ready"
((failures == 0)) || exit 1
