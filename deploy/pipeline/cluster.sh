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

kube() { kubectl ${KUBE_CONTEXT:+--context="$KUBE_CONTEXT"} --namespace "$NAMESPACE" "$@"; }

# A copy of the manifests with the image in it: the checkout stays as it is.
render_overlay() {
  rendered="$(mktemp -d)"
  trap 'rm -rf "$rendered"' EXIT
  cp -R "$manifests" "$rendered/"
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

# What runs, a line each: <name> <revision> <image>.
running() {
  kube get deployment --selector "$OURS" --output json | jq -r '.items[] |
    "\(.metadata.name) \(.metadata.annotations["deployment.kubernetes.io/revision"] // 0) \(.spec.template.spec.containers[0].image)"'
}

# What ran when it was last judged well, or, where nobody has judged, what runs. Lines as those of `running`.
good() {
  kube get deployment --selector "$OURS" --output json | jq -r '.items[] | .metadata.annotations as $of |
    "\(.metadata.name) \($of["mainstay/good-revision"] // $of["deployment.kubernetes.io/revision"] // 0) \($of["mainstay/good-image"] // .spec.template.spec.containers[0].image)"'
}

# Writes down that what runs is good: here a rollout that fails comes back to.
remember_good() {
  local name revision image
  while read -r name revision image; do
    kube annotate --overwrite deployment "$name" "mainstay/good-revision=$revision" "mainstay/good-image=$image" || return 1
  done <<<"$(running)"
}

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
