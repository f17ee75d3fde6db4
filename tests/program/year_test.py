#!/usr/bin/env python3
"""A made-up district over months: eleven figures recounted from the facts alone, what lives in it, and
the ranges that docs/features/demo_year.md states. HEZHI_YEAR=1 lives the whole year of 500 people."""

import collections
import datetime
import json
import os
import pathlib
import sqlite3
import unittest

from hezhi_program import DISTRICT, ROOT, ProgramTest
from recount import Recount, differences
from year_ranges import measure, stated_ranges

RANGES = stated_ranges(ROOT / "docs/features/demo_year.md")
WHOLE = os.environ.get("HEZHI_YEAR") == "1"


# What months of a hundred people show, and what takes a year of five hundred.
OFTEN = ["need.reopened", "need.merged", "need.referred", "need.receipted", "need.assessed",
         "order.no_show", "order.declined", "order.cancelled", "order.escalated", "order.widened",
         "offer.lapsed", "review.replied", "plan.made", "plan.ran", "activity.published",
         "shift.joined", "shift.recorded", "record.entered", "record.rejected",
         "hotline_order.imported", "hotline_order.revisited", "organization.founded", "lead.named",
         "member.joined", "invitation.declined", "roster.imported", "agreement.signed",
         "course.passed", "check.observed", "lead.recommended", "licence.verified",
         "certification.recognised", "certification.granted"]
SELDOM = ["need.meeting_noted", "plan.paused", "plan.resumed", "plan.ended", "activity.cancelled",
          "shift.moved_up", "shift.left", "record.corrected", "record.confirmed",
          "record.disputed", "hotline_order.returned", "member.left", "volunteer.left",
          "person.erased", "registration.disputed", "dispute.settled", "protection.reported",
          "protection.answered", "insurance.warned"]


def milliseconds(at):
    return at if isinstance(at, int) else int(datetime.datetime.fromisoformat(at).timestamp() * 1000)


def changed(figures, path, by):
    """A copy of the figures in which one number is another one."""
    copy = json.loads(json.dumps(figures))
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] += by
    return copy


# A number that stands in a fact as a value, by the kind of the fact.
SAID = {"statement.published": ("redeemable_minutes",), "grade.computed": ("counts", "accepted")}


def say_one_more(installation):
    """In the last fact of each kind, behind the program's back. Answers what it was, by kind."""
    was = {}
    with sqlite3.connect(installation.database) as database:
        for kind, path in SAID.items():
            position, body = database.execute("SELECT position, body FROM journal WHERE kind = ? "
                                              "ORDER BY position DESC LIMIT 1", [kind]).fetchone()
            fact = json.loads(body)
            place = fact["payload"]
            for step in path[:-1]:
                place = place[step]
            was[kind] = position, place[path[-1]]
            place[path[-1]] += 1
            body = json.dumps(fact, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            database.execute("UPDATE journal SET body = ? WHERE position = ?", [body, position])
    database.close()
    return was


class FiguresRecounted(ProgramTest):
    def spans_add_up(self, installation, whole, reported):
        """What was reported up to a day and from the day after is all that was reported."""
        def found(*span):
            part = json.loads(installation.must("figures", "--area", DISTRICT, "--json", *span))
            return part["items"][0]["denominator"]
        china = datetime.timezone(datetime.timedelta(hours=8))
        middle = datetime.datetime.fromtimestamp(sorted(reported)[len(reported) // 2] / 1000, china)
        next_day = middle + datetime.timedelta(days=1)
        parts = found("--to", str(middle.date())), found("--from", str(next_day.date()))
        self.assertEqual(sum(parts), whole["items"][0]["denominator"])
        self.assertTrue(all(parts), parts)
        refused = installation.run("figures", "--area", DISTRICT, "--from", "yesterday")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("from", refused.stderr)

    def test_eleven_figures_are_what_the_facts_say_for_several_seeds_and_areas(self):
        for seed in (3, 4):
            installation = self.installation(f"seed{seed}")
            installation.demo(seed, days=25, people=24)
            lines = installation.must("export", "facts").splitlines()
            recount = Recount(lines)
            figures = json.loads(installation.must("figures", "--area", DISTRICT, "--json"))
            own = recount.area(DISTRICT, milliseconds(figures["at"]))
            self.assertEqual(len(own), 11)
            self.assertEqual(differences(figures, own), [], f"seed {seed}")
            reported = [fact["occurred_at"] for fact in map(json.loads, lines)
                        if fact["kind"] == "need.reported"]
            self.spans_add_up(installation, figures, reported)
            for key, value in own.items():
                self.assertTrue(value[1] if isinstance(value, list) else value is not None, key)
            self.assert_each_mistake_is_found(figures, own)
            self.assert_parts_agree(installation, recount, figures)

    def assert_each_mistake_is_found(self, figures, own):
        numbers = [("items", i, part) for i in range(4) for part in ("numerator", "denominator")]
        numbers += [("items", 2, "apart"), ("unmet",)]
        numbers += [("service", key) for key in figures["service"]]
        for path in numbers:
            for by in (-1, 1):
                self.assertEqual(len(differences(changed(figures, path, by), own)), 1, path)

    def assert_parts_agree(self, installation, recount, figures):
        at = milliseconds(figures["at"])
        lively = [child for child in figures["children"] if child["found"] > 0]
        self.assertTrue(lively)
        self.assertEqual(sum(child["found"] for child in figures["children"]),
                         figures["items"][0]["denominator"])
        for child in lively:
            code = child["area"]["code"]
            own = recount.area(code, at)
            self.assertEqual([child["found"], child["unmet"]], [own["found"][1], own["unmet"]])
            part = json.loads(installation.must("figures", "--area", code, "--json"))
            self.assertEqual(differences(part, recount.area(code, milliseconds(part["at"]))), [])


class Year(ProgramTest):
    """One district for all of its tests: it takes a while to live."""

    @classmethod
    def setUpClass(cls):
        cls.lived = None

    def district(self):
        if Year.lived is None:
            installation = self.installation("year")
            days, people = (365, 500) if WHOLE else (92, 160)
            installation.demo(1, days=days, people=people, until="2026-05-31")
            facts = [json.loads(line) for line in installation.must("export", "facts").splitlines()]
            checked = installation.run("verify")
            Year.lived = (facts, checked, days, people)
            Year.said = say_one_more(installation), installation.run("verify")
        return Year.lived

    def test_figures_stand_in_the_stated_ranges(self):
        facts, _, days, people = self.district()
        measured = measure(facts, days, people)
        self.assertEqual(set(measured), set(RANGES), "docs/features/demo_year.md names others")
        out = [f"{name}: {measured[name]:.1f} not in {low}–{high}"
               for name, (low, high) in RANGES.items() if not low <= measured[name] <= high]
        self.assertEqual(out, [])

    def test_everything_happens_that_can_happen(self):
        facts, _, _, _ = self.district()
        kinds = collections.Counter(fact["kind"] for fact in facts)
        expected = OFTEN + SELDOM if WHOLE else OFTEN
        self.assertEqual([kind for kind in expected if kinds[kind] == 0], [])
        channels = {fact["payload"]["channel"] for fact in facts if fact["kind"] == "need.reported"}
        self.assertEqual(channels, {"grid", "phone_page", "desk", "proxy", "hotline", "plan"})

    def test_verify_finds_nothing(self):
        _, checked, _, _ = self.district()
        self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_verify_names_the_number_of_a_month_that_does_not_follow(self):
        self.district()
        was, checked = Year.said
        self.assertEqual(checked.returncode, 1)
        position, right = was["statement.published"]
        self.assertRegex(checked.stdout, rf"statement {position} of 2026-04 redeemable_minutes: "
                                         rf"应为 expected {right}, 实为 found {right + 1}\n")
        position, right = was["grade.computed"]
        self.assertRegex(checked.stdout, rf"grade run {position} counts accepted: "
                                         rf"应为 expected {right}, 实为 found {right + 1}\n")


if __name__ == "__main__":
    unittest.main()
