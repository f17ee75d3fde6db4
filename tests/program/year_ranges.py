"""What docs/features/demo_year.md states about the made-up year, and what the facts say of it."""

import collections
import re

RESIDENTS_OF_SUBDISTRICT = 12000  # docs/features/demo_year.md says why
VOLUNTEERS_OF_SUBDISTRICT = 80


def stated_ranges(page):
    """The rows `| name | low–high | … |` of the page's table, by name."""
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+)–([\d.]+) \|", page.read_text(), re.MULTILINE)
    return {name: (float(low), float(high)) for name, low, high in rows}


def percent(part, whole):
    return 100 * part / whole if whole else 0


class Counted:
    """Facts by kind, and needs by what became of them."""

    def __init__(self, facts):
        self.by_kind = collections.defaultdict(list)
        for fact in facts:
            self.by_kind[fact["kind"]].append(fact)
        self.channel = {fact["subjects"]["need"]: fact["payload"]["channel"]
                        for fact in self.by_kind["need.reported"]}

    def number(self, kind):
        return len(self.by_kind[kind])

    def found(self):
        """Needs that somebody noticed: not those that a plan makes by itself."""
        return {need for need, channel in self.channel.items() if channel != "plan"}


def states_of(facts, found):
    last = {}
    leads_to = {"need.reported": "waiting", "need.planned": "planned", "need.returned": "waiting",
                "need.closed": "closed", "need.referred": "referred", "need.reopened": "waiting",
                "need.merged": "merged", "need.assessed": "waiting", "need.triaged": "waiting"}
    for fact in facts:
        need = fact["subjects"].get("need")
        if need not in found:
            continue
        if fact["kind"] == "need.receipted":
            last[need] = "closed" if fact["payload"]["accepted"] else "waiting"
        elif fact["kind"] in leads_to:
            last[need] = leads_to[fact["kind"]]
    return collections.Counter(last.values())


def late_percent(counted):
    """Of the needs found that were contacted: after the limit that holds for them."""
    limit = {}
    for kind in ("need.reported", "need.triaged"):
        for fact in counted.by_kind[kind]:
            limit[fact["subjects"]["need"]] = fact["payload"]["first_contact_until"]
    found = counted.found()
    first = {}
    for fact in counted.by_kind["need.contacted"]:
        first.setdefault(fact["subjects"]["need"], fact["occurred_at"])
    late = [need for need, at in first.items() if need in found and at > limit[need]]
    return percent(len(late), sum(1 for need in first if need in found))


def measure(facts, days, people):
    """Every figure that the page states a range for."""
    counted = Counted(facts)
    found = counted.found()
    streets = max(1, people // VOLUNTEERS_OF_SUBDISTRICT)
    residents = streets * RESIDENTS_OF_SUBDISTRICT
    states = states_of(facts, found)
    reviews = counted.by_kind["need.reviewed"]
    answered = [r["payload"] for r in reviews if r["payload"]["resolution"] != "not_answered"]
    reviewed = {r["subjects"]["need"] for r in reviews
                if r["payload"]["resolution"] != "not_answered"}
    served = {f["subjects"]["need"] for f in counted.by_kind["need.closed"]
              if f["payload"]["served"]}
    served_found = served & found
    offers = counted.number("order.offered")
    records = sum(1 for f in counted.by_kind["order.checked_out"] if not f["payload"].get("duty"))
    records += counted.number("shift.recorded") + counted.number("record.entered")
    late_entries = sum(1 for f in counted.by_kind["record.entered"] if f["payload"]["late"])
    minutes = sum(f["payload"]["minutes"] for kind in ("order.checked_out", "shift.recorded",
                                                       "record.entered")
                  for f in counted.by_kind[kind])
    shares = collections.Counter(counted.channel[need] for need in found)
    return {
        "needs_per_1000_residents": 1000 * len(found) / residents * 365 / days,
        "grid_percent": percent(shares["grid"], len(found)),
        "hotline_percent": percent(shares["hotline"], len(found)),
        "closed_percent": percent(states["closed"], len(found)),
        "planned_percent": percent(states["planned"], len(found)),
        "waiting_percent": percent(states["waiting"], len(found)),
        "referred_percent": percent(states["referred"], len(found)),
        "late_percent": late_percent(counted),
        "resolved_percent": percent(sum(a["resolution"] == "resolved" for a in answered),
                                    len(answered)),
        "satisfied_percent": percent(sum(a["satisfaction"] >= 3 for a in answered), len(answered)),
        "not_answered_percent": percent(len(served_found - reviewed), len(served_found)),
        "reopened_percent": percent(counted.number("need.reopened"), len(found)),
        "declined_percent": percent(counted.number("order.declined"), offers),
        "no_show_percent": percent(counted.number("order.no_show"),
                                   counted.number("order.accepted")),
        "cancelled_percent": percent(counted.number("order.cancelled"),
                                     counted.number("order.opened")),
        "late_entries_percent": percent(late_entries, records),
        "hours_per_volunteer": minutes / 60 / people * 365 / days,
    }
