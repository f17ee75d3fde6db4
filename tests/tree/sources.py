"""Checks on C++ and SQL sources: who includes what, where SQL stands, names and sizes."""

import re

from tree import is_cpp, is_made, is_test

ANY_INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.MULTILINE)


def includers(files, prefix):
    """The files of src, tests left out, that include a header beginning with prefix."""
    return [
        path for path, text in files.items()
        if path.startswith("src/") and is_cpp(path) and not is_test(path)
        and any(name.startswith(prefix) for name in ANY_INCLUDE.findall(text))
    ]


class SingleIncluders:
    """Heavy headers are met in one file, so that they are compiled once and stay replaceable."""

    name = "single_includers"
    ONE_FILE = ("boost/beast", "toml++/", "pango/")
    COMMAND_FILE = re.compile(r"^src/(main\.cpp|app/(.*/)?\w*commands?\w*\.(cpp|h)|app/commands/.*)$")

    sound = {
        "src/http/listener.cpp": "#include <boost/beast/http.hpp>\n#include <boost/beast/core.hpp>\n",
        "src/rules/read_pack.cpp": "#include <toml++/toml.h>\n",
        "src/domain/papers/pdf.cpp": "#include <pango/pangocairo.h>\n",
        "src/http/listener_test.cpp": "#include <boost/beast/http.hpp>\n",
        "src/app/serve_command.cpp": "#include <CLI/CLI.hpp>\n",
        "src/main.cpp": "#include <CLI/CLI.hpp>\n",
    }
    broken = [
        ({**sound, "src/http/b.h": "#include <boost/beast/core.hpp>\n"}, "boost/beast"),
        ({"src/http/listener.cpp": "#include <boost/beast.hpp>\n"}, "toml++/"),
        ({**sound, "src/app/b.cpp": "#include <toml++/toml.hpp>\n"}, "src/app/b.cpp"),
        ({**sound, "src/store/b.cpp": "#include <CLI/App.hpp>\n"}, "src/store/b.cpp"),
    ]

    def find(self, files):
        found = []
        for prefix in self.ONE_FILE:
            paths = includers(files, prefix)
            if len(paths) != 1:
                listed = ", ".join(paths) or "no file"
                found.append(f"src: exactly one file includes {prefix}, but here {listed}")
        for path in includers(files, "CLI/"):
            if not self.COMMAND_FILE.match(path):
                found.append(f"{path}: CLI11 belongs into main.cpp and the command files of app")
        return found


class PortableSql:
    """Outside store every query runs as it stands on both engines and on others like them."""

    name = "portable_sql"
    ENGINE_WORDS = re.compile(
        r"""(::|\bON\s+CONFLICT\b|\bINSERT\s+OR\b|\bREPLACE\s+INTO\b|\bILIKE\b|\bGLOB\b|\bREGEXP\b|
        \bPRAGMA\b|\bAUTOINCREMENT\b|\bSERIAL\b|\bBYTEA\b|\bBLOB\b|\bROWID\b|\bFOR\s+UPDATE\b|
        \b(?:json_\w+|jsonb_\w+|strftime|julianday|unixepoch|datetime|group_concat|string_agg|
        array_agg|ifnull|iif|now|to_char|to_timestamp|date_trunc|extract|instr|strpos|position|
        printf|format|hex|encode|decode|random|total|typeof|greatest|least|last_insert_rowid|
        changes|nextval|currval|generate_series|unnest|nvl)\s*\()""",
        re.IGNORECASE | re.VERBOSE)
    LITERAL = re.compile(r"'(?:[^']|'')*'")

    sound = {
        "src/domain/orders/queries.sql": "-- name: one\n-- never '' nor ON CONFLICT\n"
                                         "SELECT coalesce(a, 'it''s') FROM t WHERE b = :at\n",
        "src/store/queries.sql": "-- name: one\nSELECT json_extract(a, '$.b') FROM t\n",
    }
    broken = [
        ({"src/domain/orders/queries.sql": "INSERT INTO t\non conflict do nothing\n"},
         "queries.sql:2"),
        ({"src/jobs/queries.sql": "SELECT a FROM t WHERE b = ''\n"}, "empty string"),
        ({"src/jobs/queries.sql": "SELECT strftime ('%s', a) FROM t\n"}, "strftime"),
        ({"src/jobs/queries.sql": "SELECT a::text FROM t\n"}, "::"),
    ]

    def find(self, files):
        found = []
        for path, text in files.items():
            if not path.endswith("queries.sql") or path.startswith("src/store/"):
                continue
            for number, line in enumerate(text.splitlines(), 1):
                if line.strip().startswith("--"):
                    continue
                if "''" in self.LITERAL.findall(line):
                    found.append(f"{path}:{number}: an empty string literal; some engines read NULL")
                match = self.ENGINE_WORDS.search(self.LITERAL.sub("'x'", line))
                if match:
                    word = match.group(0).strip(" (")
                    found.append(f"{path}:{number}: {word} belongs to an engine; see src/store")
        return found


class SqlPlace:
    """Every statement stands in queries.sql, where a test prepares it on both engines."""

    name = "sql_place"
    STATEMENT = re.compile(
        r'(?:"|R"\w*\()\s*(?:SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|'
        r'CREATE\s+(?:TABLE|INDEX)\s|ALTER\s+TABLE\s|DROP\s+TABLE\s)')

    sound = {
        "src/domain/orders/a.cpp": 'log("Selected orders"); // SELECT is said in words\n',
        "src/store/a.cpp": 'run("SELECT 1");\n',
        "src/journal/a.cpp": 'run("DELETE FROM t");\n',
        "src/jobs/a_test.cpp": 'run("UPDATE jobs SET a = 1");\n',
    }
    broken = [
        ({"src/jobs/a.cpp": '\nrun("SELECT a FROM t");\n'}, "src/jobs/a.cpp:2"),
        ({"src/domain/orders/a.h": 'auto q = R"sql(\n  UPDATE t SET a = 1)sql";\n'}, "a.h:1"),
        ({"src/app/a.cpp": 'run("DELETE FROM t");\n'}, "queries.sql"),
    ]

    def find(self, files):
        found = []
        for path, text in files.items():
            if not path.startswith("src/") or not is_cpp(path) or is_test(path):
                continue
            if path.startswith(("src/store/", "src/journal/")):
                continue
            for match in self.STATEMENT.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{path}:{line}: SQL stands in queries.sql only")
        return found


class FileNames:
    """A name says what is inside; these say only that something was left over."""

    name = "file_names"
    EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"}
    LAST_WORDS = re.compile(r"^(new|old|v\d+)$")
    PLACES = ("src/", "tests/", "bench/", "tools/", "ui/", "migrations/", "packs/", "cmake/")

    sound = {"src/base/text.cpp": "", "ui/src/orders/OrderTable.vue": "", "ui/manifest.json": ""}
    broken = [
        ({"src/base/utils.h": ""}, "utils"),
        ({"src/common/id.h": ""}, "common"),
        ({"src/base/string_helpers.cpp": ""}, "helpers"),
        ({"ui/src/orderUtils.ts": ""}, "utils"),
        ({"src/domain/orders/orders_v2.h": ""}, "v2"),
        ({"src/store/writer_old.cpp": ""}, "old"),
        ({"ui/src/SessionManager.ts": ""}, "manager"),
    ]

    @staticmethod
    def words(part):
        humps = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", part.split(".")[0])
        return [word.lower() for word in re.split(r"[_\-]", humps) if word]

    def find(self, files):
        found = []
        for path in files:
            if not path.startswith(self.PLACES):
                continue
            for part in path.split("/"):
                words = self.words(part)
                bad = [word for word in words if word in self.EMPTY_WORDS]
                if len(words) > 1 and self.LAST_WORDS.match(words[-1]):
                    bad.append(words[-1])
                if bad:
                    found.append(f"{path}: the word '{bad[0]}' says nothing; name the thing")
        return found


class FileLengths:
    """Small files are normal. There is no list of exceptions."""

    name = "file_lengths"
    WARN, FAIL = 250, 500
    SUFFIXES = (".cpp", ".h", ".ts", ".vue")

    sound = {"src/base/a.cpp": "\n" * 500, "ui/src/api.ts": "// Made. Do not edit.\n" + "\n" * 900}
    broken = [({"src/base/a.cpp": "\n" * 501}, "501"), ({"ui/src/A.vue": "x\n" * 600}, "600")]

    def lengths(self, files):
        for path, text in files.items():
            if path.endswith(self.SUFFIXES) and not is_made(text):
                yield path, len(text.splitlines())

    def find(self, files):
        return [f"{path}: {lines} lines, at most {self.FAIL}"
                for path, lines in self.lengths(files) if lines > self.FAIL]

    def warn(self, files):
        return [f"{path}: {lines} lines, mostly under {self.WARN}"
                for path, lines in self.lengths(files) if self.WARN < lines <= self.FAIL]


class LineLengths:
    name = "line_lengths"
    LIMIT = 100
    TABLE_LIMIT = 180  # a row a case, the expected result last: text tables of tests
    sound = {
        "src/base/a.cpp": "接" * 100 + "\n",
        "docs/a.md": "x" * 300,
        "src/base/a_test.cpp": "// clang-format off\n" + "x" * 150 + "\n// clang-format on\n",
    }
    broken = [
        ({"src/base/a.cpp": "ok\n" + "x" * 101 + "\n"}, "src/base/a.cpp:2"),
        ({"src/base/a_test.cpp": "// clang-format on\n" + "x" * 101 + "\n"}, "a_test.cpp:2"),
        ({"src/base/a.cpp": "// clang-format off\n" + "x" * 101 + "\n"}, "src/base/a.cpp:2"),
    ]

    def find(self, files):
        found = []
        for path, text in files.items():
            if not is_cpp(path):
                continue
            limit = self.LIMIT
            for number, line in enumerate(text.split("\n"), 1):
                if path.endswith("_test.cpp") and "clang-format off" in line:
                    limit = self.TABLE_LIMIT
                elif "clang-format on" in line:
                    limit = self.LIMIT
                if len(line) > limit:
                    found.append(f"{path}:{number}: {len(line)} characters, at most {limit}")
        return found
