#!/usr/bin/env python3
"""`space tofu install` several times at once, killed, interrupted, refused by the disk: there is a whole tofu or none, and the next
one gets there.

usage: release_cut_off.py [PATH-OF-SPACE PATH-OF-INSTALL-RELEASE]
"""

import fcntl
import shutil
import signal
import subprocess
import threading
import time

import release
import release_page as page
import support

setUpModule, tearDownModule = release.setUpModule, release.tearDownModule


class CutOff(release.Installing):
    def test_several_at_once(self):
        self.page.release(release.sign())
        running = [subprocess.Popen(self.words(), env=self.environment, stdout=subprocess.PIPE, text=True) for _ in range(6)]
        ends = sorted(one.communicate()[0].splitlines()[-1].split()[0] for one in running)
        self.assertEqual(ends, ["another"] * 5 + ["release"])
        self.assertEqual(self.page.asked.count(page.Page.path(page.ARCHIVE)), 1)

    def test_killed_anywhere_there_is_a_whole_tofu_or_none(self):
        self.page.release(release.sign())
        data = self.page.files[page.Page.path(page.ARCHIVE)]

        def slow(handler):
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            for at in range(0, len(data), 32):
                handler.wfile.write(data[at:at + 32])
                time.sleep(0.01)

        self.page.files[page.Page.path(page.ARCHIVE)] = slow
        whole = 0
        for i in range(30 if support.FULL else 12):
            running = subprocess.Popen(self.words(), env=self.environment, stdout=subprocess.DEVNULL)
            time.sleep(0.05 * i)
            running.send_signal(signal.SIGKILL)
            running.wait()
            if self.place.exists():
                whole += 1
                self.assertEqual((self.place / "tofu").read_bytes(), page.program())
                self.place.chmod(0o755)
                shutil.rmtree(self.place)
        self.page.files[page.Page.path(page.ARCHIVE)] = data
        self.assert_one(self.install())
        print(f"{whole} of the killed ones had just ended")

    def remove(self):
        self.place.chmod(0o755)
        shutil.rmtree(self.place)

    def start(self):
        return subprocess.Popen(self.words(), env=self.environment, stdout=subprocess.PIPE, text=True)

    def assert_interrupted(self, running):
        said, _ = running.communicate(timeout=120)
        self.assertEqual(running.returncode, 130, said)
        self.assertEqual(said.splitlines()[-1], "error: interrupted")
        self.assertFalse(self.place.exists())
        self.assertEqual([path.name for path in self.tofu.iterdir() if path.name.startswith(".")], [])

    def test_interrupted_there_is_none_and_the_next_one_goes_on(self):
        self.page.release(release.sign())
        for name in (page.SUMS, page.ARCHIVE):
            data = self.page.files[page.Page.path(name)]
            for number in (signal.SIGINT, signal.SIGTERM):
                with self.subTest(name, number=number):
                    begun = threading.Event()
                    self.page.files[page.Page.path(name)] = page.halting(data, begun)
                    running = self.start()
                    self.assertTrue(begun.wait(120))
                    running.send_signal(number)
                    self.assert_interrupted(running)
            self.page.files[page.Page.path(name)] = data
        self.assert_one(self.install())

    def test_interrupted_while_it_waits_for_another(self):
        self.page.release(release.sign())
        self.tofu.mkdir(parents=True)
        with open(self.tofu / "install.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            running = self.start()
            self.assertIn("waiting for another", running.stdout.readline())
            running.send_signal(signal.SIGINT)
            self.assert_interrupted(running)
        self.assert_one(self.install())

    @support.unittest.skipUnless(support.has_failpoints(release.TOOL), "a build without failpoints")
    def test_failpoints(self):
        """At each there is a whole tofu or none, and the next one gets there."""
        self.page.release(release.sign())
        for setting in ("tofu.verify:kill", "tofu.rename:kill", "tofu.rename:eio", "tofu.rename:enospc"):
            for round_number in range(5 if support.FULL else 1):
                with self.subTest(setting, round=round_number):
                    done = subprocess.run(self.words(), env={**self.environment, "SPACE_FAILPOINT": setting}, capture_output=True, text=True,
                                          timeout=120, check=False)
                    if setting.endswith(":kill"):
                        self.assertEqual(done.returncode, -signal.SIGKILL, done.stdout)
                        self.assertFalse(self.place.exists())
                    else:
                        self.assert_none(done, "cannot put tofu in its place")
                    self.assert_one(self.install())
                    self.remove()


if __name__ == "__main__":
    support.main()
