"""Where the time of a search goes: samples of perf by what they belong to, as a table.

Run it in the repository's root, after a build, with perf installed.
"""
import collections
import os
import re
import subprocess
import tempfile

TOOL = ["dotnet", "artifacts/bin/RankNas.Tool/release/RankNas.Tool.dll"]
SPACES = ["nats-tss", "nats-sss"]

# The first that fits: perf writes the library, then the function.
PARTS = [
    ("sums of normalised images, and moments", r"NormalizedSum|Summand|ChannelMoments|LayerMath"),
    ("pooling of our own", r"NeighborhoodMean|HalvingMean"),
    ("convolutions of our own: 3×3 by tiles, 1×1", r"Winograd|PointwiseKernel|RowProduct|Float32Value"),
    ("NASWOT: packing and counting bits, determinant", r"Agreement|SignBits|BitDistance|MathNet"),
    ("noise immunity: mean squares", r"MeanSquare"),
    ("loops of any of these, compiled into SharedCores", r"ForEachPart"),
    ("matrix products (MKL: synaptic flow)", r"mkl_"),
    ("other convolutions (oneDNN: stride 2, the stem)", r"dnnl|\[JIT\].* 0x0000"),
    ("libtorch, element by element", r"libtorch.*(VectorizedLoop|loop_2d|TensorIterator|vectorized|Sleef|avg_pool)"),
    ("libtorch, the rest", r"libtorch|libc10|LibTorchSharp"),
    (".NET: compiling, collecting and all other code", r"libcoreclr|libclr|\[JIT\]|System\.|dotnet|libSystem"),
    ("kernel: page faults, scheduling", r"kernel\.kallsyms"),
    ("libc: allocating, copying", r"libc\.so|ld-linux|libstdc|libgomp|libm\.so"),
]


def samples_of(space):
    """How many samples each part has in a search of a space."""
    search = [*TOOL, "search", "--space", space, "--strategy", "random", "--budget", "100", "--seed", "3", "--json"]
    maps = {"DOTNET_PerfMapEnabled": "1", "DOTNET_EnableWriteXorExecute": "0"}
    with tempfile.TemporaryDirectory() as folder:
        data = f"{folder}/perf.data"
        subprocess.run(["perf", "record", "-q", "-F", "199", "-o", data, *search], env=os.environ | maps, check=True, stdout=subprocess.DEVNULL)
        report = subprocess.run(
            ["perf", "report", "-i", data, "--no-children", "--sort", "dso,sym", "-n"], check=True, capture_output=True, text=True).stdout
    samples = collections.Counter()
    for line in report.splitlines():
        if found := re.match(r"\s*[\d.]+%\s+(\d+)\s+(.*)", line):
            samples[next((part for part, pattern in PARTS if re.search(pattern, found[2])), "other")] += int(found[1])
    return samples


found = [samples_of(space) for space in SPACES]
print("| |", " | ".join(SPACES), "|")
print("|---" * (1 + len(SPACES)) + "|")
for part in sorted(set().union(*found), key=lambda part: -found[0][part]):
    print(f"| {part} |", " | ".join(f"{100 * samples[part] / samples.total():.0f} %" for samples in found), "|")
