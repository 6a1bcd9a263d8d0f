#!/usr/bin/env bash
# Writes the files that are made of the tool's commands and options: its manual page and the schema of its settings.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet build -c Release src/RankNas.Tool
tool=artifacts/bin/RankNas.Tool/release/RankNas.Tool.dll
dotnet "$tool" manual > src/RankNas.Tool/ranknas.1
dotnet "$tool" config schema > src/RankNas.Tool/ranknas.schema.json
