#!/usr/bin/env bash
# Takes each Deployment back to a revision that Kubernetes has kept, waits until it serves, and smokes it.
#
#   OVERLAY=production SERVICE_URL=https://store.example.com deploy/pipeline/rollback.sh
#
# To the last one of another image, which is not one that was rolled back before; or to those of GOOD, a line each:
# <Deployment> <revision> <image>. The configuration goes back with the image: its ConfigMaps have names of their own for each
# content. Schema, policies, routes and autoscalers do not.
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"

need OVERLAY SERVICE_URL
# shellcheck source=cluster.sh
source "$here/cluster.sh"
need_programs kubectl curl jq

# Of each Deployment the latest revision whose image is neither the one that runs nor one that failed. Lines as of `running`.
revisions_before() {
  local deployments sets
  deployments="$(kube get deployment --selector "$OURS" --output json)" || return 1
  sets="$(kube get replicaset --selector "$OURS" --output json)" || return 1
  jq -r --argjson sets "$sets" '.items[] | .metadata.name as $name
    | [.spec.template.spec.containers[0].image, .metadata.annotations["mainstay/failed-image"]] as $not
    | [$sets.items[] | select(any(.metadata.ownerReferences[]?; .name == $name))
        | { revision: (.metadata.annotations["deployment.kubernetes.io/revision"] | tonumber),
            image: .spec.template.spec.containers[0].image }
        | select(.image as $image | $not | index($image) | not)]
    | max_by(.revision) // empty | "\($name) \(.revision) \(.image)"' <<<"$deployments"
}

now="$(running)" || fail 'the cluster does not say what runs'
[[ -n "$now" ]] || fail "no Deployment of this system runs in namespace $NAMESPACE"
wanted="${GOOD:-$(revisions_before)}"
[[ -n "$wanted" ]] || fail 'the cluster has no revision with another image: roll out the one before, by its digest'
images="$(cut -d ' ' -f 3 <<<"$wanted" | sort -u)"
[[ -n "${GOOD:-}" || "$images" != *$'\n'* ]] || fail "the services would be of different versions; name them in GOOD: $wanted"

say "from: $now"
say "to:   $wanted"
names=()
while read -r name revision image; do
  failed="$(sed -n "s/^$name [0-9]* //p" <<<"$now")"
  [[ -n "$failed" ]] || continue # it is gone
  # Of the revision that it is at already it says so, and does nothing.
  kube rollout undo "deployment/$name" --to-revision="$revision"
  [[ "$failed" == "$image" ]] || kube annotate --overwrite deployment "$name" "mainstay/failed-image=$failed"
  names+=("$name")
done <<<"$wanted"
# Those that came with the failed release are left: nothing asks them any more.
rolled_out "${names[@]}" || fail 'the version before does not become ready: docs/runbooks/rollback.md'

after="$(running)" || fail 'the cluster does not say what runs'
while read -r name _ image; do
  is="$(sed -n "s/^$name [0-9]* //p" <<<"$after")"
  [[ -z "$is" || "$is" == "$image" ]] || fail "$name is not of $image, but of $is"
done <<<"$wanted"
"$here/smoke.sh"
remember_good
