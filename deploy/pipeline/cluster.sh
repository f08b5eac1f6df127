# shellcheck shell=bash
# An overlay, and the cluster, to whom `kubectl` talks as its own configuration says (KUBECONFIG, or --context by
# KUBE_CONTEXT). Functions here end with an error rather than the step: who calls them says what that means.

manifests="$(cd "$(dirname "${BASH_SOURCE[0]}")/../kubernetes" && pwd)"
readonly manifests
[[ -f "$manifests/overlays/$OVERLAY/kustomization.yaml" ]] || fail "there is no overlay $OVERLAY, but: $(cd "$manifests/overlays" && echo *)"
NAMESPACE="$(sed -n 's/^namespace: //p' "$manifests/overlays/$OVERLAY/kustomization.yaml")"
readonly NAMESPACE
readonly SECRETS_MAX_SECONDS=120
readonly MIGRATION_MAX_SECONDS=960                 # activeDeadlineSeconds of the Job, and a minute
readonly ROLLOUT_MAX_SECONDS=600                   # progressDeadlineSeconds is 300
readonly OURS='app.kubernetes.io/part-of=mainstay' # its Deployments are the services, its Jobs the migrations

readonly kube_words=(kubectl ${KUBE_CONTEXT:+--context="$KUBE_CONTEXT"} --namespace "$NAMESPACE")

kube() { "${kube_words[@]}" "$@"; }

# A copy of the manifests with the image in it: the checkout stays as it is.
render_overlay() {
  rendered="$(mktemp -d)" || return 1
  trap 'rm -rf "$rendered"' EXIT
  cp -R "$manifests" "$rendered/" || return 1
  (cd "$rendered/kubernetes/overlays/$OVERLAY/image" && kustomize edit set image "mainstay-store=$IMAGE_REF")
}

# apply <folder of the overlay>
apply() { kustomize build "$rendered/kubernetes/overlays/$OVERLAY/$1" | kube apply -f -; }

# Namespace, policies, secrets: pods do not start before what they mount is there.
foundation() {
  local text
  apply foundation || return 1
  # Of the External Secrets Operator, where the overlay has any.
  text="$(kustomize build "$rendered/kubernetes/overlays/$OVERLAY/foundation")" || return 1
  [[ "$text" != *$'\nkind: ExternalSecret\n'* ]] ||
    kube wait externalsecret --all --for=condition=Ready --timeout="${SECRETS_MAX_SECONDS}s"
}

# A Job can't be changed: those of the release before go first. Ends with an error when one fails or takes too long.
migrate() {
  local ends_at=$((SECONDS + MIGRATION_MAX_SECONDS)) states
  kube delete job --selector "$OURS" --ignore-not-found --wait || return 1
  apply migrations || return 1
  while ((SECONDS < ends_at)); do
    # Not `kubectl wait`, which waits for one condition: a Job that has failed would be waited for to the last.
    states="$(kube get job --selector "$OURS" --output json |
      jq -r '.items[] | .metadata.name + "=" + ([.status.conditions[]? | select(.status == "True").type] | join(" "))')" || return 1
    [[ "$states" != *=*Failed* ]] || break
    if [[ -n "$states" ]] && ! grep -v '=.*Complete' <<<"$states" >/dev/null; then return 0; fi
    sleep 2
  done
  say "migrations: ${states:-none}"
  kube logs --selector "$OURS,app.kubernetes.io/component=migration" --tail 20 --prefix >&2 || true
  return 1
}

# What follows speaks of ReplicaSets by their names: a name stands for one template, image and configuration, whatever number
# the revision has; each rollback gives a new number, and so does a restart. What was judged is an annotation of the Deployment:
# mainstay/good and mainstay/failed, a name each.

# JSON: of each Deployment its marks, and what Kubernetes has kept of it, the one that runs first.
kept() {
  local deployments sets
  deployments="$(kube get deployment --selector "$OURS" --output json)" || return 1
  sets="$(kube get replicaset --selector "$OURS" --output json)" || return 1
  jq --argjson sets "$sets" '[.items[] | .metadata.name as $name | .metadata.annotations as $marks
    | { name: $name, good: $marks["mainstay/good"], failed: $marks["mainstay/failed"],
        sets: [$sets.items[] | select(any(.metadata.ownerReferences[]?; .name == $name))
          | { name: .metadata.name, image: .spec.template.spec.containers[0].image,
              revision: (.metadata.annotations["deployment.kubernetes.io/revision"] // "0" | tonumber) }]
          | sort_by(-.revision) }]' <<<"$deployments"
}

# What runs. Lines: <Deployment> <ReplicaSet> <image>.
running() { kept | jq -r '.[] | .name as $name | .sets[:1][] | "\($name) \(.name) \(.image)"'; }

# What was last judged good and is still kept; else what runs, unless that was judged to have failed. Lines as of `running`.
good() {
  kept | jq -r '.[] | . as $of | [(.sets[] | select(.name == $of.good)), (.sets[:1][] | select(.name != $of.failed))] | .[:1][]
    | "\($of.name) \(.name) \(.image)"'
}

# mark_good <Deployment…>: here a rollout that fails comes back to.
mark_good() {
  local state name
  state="$(kept)" || return 1
  for name in "$@"; do
    jq -r --arg name "$name" '.[] | select(.name == $name) | .sets[0].name as $now
      | "mainstay/good=\($now)", (if .failed == $now then "mainstay/failed-" else empty end)' <<<"$state" |
      xargs -r "${kube_words[@]}" annotate --overwrite deployment "$name" || return 1
  done
}

# mark_failed <Deployment> <ReplicaSet>
mark_failed() { kube annotate --overwrite deployment "$1" "mainstay/failed=$2"; }

# rolled_out <name…>
rolled_out() {
  local name
  (($# > 0)) || return 1
  for name in "$@"; do
    # In the background, so that a signal is heard at once.
    kube rollout status "deployment/$name" --timeout "${ROLLOUT_MAX_SECONDS}s" &
    wait $! || return 1
  done
}
