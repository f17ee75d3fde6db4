#!/usr/bin/env python3
"""One program, four packs: a made-up district lives under each, and what it lived verifies."""

import collections
import csv
import json
import re
import unittest

from hezhi_program import ROOT, Installation, ProgramTest

CHINESE = re.compile("[\u3000-\u9fff]")
INVENTED = "assets/divisions/invented/northvale.csv"


def first_district(file):
    with open(ROOT / file, encoding="utf-8") as rows:
        return next(row["code"] for row in csv.DictReader(rows) if row["level"] == "district")


class Packs(ProgramTest):
    def lived(self, pack, divisions, *words):
        installation = self.installation(pack)
        installation.must("demo", "--pack", f"packs/{pack}", "--divisions", divisions, "--area",
                          first_district(divisions), "--days", "3", "--people", "12", "--seed",
                          "1", "--until", "2025-11-30", *words)
        self.assertIn("differences 0", installation.must("verify"))
        return [json.loads(line) for line in installation.must("export", "facts").splitlines()]

    def contact_hours(self, facts):
        """How soon the first ordinary need had to be called, in hours."""
        need = next(fact for fact in facts if fact["kind"] == "need.reported"
                    and fact["payload"]["priority_class"] == "P3")
        return (need["payload"]["first_contact_until"] - need["occurred_at"]) / 3_600_000

    def test_daxing_calls_within_four_hours(self):
        self.assertEqual(self.contact_hours(self.lived("daxing",
                                                       "assets/divisions/beijing-daxing.csv")), 4)

    def test_west_coast_calls_within_twelve(self):
        self.assertEqual(self.contact_hours(self.lived(
            "west-coast", "assets/divisions/qingdao-huangdao.csv")), 12)

    def test_a_district_of_taiyuan_lives_below_its_city(self):
        facts = self.lived("taiyuan", "assets/divisions/taiyuan.csv")
        self.assertEqual(self.contact_hours(facts), 24)
        kinds = [fact["payload"]["area_kind"] for fact in facts if fact["kind"] == "area.added"]
        self.assertGreater(kinds.count("district"), 5)

    def test_abroad_lives_with_other_documents_phones_and_keys(self):
        facts = self.lived("international", INVENTED, "--suite", "intl")
        self.assertGreater(self.contact_hours(facts), 24)
        published = next(fact for fact in facts if fact["kind"] == "rule_pack.published")
        self.assertEqual(published["payload"]["name"], "international")
        self.assertTrue(any(fact["kind"] == "volunteer.registered" for fact in facts))
        self.assertFalse(any(fact["kind"].startswith("hotline_order.") for fact in facts),
                         "no hotline hands anything over there")
        requests = self.folder / "requests.csv"
        requests.write_text("request_no,type,agency,status,created_at,due_at,closed_at,"
                            "neighborhood\n")
        refused = Installation(self.folder / "international").run(
            "import", "hotline", str(requests), "--map",
            str(ROOT / "docs/operating/hotline_example_map.toml"))
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("there is no hotline here", refused.stderr)

    def test_abroad_by_its_name_alone_people_serve_and_their_time_is_credited(self):
        installation = self.installation("abroad")
        installation.must("demo", "--pack", "international", "--days", "21", "--people", "30",
                          "--seed", "1", "--until", "2025-11-30")
        self.assertIn("differences 0", installation.must("verify"))
        facts = [json.loads(line) for line in installation.must("export", "facts").splitlines()]
        count = collections.Counter(fact["kind"] for fact in facts)
        self.assertGreater(count["order.accepted"], count["order.opened"] / 2)
        self.assertLess(count["order.cancelled"], count["order.opened"] / 3)
        registered = {fact["subjects"]["person"]: fact["payload"] for fact in facts
                      if fact["kind"] == "person.registered"}
        ages = [registered[fact["subjects"]["person"]].get("age_years") for fact in facts
                if fact["kind"] == "volunteer.registered"]
        self.assertTrue(ages)
        self.assertNotIn(None, ages, "a team's list brings the birth dates too")
        for kind in ("listing.posted", "exchange.agreed", "exchange.confirmed"):
            self.assertGreater(count[kind], 0, f"members help each other: {kind}")
        credited = sum(leg["minutes"] for fact in facts if fact["kind"] == "earning.judged"
                       for leg in fact["payload"]["legs"] if leg["account"] == "person")
        self.assertGreater(credited, 0)

    def test_abroad_people_and_what_they_say_are_of_there(self):
        accounts = self.folder / "accounts.json"
        self.lived("international", INVENTED, "--suite", "intl", "--accounts", str(accounts))
        people = json.loads(accounts.read_text())["items"]
        for person in people:
            self.assertTrue((person["name"] + person["area"]).isascii(), person)
        worker = next(person for person in people if person["role"] == "social_worker")
        server = self.serve(Installation(self.folder / "international"))
        client = self.client(server.office).sign_in(worker["username"], worker["password"])
        for noun, told in (("needs", "what"), ("organizations", "name"), ("activities", "title")):
            rows = json.loads(client.send("GET", f"/api/{noun}?limit=50").text)["items"]
            self.assertTrue(rows or noun == "activities", noun)
            for row in rows:
                self.assertFalse(CHINESE.search(row.get(told) or ""), row)


if __name__ == "__main__":
    unittest.main()
