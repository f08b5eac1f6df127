#!/usr/bin/env bash
# Takes each Deployment back to a ReplicaSet that Kubernetes has kept, waits until it serves, and smokes it.
#
#   OVERLAY=production SERVICE_URL=https://store.example.com deploy/pipeline/rollback.sh
#
# To the last one of another image that was not judged to have failed; or to those of GOOD, a line each:
# <Deployment> <ReplicaSet> <image>. The configuration goes back with the image: its ConfigMaps have names of their own for each
# content. Schema, policies, routes and autoscalers do not.
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"

need OVERLAY SERVICE_URL
# shellcheck source=cluster.sh
source "$here/cluster.sh"
need_programs kubectl curl jq

state="$(kept)" || fail 'the cluster does not say what runs'
[[ "$state" != '[]' ]] || fail "no Deployment of this system runs in namespace $NAMESPACE"
wanted="${GOOD:-$(jq -r '.[] | . as $of | first(.sets[1:][] | select(.image != $of.sets[0].image and .name != $of.failed))
  | "\($of.name) \(.name) \(.image)"' <<<"$state")}"
[[ -n "$wanted" ]] || fail 'the cluster has kept no other image that was not judged to have failed: roll out the one before, by its digest'
images="$(cut -d ' ' -f 3 <<<"$wanted" | sort -u)"
[[ -n "${GOOD:-}" || "$images" != *$'\n'* ]] || fail "the services would be of different versions; name them in GOOD: $wanted"

names=()
lost=()
while read -r name set image; do
  now="$(jq -r --arg name "$name" '.[] | select(.name == $name) | .sets[0].name // empty' <<<"$state")"
  [[ -n "$now" ]] || continue # it is gone
  revision="$(jq -r --arg set "$set" '.[].sets[] | select(.name == $set) | .revision' <<<"$state")"
  say "$name: from $now to $set of $image"
  # Of the one that it is at already kubectl says so, and does nothing. It takes the annotations back too: marks come after.
  if [[ -z "$revision" ]] || ! kube rollout undo "deployment/$name" --to-revision="$revision"; then
    lost+=("$name")
    continue
  fi
  [[ "$now" == "$set" ]] || mark_failed "$name" "$now"
  names+=("$name")
done <<<"$wanted"
# Those that came with the failed release are left: nothing asks them any more.
while read -r name set _; do
  [[ $'\n'"$wanted" == *$'\n'"$name "* ]] || mark_failed "$name" "$set"
done < <(running)

((${#lost[@]} == 0)) || fail "there is no way back for ${lost[*]}: docs/runbooks/rollback.md"
rolled_out "${names[@]}" || fail 'the version before does not become ready: docs/runbooks/rollback.md'
after="$(running)" || fail 'the cluster does not say what runs'
while read -r name set _; do
  [[ " ${names[*]} " != *" $name "* || $'\n'"$after" == *$'\n'"$name $set "* ]] || fail "$name is not of $set: $after"
done <<<"$wanted"
"$here/smoke.sh"
mark_good "${names[@]}"
