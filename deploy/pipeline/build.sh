#!/usr/bin/env bash
# Builds the image of this commit, the same for the store, the recommender and their migrations.
#
#   IMAGE=registry.example.com/mainstay-store VERSION=1.2.3 deploy/pipeline/build.sh
#
# SOURCE: where the sources are, for the label. It refuses a tree with changes: the image's label names the commit.
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=common.sh
source "$here/common.sh"
cd "$here/../.." || exit

need IMAGE VERSION
need_programs docker git jq
[[ "${VERSION#v}" == "$(jq -r .version package.json)" ]] || fail "VERSION is $VERSION, and package.json says $(jq -r .version package.json), which /info tells"
[[ -z "$(git status --porcelain)" ]] || fail 'the tree has changes that no commit has: commit or stash them'

commit="$(git rev-parse HEAD)"
say "building $IMAGE:$VERSION of $commit"
docker build --pull --build-arg "VERSION=${VERSION#v}" --build-arg "COMMIT=$commit" --build-arg "SOURCE=${SOURCE:-unknown}" --tag "$IMAGE:$VERSION" .
