#!/usr/bin/env python3
"""Writes src/RankNas.SearchSpaces/NasBench101/hash-order.bin: NAS-Bench-101's cells in the order of their module hashes.

Each entry has three bytes, little endian: the number of the cell in the benchmark's own enumeration. Takes some minutes, and is needed again only if the file is lost.
The hash is that of the benchmark's hash_module; the enumeration counts vertices, then edges (bit x + y(y-1)/2 is the edge x->y), then operations.
"""
import hashlib
import itertools
import pathlib

MOST_VERTICES, MOST_EDGES, OPERATIONS, CELLS = 7, 9, 3, 423_624


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


def module_hash(matrix, labels):
    count = len(labels)
    inputs = [[s for s in range(count) if matrix[s][v]] for v in range(count)]
    outputs = [[t for t in range(count) if matrix[v][t]] for v in range(count)]
    hashes = [md5(str((len(outputs[v]), len(inputs[v]), labels[v]))) for v in range(count)]
    for _ in range(count):
        hashes = [
            md5("".join(sorted(hashes[w] for w in inputs[v])) + "|" + "".join(sorted(hashes[w] for w in outputs[v])) + "|" + hashes[v])
            for v in range(count)
        ]
    return md5(str(sorted(hashes)))


def cells():
    for count in range(2, MOST_VERTICES + 1):
        pairs = [(x, y) for y in range(count) for x in range(y)]
        bit = {pair: index for index, pair in enumerate(pairs)}
        orders = sorted(
            ([0, *inner, count - 1] for inner in itertools.permutations(range(1, count - 1))), key=lambda order: sum(a != b for a, b in enumerate(order))
        )
        places = [[order.index(v) for v in range(count)] for order in orders]
        targets = [sum(1 << bit[x, y] for x in range(y)) for y in range(count)]
        sources = [sum(1 << bit[x, y] for y in range(x + 1, count)) for x in range(count)]
        for edges in range(1, 1 << len(pairs)):
            if edges.bit_count() > MOST_EDGES or not all(edges & targets[y] for y in range(1, count)) or not all(edges & sources[x] for x in range(count - 1)):
                continue

            own = [pair for pair in pairs if edges >> bit[pair] & 1]
            symmetries, is_first = [], True
            for place in places:
                moved = [(place[x], place[y]) for x, y in own]
                if all(x < y for x, y in moved):
                    other = sum(1 << bit[pair] for pair in moved)
                    if other < edges:
                        is_first = False
                        break
                    if other == edges:
                        symmetries.append(place)

            if is_first:
                matrix = [[1 if (x, y) in own else 0 for y in range(count)] for x in range(count)]
                for operations in itertools.product(range(OPERATIONS), repeat=count - 2):
                    moved = ([operations[place.index(v) - 1] for v in range(1, count - 1)] for place in symmetries)
                    if all(tuple(other) >= operations for other in moved):
                        yield matrix, [-1, *operations, -2]


def main():
    hashes = [module_hash(matrix, labels) for matrix, labels in cells()]
    assert len(hashes) == len(set(hashes)) == CELLS, len(hashes)
    order = sorted(range(CELLS), key=hashes.__getitem__)
    path = pathlib.Path(__file__).parent.parent / "src/RankNas.SearchSpaces/NasBench101/hash-order.bin"
    path.write_bytes(b"".join(number.to_bytes(3, "little") for number in order))


main()
