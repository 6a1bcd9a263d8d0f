"""Rank correlation over the whole topology space of NATS-Bench, each distinct network scored once, for combinations of proxies.

    ranknas search --space nats-tss --strategy exhaustive --equal-graphs-as-one --proxy logsynflow expressivity … --images … --store tss.db
    ranknas scores export --store tss.db --file tss.csv.gz
    python3 bench/whole-space.py nats-tss-accuracy.csv tss.csv.gz logsynflow,expressivity naswot,logsynflow    # needs Debian's python3-scipy

All architectures that build the same network have its scores. Ranks are among all that have any, of the 15,284 viable ones.
"""
import csv
import gzip
import sys

import numpy
from scipy import stats

from images import DATA, key

LOWER_IS_BETTER = {"noise-immunity", "ntk"}


def main():
    accuracies_path, scores_path, *combinations = sys.argv[1:]
    scores = {}
    with gzip.open(scores_path, "rt") as file:
        for row in csv.DictReader(file):
            value = float(row["Value"]) if row["Value"] else float("-inf")
            scores.setdefault(row["Proxy"], {}).setdefault(key(row["Architecture"]), -value if row["Proxy"] in LOWER_IS_BETTER else value)
    with open(accuracies_path) as file:
        rows = [(key(row["arch"]), [float(row[column]) for column in DATA.values()]) for row in csv.DictReader(file)]
    for text in combinations or [",".join(scores)]:
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
