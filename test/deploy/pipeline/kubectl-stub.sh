#!/usr/bin/env bash
# Answers as a cluster does that has what is in the folder STUB_STATE, and writes down what it was told.
#
#   revisions      deployment.apps/<name>=<number>, a line each; an applied Deployment gets the next number
#   jobs           <name>=<condition>, as the Jobs end once they have been applied
#   rollout-code   exit code of `rollout status`, for new revisions
set -euo pipefail
cd "$STUB_STATE"

while [[ "$1" == --* ]]; do
  if [[ "$1" == *=* ]]; then shift; else shift 2; fi
done
kinds=''
if [[ "$1" == apply ]]; then
  cat >applied.yaml
  kinds="$(sed -n 's/^kind: //p' applied.yaml | sort -u | tr '\n' ' ')"
  sed -n 's/^ *image: //p' applied.yaml >>images
fi
echo "$* $kinds" | sed 's/ *$//' >>calls

case "$1 ${2:-}" in
  'apply '*)
    if [[ "$kinds" == *Deployment* ]]; then
      awk -F= '{ print $1 "=" $2 + 1 }' revisions >next && mv next revisions
      touch rolled
    fi
    ;;
  'get deployment') cat revisions ;;
  'get job') cat jobs ;;
  'rollout status') [[ ! -e rolled ]] || exit "$(cat rollout-code)" ;;
  'rollout undo') rm -f rolled ;;
esac
