#!/usr/bin/env python3
"""Checks that hold the shape of the tree.

Usage: check_tree.py [--update]

Every check first proves on samples that it finds what it is for. --update writes
docs/reference/include_graph.txt again. Exits 1 where something was found.
"""

import sys

sys.dont_write_bytecode = True

import arrows
import documents
import local_names
import sources
import tree

CHECKS = [
    arrows.IncludeArrows(),
    arrows.IncludeGraph(),
    sources.SingleIncluders(),
    sources.PortableSql(),
    sources.SqlPlace(),
    sources.FileNames(),
    sources.FileLengths(),
    sources.LineLengths(),
    local_names.LocalNames(),
    documents.FolderReadmes(),
    documents.OneTitle(),
    documents.Reminders(),
    documents.TrailingSpace(),
    documents.MachinePaths(),
    documents.ThirdParty(),
]


def self_faults(check):
    """What is wrong with the check itself, judged by its samples."""
    faults = [f"false alarm on its sound sample: {finding}" for finding in check.find(check.sound)]
    for sample, words in check.broken:
        findings = check.find(sample)
        if not any(words in finding for finding in findings):
            faults.append(f"blind to {sorted(sample)}: wanted '{words}', found {findings}")
    return faults


def main():
    if "--update" in sys.argv[1:]:
        page = tree.ROOT / arrows.GRAPH
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(arrows.graph(tree.read()), encoding="utf-8")
        return 0
    files = tree.read()
    passed = failed = 0
    for check in CHECKS:
        faults = self_faults(check)
        findings = check.find(files)
        for label, lines in (("self-test", faults), ("found", findings)):
            for line in lines:
                print(f"{check.name}: {label}: {line}")
        for line in getattr(check, "warn", lambda _: [])(files):
            print(f"{check.name}: note: {line}")
        ok = not faults and not findings
        passed, failed = passed + ok, failed + (not ok)
        print(f"{'ok    ' if ok else 'FAILED'} {check.name}")
    print(f"tree: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
