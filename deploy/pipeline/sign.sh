#!/usr/bin/env bash
# Signs the pushed image without a key of one's own (Sigstore: the CI's OIDC identity, and a public log), and attests its
# bill of materials.
#
#   IMAGE_REF=registry.example.com/mainstay-store@sha256:… SBOM=dist/sbom.cdx.json deploy/pipeline/sign.sh
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"

need IMAGE_REF SBOM
need_digest "$IMAGE_REF"
need_programs cosign
[[ -s "$SBOM" ]] || fail "there is no bill of materials at $SBOM: npm run sbom writes it"
say "signing $IMAGE_REF"
cosign sign --yes "$IMAGE_REF"
cosign attest --yes --type cyclonedx --predicate "$SBOM" "$IMAGE_REF"
