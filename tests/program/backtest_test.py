#!/usr/bin/env python3
"""hezhi backtest: who gains and who loses by a changed pack on a district that has lived; the run is kept."""

import contextlib
import datetime
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import tomllib
import unittest

from hezhi_program import DISTRICT, HEZHI, ROOT, Installation, ProgramTest

FIRST, LAST = "2025-11-01", "2025-11-30"
QUICK = ('[class.P3]\nsays = { zh = "15 分钟内联系。", en = "Contact within 15 minutes." }\n'
         'first_contact = { minutes = 15, clock = "calendar" }\n')
SHORT = ('[record]\nsays = { zh = "每次至多 20 分钟。", en = "20 minutes a record." }\n'
         'minutes_max = 20\n')


def short_services():
    """Every service planned for no longer than that: what no record could hold is refused in a pack."""
    services = tomllib.loads((ROOT / "packs/base/categories.toml").read_text())["category"]
    return "".join(f'[category.{key}]\nsays = {{ zh = "20 分钟。", en = "20 minutes." }}\nminutes_planned = 20\n'
                   for key, service in services.items() if service["minutes_planned"] > 20)


class BackTests(ProgramTest):
    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="hezhi-program-"))
        cls.lived = Installation(folder)
        cls.lived.demo(seed=7, days=12, people=80, until=LAST)
        cls.packs = pathlib.Path(folder)
        (cls.packs / "base").symlink_to(ROOT / "packs/base")
        cls.quick = cls.pack("quick", "time_limits.toml", QUICK)
        cls.short = cls.pack("short", "records.toml", SHORT)
        (cls.packs / "short/categories.toml").write_text(short_services())

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
        self.assertIn("worse", contact, "ten or more are late, and ten or more are not, or nobody")
        self.assertGreaterEqual(contact["worse"], 10, "enough that it may be told")
        self.assertEqual(contact["better"], 0)
        late = next(band for band in contact["bands"] if band["en"] == "late")
        if "after" in late:
            self.assertEqual(late["after"] - late["before"], contact["worse"])
        for other in ("handling", "record_entry", "service_minutes", "certification", "time_credit"):
            if "subjects" in parts[other]:
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
        minutes = self.recorded_minutes()
        everybody = {person for person, _ in minutes}
        lose = {person for person, served in minutes if served > 20}
        self.assertGreaterEqual(len(lose), 10, "enough that the total may be told")
        self.assertEqual((time_of["subjects"], time_of["better"]), (len(everybody), 0))
        few = 0 < len(everybody - lose) < 10
        self.assertEqual(time_of.get("worse"), None if few else len(lose), "or it tells who loses nothing")
        self.assertTrue(time_of["has_total"])
        self.assertEqual(time_of["total_before"], sum(served for _, served in minutes))
        self.assertEqual(time_of["total_after"], sum(min(served, 20) for _, served in minutes))

    def recorded_minutes(self):
        """Person and minutes of each record of the period, as it stands last."""
        records = {}
        begins = datetime.datetime.fromisoformat(FIRST + "T00:00:00+08:00").timestamp() * 1000
        for line in self.lived.must("export", "facts").splitlines():
            fact = json.loads(line)
            kind, payload, subjects = fact["kind"], fact["payload"], fact["subjects"]
            if kind in ("order.checked_out", "shift.recorded", "record.entered") and not payload.get("duty"):
                if payload.get("starts_at", begins) >= begins:  # the late entries are of the month before
                    records[fact["position"]] = (subjects["person"], payload["minutes"])
            elif kind == "record.corrected" and subjects["record"] in records:
                person, _ = records[subjects["record"]]
                records[subjects["record"]] = (person, payload["minutes"])
        return list(records.values())

    def numbers(self, part):
        """Everything that is told of subjects, of the part and of its groups, and what their difference tells."""
        told = [part.get(key) for key in ("subjects", "better", "worse")]
        told += [band.get(side) for band in part["bands"] for side in ("before", "after")]
        told += [group.get(key) for group in part["groups"] for key in ("subjects", "better", "worse")]
        told += [row["subjects"] - row["better"] - row["worse"] for row in [part, *part["groups"]]
                 if {"subjects", "better", "worse"} <= row.keys()]
        return [number for number in told if number is not None]

    def test_no_number_below_ten_is_told_but_none_at_all(self):
        for pack in (self.quick, self.short):
            told, parts = self.found(pack)
            for part in parts.values():
                for number in self.numbers(part):
                    self.assertTrue(number == 0 or number >= 10, part)
                hidden = [band for band in part["bands"] if "before" not in band]
                self.assertNotEqual(len(hidden), 1 if len(part["bands"]) > 1 else -1,
                                    "one alone would be told by the total")
            kept = self.facts("back_test.finished")[-1]["payload"]
            self.assertEqual(kept["small_group"], 10)
            for part in kept["parts"]:
                for number in self.numbers(part):
                    self.assertTrue(number == 0 or number >= 10, "nor by what is exported")

    def test_groups_of_fewer_than_ten_are_hidden_and_say_nothing(self):
        told, parts = self.found(self.quick)
        self.assertEqual(told["small_group"], 10)
        groups = [group for part in parts.values() for group in part["groups"]]
        hidden = [group for group in groups if group["hidden"]]
        self.assertTrue(hidden)
        for group in hidden:
            self.assertEqual(group["subjects"], 0)
            self.assertNotIn("better", group)
            self.assertNotIn("worse", group)
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

    def interrupted(self, pack):
        """The finished run that got Ctrl+C before its first piece of the journal was judged, and its stderr.

        Its stderr is a pipe that is full, so that it waits at its first progress until the signal is there.
        """
        told, filled = os.pipe()
        os.set_blocking(filled, False)
        for size in (4096, 1):
            with contextlib.suppress(BlockingIOError):
                while True:
                    os.write(filled, b"." * size)
        os.set_blocking(filled, True)
        running = subprocess.Popen(
            [HEZHI, "backtest", "--pack", pack, "--from", FIRST, "--to", LAST, *self.lived.place()],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=filled)
        self.addCleanup(running.kill)
        os.close(filled)
        until = time.monotonic() + 60
        while not self.catches_interrupt(running.pid):
            self.assertIsNone(running.poll(), "it ended before it could be interrupted")
            self.assertLess(time.monotonic(), until, "it never listened for Ctrl+C")
        running.send_signal(signal.SIGINT)
        with open(told, "rb") as stderr:
            said = stderr.read().decode().lstrip(".")
        return running, running.communicate()[0], said

    @staticmethod
    def catches_interrupt(process):
        status = pathlib.Path(f"/proc/{process}/status").read_text()
        caught = int(re.search(r"SigCgt:\s*([0-9a-f]+)", status)[1], 16)
        return bool(caught >> (signal.SIGINT - 1) & 1)

    def test_ctrl_c_keeps_the_run_as_cancelled_with_exit_code_130(self):
        finished = len(self.facts("back_test.finished"))
        running, printed, said = self.interrupted(self.quick)
        self.assertEqual((running.returncode, printed), (130, b""), said)
        started, cancelled = self.facts("back_test.started")[-1], self.facts("back_test.cancelled")[-1]
        self.assertEqual(cancelled["subjects"], {"back_test": started["position"]})
        self.assertIn(f"back-test {started['position']} is cancelled", said)
        self.assertEqual(len(self.facts("back_test.finished")), finished)
        self.assertIn("differences 0", self.lived.must("verify"))

    def test_a_run_is_cancelled_from_its_page_and_stays_in_the_list(self):
        told = self.lived.must("account", "--name", "孙干部", "--username", "ganbu", "--role",
                               "district_officer", "--area", DISTRICT)
        server = self.serve(self.lived)
        officer = self.client(server.office)
        officer.sign_in("ganbu", re.search(r"first password: (\S+)", told)[1])
        files = [{"name": file.name, "text": file.read_text()} for file in pathlib.Path(self.quick).iterdir()]
        runs = []
        for number in range(4):  # one runs at a time, so that the last waits for three
            made = officer.send("POST", "/api/back-tests", {"files": files, "until_on": LAST},
                                {"Idempotency-Key": f"{number:032x}"})
            self.assertEqual(made.status, 200, made.text)
            runs.append(json.loads(made.text))
        self.assertTrue(runs[-1]["whole_history"], "as no first day was named")
        ended = officer.send("POST", f"/api/back-tests/{runs[-1]['id']}/cancellation", {},
                             {"Idempotency-Key": "c" * 32})
        self.assertEqual((ended.status, json.loads(ended.text)["state"]), (200, "cancelled"), ended.text)
        listed = officer.send("GET", f"/api/back-tests?new_hash={runs[-1]['new_hash']}")
        states = {row["id"]: row["state"] for row in json.loads(listed.text)["items"]}
        self.assertEqual(states[runs[-1]["id"]], "cancelled")
        self.assertLessEqual({run["id"] for run in runs}, states.keys())
        self.assertEqual(server.stop(), 0)

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
