#!/usr/bin/env python3
"""Every name of an action stands in each of the places where a reader looks for it.

Usage: stems.py ACTIONS.json | stems.py --self-test

ACTIONS.json is the output of `hezhi describe actions --json`: a list of rows with action,
permission, fact, route and label_zh. fact and route may be null (an action of `system` has no
route). For every row
  - the names agree in form: accept_order, order.accept, order.accepted, POST /orders/{id}/...;
  - one folder of src/domain holds the action, as a file accept_order.cpp or a function;
  - a heading in docs/features names it;
  - a test or a scenario names it, as AcceptOrder or accept_order;
  - its label stands in the texts of the pages.
"""

import json
import re
import sys

sys.dont_write_bytecode = True

import tree

FORMS = {
    "action": re.compile(r"^[a-z]+(_[a-z]+)+$"),
    "permission": re.compile(r"^[a-z_]+\.[a-z_]+$"),
    "fact": re.compile(r"^[a-z_]+\.[a-z_]+$"),
    "route": re.compile(r"^(POST|PUT|PATCH|DELETE) (/([a-z0-9\-]+|\{[a-z_]+\}))+$"),
    "label_zh": re.compile(r"[\u4e00-\u9fff]"),
}
MAY_BE_NULL = ("permission", "fact", "route")
# Verbs that are nouns as well: a contact, a check-in, a review.
NOUNS_TOO = {"contact", "check", "review"}


def pascal(action):
    return "".join(word.capitalize() for word in action.split("_"))


def form_faults(row):
    for name, form in FORMS.items():
        value = row.get(name)
        if value is None and name in MAY_BE_NULL and name in row:
            continue
        if not isinstance(value, str) or not form.search(value):
            yield f"{name} is {value!r}, which is not of its form"
    verb = row["action"].split("_")[0]
    if row.get("route") and verb not in NOUNS_TOO and verb in re.split(r"[/\-]", row["route"]):
        yield f"the route {row['route']} holds the verb '{verb}'; routes are nouns"


def home_fault(row, files):
    call = re.compile(rf"\b{row['action']}\s*\(")
    homes = {
        path.split("/")[2] for path, text in files.items()
        if path.startswith("src/domain/") and path.endswith((".cpp", ".h"))
        and not tree.is_test(path) and path.count("/") > 2
        and (path.endswith(f"/{row['action']}.cpp") or call.search(text))
    }
    if not homes:
        return "no folder of src/domain has a file or a function of that name"
    noun = (row.get("fact") or row.get("permission") or "").split(".")[0]
    nouns = {noun, noun + "s", noun.removesuffix("y") + "ies", "people" if noun == "person" else ""}
    folders = {path.split("/")[2] for path in files if re.match(r"src/domain/[^/]+/", path)}
    if nouns & folders and not nouns & homes:
        return f"stands in {', '.join(sorted(homes))}, but its noun has the folder " \
               f"{', '.join(sorted(nouns & folders))}"
    return None


def heading_fault(row, files):
    heading = re.compile(rf"^#+ .*\b{row['action']}\b", re.MULTILINE)
    if any(path.startswith("docs/features/") and path.endswith(".md") and heading.search(text)
           for path, text in files.items()):
        return None
    return "no heading in docs/features names it"


def test_fault(row, files):
    name = re.compile(rf"{pascal(row['action'])}(?![a-z])|\b{row['action']}\b")
    if any((tree.is_test(path) or path.startswith("tests/")) and not path.startswith("tests/tree/")
           and name.search(text) for path, text in files.items()):
        return None
    return f"no test and no scenario names it ({pascal(row['action'])} or {row['action']})"


def label_fault(row, files):
    label = row.get("label_zh") or ""
    if any(path.startswith("ui/") and path.endswith((".ts", ".json", ".toml"))
           and label in text for path, text in files.items()):
        return None
    return f"the label {label} is not among the texts of the pages"


def find(rows, files):
    found, seen = [], set()
    for row in rows:
        action = row.get("action")
        if not isinstance(action, str):
            found.append(f"{row}: a row without an action")
            continue
        if action in seen:
            found.append(f"{action}: stands twice")
        seen.add(action)
        faults = list(form_faults(row))
        faults += [fault(row, files) for fault in (home_fault, heading_fault, test_fault, label_fault)]
        found += [f"{action}: {fault}" for fault in faults if fault]
    if not rows:
        found.append("the table of actions is empty")
    return found


ROW = {"action": "accept_order", "permission": "order.accept", "fact": "order.accepted",
       "route": "POST /orders/{id}/acceptance", "label_zh": "接单"}
FILES = {
    "src/domain/orders/actions.cpp": "Result<OrderId> accept_order(Turn& turn) {}",
    "src/domain/needs/needs.h": "",
    "docs/features/orders.md": "# Orders\n\n## 接单 accept_order\n",
    "src/domain/orders/actions_test.cpp": "TEST(AcceptOrder, SecondVolunteerIsRefused) {}",
    "ui/shared/texts/zh.ts": "accept: '接单',",
}


def self_faults():
    """Takes one place away at a time; each loss must be told, and the whole must be sound."""
    faults = [f"false alarm: {finding}" for finding in find([ROW], FILES)]
    for path in FILES:
        rest = {name: text for name, text in FILES.items() if name != path}
        if path != "src/domain/needs/needs.h" and not find([ROW], rest):
            faults.append(f"blind to the loss of {path}")
    wrong = [{"action": "order"}, {"permission": "accept"}, {"fact": "accepted"}, {"label_zh": "x"},
             {"route": "POST /orders/{id}/accept"}, {"route": "GET /orders"}, {"label_zh": None}]
    for change in wrong:
        if not find([{**ROW, **change}], FILES):
            faults.append(f"blind to {change}")
    moved = {path.replace("/orders/actions.cpp", "/needs/actions.cpp"): text
             for path, text in FILES.items()}
    if not find([ROW], moved):
        faults.append("blind to an action in the folder of another noun")
    if not find([ROW, ROW], FILES) or not find([], FILES):
        faults.append("blind to a doubled row or an empty table")
    return faults


def main():
    faults = self_faults()
    if sys.argv[1:] == ["--self-test"]:
        found = []
    else:
        with open(sys.argv[1], encoding="utf-8") as file:
            found = find(json.load(file), tree.read())
    for line in [f"self-test: {fault}" for fault in faults] + found:
        print(f"stems: {line}")
    print(f"stems: {len(faults) + len(found)} faults")
    return 1 if faults or found else 0


if __name__ == "__main__":
    sys.exit(main())
