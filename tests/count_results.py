#!/usr/bin/env python3
"""Adds up what the test runners of ./dev test wrote about themselves.

Usage: count_results.py RESULTS_FOLDER

The last line is `N passed, N failed`. Exits 1 where a test failed or a runner left no count.
A C++ test program counts by its own cases (GoogleTest XML); a ctest entry without such a file, or
one that failed although all its cases passed (a sanitizer report at exit), counts as one.
"""

import json
import pathlib
import re
import sys
import xml.etree.ElementTree as xml
from collections import namedtuple

Count = namedtuple("Count", "passed failed skipped")
NONE = Count(0, 0, 0)


def add(counts):
    return Count(*(sum(column) for column in zip(NONE, *counts)))


def of_gtest(text):
    root = xml.fromstring(text)
    passed = failed = skipped = 0
    for case in root.iter("testcase"):
        if case.find("failure") is not None:
            failed += 1
        elif case.find("skipped") is not None or case.get("status") == "notrun":
            skipped += 1
        else:
            passed += 1
    return Count(passed, failed, skipped)


def of_ctest_entry(case):
    status = case.get("status")
    if status == "run":
        return Count(1, 0, 0)
    return Count(0, 0, 1) if status in ("notrun", "disabled") else Count(0, 1, 0)


def of_ctest(plan, junit, cases):
    """plan: ctest --show-only=json-v1; junit: its report; cases: {stem of XML file: text}."""
    program = {test["name"]: pathlib.PurePath(test["command"][0]).name
               for test in json.loads(plan)["tests"] if test.get("command")}
    entries = {}
    for case in xml.fromstring(junit).iter("testcase"):
        name = case.get("name")
        entries.setdefault(program.get(name, name), []).append(of_ctest_entry(case))
    total = []
    for name, counts in entries.items():
        own = [of_gtest(text) for stem, text in cases.items()
               if re.fullmatch(re.escape(name) + r"(_\d+)?", stem)]
        ctest, gtest = add(counts), add(own)
        if not own:
            total.append(ctest)
        elif ctest.failed and not gtest.failed:
            total.append(gtest._replace(failed=ctest.failed))
        else:
            total.append(gtest)
    return add(total)


def of_vitest(text):
    result = json.loads(text)
    skipped = result["numPendingTests"] + result.get("numTodoTests", 0)
    broken_files = sum(1 for file in result["testResults"]
                       if file["status"] == "failed" and not file["assertionResults"])
    return Count(result["numPassedTests"], result["numFailedTests"] + broken_files, skipped)


def of_node_test(text):
    """The closing lines of `node --test`, in its spec or its tap form."""
    def number(word):
        found = re.findall(rf"^(?:ℹ|#) {word} (\d+)$", text, flags=re.MULTILINE)
        return int(found[-1]) if found else 0
    return Count(number("pass"), number("fail") + number("cancelled"), number("skipped"))


def of_tree(text):
    found = re.findall(r"^tree: (\d+) passed, (\d+) failed$", text, flags=re.MULTILINE)
    return Count(int(found[-1][0]), int(found[-1][1]), 0) if found else NONE


def of_folder(folder):
    """Every runner's count by its name; a runner that left nothing counts nothing."""
    def text(name):
        path = folder / name
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else None

    def ctest(preset):
        plan, junit = text(f"{preset}.plan.json"), text(f"{preset}.junit.xml")
        if not plan or not junit:
            return NONE
        return of_ctest(plan, junit, {path.stem: path.read_text(encoding="utf-8")
                                      for path in sorted((folder / preset).glob("*.xml"))})

    def read(name, count):
        found = text(name)
        return count(found) if found else NONE

    return {
        "tree": read("tree.log", of_tree),
        "release": ctest("release"),
        "asan-ubsan": ctest("asan-ubsan"),
        "pages": read("vitest.json", of_vitest),
        "browser": read("test_browser.log", of_node_test),
    }


def main():
    counts = of_folder(pathlib.Path(sys.argv[1]))
    print(f"{'Tests':<24} {'passed':>7} {'failed':>7} {'skipped':>8}")
    for name, count in counts.items():
        missing = "" if any(count) else "   no test was counted"
        print(f"{name:<24} {count.passed:>7} {count.failed:>7} {count.skipped:>8}{missing}")
    total = add(counts.values())
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed or not all(any(count) for count in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
