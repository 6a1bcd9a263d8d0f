"""Which proxies to combine for a space that nobody has trained networks of: chosen on all spaces but one, judged on that one.

Score a sample of each space, export the scores, and name each space's file of scores and table of accuracies (needs Debian's python3-scipy):

    ranknas correlate --space macro --sample 2000 --proxy logsynflow expressivity … --store macro.db --benchmark macro.csv …
    ranknas scores export --store macro.db --file macro-scores.csv.gz
    python3 bench/leave-one-out.py macro=macro-scores.csv.gz,macro.csv,arch,mean_acc nats-sss=sss-scores.csv.gz,sss.csv,arch,c10_test,c100_test,in16_test …

Of each space: its scores, its accuracies, the column of architectures, and the columns of accuracies. Combinations are compared by the mean over
spaces of Spearman's rho, itself a mean over the space's columns; with --measure top, of how good the first hundredth of their ranking is, at least five
architectures: 1 is the best of the space, 0 the worst, by accuracy's rank; with --measure both, of the mean of the two. --most sets how many proxies
are combined at most, --only which.
"""
import argparse
import csv
import gzip
import itertools

import numpy
from scipy import stats

FEWEST = 5
LOWER_IS_BETTER = {"noise-immunity", "ntk"}
AGGREGATORS = {"rank-sum": lambda ranks: ranks, "log-rank-sum": lambda ranks: -numpy.log((len(ranks) + 1 - ranks) / len(ranks))}


def rows_of(path):
    with (gzip.open(path, "rt") if path.endswith(".gz") else open(path)) as file:
        yield from csv.DictReader(file)


class Space:
    """Ranks and accuracies of the architectures that all proxies scored, failed scores last."""

    def __init__(self, text, only):
        self.name, files = text.split("=", 1)
        scores_path, accuracies_path, key, *columns = files.split(",")
        accuracies = {row[key]: [float(row[column]) for column in columns] for row in rows_of(accuracies_path) if all(row[column] for column in columns)}
        scores = {}
        for row in rows_of(scores_path):
            if row["Architecture"] in accuracies and (not only or row["Proxy"] in only):
                sign = -1 if row["Proxy"] in LOWER_IS_BETTER else 1
                value = float(row["Value"]) if row["Value"] else float("-inf")
                scores.setdefault(row["Proxy"], {})[row["Architecture"]] = -numpy.inf if numpy.isnan(value) or row["Kind"] == "failed" else sign * value
        self.scores, self.accuracies = scores, accuracies

    def rank(self, proxies):
        self.architectures = [one for one in self.accuracies if all(one in self.scores[proxy] for proxy in proxies)]
        self.ranks = {proxy: stats.rankdata([-self.scores[proxy][one] for one in self.architectures]) for proxy in proxies}
        self.accuracy_ranks = [stats.rankdata(column) for column in zip(*(self.accuracies[one] for one in self.architectures))]

    def measure(self, proxies, aggregator, how):
        total = -sum(AGGREGATORS[aggregator](self.ranks[proxy]) for proxy in proxies)
        correlation = numpy.mean([numpy.corrcoef(stats.rankdata(total), ranks)[0, 1] for ranks in self.accuracy_ranks])
        first = numpy.argsort(-total, kind="stable")[: max(FEWEST, len(total) // 100)]
        top = numpy.mean([ranks[first].mean() for ranks in self.accuracy_ranks]) / len(total)
        return float({"rho": correlation, "top": top, "both": (correlation + top) / 2}[how])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("spaces", nargs="+", metavar="NAME=SCORES,ACCURACIES,KEY,COLUMN…")
    parser.add_argument("--most", type=int, default=4, help="how many proxies are combined at most")
    parser.add_argument("--measure", choices=["rho", "top", "both"], default="rho", help="what combinations are compared by")
    parser.add_argument("--only", nargs="+", help="the proxies to choose from; those that every space has by default")
    arguments = parser.parse_args()
    spaces = [Space(text, set(arguments.only or [])) for text in arguments.spaces]
    proxies = sorted(set.intersection(*(set(space.scores) for space in spaces)))
    for space in spaces:
        space.rank(proxies)
        print(f"{space.name}: {len(space.architectures)} architectures; " + ", ".join(f"{proxy} {space.measure([proxy], 'rank-sum', arguments.measure):.3f}" for proxy in proxies))
    combinations = [(chosen, aggregator) for count in range(1, arguments.most + 1) for chosen in itertools.combinations(proxies, count)
                    for aggregator in AGGREGATORS if count > 1 or aggregator == "rank-sum"]
    table = numpy.array([[space.measure(*combination, arguments.measure) for space in spaces] for combination in combinations])

    def text_of(index):
        return f"{', '.join(combinations[index][0])} by {combinations[index][1]}"

    print("\nThe best by the mean of all spaces:")
    for index in numpy.argsort(-table.mean(1))[:12]:
        print(f"  {table[index].mean():.3f}  " + "  ".join(f"{value:.3f}" for value in table[index]) + f"  {text_of(index)}")
    print(f"\nBy {arguments.measure}:\n\n| left out | chosen on the others | there | on the one left out | best of any combination there |\n| --- | --- | --- | --- | --- |")
    for place, space in enumerate(spaces):
        others = numpy.delete(table, place, 1).mean(1)
        chosen = int(numpy.argmax(others))
        print(f"| {space.name} | {text_of(chosen)} | {others[chosen]:.3f} | {table[chosen, place]:.3f} | {table[:, place].max():.3f} |")


if __name__ == "__main__":
    main()
