#!/usr/bin/env python3
"""The commands of the real program: what they print, and the exit codes that scripts ask."""

import sqlite3
import unittest

from hezhi_program import DISTRICT, ProgramTest

class Demonstration(ProgramTest):
    def test_same_seed_makes_the_same_journal_and_another_seed_another(self):
        journals = {}
        for name, seed in (("a", 7), ("b", 7), ("c", 8)):
            installation = self.installation(name)
            installation.demo(seed, days=3)
            journals[name] = installation.must("export", "facts")
            self.assertIn("need.reported", journals[name])
        self.assertEqual(journals["a"], journals["b"])
        self.assertNotEqual(journals["a"], journals["c"])

    def test_a_database_with_later_facts_is_left_alone(self):
        installation = self.installation()
        installation.found()
        done = installation.run("demo", "--divisions", "assets/divisions/qingdao-huangdao.csv",
                                "--until", "2025-11-30")
        self.assertEqual(done.returncode, 1)
        self.assertIn("new database", done.stderr)


class Verification(ProgramTest):
    def damaged(self, name, sql):
        """The exit code and the words of verify after this change behind the program's back."""
        installation = self.installation(name)
        installation.demo(seed=1, days=3)
        clean = installation.run("verify")
        self.assertEqual(clean.returncode, 0, clean.stdout)
        with sqlite3.connect(installation.database) as database:
            changed = database.execute(sql).rowcount
        database.close()
        self.assertEqual(changed, 1)
        done = installation.run("verify")
        return done.returncode, done.stdout

    def test_finds_a_changed_figure_and_names_its_place(self):
        code, told = self.damaged("a", "UPDATE figure_needs SET satisfaction = satisfaction + 1 "
                                       "WHERE id = (SELECT min(id) FROM figure_needs)")
        self.assertEqual(code, 1)
        self.assertRegex(told, r"figure needs \d+ satisfaction")

    def test_finds_a_changed_byte_of_a_fact(self):
        code, told = self.damaged(
            "a", "UPDATE journal SET body = replace(body, '\"minutes_planned\":', "
                 "'\"minutes_plannez\":') WHERE position = (SELECT min(position) FROM journal "
                 "WHERE kind = 'order.opened')")
        self.assertEqual(code, 1)
        self.assertIn("journal", told)

    def test_finds_a_missing_row(self):
        code, told = self.damaged("a", "DELETE FROM figure_orders "
                                       "WHERE id = (SELECT max(id) FROM figure_orders)")
        self.assertEqual(code, 1)
        self.assertIn("figure orders", told)

    def test_is_satisfied_again_after_rebuild(self):
        installation = self.installation()
        installation.demo(seed=1, days=3)
        with sqlite3.connect(installation.database) as database:
            database.execute("UPDATE figure_orders SET minutes = minutes + 1")
        database.close()
        self.assertEqual(installation.run("verify").returncode, 1)
        installation.must("rebuild")
        self.assertEqual(installation.run("verify").returncode, 0)


class Refusals(ProgramTest):
    def expect_refused(self, installation, *words):
        """Exit code 1 and these words of what to do, for each command that opens a database."""
        for command in (["verify"], ["export", "facts"], ["figures", "--area", DISTRICT],
                        ["serve", "--listen-office", "127.0.0.1:0", "--listen-public",
                         "127.0.0.1:0", "--web", ""]):
            done = installation.run(*command)
            self.assertEqual(done.returncode, 1, command)
            for word in words:
                self.assertIn(word, done.stderr, command)

    def test_a_missing_key_file(self):
        installation = self.installation()
        installation.must("migrate")
        installation.keys.unlink()
        self.expect_refused(installation, str(installation.keys), "Put the backed-up key file back", "放回原处")
        # Above all no second key is made for a database that has one.
        installation.run("migrate")
        self.assertFalse(installation.keys.exists())

    def test_the_key_file_of_another_database(self):
        installation, other = self.installation("a"), self.installation("b")
        installation.must("migrate")
        other.must("migrate")
        installation.keys = other.keys
        self.expect_refused(installation, "does not belong", "backup", "备份")

    def test_a_broken_key_file(self):
        installation = self.installation()
        installation.must("migrate")
        installation.keys.chmod(0o600)
        installation.keys.write_text("nothing like a key\n")
        self.expect_refused(installation, "key")

    def test_a_newer_database(self):
        installation = self.installation()
        installation.must("migrate")
        with sqlite3.connect(installation.database) as database:
            database.execute("INSERT INTO schema_migrations (number, name) "
                             "SELECT max(number) + 1, 'from_the_future' FROM schema_migrations")
        database.close()
        self.expect_refused(installation, "newer")

    def test_a_database_that_was_never_made(self):
        self.expect_refused(self.installation(), "migrate")

    def test_misuse_exits_with_two(self):
        installation = self.installation()
        for words in (["verify", "--no-such-flag"], ["no-such-command"], ["figures"], []):
            self.assertEqual(installation.run(*words).returncode, 2, words)

    def test_a_wrong_table_of_divisions_names_its_line(self):
        installation = self.installation()
        installation.must("migrate")
        table = self.folder / "wrong.csv"
        table.write_text("code,name,level,parent\n1,甲市,city,\n2,乙区,planet,1\n")
        done = installation.run("import", "areas", str(table))
        self.assertEqual(done.returncode, 1)
        self.assertIn("/3", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
