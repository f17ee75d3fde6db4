#!/usr/bin/env python3
"""Counts an area's figures from exported facts, without a line of the program.

Usage: hezhi export facts … | recount.py AREA_CODE AT_MS

Prints JSON: found, in_time, resolved, satisfied as [numerator, denominator], not_reached, unmet.
AT_MS is the instant at which the figures were made: limits that have passed then count.
"""

import json
import sys


def path_of_area(facts, code):
    for fact in facts:
        if fact["kind"] == "area.added" and fact["payload"].get("code") == code:
            return fact["area_path"]
    raise SystemExit(f"no area {code}")


def needs_of(facts):
    """What each need has come to, by its id."""
    needs = {}
    for fact in facts:
        payload = fact["payload"]
        need = needs.get(fact["subjects"].get("need"))
        match fact["kind"]:
            case "need.reported":
                need_id = fact["subjects"].get("need", fact["position"])
                needs[need_id] = {"path": fact["area_path"], "contacted": None, "answered": False,
                                  "closed": False, "served": False, "resolution": None,
                                  "mark": 0, "contact_until": payload["first_contact_until"],
                                  "handle_until": payload["handle_until"]}
            case "need.contacted":
                need["contacted"] = need["contacted"] or fact["occurred_at"]
            case "need.planned":
                need["answered"] = True
            case "need.returned":
                need["answered"] = False
            case "need.closed":
                need.update(answered=True, closed=True, served=payload["served"])
            case "need.reopened":
                # Another round: answered and closed no longer.
                need.update(answered=False, closed=False, served=False,
                            handle_until=payload["handle_until"])
            case "need.reviewed":
                need.update(resolution=payload["resolution"], mark=payload["satisfaction"])
    return needs


def count(needs, at):
    def number(condition):
        return sum(1 for need in needs if condition(need))

    def in_time(need):
        return need["contacted"] and need["contacted"] <= need["contact_until"]

    said = ("resolved", "not_resolved")
    return {
        "found": [number(lambda n: n["answered"]), len(needs)],
        "in_time": [number(in_time),
                    number(lambda n: n["contacted"] or n["contact_until"] <= at)],
        "resolved": [number(lambda n: n["resolution"] == "resolved"),
                     number(lambda n: n["resolution"] in said)],
        "satisfied": [number(lambda n: n["mark"] >= 3), number(lambda n: n["mark"] > 0)],
        "not_reached": number(lambda n: n["closed"] and n["served"] and n["resolution"] is None),
        "unmet": number(lambda n: not n["closed"] and n["handle_until"] <= at),
    }


def recount(lines, code, at):
    facts = [json.loads(line) for line in lines]
    path = path_of_area(facts, code)
    return count([n for n in needs_of(facts).values() if n["path"].startswith(path)], at)


if __name__ == "__main__":
    print(json.dumps(recount(sys.stdin, sys.argv[1], int(sys.argv[2]))))
