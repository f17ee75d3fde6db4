#!/usr/bin/env python3
"""hezhi dispatch: instances made, solved and refused by the real program."""

import json
import signal
import subprocess
import tempfile
import unittest

from hezhi_program import HEZHI, ROOT


def dispatch(*words, text=None):
    return subprocess.run([HEZHI, "dispatch", *words], cwd=ROOT, input=text, capture_output=True,
                          text=True, timeout=300)


class Dispatch(unittest.TestCase):
    def test_a_generated_city_is_solved_and_proven_the_same_with_any_threads(self):
        city = dispatch("--generate", "city", "--size", "60", "--people", "600", "--seed", "5")
        self.assertEqual(city.returncode, 0, city.stderr)
        again = dispatch("--generate", "city", "--size", "60", "--people", "600", "--seed", "5")
        self.assertEqual(again.stdout, city.stdout)
        told = []
        for threads in ("1", "3"):
            done = dispatch("--instance", "-", "--json", "--assigned", "--threads", threads,
                            text=city.stdout)
            self.assertEqual(done.returncode, 0, done.stderr)
            report = json.loads(done.stdout)
            self.assertTrue(report["proven"] and report["unique"])
            self.assertEqual(report["violations"] + report["pair_violations"], 0)
            self.assertEqual(report["pairs"], report["places"] * 600)
            missing = sum(one["missing"] for one in report["assigned"])
            self.assertEqual(missing, report["unassigned"])
            told.append({key: value for key, value in report.items() if not key.endswith("_us")})
        self.assertEqual(told[0], told[1])

    def test_an_or_library_file_is_solved(self):
        done = dispatch("--instance", "-", "--assigned", text="3\n 4 1 3\n2 0 5 3\n2 2\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("cost 5\n", done.stdout)
        self.assertIn("certificate proven edges 9 violations 0\n", done.stdout)
        self.assertIn("assign 1 2 0\nassign 2 1 0\nassign 3 3 0\n", done.stdout)

    def test_a_fault_is_told_by_line_and_field_in_both_languages(self):
        text = "hezhi-dispatch 1\nperson 1 0 0 500 ff 0 -5 0 -\n"
        done = dispatch("--instance", "-", "--json", text=text)
        self.assertEqual(done.returncode, 1)
        fault = json.loads(done.stdout)["error"]
        self.assertEqual((fault["code"], fault["field"]),
                         ("instance_invalid", "line 2, minutes_left"))
        self.assertEqual(fault["expected_en"], "an integer from 0 to 2147483647")
        self.assertEqual(fault["expected_zh"], "0 至 2147483647 的整数")
        self.assertIn("line 2, minutes_left: 应为 0 至", done.stderr)
        self.assertEqual(dispatch("--instance", "no such file").returncode, 1)
        self.assertEqual(dispatch().returncode, 2)
        self.assertEqual(dispatch("--generate", "village").returncode, 2)

    def test_an_interrupted_run_says_so_and_prints_no_answer(self):
        # Rows times columns is the worst there is: even fast machines need a second for it.
        with tempfile.NamedTemporaryFile("w", prefix="hezhi-dispatch-") as file:
            file.write(dispatch("--generate", "machol-wien", "--size", "1500").stdout)
            file.flush()
            run = subprocess.Popen([HEZHI, "dispatch", "--instance", file.name], cwd=ROOT,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            run.stderr.readline()  # "Ctrl+C …": from here on it is heard
            run.send_signal(signal.SIGINT)
            told, said = run.communicate(timeout=300)
        self.assertEqual((run.returncode, told), (130, ""))
        self.assertIn("This run was cancelled.", said)


if __name__ == "__main__":
    unittest.main()
