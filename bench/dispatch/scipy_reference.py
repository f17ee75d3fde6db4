"""Solves the graph of a file by SciPy's sparse LAPJV and prints: total, seconds, seconds of building.

The exits are private columns after the people's. Every cost is one higher here, since SciPy takes an
explicit 0 for no edge; the ones are taken off the total again.
"""
import array
import resource
import sys
import time

import numpy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching


def read(file, kind, count):
    values = array.array(kind)
    values.fromfile(file, count)
    return numpy.frombuffer(values, dtype=values.typecode)


def main(path, seconds_max):
    resource.setrlimit(resource.RLIMIT_CPU, (seconds_max, seconds_max + 5))
    with open(path, "rb") as file:
        rows, columns, edges = (int(n) for n in read(file, "q", 3))
        row, column = read(file, "i", edges), read(file, "i", edges)
        cost, leave = read(file, "q", edges), read(file, "q", rows)
    began = time.process_time()
    all_rows = numpy.arange(rows, dtype=numpy.int32)
    weights = numpy.concatenate([cost, leave]).astype(numpy.float64) + 1
    graph = csr_matrix(
        (weights, (numpy.concatenate([row, all_rows]), numpy.concatenate([column, columns + all_rows]))),
        shape=(rows, columns + rows),
    )
    built = time.process_time()
    taken_rows, taken_columns = min_weight_full_bipartite_matching(graph)
    done = time.process_time()
    total = int(graph[taken_rows, taken_columns].sum()) - rows
    print(total, done - built, built - began)


main(sys.argv[1], int(sys.argv[2]))
