#!/usr/bin/env bash
# Writes the public surface of every library to its PublicAPI.Unshipped.txt: what is new is added, and what is gone is removed.
# It builds the libraries and reads what the analyser finds undeclared. Look at the diff before you commit it.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en LC_ALL=C

log=$(mktemp)
kept=$(mktemp -d)
cp --parents src/*/PublicAPI.Unshipped.txt "$kept"
trap 'rm -rf "$log" "$kept"' EXIT
for file in src/*/PublicAPI.Unshipped.txt; do
  printf '#nullable enable\n' > "$file"
done

# A library is compiled with the first that needs it; its undeclared members are in the log of that build.
for file in src/*/PublicAPI.Unshipped.txt; do
  dotnet build -c Release -p:TreatWarningsAsErrors=false "$(dirname "$file")" >> "$log" || { grep -E ' error |error\(s\)' "$log" >&2; cp -r "$kept/src" .; exit 1; }
done

for file in src/*/PublicAPI.Unshipped.txt; do
  project=$(basename "$(dirname "$file")")
  sed -n "s|^.* warning RS0016: Symbol '\(.*\)' is not part of the declared public API .*\[.*[/\\\\]$project\.csproj\].*|\1|p" "$log" | sort -u >> "$file"
  echo "$project: $(($(wc -l < "$file") - 1)) members"
done
