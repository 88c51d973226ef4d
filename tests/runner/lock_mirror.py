#!/usr/bin/env python3
"""`space lock --mirror`: a folder for machines without a network, filled from a real registry of this machine; and a lock, a filling
and a fetch that are interrupted, killed or refused by the disk.

usage: lock_mirror.py [PATH-OF-SPACE]      spacec lies beside it
"""

import shutil
import signal
import time

import lock
import registry
import support


class Mirror(lock.WithRegistry):
    def test_a_mirror_that_is_filled_in_parts(self):
        """Interrupted, killed, refused by the disk, damaged: what came whole stays, and only the rest is fetched."""
        self.write(self.simple("~> 1.0"))
        mirror = self.bench.folder / "mirror"
        place = mirror / self.registry.source
        some = ("--platform", "linux_amd64", "--platform", "linux_arm64")
        self.ok("lock", *some)
        before = self.lock_text()

        def packages():
            found = sorted(place.glob("*.zip"))
            for path in found:
                self.assertEqual(path.read_bytes(), self.registry.archive("1.0.0", path.stem.removeprefix("terraform-provider-simple_1.0.0_")))
            return len(found)

        if support.has_failpoints(support.space()):
            for setting in ("kill", "eio", "enospc") if support.FULL else ("kill", "eio"):
                for _ in range(5 if support.FULL else 1):
                    shutil.rmtree(mirror, ignore_errors=True)
                    done = self.bench.run("lock", "--mirror", str(mirror), *some, environment={"SPACE_FAILPOINT": f"package.rename@linux_arm64:{setting}"})
                    self.assertEqual(done.returncode, -signal.SIGKILL if setting == "kill" else 14, done.stdout + done.stderr)
                    self.assertEqual(packages(), 1)
                    self.assertIn("1 fetched, 1 there before", self.ok("lock", "--mirror", str(mirror), *some))
                    self.assertEqual(packages(), 2)
        self.ok("lock", "--mirror", str(mirror), *some)
        damaged = place / "terraform-provider-simple_1.0.0_linux_arm64.zip"
        damaged.write_bytes(damaged.read_bytes()[:-1])
        self.assertIn("1 fetched, 1 there before", self.ok("lock", "--mirror", str(mirror), *some))
        self.assertEqual(packages(), 2)
        self.assertEqual(sorted(path.name for path in mirror.iterdir()), [".filling.lock", self.registry.host])
        self.assertEqual(self.lock_text(), before)
        self.assert_clean()

    def test_a_mirror_gets_nothing_that_is_not_locked(self):
        """The registry gives another package than the one that was locked."""
        self.write(self.simple("~> 1.0"))
        self.ok("lock", "--platform", "linux_amd64")
        answer = self.registry.answer
        self.addCleanup(delattr, self.registry, "answer")

        def another_the_next_time(handler):
            answer(handler)
            if handler.path.startswith("/archive/"):
                self.registry.archives["1.0.0", "linux_amd64"] = self.registry.archive("1.0.1", "linux_amd64")

        self.registry.answer = another_the_next_time
        said = self.ok("lock", "--mirror", "m", "--platform", "linux_amd64", code=14)
        self.assertIn("is not what the lock file has", said)
        self.assertEqual(list((self.bench.project / "m").rglob("*.zip")), [])

    def test_interrupted_it_says_so_and_goes_on_the_next_time(self):
        self.write(self.simple("~> 1.0"))
        self.ok("lock", "--platform", "linux_amd64")
        before = self.lock_text()
        for number in (signal.SIGINT, signal.SIGTERM):
            self.registry.fetched.clear()
            self.registry.pause = 2
            running = self.bench.start("lock", "--mirror", "m")
            while not self.registry.fetched:
                time.sleep(0.01)
            running.send_signal(number)
            said, _ = running.communicate(timeout=120)
            self.assertEqual(running.returncode, 130, said)
            self.assertIn("error: interrupted", said)
            self.assertEqual(self.lock_text(), before)
            self.assert_clean()
            self.assertFalse((self.bench.project / "m").exists())
        self.registry.pause = 0
        self.assertIn("fetched, 0 there before", self.ok("lock", "--mirror", "m"))
        self.assertEqual(len(list((self.bench.project / "m").rglob("*.zip"))), len(registry.PLATFORMS))


class Flown(lock.WithRegistry):
    PLUGIN = None

    def test_a_mirror_for_a_machine_without_a_network(self):
        self.registry = registry.Registry(self.bench.folder)  # one that goes away
        self.addCleanup(self.registry.close)
        self.bench.environment["SSL_CERT_FILE"] = str(self.registry.certificate)
        self.write(self.simple("~> 1.0"))
        asked = ("lock", "--mirror", "../for others", "--platform", "linux_amd64", "--platform", "linux_arm64")
        self.assertIn("2 fetched, 0 there before", self.ok(*asked))
        self.build()
        mirror = self.bench.folder / "for others"
        packages = sorted(mirror.rglob("*.zip"))
        self.assertEqual([str(path.relative_to(mirror)) for path in packages],
                         [f"{self.registry.source}/terraform-provider-simple_1.0.0_{it}.zip" for it in ("linux_amd64", "linux_arm64")])
        self.registry.fetched.clear()
        self.assertIn("0 fetched, 2 there before", self.ok(*asked))
        self.assertEqual(self.registry.fetched, [])
        self.registry.close()
        whole = {path: path.read_bytes() for path in packages}
        self.bench.environment.update(SPACE_PROVIDER_MIRROR=str(mirror), HOME=str(self.bench.folder / "another home"))
        before = self.lock_text()
        self.ok("lock")
        self.assertEqual(self.lock_text(), before)
        self.assertIn("applied         2", self.ok("apply", "sandbox", "--auto-approve"))
        for path, data in whole.items():
            path.write_bytes(data[:200] + bytes([data[200] ^ 1]) + data[201:])
        shutil.rmtree(self.bench.project / ".space/data")
        self.assertIn("checksum", self.ok("apply", "sandbox", "--auto-approve", "--refresh", code=20))

    @support.unittest.skipUnless(support.has_failpoints(support.space()), "a build without failpoints")
    def test_failpoints(self):
        """A plugin that was fetched is put in its place: at plugin.rename the runner dies, or the disk refuses."""
        self.write(self.simple("~> 1.0"))
        self.ok("lock", "--platform", "linux_amd64", "--platform", "linux_arm64")
        self.build()
        for setting in ("kill", "eio", "enospc") if support.FULL else ("kill", "eio"):
            for round_number in range(5 if support.FULL else 1):
                with self.subTest(setting, round=round_number):
                    self.bench.environment["HOME"] = str(self.bench.folder / f"home-{setting}-{round_number}")
                    done = self.bench.run("apply", "sandbox", "--auto-approve", "--refresh", environment={"SPACE_FAILPOINT": f"plugin.rename:{setting}"})
                    self.assertEqual(done.returncode, -signal.SIGKILL if setting == "kill" else 20, done.stdout + done.stderr)
                    self.assert_store_is_whole(0)
                    self.ok("apply", "sandbox", "--auto-approve", "--refresh")
                    self.assert_store_is_whole(1)


if __name__ == "__main__":
    support.main()
