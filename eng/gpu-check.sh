#!/usr/bin/env bash
# Makes a folder that checks RankNas on a Linux machine (x64) with an NVIDIA GPU and PyTorch 2.10 or 2.11, which needs neither .NET nor the network:
#   eng/gpu-check.sh FOLDER [CIFAR-10 FILE]
# Copy the folder there and run its check.sh; it writes what it found to results/.
set -euo pipefail
if [ $# -lt 1 ] || [ $# -gt 2 ]; then
  echo "usage: eng/gpu-check.sh FOLDER [CIFAR-10 FILE]" >&2
  exit 2
fi

mkdir -p "$1"
folder=$(cd "$1" && pwd)
images=${2:+$(realpath "$2")}
cd "$(dirname "$0")/.."
if [ -n "$(ls -A "$folder")" ]; then
  echo "$folder is not empty: name a new folder." >&2
  exit 2
fi

tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
# Its libtorch is that of PyTorch. What is compiled ahead of time would double its size. The tool comes last: of files that both have, its own are kept.
for project in tests/RankNas.Device.Tests src/RankNas.Tool; do
  dotnet publish "$project" -c Release -r linux-x64 --self-contained -p:TorchBackend=none -p:PublishReadyToRun=false -p:UseAppHost=true \
    -p:DebugType=none -p:SatelliteResourceLanguages=en --artifacts-path "$tool/artifacts" -o "$tool/ranknas"
done
# What no check needs: models and pictures, other languages, coverage, debuggers.
rm -rf "$tool"/ranknas/*/ "$tool"/ranknas/{libonnxruntime.so,libSkiaSharp.so,libHarfBuzzSharp.so,libmscordaccore.so,libmscordbi.so,createdump,*.xml,Microsoft.CodeCoverage.*,Microsoft.VisualStudio.CodeCoverage.*}
tar -C "$tool" -czf "$folder/ranknas.tar.gz" ranknas
cp LICENSE "$folder"
if [ -n "$images" ]; then
  cp "$images" "$folder/images.bin"
fi

cat > "$folder/check.sh" <<'CHECK'
#!/usr/bin/env bash
# Compares a GPU's scores with float64 on the CPU, times the paper's three proxies on it, and trains there. RANKNAS_LIBTORCH names another PyTorch; DEVICE another GPU.
set -uo pipefail
cd "$(dirname "$0")"
device=${DEVICE:-cuda}
if [ -z "${RANKNAS_LIBTORCH:-}" ]; then
  RANKNAS_LIBTORCH=$(python3 -c 'import torch; print(torch.__path__[0])') || { echo "python3 has no torch: set RANKNAS_LIBTORCH to the folder torch of a PyTorch 2.10 or 2.11." >&2; exit 2; }
  export RANKNAS_LIBTORCH
fi

[ -d ranknas ] || tar -xzf ranknas.tar.gz
mkdir -p results
images=()
[ -f images.bin ] && images=(--images images.bin)
nvidia-smi > results/nvidia-smi.txt 2>&1
failed=0
check() {
  name=$1
  shift
  echo "== ranknas $*"
  ./ranknas/RankNas.Tool "$@" --json > "results/$name.json" || failed=1
  cat "results/$name.json"
}

check machine doctor
check compared doctor --device "$device" --sample 50 --batch 128 ${images[@]+"${images[@]}"}
check thousand doctor --device "$device" --sample "${SAMPLE:-1000}" --batch 128 ${images[@]+"${images[@]}"}
echo "== Every proxy in every space, workers, dtypes, training"
RANKNAS_DEVICE=$device ./ranknas/RankNas.Device.Tests -parallel none > results/tests.txt || failed=1
cat results/tests.txt
exit $failed
CHECK
chmod +x "$folder/check.sh"
du -sh "$folder"
