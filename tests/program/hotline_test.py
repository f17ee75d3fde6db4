#!/usr/bin/env python3
"""`hezhi import hotline` and `hezhi export hotline-replies`, as an operator meets them."""

import csv
import io
import json
import pathlib
import re
import signal
import subprocess
import unittest

from hezhi_program import HEZHI, ROOT, ProgramTest
from hotline_file import HEADING, as_csv, recount, requests

MAP = ROOT / "docs/operating/hotline_example_map.toml"
SEED = 20261124


def figures(told):
    def pair(label):
        found = re.search(label + r": (\d+)(?: / (\d+))?", told)
        assert found, f"{label} in {told}"
        return [int(part) for part in found.groups() if part]

    in_time, late, without, overdue = (pair(label) for label in (
        "in time(?=: .*\n  超期)", "late", "without a due date", "open and overdue"))
    return {"rows": pair("hotline work orders")[0], "dated": in_time[1], "late": late[0],
            "without_due": without[0], "open": overdue[1], "open_overdue": overdue[0],
            "in_time": in_time[0]}


def reported(told, label):
    return int(re.search(label + r": (\d+)", told)[1])


class HotlineImport(ProgramTest):
    def setUp(self):
        super().setUp()
        self.home = self.installation()
        self.home.must("migrate")
        areas = self.folder / "areas.csv"
        areas.write_text("code,name,level,parent\n990000,示例区,district,\n")
        self.home.must("import", "areas", str(areas))

    def file(self, text, name="requests.csv", encoding="utf-8"):
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return str(path)

    def import_file(self, path, *more, map_file=MAP):
        return self.home.run("import", "hotline", path, "--map", str(map_file), *more)

    def told_figures(self):
        return figures(self.home.must("figures", "--area", "990000"))

    def expect_figures(self, rows):
        own = recount(rows)
        told = self.told_figures()
        for name in ("rows", "dated", "late", "without_due", "open", "open_overdue"):
            self.assertEqual(told[name], own[name], f"{name}, seed {SEED}")
        self.assertEqual(told["in_time"], own["dated"] - own["late"])

    def test_figures_are_what_the_file_says(self):
        rows = list(requests(SEED, 900))
        done = self.import_file(self.file(as_csv(rows)))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        own = recount(rows)
        self.assertEqual(reported(done.stdout, "imported"), own["rows"])
        self.assertEqual(reported(done.stdout, "of these open"), own["open"])
        self.assertEqual(reported(done.stdout, "areas made"), own["areas"])
        self.assertGreater(own["late"], 50)
        self.assertGreater(own["without_due"], 5)
        self.expect_figures(rows)
        facts = [json.loads(line) for line in self.home.must("export", "facts").splitlines()]
        needs = [fact for fact in facts if fact["kind"] == "need.reported"]
        self.assertEqual(len(needs), own["open"], "history starts no clock")
        self.assertNotIn("SW-Dirty", json.dumps(facts), "free text stands in the register only")
        self.assertEqual(self.home.run("verify").returncode, 0)

    def test_a_dry_run_says_the_same_and_writes_nothing(self):
        rows = list(requests(SEED, 150))
        rows[7]["status"] = "Lost"
        path = self.file(as_csv(rows))
        before = self.home.must("export", "facts")
        dry = self.import_file(path, "--dry-run")
        self.assertEqual(dry.returncode, 1)
        self.assertIn("state_unknown 1", dry.stdout)
        self.assertIn("lines 9", dry.stdout)
        self.assertEqual(self.home.must("export", "facts"), before)
        self.assertFalse(pathlib.Path(path + ".refused.csv").exists())
        done = self.import_file(path)
        for label in ("imported", "of these open", "areas made", "refused"):
            self.assertEqual(reported(dry.stdout, label), reported(done.stdout, label), label)

    def test_each_row_is_wholly_in_or_handed_back_with_its_reason(self):
        rows = [dict(zip(HEADING, (
            f"14-{n}", "Type", "Phone", "Closed", "2014-01-01T10:00:00", "2014-01-02T10:00:00",
            "2014-01-02T09:00:00", "", "Water", "Area", "", "", ""))) for n in range(9)]
        rows[1]["request_no"] = "14-0"
        rows[2]["request_no"] = ""
        rows[3]["created_at"] = "01.01.2014"
        rows[4]["closed_at"] = "2013-12-31T00:00:00"
        rows[5]["closed_at"] = ""
        rows[6]["status"] = "Open"
        rows[7]["created_at"] = "2999-01-01T00:00:00"
        rows[7]["closed_at"] = ""
        rows[7]["status"] = "New"
        path = self.file(as_csv(rows) + "too,few,columns\n")
        done = self.import_file(path)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(reported(done.stdout, "imported"), 2)
        refused = list(csv.DictReader(open(path + ".refused.csv", encoding="utf-8-sig")))
        kinds = {kind for kind in re.findall(r"^  ([a-z_]+) 1:", done.stdout, re.MULTILINE)}
        self.assertEqual(kinds, {
            "number_repeated", "number_missing", "time_malformed", "closed_too_early",
            "closed_without_time", "open_with_closing", "received_in_future", "columns_differ"})
        self.assertEqual(len(refused), 8)
        self.assertIn("文件中重复", refused[0]["退回原因"])

    def test_a_stopped_import_goes_on_where_it_was(self):
        rows = list(requests(SEED + 1, 2400))
        path = self.file(as_csv(rows))
        process = subprocess.Popen(
            [HEZHI, "import", "hotline", path, "--map", str(MAP), *self.home.place()], cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        progress = ""
        while " / 2400" not in progress:  # the first batch is in
            part = process.stderr.read(1)
            self.assertTrue(part, "ended before it began: " + progress)
            progress += part
        process.send_signal(signal.SIGINT)
        told, _ = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 1)
        self.assertIn("what is in stays in", told)
        kept = reported(told, "imported")
        self.assertEqual(self.told_figures()["rows"], kept)
        self.assertTrue(0 < kept < 2400, kept)
        done = self.import_file(path)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(reported(done.stdout, "known"), kept)
        self.assertEqual(reported(done.stdout, "imported"), 2400 - kept)
        self.expect_figures(rows)

    def test_the_same_number_is_not_imported_twice(self):
        rows = list(requests(SEED, 60))
        path = self.file(as_csv(rows))
        self.import_file(path)
        again = self.import_file(path)
        self.assertEqual(again.returncode, 0)
        self.assertEqual(reported(again.stdout, "known"), 60)
        rows[3]["created_at"] = "2013-01-01T00:00:00"
        changed = self.import_file(self.file(as_csv(rows)))
        self.assertIn("number_conflicts 1", changed.stdout)
        self.expect_figures(list(requests(SEED, 60)))

    def test_a_map_is_told_its_mistakes_by_line_and_key(self):
        text = MAP.read_text()
        wrong = self.folder / "MAP.toml"
        wrong.write_text(text.replace('"-05:00"', '"EST"').replace("%d", "%q")
                         .replace("number = \"request_no\"\nreceived", "numbr = \"x\"\nreceived"))
        done = self.import_file(self.file(as_csv([])), map_file=wrong)
        self.assertEqual(done.returncode, 1)
        for words in (r"MAP.toml:4: time.formats", r"MAP.toml:5: time.zone",
                      r"columns.number", r"columns.numbr"):
            self.assertRegex(done.stderr, words)
        wrong.write_text(text.replace('"neighborhood"', '"quarter"'))
        done = self.import_file(self.file(as_csv([])), map_file=wrong)
        self.assertEqual(done.returncode, 1)
        self.assertIn("quarter", done.stderr)

    def test_chinese_files_in_gb18030_with_the_official_revisit(self):
        text = MAP.read_text().replace("%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M") + """
[revisit]
resolution = "回访结果"
resolved = ["已解决"]
not_resolved = ["未解决"]
satisfaction = "满意度"
marks = ["很不满意", "不满意", "基本满意", "满意", "非常满意"]
"""
        map_file = self.folder / "MAP.toml"
        map_file.write_text(text)
        row = dict(zip(HEADING, ("GD-1", "=噪声，㐂里", "电话", "Open", "2020/11/20 08:00",
                                 "2020/11/21 08:00", "", "", "", "㐂里社区", "", "", "")))
        path = self.file(as_csv([row]), encoding="gb18030")
        done = self.import_file(path, map_file=map_file)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("㐂里社区", self.home.must("export", "facts"))
        row |= {"回访结果": "未解决", "满意度": "不满意"}
        path = self.file(as_csv([row], HEADING + ["回访结果", "满意度"]), encoding="gb18030")
        for revisits in (1, 0):
            done = self.import_file(path, map_file=map_file)
            self.assertEqual(reported(done.stdout, "official revisits"), revisits, done.stdout)
        told = self.home.must("figures", "--area", "990000")
        self.assertRegex(told, r"official revisit, resolved: 0 / 1")
        self.assertRegex(told, r"own revisit, resolved: 0 / 0")
        replies = self.home.must("export", "hotline-replies", "--map", str(map_file))
        heading = next(csv.reader(io.StringIO(replies.lstrip("\ufeff"))))
        self.assertEqual(heading, ["request_no", "contacted_at", "result", "closed_at", "order_no"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
