# shellcheck shell=bash
# An overlay, and the cluster, to whom `kubectl` talks as its own configuration says (KUBECONFIG, or --context by KUBE_CONTEXT).

manifests="$(cd "$(dirname "${BASH_SOURCE[0]}")/../kubernetes" && pwd)"
readonly manifests
[[ -f "$manifests/overlays/$OVERLAY/kustomization.yaml" ]] || fail "there is no overlay $OVERLAY, but: $(cd "$manifests/overlays" && echo *)"
NAMESPACE="$(sed -n 's/^namespace: //p' "$manifests/overlays/$OVERLAY/kustomization.yaml")"
readonly NAMESPACE
readonly ROLLOUT_MAX_SECONDS="${ROLLOUT_MAX_SECONDS:-600}" # progressDeadlineSeconds is 300
readonly MIGRATION_MAX_SECONDS=960                         # activeDeadlineSeconds of the Job, and a minute
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
  apply foundation || return 1
  # Of the External Secrets Operator, where the overlay has any.
  if kustomize build "$rendered/kubernetes/overlays/$OVERLAY/foundation" | grep --quiet '^kind: ExternalSecret$'; then
    kube wait externalsecret --all --for=condition=Ready --timeout=120s || return 1
  fi
}

# A Job can't be changed: those of the release before go first. Ends with an error when one fails or takes too long.
migrate() {
  local endsAt=$((SECONDS + MIGRATION_MAX_SECONDS)) states
  kube delete job --selector "$OURS" --ignore-not-found --wait || return 1
  apply migrations || return 1
  while :; do
    # Not `kubectl wait`, which waits for one condition: a Job that has failed would be waited for to the last.
    states="$(kube get job --selector "$OURS" --output jsonpath='{range .items[*]}{.metadata.name}={.status.conditions[?(@.status=="True")].type}{"\n"}{end}')" || return 1
    if [[ "$states" == *=*Failed* ]]; then
      kube logs --selector "$OURS,app.kubernetes.io/component=migration" --tail 20 --prefix >&2 || true
      return 1
    fi
    if [[ -n "$states" ]] && ! grep --quiet --invert-match '=.*Complete' <<<"$states"; then return 0; fi
    ((SECONDS < endsAt)) || return 1
    sleep 2
  done
}

# deployment.apps/<name>=<revision>, a line each.
revisions() {
  kube get deployment --selector "$OURS" \
    --output jsonpath='{range .items[*]}deployment.apps/{.metadata.name}={.metadata.annotations.deployment\.kubernetes\.io/revision}{"\n"}{end}'
}

rolled_out() {
  local deployment
  for deployment in $(revisions); do
    kube rollout status "${deployment%=*}" --timeout "${ROLLOUT_MAX_SECONDS}s" || return 1
  done
}
