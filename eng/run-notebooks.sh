#!/usr/bin/env bash
# Runs samples/notebooks from the first cell to the last, with the packages as built here, and saves them with their outputs.
# It takes a minute or two. Look at the diff before you commit it.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet build -c Release tests/RankNas.Packages.Tests
RANKNAS_REFRESH_NOTEBOOKS=1 dotnet artifacts/bin/RankNas.Packages.Tests/release/RankNas.Packages.Tests.dll -class "*.NotebookTests"
