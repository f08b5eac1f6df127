# shellcheck shell=bash
# What the steps of the pipeline share. They are plain scripts, so that any CI can call them, and so can a person.
# Each takes its input from the environment, and says at once what is missing.

set -euo pipefail

# Registries take names in lower case, and accounts may have others.
[[ -z "${IMAGE:-}" ]] || IMAGE="${IMAGE,,}"

# Ends the step unless each of these variables has a value.
need() {
  local name missing=()
  for name in "$@"; do [[ -n "${!name:-}" ]] || missing+=("$name"); done
  ((${#missing[@]} == 0)) || fail "set ${missing[*]} (see the head of ${0##*/})"
}

# Ends the step unless each of these programs is here.
need_programs() {
  local program
  for program in "$@"; do command -v "$program" >/dev/null || fail "needs $program, which is not on the PATH"; done
}

# A reference that names the very bytes: a tag may be another image tomorrow.
need_digest() {
  [[ "${1:-}" =~ ^[^[:space:]@]+@sha256:[0-9a-f]{64}$ ]] || fail "IMAGE_REF has to end with a digest, @sha256: and 64 digits: '${1:-}'"
}

say() { echo "== $*" >&2; }

fail() {
  echo "${0##*/}: $*" >&2
  exit 2
}
