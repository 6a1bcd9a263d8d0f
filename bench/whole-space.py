"""Rank correlation over the whole topology space of NATS-Bench, each distinct network scored once, for combinations of proxies.

    ranknas search --space nats-tss --strategy exhaustive --equal-graphs-as-one --proxy logsynflow expressivity … --images … --store tss.db
    ranknas scores export --store tss.db --file tss.csv.gz
    python3 bench/whole-space.py nats-tss-accuracy.csv tss.csv.gz logsynflow,expressivity naswot,logsynflow    # needs Debian's python3-scipy

All architectures that build the same network have its scores. Ranks are among all that have any, of the 15,284 viable ones; with --sample N, among so
many of them, drawn at random, for proxies that take too long for all. --write FILE then writes the accuracies of one architecture for each network of
the sample, for ranknas correlate --benchmark FILE. Several files of scores are separated by commas.
"""
import argparse
import csv
import gzip
import random

import numpy
from scipy import stats

from images import DATA, key

LOWER_IS_BETTER = {"noise-immunity", "ntk"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sample", type=int, help="how many architectures, instead of all")
    parser.add_argument("--seed", type=int, default=20, help="of the sample")
    parser.add_argument("--write", metavar="FILE", help="writes the accuracies of an architecture of each network, and ends")
    parser.add_argument("accuracies")
    parser.add_argument("scores", nargs="?", metavar="SCORES,…")
    parser.add_argument("combinations", nargs="*", metavar="PROXY,…")
    arguments = parser.parse_args()
    with open(arguments.accuracies) as file:
        all_rows = {row["arch"]: row for row in csv.DictReader(file) if key(row["arch"]) is not None}
    drawn = random.Random(arguments.seed).sample(sorted(all_rows), arguments.sample) if arguments.sample else list(all_rows)
    if arguments.write:
        with open(arguments.write, "w", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(all_rows[drawn[0]]))
            writer.writeheader()
            writer.writerows({key(one): all_rows[one] for one in reversed(drawn)}.values())
        return

    scores = {}
    for path in arguments.scores.split(","):
        with gzip.open(path, "rt") as file:
            for row in csv.DictReader(file):
                value = float(row["Value"]) if row["Value"] else float("-inf")
                scores.setdefault(row["Proxy"], {}).setdefault(key(row["Architecture"]), -value if row["Proxy"] in LOWER_IS_BETTER else value)
    rows = [(key(one), [float(all_rows[one][column]) for column in DATA.values()]) for one in drawn]
    for text in arguments.combinations or [",".join(scores)]:
        proxies = text.split(",")
        known = [(network, accuracies) for network, accuracies in rows if all(network in scores[proxy] for proxy in proxies)]
        networks, accuracies = [network for network, _ in known], numpy.array([of for _, of in known])
        ranks = [stats.rankdata([-scores[proxy][network] for network in networks]) for proxy in proxies]
        totals = {"rank-sum": -sum(ranks), "log-rank-sum": sum(numpy.log((len(networks) + 1 - each) / len(networks)) for each in ranks)}
        for aggregator, total in totals.items():
            if len(proxies) > 1 or aggregator == "rank-sum":
                tau = " / ".join(f"{stats.kendalltau(total, column)[0]:.3f}" for column in accuracies.T)
                rho = " / ".join(f"{stats.spearmanr(total, column)[0]:.3f}" for column in accuracies.T)
                first = accuracies[numpy.argsort(-total, kind="stable")[0]]
                print(f"| {', '.join(proxies)} | {aggregator} | {tau} | {rho} | {' / '.join(f'{value:.2f}' for value in first)} |  {len(networks)} architectures", flush=True)


if __name__ == "__main__":
    main()
