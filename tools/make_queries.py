"""Turns one queries.sql into a header with one named constant a query.

Usage: make_queries.py QUERIES.sql PATH_RELATIVE_TO_SRC OUT.h

A query starts with a line `-- name: snake_case` and ends at the next one. Other `--` lines are
comments. The name travels with the query to the slow-query log.
"""

import pathlib
import re
import sys

NAME = re.compile(r"^-- name: ([a-z][a-z0-9_]*)$")


def parse(text, path):
    queries, current = [], None
    for number, line in enumerate(text.splitlines(), 1):
        match = NAME.match(line.strip())
        if match:
            current = (match.group(1), [])
            queries.append(current)
        elif line.strip().startswith("--") or not line.strip():
            continue
        elif current is None:
            sys.exit(f"{path}:{number}: SQL before the first '-- name:' line")
        else:
            current[1].append(line.rstrip())
    seen = set()
    for name, lines in queries:
        if name in seen:
            sys.exit(f"{path}: the name {name} stands twice")
        seen.add(name)
        if not lines:
            sys.exit(f"{path}: the query {name} is empty")
    return queries


def header(queries, relative):
    folder = pathlib.PurePosixPath(relative).parent
    namespace = "::".join(part for part in folder.parts if part != "domain")
    out = [
        f"// Made from src/{relative}. Do not edit.",
        "#pragma once",
        "",
        '#include "store/query.h"',
        "",
        f"namespace hezhi::{namespace}::queries {{",
        "",
    ]
    for name, lines in queries:
        sql = "\n".join(lines).strip().rstrip(";")
        out += [
            f'inline constexpr store::Query {name}{{"{folder}.{name}", R"sql(',
            sql,
            ')sql"};',
            "",
        ]
    joined = ", ".join(f"&{name}" for name, _ in queries)
    out += [
        f"inline constexpr const store::Query* all[] = {{{joined}}};",
        "",
        f"}}  // namespace hezhi::{namespace}::queries",
        "",
    ]
    return "\n".join(out)


def main():
    source, relative, target = sys.argv[1:4]
    text = header(parse(pathlib.Path(source).read_text(encoding="utf-8"), source), relative)
    path = pathlib.Path(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
