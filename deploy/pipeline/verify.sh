#!/usr/bin/env bash
# Ends with an error unless the image was signed by whom it should, and has its bill of materials: the last look before it
# is rolled out.
#
#   IMAGE_REF=…@sha256:… SIGNER_PATTERN='^https://github\.com/you/mainstay/\.github/workflows/release\.yml@refs/tags/v' \
#   SIGNER_ISSUER=https://token.actions.githubusercontent.com deploy/pipeline/verify.sh
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"

need IMAGE_REF SIGNER_PATTERN SIGNER_ISSUER
need_digest "$IMAGE_REF"
need_programs cosign
readonly signer=(--certificate-identity-regexp "$SIGNER_PATTERN" --certificate-oidc-issuer "$SIGNER_ISSUER")
say "verifying who signed $IMAGE_REF"
cosign verify "${signer[@]}" "$IMAGE_REF" >/dev/null
cosign verify-attestation --type cyclonedx "${signer[@]}" "$IMAGE_REF" >/dev/null
