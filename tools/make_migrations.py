"""Turns migrations/NNNN_name.sql into one header with all of them, in order.

Usage: make_migrations.py OUT.h MIGRATION.sql ...
"""

import pathlib
import re
import sys

NAME = re.compile(r"^(\d{4})_([a-z][a-z0-9_]*)\.sql$")


def read(paths):
    migrations = []
    for path in sorted(map(pathlib.Path, paths), key=lambda p: p.name):
        match = NAME.match(path.name)
        if not match:
            sys.exit(f"{path}: a migration is named NNNN_name.sql")
        number = int(match[1])
        if migrations and number <= migrations[-1][0]:
            sys.exit(f"{path}: the number {number:04} is there twice")
        text = path.read_text(encoding="utf-8").strip()
        if not text:
            sys.exit(f"{path}: the migration is empty")
        migrations.append((number, match[2], text))
    return migrations


def header(migrations):
    out = [
        "// Made from migrations/. Do not edit.",
        "#pragma once",
        "",
        "#include <span>",
        "",
        '#include "store/migrations.h"',
        "",
        "namespace hezhi::store {",
        "",
    ]
    for number, name, text in migrations:
        out += [f'inline constexpr Migration migration_{number:04}{{{number}, "{name}", R"sql(',
                text, ')sql"};', ""]
    listed = ", ".join(f"migration_{number:04}" for number, _, _ in migrations)
    if migrations:
        out.append(f"inline constexpr Migration all_migrations_list[] = {{{listed}}};")
        out.append("inline constexpr std::span<const Migration> all_migrations = "
                   "all_migrations_list;")
    else:
        out.append("inline constexpr std::span<const Migration> all_migrations;")
    out += ["", "}  // namespace hezhi::store", ""]
    return "\n".join(out)


def main():
    path = pathlib.Path(sys.argv[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header(read(sys.argv[2:])), encoding="utf-8")


if __name__ == "__main__":
    main()
