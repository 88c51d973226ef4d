#!/usr/bin/env python3
"""A state backend that fails at each request of a flight, in each of five ways: the verdict, what is left of the lock, where the
state went, and what the next run makes of it. One run flies them all, each in a flight of its own.

usage: backend_faults.py [PATH-OF-SPACE]
"""

import json
import threading

import http_backend
import lab
import support

# What goes on at a request -> (verb, number of the call). `init` asks GET; a plan LOCK, GET, UNLOCK; an apply LOCK, GET twice, POST, UNLOCK.
PHASES = {"init-read": ("GET", 1), "plan-lock": ("LOCK", 1), "plan-read": ("GET", 2), "plan-unlock": ("UNLOCK", 1),
          "apply-lock": ("LOCK", 2), "apply-read": ("GET", 3), "apply-look": ("GET", 4), "apply-save": ("POST", 1),
          "apply-unlock": ("UNLOCK", 2)}
WORDS = {"lock": "Error acquiring the state lock", "read": "Failed to get state",
         "unlock": "Error releasing the state lock"}
SAVES = ("apply-look", "apply-save")  # it looks before it saves


def wanted(phase, mode):
    """(verdict, words of the reason or its diagnostics)"""
    if mode == "slow":
        return "applied", ""
    if phase in SAVES:
        return "failed-partial", "errored.tfstate"
    if phase == "apply-unlock":
        return "failed-partial", "applied, but the state's lock could not be released"
    return "failed-clean", WORDS[phase.split("-")[1]]


def stays_locked(phase, mode):
    """A lock that was taken or kept, and nobody was told: nothing of ours takes it away."""
    if phase.endswith("unlock"):
        return mode in ("500", "hang", "drop")
    return phase.endswith("lock") and mode == "lost"


class BackendFaults(lab.Case):
    def release_what_hangs(self, backend):
        """Whoever hangs is let go when all that hang are there, or nothing has come for a while."""
        while not self.over.wait(1.0):
            backend.release()

    def test_every_request_fails_in_every_way(self):
        backend = http_backend.Backend()
        self.addCleanup(backend.close)
        project = lab.project_of(self.bench)
        cells = [(phase, mode) for phase in PHASES for mode in http_backend.MODES]
        roots = {}
        for phase, mode in cells:
            name = f"{phase}-{mode}"
            root = self.bench.add(project, "p", [{"name": name}], flight=f"sandbox/one/{name}", http=backend.url)
            roots[phase, mode] = root
            verb, call = PHASES[phase]
            backend.fail(verb, mode, calls={call}, path=f"/sandbox/{name}/one/p")
        project.write()
        self.over = threading.Event()
        helper = threading.Thread(target=self.release_what_hangs, args=(backend,), daemon=True)
        helper.start()
        report = self.bench.project / "report.json"
        done = self.bench.run("apply", "sandbox", "--auto-approve", "--parallel", "6", "--report", str(report), timeout=300)
        self.over.set()
        helper.join()
        self.assertEqual(done.returncode, 21, done.stdout + done.stderr)
        told = {it["root"]: it for it in json.loads(report.read_text())["roots"]}
        states, locks, kept = backend.states(), backend.locks(), []
        for (phase, mode), root in roots.items():
            with self.subTest(phase=phase, mode=mode):
                verdict, words = wanted(phase, mode)
                path = f"/{lab.fixtures.state_address(root)}"
                it = told[root.id]
                self.assertEqual(it["verdict"], verdict, it)
                self.assertIn(words, json.dumps(it, ensure_ascii=False))
                self.assertEqual(path in locks, stays_locked(phase, mode))
                errored = self.bench.project / "out" / root.id / "errored.tfstate"
                self.assertEqual(errored.exists(), phase in SAVES and mode != "slow")
                if errored.exists():
                    kept.append(json.loads(errored.read_text()))
                    if (phase, mode) == ("apply-save", "lost"):
                        self.assertEqual(states.pop(path)["lineage"], kept[-1]["lineage"])
        # What was made is known, by the backend or by the file that was kept.
        self.check_world_equals_state([*states.values(), *kept])
        self.assertGreater(len(self.bench.objects()), 10)
        self.again(backend, roots)

    def again(self, backend, roots):
        """The backend is well: what was made in part waits for a person, what is locked says by whom, all else goes on."""
        backend.heal()
        refused = self.bench.run("apply", "sandbox", "--auto-approve")
        self.assertEqual(refused.returncode, 13, refused.stdout + refused.stderr)
        told = [json.loads(line) for line in self.bench.run("status", "sandbox", "--json").stdout.splitlines()]
        waiting = {it["flight"] for it in told if it.get("waits")}
        self.assertEqual(waiting, {f"sandbox/one/{phase}-{mode}" for phase, mode in roots
                                   if mode != "slow" and phase in (*SAVES, "apply-unlock")})
        lab.resolve(self.bench, backend)
        made = len(self.bench.objects())
        report = self.bench.project / "again.json"
        self.bench.run("apply", "sandbox", "--auto-approve", "--parallel", "6", "--report", str(report), timeout=300)
        told = {it["root"]: it for it in json.loads(report.read_text())["roots"]}
        now = 0
        for (phase, mode), root in roots.items():
            with self.subTest(again=phase, mode=mode):
                it = told[root.id]
                if stays_locked(phase, mode):
                    self.assertEqual(it["verdict"], "failed-clean", it)
                    self.assertIn("Error acquiring the state lock", json.dumps(it))
                else:
                    fresh = phase not in (*SAVES, "apply-unlock") and mode != "slow"
                    self.assertEqual(it["verdict"], "applied" if fresh else "unchanged", it)
                    now += fresh
        self.assertEqual(len(self.bench.objects()), made + now)

    def test_what_is_not_told_is_noticed(self):
        """The comparison that all of this is for must be able to fail."""
        project = lab.project_of(self.bench)
        self.bench.add(project, "p", [{"name": "lost", "mode": "lose"}])
        project.write()
        self.assertEqual(self.bench.run("apply", "sandbox", "--auto-approve").returncode, 21)
        self.assertEqual(len(self.bench.objects()), 1)
        with self.assertRaises(AssertionError):
            self.check_world_equals_state()


if __name__ == "__main__":
    support.main()
