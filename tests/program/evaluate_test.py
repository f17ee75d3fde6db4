#!/usr/bin/env python3
"""hezhi evaluate: the figures of exported facts without a database, and lines that are no facts."""

import json
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest

from hezhi_program import HEZHI, ROOT, Installation, ProgramTest


def evaluate(facts, *words, pack="packs/base"):
    return subprocess.run([HEZHI, "evaluate", "--pack", pack, "--facts", str(facts), *words],
                          cwd=ROOT, capture_output=True, text=True, timeout=600)


class Evaluation(ProgramTest):
    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="hezhi-program-"))
        cls.lived = Installation(folder)
        cls.lived.demo(seed=3, days=4)
        cls.facts = pathlib.Path(folder) / "facts.ndjson"
        cls.facts.write_text(cls.lived.must("export", "facts"))
        cls.lines = cls.facts.read_text().splitlines()

    def pack_on_base(self, name):
        """The folder of a pack that changes nothing of packs/base yet."""
        pack = self.folder / name
        pack.mkdir()
        (self.folder / "base").symlink_to(ROOT / "packs/base")
        (pack / "pack.toml").write_text(
            f'name = "{name}"\nversion = "1"\nextends = "base"\n'
            'title = { zh = "改", en = "changed" }\nsays = { zh = "改。", en = "Changed." }\n')
        return pack

    def test_gives_the_figures_that_the_database_holds(self):
        done = evaluate(self.facts)
        self.assertEqual(done.returncode, 0, done.stderr)
        told = json.loads(done.stdout)
        self.assertEqual(told["facts"], len(self.lines))
        self.assertEqual(told["pack"]["name"], "base")
        with sqlite3.connect(self.lived.database) as database:
            for figure in ("needs", "orders", "service_records", "people"):
                stored = database.execute(f"SELECT id FROM figure_{figure} ORDER BY id").fetchall()
                self.assertEqual([row["id"] for row in told["figures"][figure]],
                                 [row[0] for row in stored], figure)
        database.close()

    def test_prints_the_same_bytes_on_one_and_on_several_threads(self):
        alone = evaluate(self.facts).stdout
        for threads in ("2", "5"):
            self.assertEqual(evaluate(self.facts, "--threads", threads).stdout, alone)

    def test_leaves_out_what_was_recorded_after_the_day(self):
        early = json.loads(evaluate(self.facts, "--at", "2025-11-28").stdout)
        late = json.loads(evaluate(self.facts, "--at", "2025-11-29").stdout)
        self.assertEqual(early["at"], "2025-11-28")
        self.assertLess(early["facts"], late["facts"])
        self.assertLess(late["facts"], len(self.lines))

    def test_counts_the_months_of_colours_again_by_the_pack(self):
        lived = Installation(self.folder)
        lived.demo(seed=3, days=40, until="2025-12-05")
        facts = self.folder / "forty_days.ndjson"
        facts.write_text(lived.must("export", "facts"))
        told = json.loads(evaluate(facts).stdout)
        computed = {(run["graded_id"], run["until_at"]): run["counts"]
                    for run in told["figures"]["grade_runs"]}
        self.assertTrue(computed, "two months have ended")
        self.assertEqual({(row["graded_id"], row["until_at"]): row["counts"]
                          for row in told["recounted_grades"]}, computed)
        pack = self.pack_on_base("week")
        (pack / "color_grades.toml").write_text(
            '[window]\nsays = { zh = "近 30 日。", en = "The last 30 days." }\ndays = 30\n'
            '[leaving_red]\nsays = { zh = "红满 20 天。", en = "20 days of red." }\nafter_days = 20\n')
        shorter = json.loads(evaluate(facts, pack=str(pack)).stdout)
        def accepted(rows):
            return sum(row["counts"]["accepted"] for row in rows)
        self.assertLess(accepted(shorter["recounted_grades"]), accepted(told["recounted_grades"]))

    def test_another_pack_makes_other_figures_of_the_same_facts(self):
        pack = self.pack_on_base("slow")
        (pack / "records.toml").write_text(
            '[record]\nsays = { zh = "20 个工作日内记录。", en = "Within 20 working days." }\n'
            'enter_within = { days = 20, clock = "working" }\n')
        def lock_of(done):
            return json.loads(done.stdout)["figures"]["service_records"][0]["lock_at"]
        self.assertGreater(lock_of(evaluate(self.facts, pack=str(pack))),
                           lock_of(evaluate(self.facts)))

    def test_judges_certification_again_by_the_pack(self):
        pack = self.pack_on_base("new")
        (pack / "certification.toml").write_text(
            '[recognition]\nsays = { zh = "30 日内最高认定至 V1。", '
            'en = "Recognised within 30 days, up to V1." }\nwithin_days = 30\nlevel_max = "V1"\n')
        def earned_in(told):
            return {row["id"]: row["held"]["level"] for row in told["figures"]["earned_levels"]}
        def granted_in(told):
            return {row["id"]: row["level"] for row in told["figures"]["certifications"]}
        base = json.loads(evaluate(self.facts).stdout)
        new = json.loads(evaluate(self.facts, pack=str(pack)).stdout)
        earned, granted = earned_in(base), granted_in(base)
        self.assertGreater(max(granted.values()), 1, "else nothing is tried")
        for person, level in granted.items():
            if level > 0:
                self.assertGreaterEqual(earned[person], level)
        self.assertEqual(max(earned_in(new).values()), 1)
        self.assertEqual(granted_in(new), granted, "what people granted stays")

    def refused(self, lines):
        file = self.folder / "facts.ndjson"
        file.write_text("\n".join(lines) + "\n")
        done = evaluate(file)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        return done.stderr

    def test_names_line_and_field_of_what_is_wrong_in_both_languages(self):
        lines = self.lines
        self.assertRegex(self.refused(lines[:4] + ["{"]), r"第 5 行 line 5: : 应为 .* / expected one")
        self.assertRegex(self.refused(lines[:4] + lines[5:9]), r"line 5: /position: .* expected 5")
        broken = lines[2].replace('"payload":{', '"payload":{"extra":1,', 1).replace(",}", "}")
        self.assertRegex(self.refused(lines[:2] + [broken]), r"line 3: /payload/extra: ")

    def test_a_pack_with_mistakes_is_refused_with_their_places(self):
        pack = self.folder / "bad"
        pack.mkdir()
        (pack / "pack.toml").write_text("name = 3\n")
        done = evaluate(self.facts, pack=str(pack))
        self.assertEqual(done.returncode, 1)
        self.assertIn("bad/pack.toml:1: name", done.stderr)


if __name__ == "__main__":
    unittest.main()
