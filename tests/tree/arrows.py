"""Includes go one way. The allowed arrows are data: include_arrows.txt beside this file."""

import pathlib
import re

from tree import is_test

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.MULTILINE)
TABLE = pathlib.Path(__file__).with_name("include_arrows.txt")
GRAPH = "docs/reference/include_graph.txt"
GRAPH_TITLE = "# Made from the #include lines of src by ./dev generate. Do not edit."


def read_table(text):
    """Returns the folders each folder may include, and the domain folders, lowest first."""
    allowed, order = {}, []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.partition(":")
        if name == "domain order":
            order = rest.split()
        else:
            allowed[name] = set(rest.split()) | {name}
    return allowed, order


def folder_of(path):
    """src/orders/x.h and orders/x.h both stand in the folder of their first parts."""
    parts = path.removeprefix("src/").split("/")
    if parts == ["main.cpp"]:
        return "main"
    if parts[0] == "domain" and len(parts) > 2:
        return "domain/" + parts[1]
    return parts[0]


def arrows(files):
    """Every (path, line, included path) of src, in the order of the files."""
    for path, text in files.items():
        if path.startswith("src/") and path.endswith((".cpp", ".h")):
            for match in INCLUDE.finditer(text):
                yield path, text.count("\n", 0, match.start()) + 1, match.group(1)


def graph(files):
    """One line a folder: what it includes outside itself, sorted, tests left out."""
    edges = {}
    for path, _, included in arrows(files):
        source, target = folder_of(path), folder_of(included)
        row = edges.setdefault(source, set())
        if source != target and not is_test(path):
            row.add(target)
    lines = [f"{source}: {' '.join(sorted(edges[source]))}".rstrip() for source in sorted(edges)]
    return "\n".join([GRAPH_TITLE, *lines]) + "\n"


class IncludeArrows:
    name = "include_arrows"
    allowed, order = read_table(TABLE.read_text(encoding="utf-8"))

    sound = {
        "src/store/a.cpp": '#include "base/id.h"\n#include <vector>\n',
        "src/main.cpp": '#include "app/app.h"\n',
        "src/domain/orders/a.cpp": '#include "domain/orders/order_states.h"\n'
                                   '#include "domain/needs/needs.h"\n'
                                   '#include "domain/standing/grade_figure.h"\n',
        "src/domain/orders/a_test.cpp": '#include "domain/needs/report_need.h"\n'
                                        '#include "support/world.h"\n',
    }
    broken = [
        ({"src/base/a.h": '#include "store/b.h"\n'}, "base may not include store"),
        ({"src/http/a.cpp": '\n# include "journal/j.h"\n'}, "src/http/a.cpp:2"),
        ({"src/http/a.cpp": '#include "jobs/j.h"\n'}, "http may not include jobs"),
        ({"src/domain/areas/a.h": '#include "domain/orders/orders.h"\n'}, "stands before"),
        ({"src/domain/orders/a.h": '#include "domain/needs/queries.h"\n'}, "public face"),
        ({"src/domain/orders/a.h": '#include "order_states.h"\n'}, "from the root of src"),
        ({"src/domain/orders/a.h": '#include "support/world.h"\n'}, "from the root of src"),
        ({"src/domain/gifts/a.h": ""}, "no place in the order of domain"),
    ]

    def find(self, files):
        found = []
        for path in files:
            source = folder_of(path)
            if path.startswith("src/") and source.startswith("domain/"):
                if source.removeprefix("domain/") not in self.order and path.endswith((".cpp", ".h")):
                    found.append(f"{path}: {source} has no place in the order of domain folders")
        for path, line, included in arrows(files):
            fault = self.fault(path, included)
            if fault:
                found.append(f"{path}:{line}: {fault}")
        return found

    def fault(self, path, included):
        source, target = folder_of(path), folder_of(included)
        top, target_top = source.split("/")[0], target.split("/")[0]
        if is_test(path) and target_top == "support":
            return None
        if "/" not in included or target_top not in self.allowed:
            return f'"{included}" is not written from the root of src'
        if top not in self.allowed:
            return f"{top} has no row in include_arrows.txt"
        if target_top not in self.allowed[top]:
            return f"{top} may not include {target_top}"
        if top == target_top == "domain" and source != target:
            return self.domain_fault(path, source, target, included)
        return None

    def domain_fault(self, path, source, target, included):
        source, target = source.removeprefix("domain/"), target.removeprefix("domain/")
        if source not in self.order or target not in self.order:
            return f"{source} includes {target}, and one of them has no place in the domain order"
        if self.order.index(target) > self.order.index(source):
            return f"{source} stands before {target} and may not include it"
        file = included.rsplit("/", 1)[1]
        if not is_test(path) and file != f"{target}.h" and not file.endswith("_figure.h"):
            return f"{included} is not the public face of {target} ({target}.h, *_figure.h)"
        return None


class IncludeGraph:
    """The graph is kept as a page, so that a new arrow is seen in review."""

    name = "include_graph"
    sound = {
        "src/store/a.cpp": '#include "base/id.h"\n',
        "src/store/a_test.cpp": '#include "support/world.h"\n',
        GRAPH: GRAPH_TITLE + "\nstore: base\n",
    }
    broken = [
        ({"src/store/a.cpp": '#include "base/id.h"\n', GRAPH: GRAPH_TITLE + "\nstore:\n"}, "stale"),
        ({"src/store/a.cpp": '#include "base/id.h"\n'}, "stale"),
    ]

    def find(self, files):
        if files.get(GRAPH, "") == graph(files):
            return []
        return [f"{GRAPH}: is stale; see what changed and write it with ./dev generate"]
