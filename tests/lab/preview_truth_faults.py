#!/usr/bin/env python3
"""preview_truth.py's comparison where a provider computes ids and values, objects are imported, and others change the world between
two runs: what `space preview` says of each object is what the apply after it does. At the end what the states know is in the world.

3 missions; with SPACE_TEST_FULL 60, and 6 under the sanitizers. SPACE_TEST_SEED=7 makes others.

usage: preview_truth_faults.py [PATH-OF-SPACE]
"""

import fault_mission
import generated_mission
import lab
import preview_truth
import support


class TruthOfFaults(preview_truth.Truth):
    MISSIONS = support.missions(full=60, sampled=3)
    ACTIONS = (*preview_truth.Truth.ACTIONS, "import")

    def begin(self, seed):
        bench = lab.Bench()
        return bench, generated_mission.make(seed, bench.project, fault_mission.Mission, bench=bench)

    def check_end(self, bench):
        there, known = bench.objects(), bench.known()  # what is forgotten is there, and no state knows it
        elsewhere = {line["id"] for line in bench.world() if line["op"] == "delete" and "process" not in line}
        for identity in known.keys() - elsewhere:  # what is gone elsewhere and forgotten stays in a state that nothing changes
            self.assertEqual(there.get(identity), known[identity], identity)


if __name__ == "__main__":
    support.main()
