#!/usr/bin/env bash
# Pushes the built image, and prints its reference by digest on the last line. All later steps name it so.
#
#   IMAGE=registry.example.com/mainstay-store VERSION=1.2.3 deploy/pipeline/push.sh
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"

need IMAGE VERSION
need_programs docker
say "pushing $IMAGE:$VERSION"
docker push --quiet "$IMAGE:$VERSION" >&2
# It may have been pushed to other registries before: the one of this name.
reference="$(docker image inspect --format '{{join .RepoDigests "\n"}}' "$IMAGE:$VERSION" | grep --fixed-strings "$IMAGE@" || true)"
need_digest "$reference"
echo "$reference"
