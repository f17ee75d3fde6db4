#!/usr/bin/env python3
"""Backup, restore, keys and proofs of the real program, as an operator meets them."""

import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import threading
import unittest

from hezhi_program import DISTRICT, DIVISIONS, HEZHI, ROOT, Installation, ProgramTest


class Backups(ProgramTest):
    def restored(self, backup, source, name="elsewhere"):
        """The finished restore of a backup into a new database, with the keys of `source`."""
        (self.folder / name).mkdir()
        target = Installation(self.folder / name)
        target.keys.write_bytes(source.keys.read_bytes())
        target.keys.chmod(0o600)
        done = target.run("restore", "--from", str(backup),
                          "--erasures", str(source.keys) + ".erasures")
        return target, done

    def test_a_backup_under_load_is_restored_elsewhere_and_verifies(self):
        installation = self.installation()
        password = installation.found()
        server = self.serve(installation)
        client = self.client(server.office).sign_in("shegong", password)
        found = client.send("GET", "/api/areas?q=%E6%96%B0%E6%B8%AF%E5%B1%B1%E8%B7%AF")  # 新港山路
        area = json.loads(found.text)["items"][0]["id"]
        enough = threading.Event()
        reported = []

        def report():
            while not enough.is_set():
                answer = client.send("POST", "/api/needs", {
                    "area_id": area, "what": "楼道灯不亮", "priority_class": "P3", "consent": False})
                reported.append(answer.status)

        load = threading.Thread(target=report)
        load.start()
        while len(reported) < 5:
            pass
        backup = self.folder / "backup"
        told = installation.must("backup", "--to", str(backup), "--drill")
        enough.set()
        load.join()
        self.assertEqual(set(reported), {200})
        self.assertIn("differences: 0", told)
        self.assertFalse((self.folder / "backup.drill").exists())
        self.assertEqual(server.stop(), 0)
        target, done = self.restored(backup, installation)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(target.run("verify").returncode, 0)
        facts, all_facts = target.must("export", "facts"), installation.must("export", "facts")
        self.assertGreater(facts.count("need.reported"), 4)
        self.assertTrue(all_facts.startswith(facts), "a moment of the journal, whole")
        self.serve(target)  # starts

    def test_an_older_backup_is_restored_beside_its_keys_and_sealed_on(self):
        installation = self.installation()
        installation.must("migrate")
        installation.must("export", "head")
        backup = self.folder / "backup"
        installation.must("backup", "--to", str(backup), "--drill")
        installation.must("import", "areas", DIVISIONS)
        before = installation.must("export", "head")
        installation.database.unlink()
        installation.must("restore", "--from", str(backup), "--erasures", "lost")
        self.assertEqual(installation.run("verify").returncode, 0)
        installation.must("import", "areas", DIVISIONS)
        after = installation.must("export", "head")
        self.assertNotEqual(after, before)
        head = self.folder / "head.json"
        head.write_text(before)
        self.assertEqual(installation.run("verify", "--head", str(head)).returncode, 1)

    def test_restore_wants_to_know_of_erasures(self):
        installation = self.installation()
        installation.must("migrate")
        backup = self.folder / "backup"
        installation.must("backup", "--to", str(backup))
        words = ["restore", "--from", str(backup)]
        self.assertEqual(installation.run(*words).returncode, 2, "it cannot be left out")
        pathlib.Path(str(installation.keys) + ".erasures").unlink()
        _, done = self.restored(backup, installation)
        self.assertEqual(done.returncode, 1)
        self.assertIn("list of erasures is not there", done.stderr)

    def test_a_restore_that_is_killed_serves_nobody_until_it_was_finished(self):
        installation = self.installation()
        installation.demo(seed=1, days=3)
        backup = self.folder / "backup"
        installation.must("backup", "--to", str(backup))
        (self.folder / "b").mkdir()
        target = Installation(self.folder / "b")
        target.keys.write_bytes(installation.keys.read_bytes())
        target.keys.chmod(0o600)
        words = [HEZHI, "restore", "--from", str(backup), "--erasures",
                 str(installation.keys) + ".erasures", *target.place()]
        running = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        seen = ""
        while "verify" not in seen and running.poll() is None:
            seen += running.stderr.read(1)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        self.assertIn("hezhi restore", target.run("verify").stderr)
        again = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        self.assertEqual(again.returncode, 0, again.stdout + again.stderr)
        self.assertEqual(target.run("verify").returncode, 0)

    def test_keys_are_rotated_and_old_files_refused(self):
        installation = self.installation()
        installation.demo(seed=1, days=1)
        old = installation.keys.read_bytes()
        told = installation.must("keys", "rotate")
        self.assertIn("sealed anew", told)
        self.assertEqual(installation.run("verify").returncode, 0)
        copies = list(installation.folder.glob("hezhi.keys.before-*"))
        self.assertEqual([copy.read_bytes() for copy in copies], [old])
        installation.keys.write_bytes(old)
        done = installation.run("verify")
        self.assertEqual(done.returncode, 1)
        self.assertIn("before the master key was changed", done.stderr)

    def test_keys_are_not_rotated_under_a_running_service(self):
        installation = self.installation()
        installation.must("migrate")
        self.serve(installation)
        done = installation.run("keys", "rotate")
        self.assertEqual(done.returncode, 1)
        self.assertIn("stop the service", done.stderr)


class Proofs(ProgramTest):
    def test_a_cut_off_tail_shows_by_an_exported_head(self):
        installation = self.installation()
        installation.demo(seed=1, days=1)
        installation.must("export", "head")
        installation.must("account", "--name", "李社工", "--username", "later", "--role",
                          "social_worker", "--area", DISTRICT)
        head = self.folder / "head.json"
        head.write_text(installation.must("export", "head"))
        self.assertEqual(installation.run("verify", "--head", str(head)).returncode, 0)
        last = json.loads(head.read_text())["block"]["header"]["first"]
        with sqlite3.connect(installation.database) as database:
            for sql in ("DELETE FROM journal WHERE position >= ?",
                        "DELETE FROM fact_subjects WHERE position >= ?",
                        "DELETE FROM seal_blocks WHERE last_position >= ?"):
                database.execute(sql, [last])
            database.execute("UPDATE journal_head SET (position, recorded_at, chain) = (SELECT "
                             "position, recorded_at, chain FROM journal ORDER BY position DESC LIMIT 1)")
        database.close()
        installation.must("rebuild")
        done = installation.run("verify")
        self.assertEqual(done.returncode, 1, "the head beside the seal key shows it")
        self.assertIn("signed head", done.stdout)
        for refused in (("export", "head"), ("keys", "seal"), ("keys", "seal", "--lost")):
            done = installation.run(*refused)
            self.assertEqual((done.returncode, done.stdout), (1, ""), "nothing is signed in its place")
            self.assertIn("lacks the block that was sealed last", done.stderr)
        pathlib.Path(str(installation.keys) + ".seal.head").unlink()
        self.assertEqual(installation.run("verify").returncode, 0, "nothing inside shows it")
        done = installation.run("verify", "--head", str(head))
        self.assertEqual(done.returncode, 1)
        self.assertIn("signed head", done.stdout)

    def test_a_proof_is_checked_without_a_database(self):
        installation = self.installation()
        installation.demo(seed=1, days=1)
        installation.must("export", "head")
        keys, proof = self.folder / "keys.pem", self.folder / "proof.json"
        keys.write_text(installation.must("export", "seal-keys"))
        proof.write_text(installation.must("prove", "--fact", "20"))
        installation.database.unlink()

        def check():
            return subprocess.run([HEZHI, "check-proof", str(proof), "--public-key", str(keys)],
                                  cwd=self.folder, capture_output=True, text=True, check=False,
                                  env={**os.environ, "HOME": "/nowhere"})

        done = check()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("the proof holds", done.stdout)
        proof.write_text(re.sub(r'position\\":20', r'position\\":21', proof.read_text()))
        done = check()
        self.assertEqual(done.returncode, 1)
        self.assertIn("does not hold", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
