#!/usr/bin/env bash
# Takes each Deployment back to a revision that Kubernetes has kept, waits until it serves, and smokes it.
#
#   OVERLAY=production SERVICE_URL=https://store.example.com deploy/pipeline/rollback.sh
#   … REVISIONS="deployment.apps/store=41 deployment.apps/recommender=17" …   to these, not to the last but one
#
# The configuration goes back with the image: its ConfigMaps have names of their own for each content. The schema does not.
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"

need OVERLAY SERVICE_URL
# shellcheck source=cluster.sh
source "$here/cluster.sh"
need_programs kubectl curl
now="$(revisions)"
[[ -n "$now" ]] || fail "no Deployment of this system runs in namespace $NAMESPACE"

for deployment in $now; do
  wanted=''
  for kept in ${REVISIONS:-}; do [[ "${kept%=*}" != "${deployment%=*}" ]] || wanted="${kept#*=}"; done
  # One that is where it was: `undo` would take it one further.
  [[ "$wanted" != "${deployment#*=}" ]] || continue
  # One that is new: nothing to go back to.
  [[ -n "$wanted" || -z "${REVISIONS:-}" ]] || continue
  kube rollout undo "${deployment%=*}" ${wanted:+--to-revision="$wanted"}
done
rolled_out || fail 'the version before does not become ready: docs/runbooks/rollback.md'
"$here/smoke.sh"
