#!/usr/bin/env bash
# Ends with an error when the built image has a known vulnerability of severity high or critical that a later version
# mends. What nobody has mended yet is listed, and holds nobody up.
#
#   IMAGE=registry.example.com/mainstay-store VERSION=1.2.3 deploy/pipeline/scan.sh
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"

need IMAGE VERSION
need_programs grype
say "scanning $IMAGE:$VERSION"
grype "docker:$IMAGE:$VERSION" --fail-on high --only-fixed
