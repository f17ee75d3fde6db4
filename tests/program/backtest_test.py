#!/usr/bin/env python3
"""hezhi backtest: who gains and who loses by a changed pack on a district that has lived; the run is kept."""

import json
import pathlib
import tempfile
import unittest

from hezhi_program import ROOT, Installation, ProgramTest

FIRST, LAST = "2025-11-01", "2025-11-30"
QUICK = ('[class.P3]\nsays = { zh = "15 分钟内联系。", en = "Contact within 15 minutes." }\n'
         'first_contact = { minutes = 15, clock = "calendar" }\n')
SHORT = ('[record]\nsays = { zh = "每次至多 20 分钟。", en = "20 minutes a record." }\n'
         'minutes_max = 20\n')


class BackTests(ProgramTest):
    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="hezhi-program-"))
        cls.lived = Installation(folder)
        cls.lived.demo(seed=7, days=12, people=30, until=LAST)
        cls.packs = pathlib.Path(folder)
        (cls.packs / "base").symlink_to(ROOT / "packs/base")
        cls.quick = cls.pack("quick", "time_limits.toml", QUICK)
        cls.short = cls.pack("short", "records.toml", SHORT)

    @classmethod
    def pack(cls, name, file, text):
        folder = cls.packs / name
        folder.mkdir()
        (folder / "pack.toml").write_text(
            f'name = "{name}"\nversion = "1"\nextends = "base"\n'
            f'title = {{ zh = "{name}", en = "{name}" }}\n'
            'says = { zh = "试行规则。", en = "Rules to be tried." }\n')
        (folder / file).write_text(text)
        return str(folder)

    def back_test(self, pack, *words, first=FIRST, last=LAST):
        return self.lived.run("backtest", "--pack", pack, "--from", first, "--to", last, *words)

    def found(self, pack, *words, **period):
        """What --json tells, and its parts by mechanism."""
        done = self.back_test(pack, "--json", *words, **period)
        self.assertEqual(done.returncode, 0, done.stderr)
        told = json.loads(done.stdout)
        return told, {part["mechanism"]: part for part in told["parts"]}

    def facts(self, kind):
        lines = self.lived.must("export", "facts").splitlines()
        return [fact for fact in map(json.loads, lines) if fact["kind"] == kind]

    def test_a_shorter_limit_makes_needs_late_and_nobody_gains(self):
        told, parts = self.found(self.quick)
        contact = parts["first_contact"]
        self.assertGreater(contact["worse"], 0)
        self.assertEqual(contact["better"], 0)
        late = next(band for band in contact["bands"] if band["en"] == "late")
        self.assertEqual(late["after"] - late["before"], contact["worse"])
        for band in ("before", "after"):
            self.assertEqual(sum(row[band] for row in contact["bands"]), contact["subjects"])
        for other in ("handling", "record_entry", "service_minutes", "time_credit"):
            self.assertEqual((parts[other]["better"], parts[other]["worse"]), (0, 0), other)
        reported = [fact for fact in self.facts("need.reported")]
        self.assertLessEqual(contact["subjects"], len(reported))
        self.assertEqual(told["facts"], self.facts("back_test.finished")[-1]["payload"]["facts"])

    def test_what_one_loses_the_other_way_round_is_gained(self):
        worse = self.found(self.quick)[1]["first_contact"]["worse"]
        back = self.found("packs/base", "--against", self.quick)[1]["first_contact"]
        self.assertEqual((back["better"], back["worse"]), (worse, 0))

    def test_a_smaller_cap_takes_minutes_from_the_total(self):
        time_of = self.found(self.short)[1]["service_minutes"]
        self.assertGreater(time_of["worse"], 0)
        self.assertTrue(time_of["has_total"])
        self.assertLess(time_of["total_after"], time_of["total_before"])
        records = [fact for fact in self.facts("order.checked_out")]
        self.assertGreaterEqual(time_of["total_before"], 0)
        self.assertGreater(len(records), 0)

    def test_groups_of_fewer_than_ten_are_hidden_and_say_nothing(self):
        told, parts = self.found(self.quick)
        self.assertEqual(told["small_group"], 10)
        groups = [group for part in parts.values() for group in part["groups"]]
        hidden = [group for group in groups if group["hidden"]]
        self.assertTrue(hidden)
        for group in hidden:
            self.assertEqual((group["subjects"], group["better"], group["worse"]), (0, 0, 0))
        for group in groups:
            self.assertTrue(group["hidden"] or group["subjects"] >= 10, group)
        self.assertIn("不显示 hidden", self.back_test(self.quick).stdout)

    def test_the_period_says_what_is_compared(self):
        whole = self.found(self.quick)[1]["first_contact"]["subjects"]
        first = self.found(self.quick, last="2025-11-24")[1]["first_contact"]["subjects"]
        second = self.found(self.quick, first="2025-11-25")[1]["first_contact"]["subjects"]
        self.assertGreater(min(first, second), 0)
        # A need that was merged later counts in neither half that knows of the merging.
        self.assertGreaterEqual(first + second, whole)
        self.assertEqual(self.found(self.quick, first="2025-10-01", last="2025-10-31")[1]
                         ["first_contact"]["subjects"], 0)

    def test_two_threads_find_the_same(self):
        told, alone = self.found(self.quick)
        self.assertEqual(self.found(self.quick, "--threads", "2")[1], alone)
        self.assertEqual(told["new_pack"], "quick 1")

    def test_every_run_is_kept_and_verifies(self):
        before = self.facts("back_test.finished")
        told, _ = self.found(self.short)
        started, finished = self.facts("back_test.started"), self.facts("back_test.finished")
        self.assertEqual(len(finished), len(before) + 1)
        self.assertEqual(finished[-1]["subjects"], {"back_test": told["id"]})
        self.assertEqual(started[-1]["position"], told["id"])
        self.assertEqual(started[-1]["via"], "command")
        self.assertEqual(started[-1]["payload"]["new_pack"], "short 1")
        self.assertIn(f"back-test {told['id'] + 2}: ", self.back_test(self.quick).stdout)
        self.assertIn("differences 0", self.lived.must("verify"))

    def refused(self, message, *words, **period):
        kept = len(self.facts("back_test.started"))
        done = self.back_test(*words, **period)
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        self.assertRegex(done.stderr, message)
        self.assertEqual(len(self.facts("back_test.started")), kept, "nothing is kept of it")

    def test_what_is_no_back_test_is_refused_by_name(self):
        self.refused(r"--from: YYYY-MM-DD", self.quick, first="2025-13-01")
        self.refused(r"--to: YYYY-MM-DD", self.quick, last="yesterday")
        self.refused("The first day must not lie after the last", self.quick, first="2025-12-01")
        self.refused("nor the last after today", self.quick, last="2999-01-01")
        self.refused("Both rule packs say the same", self.quick, "--against", self.quick)
        self.refused("there-is-none", str(self.packs / "there-is-none"))
        bad = self.packs / "bad"
        if not bad.exists():
            self.pack("bad", "records.toml", SHORT.replace("= 20", "= -5"))
        self.refused(r"bad/records\.toml:3: record\.minutes_max: expected", str(bad))

    def test_misuse_is_told_with_exit_code_2(self):
        self.assertEqual(self.lived.run("backtest", "--pack", self.quick).returncode, 2)


if __name__ == "__main__":
    unittest.main()
