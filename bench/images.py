"""How many images are worth it: rank correlation, regret and the end of a search for several batches, over the whole topology space.

Score the space once for each batch and dtype, then compare (needs Debian's python3-scipy):

    ranknas search --space nats-tss --strategy exhaustive --equal-graphs-as-one --proxy noise-immunity-log1p naswot logsynflow \\
        --images cifar10-train-400.bin --batch 32 --store b32.db
    ranknas scores export --store b32.db --file b32.csv.gz
    python3 bench/images.py nats-tss-accuracy.csv 32=b32.csv.gz 128=b128.csv.gz
"""
import csv
import gzip
import math
import sys

import numpy
from scipy import stats

PROXIES = ["noise-immunity-log1p", "naswot", "logsynflow"]
DATA = {"CIFAR-10": "c10_test", "CIFAR-100": "c100_test", "ImageNet16-120": "in16_test"}
OPERATIONS = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
TOP = 10
BUDGET, SEARCHES = 1000, 500


def key(architecture):
    """RankNas's text of architectures that it scores as one: sums in order, and without what is zero."""
    edges = iter(edge.split("~")[0] for node in architecture.split("+") for edge in node.strip("|").split("|"))
    nodes = ["0"]
    for target in (1, 2, 3):
        terms = []
        for source in range(target):
            operation = next(edges)
            if operation != "none" and nodes[source] is not None:
                terms.append(nodes[source] if operation == "skip_connect" else f"({nodes[source]})@{OPERATIONS.index(operation)}")
        nodes.append("+".join(sorted(terms)) if terms else None)
    return nodes[3]


def read_scores(path, first):
    """The scores of each distinct network, by proxy; of architectures that compute the same, those of the first one that any file has."""
    scores = {}
    with gzip.open(path, "rt") as file:
        for row in csv.DictReader(file):
            network = key(row["Architecture"])
            # Noise immunity counts dead layers too, so that architectures which compute the same may score differently.
            if row["Kind"] != "failed" and first.setdefault(network, row["Architecture"]) == row["Architecture"]:
                scores.setdefault(network, {})[row["Proxy"]] = float(row["Value"]) if row["Value"] else float("-inf")
    for of in scores.values():
        # The published scores have the authors' form, from which the default one follows.
        eta, complexity = of.get("noise-immunity"), of.get("noise-immunity-complexity")
        if PROXIES[0] not in of and eta is not None and complexity:
            of[PROXIES[0]] = math.log(eta * math.exp(complexity) / math.log1p(math.exp(eta)))
    return {network: of for network, of in scores.items() if all(proxy in of for proxy in PROXIES)}


def rank_sum(columns):
    return sum(stats.rankdata(column) for column in columns)


def main():
    if len(sys.argv) < 3 or "=" not in sys.argv[2]:
        sys.exit(__doc__)
    with open(sys.argv[1]) as file:
        table = [row for row in csv.DictReader(file) if key(row["arch"]) is not None]
    print(f"{'batch':>9} {'networks':>9}  " + "  ".join(f"{f'tau {data}':>18} {f'regret top {TOP}':>13} {'search':>7}" for data in DATA))
    first = {}
    for argument in sys.argv[2:]:
        name, path = argument.split("=", 1)
        scores = read_scores(path, first)
        rows = [row for row in table if key(row["arch"]) in scores]
        figures = numpy.array([[scores[key(row["arch"])][proxy] for proxy in PROXIES] for row in rows]).T
        overall = rank_sum(figures)
        best = numpy.argsort(-overall, kind="stable")[:TOP]
        random = numpy.random.default_rng(0)
        searches = [random.choice(len(rows), BUDGET, replace=False) for _ in range(SEARCHES)]
        ends = [drawn[numpy.argmax(rank_sum(figures[:, drawn]))] for drawn in searches]
        cells = []
        for column in DATA.values():
            accuracy = numpy.array([float(row[column]) for row in rows])
            tau = stats.kendalltau(overall, accuracy)[0]
            cells.append(f"{tau:18.3f} {accuracy.max() - accuracy[best].max():13.2f} {accuracy[ends].mean():7.2f}")
        print(f"{name:>9} {len(scores):>9}  " + "  ".join(cells), flush=True)


if __name__ == "__main__":
    main()
