#!/usr/bin/env python3
"""Makes a file of municipal service requests of the shape of the real one, and counts it.

Usage: hotline_file.py SEED ROWS > requests.csv
"""

import csv
import datetime
import io
import random
import sys

HEADING = ["request_no", "type", "channel", "status", "created_at", "due_at", "closed_at",
           "status_at", "agency", "neighborhood", "council_district", "lat", "lon"]
STATES = [("Closed", 9567), ("Closed (Duplicate)", 207), ("Open", 113), ("New", 67),
          ("Closed (Transferred)", 18), ("Pending", 17), ("Open (Duplicate)", 8),
          ("New (Duplicate)", 2), ("In Progress", 1)]
TYPES = ["TRT-Street Light Out", "SW-Dirty Alley", "HCD-Trees, \"dangerous\"", "WW-Water Leak"]


def requests(seed, rows):
    chance = random.Random(seed)
    first = datetime.datetime(2014, 1, 1)
    for number in range(rows):
        created = first + datetime.timedelta(seconds=chance.randrange(5 * 365 * 86400))
        state = chance.choices([name for name, _ in STATES], [share for _, share in STATES])[0]
        due = created + datetime.timedelta(hours=chance.choice([0, 24, 72, 168, 720]))
        open_still = not state.startswith("Closed")
        closed = created + datetime.timedelta(seconds=int(chance.expovariate(1 / 200000)))
        if chance.random() < 0.01:
            closed = due  # the last second is in time
        yield {
            "request_no": f"{created.year % 100}-{number:08}", "type": chance.choice(TYPES),
            "channel": chance.choice(["Phone", "API", "Mail"]), "status": state,
            "created_at": created.isoformat(),
            "due_at": "" if chance.random() < (0.3 if open_still else 0.025) else due.isoformat(),
            "closed_at": "" if open_still else closed.isoformat(),
            "status_at": created.isoformat(), "agency": chance.choice(["Transportation", "Water"]),
            "neighborhood": "" if chance.random() < 0.08 else f"Area {chance.randrange(40)}",
            "council_district": "", "lat": "", "lon": ""}


def as_csv(rows, heading=None):
    out = io.StringIO()
    writer = csv.DictWriter(out, heading or HEADING, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def recount(rows):
    """The figures, from the file alone."""
    dated = [row for row in rows if row["due_at"] and row["closed_at"]]
    return {
        "rows": len(rows),
        "dated": len(dated),
        "late": sum(row["closed_at"] > row["due_at"] for row in dated),
        "without_due": sum(not row["due_at"] for row in rows),
        "open": sum(row["status"] in ("Open", "New", "Pending", "In Progress") for row in rows),
        "open_overdue": sum(row["status"] in ("Open", "New", "Pending", "In Progress")
                            and bool(row["due_at"]) for row in rows),
        "areas": len({row["neighborhood"] for row in rows}),
    }


if __name__ == "__main__":
    sys.stdout.write(as_csv(requests(int(sys.argv[1]), int(sys.argv[2]))))
