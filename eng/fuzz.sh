#!/usr/bin/env bash
# Coverage-guided fuzzing of the readers: eng/fuzz.sh SECONDS [TARGET …]. Needs afl++ (apt-get install afl++).
# Inputs that break a promise stay in artifacts/fuzz/TARGET/out/default/crashes and hangs; put a small one into tests/RankNas.Fuzz/Corpus/TARGET.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?write how many seconds each target gets}
shift
out=artifacts/fuzz
program=$out/program/RankNas.Fuzz.dll
# Files that are written anew for each input: a disk would take a hundred times as long.
[ ! -d /dev/shm ] || export TMPDIR=/dev/shm
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 OMP_NUM_THREADS=1 DOTNET_TieredPGO=0
[ -n "${RANKNAS_FUZZ_BUILT:-}" ] || dotnet build -c Release tests/RankNas.Fuzz
dotnet tool restore
rm -rf "$out/program"
mkdir -p "$out"
# Hard links would instrument the build's own files.
cp -rL --reflink=auto artifacts/bin/RankNas.Fuzz/release "$out/program"
for library in "$out"/program/RankNas.*.dll; do
  case $(basename "$library") in
    RankNas.Fuzz.dll | RankNas.Kernels.dll | RankNas.Proxies.dll | RankNas.Torch.dll) ;;
    *) dotnet sharpfuzz "$library" ;;
  esac
done

[ $# -gt 0 ] || set -- $(dotnet "$program" list)
export AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_FORKSRV_INIT_TMOUT=120000
for target in "$@"; do
  rm -rf "$out/$target"
  dotnet "$program" seeds "$target" "$out/$target/in"
  nice -n 19 afl-fuzz -i "$out/$target/in" -o "$out/$target/out" -V "$seconds" -t 5000 -m none -G 65536 -- dotnet "$program" fuzz "$target" > "$out/$target/log" 2>&1 || tail -20 "$out/$target/log"
  awk -F ' *: ' -v target="$target" '{ value[$1] = $2 }
    END { print target ": " value["run_time"] " s, " value["execs_done"] " executions, " value["corpus_count"] " inputs kept, " value["edges_found"] " edges, " value["saved_crashes"] " crashes, " value["saved_hangs"] " hangs" }' \
    "$out/$target/out/default/fuzzer_stats" | tee -a "$out/figures.txt"
done
