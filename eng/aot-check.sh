#!/usr/bin/env bash
# Compiles tests/RankNas.Aot.Probe ahead of time, with warnings as errors, and compares what it prints with what it prints by the JIT compiler.
# It needs clang or gcc and zlib's headers; where they are missing it says so and ends without an error.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

linker=$(command -v clang || command -v gcc || true)
if [ -z "$linker" ] || ! echo 'int main(void) { return 0; }' | "$linker" -x c - -lz -o /dev/null 2> /dev/null; then
  echo "Compiling ahead of time was not checked: it needs clang or gcc, and zlib1g-dev."
  exit 0
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/accuracies.csv" <<'CSV'
arch,c10_valid,c10_test
|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|,84.9,92.1
|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|none~0|nor_conv_3x3~1|avg_pool_3x3~2|,88.5,91.7
CSV
arguments=("$folder/accuracies.csv")
official=${RANKNAS_DATA:-../shared/data}/nats-bench-sample/NATS-tss-v1_0-3ffb9-simple
if [ -d "$official" ]; then
  arguments+=("$official")
fi

dotnet build -c Release tests/RankNas.Aot.Probe -v:quiet
dotnet artifacts/bin/RankNas.Aot.Probe/release/RankNas.Aot.Probe.dll "${arguments[@]}" > "$folder/jit.txt"
dotnet publish -c Release tests/RankNas.Aot.Probe -p:AheadOfTime=true -p:CppCompilerAndLinker="$(basename "$linker")" --use-current-runtime -o "$folder/program" -v:quiet
"$folder/program/RankNas.Aot.Probe" "${arguments[@]}" > "$folder/aot.txt"
[ -s "$folder/aot.txt" ]
diff "$folder/jit.txt" "$folder/aot.txt"
echo "Ahead of time: $(wc -l < "$folder/aot.txt") lines as by the JIT compiler, from a program of $(($(stat -c %s "$folder/program/RankNas.Aot.Probe") / 1024)) KiB."
