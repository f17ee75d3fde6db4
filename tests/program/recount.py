#!/usr/bin/env python3
"""Counts an area's eleven figures from exported facts, without a line of the program.

Usage: hezhi export facts … | recount.py AREA_CODE AT_MS

Prints JSON. found, in_time, resolved, satisfied: [numerator, denominator]. not_reached, unmet: needs.
minutes_all, minutes_confirmed: of service records; records_all, records_late, records_not_counted: how
many of them.
AT_MS is the instant at which the figures were made: limits that have passed then count.
"""

import json
import sys

# Facts about one need, and the state in which each leaves it where that is always the same.
LEADS_TO = {"need.planned": "planned", "need.returned": "reported", "need.closed": "closed",
            "need.assessed": "assessed", "need.referred": "referred",
            "need.meeting_noted": "reported"}
# A need in one of these states has its answer; in one of ANSWERED_FOR_GOOD nothing of it is late.
ANSWERED = ("planned", "closed", "referred")
ANSWERED_FOR_GOOD = ("closed", "referred")


def path_of_area(facts, code):
    for fact in facts:
        if fact["kind"] == "area.added" and fact["payload"].get("code") == code:
            return fact["area_path"]
    raise SystemExit(f"no area {code}")


def new_need(fact):
    return {"path": fact["area_path"], "state": "reported", "before": None, "contacted": None,
            "served": False, "resolution": None, "mark": 0,
            "contact_until": fact["payload"]["first_contact_until"],
            "handle_until": fact["payload"]["handle_until"]}


def follow_need(need, fact):
    kind, payload = fact["kind"], fact["payload"]
    if kind == "need.contacted":
        need["contacted"] = need["contacted"] or fact["occurred_at"]
    elif kind == "need.closed":
        need["served"] = payload["served"]
    elif kind == "need.sealed":
        need["path"] = fact["area_path"]  # its address is secret: it counts for an area above
    elif kind == "need.triaged":
        need.update(contact_until=payload["first_contact_until"],
                    handle_until=payload["handle_until"],
                    state="assessing" if payload.get("assess_until") else "reported")
    elif kind == "need.receipted":
        need["state"] = "closed" if payload["accepted"] else "reported"
    elif kind == "need.merged":
        need.update(before=need["state"], state="merged")
    elif kind == "need.unmerged":
        need.update(state=need["before"], before=None)
    elif kind == "need.reopened":
        # Another round: answered and served no longer. What was said of the last one stays said.
        need.update(state="meeting" if payload["joint_meeting"] else "reported", served=False,
                    handle_until=payload["handle_until"])
    elif kind == "need.reviewed":
        need.update(resolution=payload["resolution"], mark=payload["satisfaction"])
    need["state"] = LEADS_TO.get(kind, need["state"])


def needs_of(facts):
    """What each need has come to, by its id."""
    needs = {}
    for fact in facts:
        if fact["kind"] == "need.reported":
            needs[fact["subjects"].get("need", fact["position"])] = new_need(fact)
        elif fact["kind"].startswith("need."):
            follow_need(needs[fact["subjects"]["need"]], fact)
    return needs


def new_record(fact):
    payload = fact["payload"]
    entered = fact["kind"] == "record.entered"
    late = entered and payload["late"]
    return {"path": fact["area_path"], "order": fact["subjects"].get("order"), "late": late,
            "minutes": 0 if late else payload["minutes"],  # a late entry waits for a second person
            "proposed": payload["minutes"] if late else None}


def records_of(facts):
    """The service records by their ids, and the orders that somebody else confirmed."""
    records, confirmed = {}, set()
    for fact in facts:
        kind, payload, record = fact["kind"], fact["payload"], fact["subjects"].get("record")
        if kind == "order.checked_out":
            # What was the person's work makes no record.
            if not payload.get("duty"):
                records[fact["position"]] = new_record(fact)
        elif kind in ("shift.recorded", "record.entered"):
            records[fact["position"]] = new_record(fact)
        elif kind == "record.corrected":
            if payload["waits"]:
                records[record]["proposed"] = payload["minutes"]
            else:
                records[record]["minutes"] = payload["minutes"]
        elif kind == "record.confirmed":
            records[record].update(minutes=records[record]["proposed"], proposed=None)
        elif kind == "record.rejected":
            records[record]["proposed"] = None
        elif kind == "order.confirmed" and not payload["silent"]:
            confirmed.add(fact["subjects"]["order"])
    return records, confirmed


def count_needs(needs, at):
    needs = [need for need in needs if need["state"] != "merged"]

    def number(condition):
        return sum(1 for need in needs if condition(need))

    def in_time(need):
        return need["contacted"] and need["contacted"] <= need["contact_until"]

    said = ("resolved", "not_resolved")
    return {
        "found": [number(lambda n: n["state"] in ANSWERED), len(needs)],
        "in_time": [number(in_time),
                    number(lambda n: n["contacted"] or n["contact_until"] <= at)],
        "resolved": [number(lambda n: n["resolution"] == "resolved"),
                     number(lambda n: n["resolution"] in said)],
        "satisfied": [number(lambda n: n["mark"] >= 3), number(lambda n: n["mark"] > 0)],
        "not_reached": number(lambda n: n["state"] == "closed" and n["served"] and
                              n["resolution"] not in said),
        "unmet": number(lambda n: n["state"] not in ANSWERED_FOR_GOOD and n["handle_until"] <= at),
    }


def count_records(records, confirmed):
    def by_somebody_else(record):
        return record["order"] is None or record["order"] in confirmed

    return {
        "minutes_all": sum(record["minutes"] for record in records),
        "minutes_confirmed": sum(r["minutes"] for r in records if by_somebody_else(r)),
        "records_all": len(records),
        "records_late": sum(1 for record in records if record["late"]),
        "records_not_counted": sum(1 for record in records if record["minutes"] == 0),
    }


class Recount:
    """The facts read once, for any number of areas."""

    def __init__(self, lines):
        self.facts = [json.loads(line) for line in lines]
        self.needs = needs_of(self.facts).values()
        self.records, self.confirmed = records_of(self.facts)

    def area(self, code, at):
        path = path_of_area(self.facts, code)
        needs = [need for need in self.needs if need["path"].startswith(path)]
        records = [r for r in self.records.values() if r["path"].startswith(path)]
        return {**count_needs(needs, at), **count_records(records, self.confirmed)}


def differences(figures, own):
    """Where `hezhi figures --json` says something else: sentences, none if all eleven agree."""
    shown = {item["key"]: [item["numerator"], item["denominator"]] for item in figures["items"]}
    apart = {item["key"]: item.get("apart") for item in figures["items"]}
    shown["not_reached"] = apart["resolved"]
    shown["unmet"] = figures["unmet"]
    shown.update(figures["service"])
    missing = [f"{key}: not recounted" for key in shown if key not in own]
    return missing + [f"{key}: shown {shown.get(key)}, recounted {own[key]}"
                      for key in own if shown.get(key) != own[key]]


if __name__ == "__main__":
    print(json.dumps(Recount(sys.stdin).area(sys.argv[1], int(sys.argv[2]))))
