"""The paper's three proxies in plain PyTorch, timed beside RankNas on the same architectures, block by block in turn.

Run it in the repository's root, after a build, with a Python that has PyTorch. Debian's python3-torch will do, beside libopenblas0-pthread: with
Debian's reference BLAS, PyTorch takes several times as long.

    python3 bench/peers.py                                    # 2 blocks of 6 architectures of each space, batch 128
    python3 bench/peers.py --golden ../shared                 # checks this program first: golden figures and images
    python3 bench/peers.py --device cuda --blocks 8           # PyTorch alone, on a GPU, in float32 without TF32

"careful" shares one clean and one noisy pass, without gradients, in channels_last; "literal" is what the paper's program does: a network for each
proxy, forward and backward before each pass. Networks are NATS-Bench's.
"""
import argparse
import json
import math
import random
import statistics
import subprocess
import sys
import time

import torch
from torch import nn

OPERATIONS = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
WIDTHS = [8, 16, 24, 32, 40, 48, 56, 64]
CELLS_OF_STAGE = 5
CELL_OF_SIZES = "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|"


class ReluConvNorm(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride=1):
        super().__init__()
        self.op = nn.Sequential(nn.ReLU(), nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return self.op(x)


class Widening(nn.Module):
    """What skips where the width changes."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.bn = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.bn(self.conv(x))


class Pooling(nn.Module):
    def __init__(self):
        super().__init__()
        self.op = nn.AvgPool2d(3, 1, 1, count_include_pad=False)

    def forward(self, x):
        return self.op(x)


class Zero(nn.Module):
    def forward(self, x):
        return x.mul(0.0)


class Cell(nn.Module):
    """Four nodes; each but the first sums an operation on each node before it."""

    def __init__(self, text, inputs, outputs):
        super().__init__()
        nodes = [[edge.split("~") for edge in node.strip("|").split("|")] for node in text.split("+")]
        self.sources = [[int(source) for _, source in node] for node in nodes]
        self.layers = nn.ModuleList(
            self.make(operation, inputs if source == "0" else outputs, outputs) for node in nodes for operation, source in node)

    @staticmethod
    def make(operation, inputs, outputs):
        if operation == "none":
            return Zero()
        if operation == "skip_connect":
            return nn.Identity() if inputs == outputs else Widening(inputs, outputs)
        if operation == "avg_pool_3x3":
            return Pooling()
        return ReluConvNorm(inputs, outputs, int(operation[-1]))

    def forward(self, x):
        values, layers = [x], iter(self.layers)
        for sources in self.sources:
            values.append(sum(next(layers)(values[source]) for source in sources))
        return values[-1]


class Reduction(nn.Module):
    """ResNet's basic block of stride 2."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv_a = ReluConvNorm(inputs, outputs, 3, 2)
        self.conv_b = ReluConvNorm(outputs, outputs, 3)
        self.downsample = nn.Sequential(nn.AvgPool2d(2, 2), nn.Conv2d(inputs, outputs, 1, bias=False))

    def forward(self, x):
        return self.downsample(x) + self.conv_b(self.conv_a(x))


class Network(nn.Module):
    def __init__(self, architecture, classes=10):
        super().__init__()
        if ":" in architecture:
            widths = [int(width) for width in architecture.split(":")]
            stages = [(CELL_OF_SIZES if stage % 2 == 0 else None, width) for stage, width in enumerate(widths)]
            inputs = widths[0]
        else:
            cells = [(architecture, width) for width in (16, 32, 64) for _ in range(CELLS_OF_STAGE)]
            stages = cells[:5] + [(None, 32)] + cells[5:10] + [(None, 64)] + cells[10:]
            inputs = 16
        self.stem = nn.Sequential(nn.Conv2d(3, inputs, 3, padding=1, bias=False), nn.BatchNorm2d(inputs))
        blocks = []
        for cell, width in stages:
            blocks.append(Reduction(inputs, width) if cell is None else Cell(cell, inputs, width))
            inputs = width
        self.cells = nn.Sequential(*blocks)
        self.lastact = nn.Sequential(nn.BatchNorm2d(inputs), nn.ReLU())
        self.global_pooling = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(inputs, classes)

    def forward(self, x):
        return self.classifier(self.global_pooling(self.lastact(self.cells(self.stem(x)))).flatten(1))


def is_pooling(module):
    return isinstance(module, (nn.AvgPool2d, nn.AdaptiveAvgPool2d))


def watch(network, wanted, see):
    """Calls see with the input of every wanted layer; returns what ends it."""
    hooks = [module.register_forward_pre_hook(lambda _, inputs: see(inputs[0])) for module in network.modules() if wanted(module)]
    return lambda: [hook.remove() for hook in hooks]


class Agreements:
    def __init__(self, images):
        self.matrix = torch.zeros(len(images), len(images), dtype=images.dtype, device=images.device)

    def add(self, x):
        code = (x.detach().flatten(1) > 0).to(self.matrix.dtype)
        self.matrix += code @ code.t() + (1 - code) @ (1 - code).t()

    def score(self):
        return torch.linalg.slogdet(self.matrix.double())[1].item()


def complexity(network, noise):
    """ln(channels * convolutions / poolings / eta), 0 where eta is not above 0."""
    convolutions = [module for module in network.modules() if isinstance(module, nn.Conv2d)]
    poolings = []
    end = watch(network, is_pooling, lambda x: poolings.append(x.shape[1]))
    with torch.no_grad():
        network(torch.zeros(2, 3, 32, 32, dtype=convolutions[0].weight.dtype))
    end()
    channels = sum(module.in_channels for module in convolutions) + sum(poolings)
    eta = math.log(1e-10 + noise)
    return math.log(channels * len(convolutions) / len(poolings) / eta) if eta > 0 else 0


def log_synflow(network):
    """In float64, where its products have room."""
    network = network.double()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.forward = lambda x: x
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.abs_()
    device = next(network.parameters()).device
    network(torch.ones(1, 3, 32, 32, dtype=torch.float64, device=device)).sum().backward()
    weights = [module.weight for module in network.modules() if isinstance(module, (nn.Conv2d, nn.Linear)) and module.weight.grad is not None]
    return sum((weight * torch.log(weight.grad + 1)).abs().sum() for weight in weights).item()


def careful(network, images, noisy):
    """One clean pass and one noisy pass, without gradients, pixel by pixel; then the synaptic flow."""
    layout = torch.channels_last if images.device.type == "cpu" else torch.contiguous_format
    network = network.to(images.device).to(memory_format=layout)
    agreements, clean, noise = Agreements(images), [], []
    with torch.no_grad():
        ends = [watch(network, lambda module: isinstance(module, nn.ReLU), agreements.add), watch(network, is_pooling, clean.append)]
        network(images.contiguous(memory_format=layout))
        [end() for end in ends]
        end = watch(network, is_pooling, lambda x: noise.append((x - clean[len(noise)]).square().mean()))
        network(noisy.contiguous(memory_format=layout))
        end()
    return agreements.score(), sum(noise).item(), log_synflow(network)


def literal(architecture, images, noisy):
    """A network for each proxy, forward and backward before each pass, as the paper's program."""

    def forward_and_backward(network, batch):
        logits = network(batch)
        logits.backward(torch.ones_like(logits))
        network.zero_grad()

    network, agreements = Network(architecture).to(images.device), Agreements(images)
    forward_and_backward(network, images)
    end = watch(network, lambda module: isinstance(module, nn.ReLU), agreements.add)
    network(images)
    end()
    score = agreements.score()

    network, seen = Network(architecture).to(images.device), []
    for batch in (images, noisy):
        forward_and_backward(network, batch)
        inputs = []
        end = watch(network, is_pooling, lambda x: inputs.append(x.detach()))
        network(batch)
        end()
        seen.append(inputs)
    noise = sum((after - before).square().mean().item() for before, after in zip(*seen))
    return score, noise, log_synflow(Network(architecture).to(images.device))


def uniform(stream, count):
    """SplitMix64's numbers between -sqrt(3) and sqrt(3), in Python's own integers."""
    mask = (1 << 64) - 1
    values = []
    for k in range(count):
        z = ((stream << 32) + k + 0x9E3779B97F4A7C15) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        values.append(math.sqrt(3) * (2 * (((z ^ (z >> 31)) >> 11) / 2**53) - 1))
    return torch.tensor(values, dtype=torch.float64)


def check(folder):
    """Compares this program with the golden figures in float64; only networks of few parameters, since Python draws the weights."""
    records = open(f"{folder}/data/cifar10-train-400.bin", "rb").read()
    pixels = torch.tensor(list(records[: 32 * 3073]), dtype=torch.float64).view(32, 3073)[:, 1:].view(32, 3, 32, 32)
    mean, deviation = (torch.tensor(of, dtype=torch.float64).view(1, 3, 1, 1) for of in ((125.3, 123.0, 113.9), (63.0, 62.1, 66.7)))
    images = (pixels - mean) / deviation
    noisy = images + uniform(7, images.numel()).view_as(images)
    checked = 0
    for golden in json.load(open(f"{folder}/golden/nats-bench.json")):
        if golden["parameters"] > 400_000:
            continue
        network = Network(golden["arch"]).double()
        with torch.no_grad():
            for name, parameter in network.named_parameters():
                if parameter.dim() > 1:
                    fan_in = parameter[0].numel()
                    parameter.copy_((uniform(sum(name.encode()), parameter.numel()) * math.sqrt(2 / fan_in)).view_as(parameter))
                elif name.endswith("bias"):
                    parameter.zero_()
        count = sum(parameter.numel() for parameter in network.parameters())
        assert count == golden["parameters"], f"{golden['arch']}: {count} parameters instead of {golden['parameters']}"
        naswot, noise, _ = scores = careful(network, images, noisy)
        found = {
            "naswot": naswot, "noise_immunity_eta": math.log(1e-10 + noise), "logsynflow": scores[2],
            "noise_immunity_complexity": complexity(Network(golden["arch"]), noise)}
        for figure, value in found.items():
            assert abs(value - golden[figure]) <= 1e-6 * abs(golden[figure]), f"{golden['arch']}: {figure} is {value} instead of {golden[figure]}"
        checked += 1
    print(f"golden figures: {checked} architectures agree to 1e-6", flush=True)


class RankNas:
    """The tool's own process, as the bench runs it."""

    def __init__(self, space, batch):
        self.process = subprocess.Popen(
            ["dotnet", "artifacts/bin/RankNas.Tool/release/RankNas.Tool.dll", "bench-contender", "ranknas", "--space", space, "--batch", str(batch)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self, block):
        self.process.stdin.write("\t".join(block) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit("RankNas ended: build it first (dotnet build -c Release), and run this in the repository's root.")
        return float(line.split()[0])

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def draw(space, generator):
    """An architecture whose output reads its input."""
    if space == "nats-sss":
        return ":".join(str(generator.choice(WIDTHS)) for _ in range(5))
    a = [generator.choice(OPERATIONS) for _ in range(6)]
    return draw(space, generator) if a[3] == "none" else f"|{a[0]}~0|+|{a[1]}~0|{a[2]}~1|+|{a[3]}~0|{a[4]}~1|{a[5]}~2|"


def seconds_of(score, block):
    start = time.perf_counter()
    for architecture in block:
        score(architecture)
    return time.perf_counter() - start


def time_alone(space, blocks, size, batch, device):
    generator = random.Random(5)
    images = torch.randn(batch, 3, 32, 32, device=device)
    noisy = images + torch.randn(batch, 3, 32, 32, device=device)
    drawn = [[draw(space, generator) for _ in range(size)] for _ in range(blocks + 1)]
    for name, score in (("careful", lambda one: careful(Network(one), images, noisy)), ("literal", lambda one: literal(one, images, noisy))):
        times = [seconds_of(score, block) / size for block in drawn]
        print(f"{space}: PyTorch on {torch.cuda.get_device_name(device)}, {name} {statistics.median(times[1:]):.4f} s an architecture", flush=True)


def compare(space, blocks, size, batch):
    generator = random.Random(5)
    images, noisy = torch.randn(batch, 3, 32, 32), torch.randn(batch, 3, 32, 32)
    noisy += images
    ranknas = RankNas(space, batch)
    contenders = {
        "ranknas": ranknas.seconds,
        "careful": lambda block: seconds_of(lambda one: careful(Network(one), images, noisy), block),
        "literal": lambda block: seconds_of(lambda one: literal(one, images, noisy), block),
    }
    drawn = [[draw(space, generator) for _ in range(size)] for _ in range(blocks)]
    ranknas.seconds(drawn[0])
    for name in ("careful", "literal"):
        contenders[name](drawn[0][:1])
    times = {name: [] for name in contenders}
    for block in drawn:
        for name, contender in contenders.items():
            times[name].append(contender(block) / size)
    ranknas.close()
    ratios = {name: statistics.median(other / own for other, own in zip(times[name], times["ranknas"])) for name in ("careful", "literal")}
    print(
        f"{space}: RankNas {statistics.median(times['ranknas']):.3f} s an architecture; PyTorch, careful {statistics.median(times['careful']):.3f} s"
        f" ({ratios['careful']:.1f} times), literal {statistics.median(times['literal']):.3f} s ({ratios['literal']:.1f} times)", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--golden", metavar="DIR", help="a folder with golden/nats-bench.json and data/cifar10-train-400.bin to check this program by")
    parser.add_argument("--blocks", type=int, default=2)
    parser.add_argument("--size", type=int, default=6, help="architectures of a block")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--threads", type=int, help="PyTorch's; all cores by default")
    parser.add_argument("--device", default="cpu", help="cpu, or a GPU such as cuda, on which PyTorch is timed alone")
    arguments = parser.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads, {arguments.blocks} blocks of {arguments.size}, batch {arguments.batch}", flush=True)
    if arguments.golden:
        check(arguments.golden)
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
    for space in ("nats-tss", "nats-sss"):
        if arguments.device != "cpu":
            time_alone(space, arguments.blocks, arguments.size, arguments.batch, arguments.device)
            continue
        compare(space, arguments.blocks, arguments.size, arguments.batch)


if __name__ == "__main__":
    main()
