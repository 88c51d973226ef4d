"""Flying and previewing, for scripts/bench: `space apply` beside the same tofu commands under plain ninja, and `space preview`."""

import json
import os
import pathlib
import shutil
import statistics
import subprocess

import programs
from timing import SPACE, SPACEC, fail, fastest_of, timed


def tofu_path():
    found = subprocess.run([SPACE, "tofu", "which"], stdout=subprocess.PIPE, text=True)
    if found.returncode != 0:
        fail("tofu is not installed", "build/bin/space tofu install")
    return found.stdout.strip().splitlines()[-1]


def plain_environment(folder):
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    config = folder / "tofurc"
    config.write_text("disable_checkpoint = true\n")
    return {**keep, "TF_CLI_CONFIG_FILE": str(config), "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"}


def ninja_file(program, tofu):
    """The four commands a root, stages one after the other; inputs that are outputs of others are known beforehand."""
    plan = json.loads((program / "out/run-plan.json").read_text())
    lines = ["rule run", "  command = cd $root && " + " && ".join([
        f"$vars {tofu} init -input=false -no-color > init.log",
        f"$vars {tofu} plan -input=false -no-color -out=plan.bin > plan.log",
        f"$vars {tofu} apply -input=false -no-color plan.bin > apply.log",
        f"$vars {tofu} output -json > output.json"]), ""]
    before, stages = "", {}
    for root in plan["roots"]:
        stages.setdefault(root["stage"], []).append(root)
    for stage in sorted(stages):
        done = []
        for root in stages[stage]:
            given = []
            for variable in root["variables"]:
                if "output" in variable:
                    given.append(f"TF_VAR_{variable['name']}=x")
            mark = f"{root['id']}.done"
            lines += [f"build {mark}: run{' | ' + before if before else ''}",
                      f"  root = out/{root['id']}", f"  vars = {'env ' + ' '.join(given) if given else ''}", ""]
            done.append(mark)
        lines += [f"build stage{stage}: phony {' '.join(done)}", ""]
        before = f"stage{stage}"
    lines += [f"default {before}", ""]
    (program / "build.ninja").write_text("\n".join(lines))


def bench_flight(procedures, folder, runs, jobs):
    tofu = tofu_path()
    environment = plain_environment(folder)
    log = folder / "flight.log"
    times = {"space": [], "ninja": []}
    for number in range(runs):
        for who in ("ninja", "space") if number % 2 == 0 else ("space", "ninja"):
            program = folder / f"flight-{who}"
            programs.generate(program, procedures, procedures)
            timed([SPACEC, "build", "."], program, log=log)
            if who == "ninja":
                ninja_file(program, tofu)
                times[who].append(timed(["ninja", "-j", jobs], program, environment, log)[0])
            else:
                command = [SPACE, "apply", "sandbox", "--auto-approve", "--parallel", jobs]
                times[who].append(timed(command, program, {**os.environ, **environment}, log)[0])
            shutil.rmtree(program)
    middle = {who: statistics.median(seconds) for who, seconds in times.items()}
    return {"procedures": procedures, "parallel": jobs, "space_seconds": middle["space"],
            "ninja_seconds": middle["ninja"], "ratio": middle["space"] / middle["ninja"]}


def bench_preview(procedures, folder, runs):
    """A joint plan of a mission that was applied and has not changed since."""
    environment = {**os.environ, **plain_environment(folder)}
    environment["PATH"] = os.pathsep.join([str(pathlib.Path(tofu_path()).parent), environment["PATH"]])
    log = folder / "preview.log"
    program = folder / "preview"
    programs.generate(program, procedures, procedures)
    timed([SPACEC, "build", "."], program, log=log)
    timed([SPACE, "apply", "sandbox", "--auto-approve"], program, environment, log)
    seconds, mib = fastest_of(runs, lambda: timed([SPACE, "preview", "sandbox"], program, environment, log))
    shutil.rmtree(program)
    return {"procedures": procedures, "seconds": seconds, "mib": mib}
