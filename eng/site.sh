#!/usr/bin/env bash
# Writes the API reference to docs/api, from the documentation comments, and builds the site to artifacts/site.
# A broken link, a missing file or a malformed comment fails it. With --check, so does a docs/api that was out of date.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
mkdir -p docs/api
cp -r docs/api "$before"

dotnet tool restore
dotnet restore RankNas.Core.sln --verbosity quiet
rm -rf docs/api artifacts/site
dotnet docfx metadata --warningsAsErrors --logLevel warning

# Of C# 14's extension blocks docfx sees the members in a library alone, not in a project.
dotnet build -c Release --no-restore --verbosity quiet src/RankNas.Images
dotnet docfx metadata eng/site/extension-blocks.json --logLevel error
cp artifacts/extension-blocks/RankNas.Images.*ImagesExtensions.md docs/api
perl eng/site/link.pl docs/api/*

dotnet docfx build --warningsAsErrors --logLevel warning
echo "The site is in artifacts/site: dotnet docfx serve artifacts/site"

if [ "${1:-}" = --check ] && ! diff -rq "$before/api" docs/api; then
  echo "docs/api was out of date and is written anew: commit it." >&2
  exit 1
fi
