#!/usr/bin/env python3
"""`hezhi import roster`, as whoever keeps a team's list meets it."""

import csv
import json
import re
import signal
import subprocess
import unittest
from urllib.parse import quote

from hezhi_program import HEZHI, ROOT, ProgramTest

HEADING = "序号,姓 名*,身份证号码,联系电话,备注\n"
LINES = ["1,欧阳𬱖·㐂,,13900006001,甲\n", "2,错号人,990000195001010018,13900006002,\n",
         "3,王芳,,139000,\n", ",,,,\n", "4,赵明,,13900006004,\"乙,丙\"\n"]


def told(done, label):
    return int(re.search(label + r": (\d+)", done.stdout)[1])


class RosterImport(ProgramTest):
    def setUp(self):
        super().setUp()
        self.home = self.installation()
        password = self.home.found()
        server = self.serve(self.home)
        client = self.client(server.office).sign_in("shegong", password)
        area = json.loads(client.send("GET", "/api/areas?q=" + quote("盐滩社区")).text)
        made = client.send("POST", "/api/organizations", {
            "name": "夕阳红队", "organization_kind": "team", "area_id": area["items"][0]["id"]},
            {"Idempotency-Key": "a" * 32})
        self.assertEqual(made.status, 200, made.text)
        self.team = str(json.loads(made.text)["id"])
        self.assertEqual(server.stop(), 0)

    def file(self, text, encoding="utf-8"):
        path = self.folder / "名单.csv"
        path.write_bytes(text.encode(encoding))
        return str(path)

    def import_file(self, path, *more):
        return self.home.run("import", "roster", path, "--team", self.team, *more)

    def facts(self):
        return self.home.must("export", "facts")

    def test_each_row_is_wholly_in_or_handed_back_with_its_reason(self):
        path = self.file("夕阳红队名单\n" + HEADING + "".join(LINES))
        done = self.import_file(path)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual([told(done, label) for label in ("rows", "invited", "known", "refused")],
                         [4, 2, 0, 2])
        self.assertIn("phone_malformed 1", done.stdout)
        self.assertNotIn("欧阳", done.stdout + done.stderr, "no name on the screen")
        refused = list(csv.DictReader(open(path + ".refused.csv", encoding="utf-8-sig")))
        self.assertEqual([row["姓 名*"] for row in refused], ["错号人", "王芳"])
        self.assertTrue(all(row["退回原因"] and row["reason"] for row in refused))
        self.assertNotIn("欧阳", self.facts())
        again = self.import_file(path)
        self.assertEqual([told(again, label) for label in ("invited", "known", "refused")],
                         [0, 2, 2])
        self.assertEqual(self.home.run("verify").returncode, 0)

    def test_a_dry_run_says_the_same_and_writes_nothing(self):
        path = self.file(HEADING + "".join(LINES) + LINES[0])
        before = self.facts()
        dry = self.import_file(path, "--dry-run")
        self.assertEqual(self.facts(), before)
        self.assertFalse((self.folder / "名单.csv.refused.csv").exists())
        done = self.import_file(path)
        for label in ("rows", "invited", "known", "refused"):
            self.assertEqual(told(dry, label), told(done, label), label)
        self.assertEqual(told(done, "known"), 1)

    def test_a_list_of_a_chinese_spreadsheet_reads_the_same(self):
        rows = HEADING + LINES[0] + LINES[4]
        for encoding in ("gb18030", "utf-8-sig"):
            done = self.import_file(self.file(rows, encoding))
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(told(done, "known"), 2, "the same people, however it was saved")

    def test_what_was_in_stays_when_it_is_stopped(self):
        count = 1500
        rows = "".join(f"{n},人{n},,139{n:08d},\n" for n in range(count))
        path = self.file(HEADING + rows)
        running = subprocess.Popen(
            [HEZHI, "import", "roster", path, "--team", self.team, *self.home.place()], cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        progress = running.stderr.read(8)  # one piece is in
        self.assertIn("50", progress)
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=120)
        self.assertEqual(running.returncode, 1)
        self.assertIn("what is in stays in", out)
        before = int(re.search(r"invited: (\d+)", out)[1])
        self.assertTrue(0 < before < count)
        done = self.import_file(path)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual([told(done, "invited"), told(done, "known")], [count - before, before])

    def test_a_birth_date_in_the_list_is_the_age_of_whoever_is_new(self):
        path = self.file("姓名,联系电话,出生日期\n王芳,13900006011,1980/2/29\n"
                         "赵明,13900006012,1980-02-30\n")
        done = self.import_file(path)
        self.assertEqual([told(done, "invited"), told(done, "refused")], [1, 1], done.stdout)
        registered = [fact for fact in map(json.loads, self.facts().splitlines())
                      if fact["kind"] == "person.registered"]
        self.assertGreater(registered[-1]["payload"]["age_years"], 40)

    def test_it_says_what_is_wrong_with_the_list_or_the_team(self):
        done = self.import_file(self.file("电话\n13900006001\n"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("姓名", done.stderr)
        done = self.home.run("import", "roster", self.file(HEADING + LINES[0]), "--team", "999999")
        self.assertEqual(done.returncode, 1)
        self.assertIn("999999", done.stderr)
        broken = self.import_file(self.file(HEADING + "1,\"王\"芳,,,\n"))
        self.assertEqual(broken.returncode, 1)
        self.assertIn("roster_row_unreadable 1", broken.stdout)


if __name__ == "__main__":
    unittest.main()
