#!/usr/bin/env bash
# Packs a release into artifacts/release: packages, symbols, a software bill of materials (SPDX), and the notes from CHANGELOG.md.
#   eng/release.sh v1.2.3 [PROJECT]     the commit at hand has that tag; PROJECT, for a try, is one to pack instead of all
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

tag=${1:-}
if [[ ! "$tag" =~ ^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then
  echo "usage: eng/release.sh v1.2.3 [PROJECT], or v1.2.3-rc.1" >&2
  exit 2
fi

if ! git tag --points-at HEAD | grep -qxF "$tag"; then
  echo "This commit does not have the tag $tag: git tag $tag" >&2
  exit 1
fi

version=${tag#v}
release=$PWD/artifacts/release
rm -rf "$release"
mkdir -p "$release"
awk -v heading="## [$version]" 'index($0, heading) == 1 { found = 1; next } found && /^## / { exit } found' CHANGELOG.md > "$release/notes.md"
if ! grep -q '[^[:space:]]' "$release/notes.md"; then
  echo "CHANGELOG.md says nothing under '## [$version]': move what is released there." >&2
  exit 1
fi

dotnet pack -c Release "${2:-RankNas.Core.sln}" -p:PackageOutputPath="$release/"
others=$(find "$release" -name '*.nupkg' ! -name "*.$version.nupkg" -printf '%f ')
if [ -n "$others" ]; then
  echo "Not of the version $version: $others" >&2
  exit 1
fi

# What the packages are made of: the restored packages of src/, and not those of tests.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for project in src/*/*.csproj; do
  name=$(basename "$project" .csproj)
  mkdir -p "$work/parts/$name"
  cp "artifacts/obj/$name/project.assets.json" "$work/parts/$name"
done
dotnet tool restore
dotnet tool run sbom-tool generate -b "$release" -bc "$work/parts" -m "$work" -pn RankNas -pv "$version" -ps "The RankNas authors" \
  -nsb "https://github.com/${GITHUB_REPOSITORY:-RankNas}" -V Warning > "$work/sbom.log" || { cat "$work/sbom.log" >&2; exit 1; }
cp "$work/_manifest/spdx_2.2/manifest.spdx.json" "$release/RankNas.$version.spdx.json"
ls -l "$release"
