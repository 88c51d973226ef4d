"""What the tests of the laboratory share: a bench with the fault provider, projects of fault objects, and the comparison that
all of it is for: what is in the world is what the states know.
"""

import fcntl
import json
import pathlib
import time

import fault_provider
import fixtures
import support


def attribute(name, value):
    return f"[{', '.join(value)}]" if name == "depends_on" else json.dumps(value)


def body(world, objects, settings=""):
    """The .tf text of a root with these objects: a list of {name, …attributes of fault_object}."""
    text = f'provider "fault" {{\n  world = {json.dumps(str(world))}\n{settings}}}\n'
    for number, given in enumerate(objects):
        lines = "".join(f"  {name} = {attribute(name, value)}\n" for name, value in given.items())
        text += f'\nresource "fault_object" "o{number}" {{\n{lines}}}\n'
    return text


class Bench(support.Bench):
    """Also a world, and the fault provider in the mirror that space looks at."""

    def __init__(self):
        super().__init__()
        self.world_file = self.folder / "world.jsonl"
        self.environment["SPACE_PROVIDER_MIRROR"] = str(fault_provider.mirror(self.folder / "mirror"))

    def add(self, project, procedure, objects, stage="000", flight="sandbox/one/shop", **more):
        """A procedure of fault objects."""
        more.setdefault("outputs", {})
        return project.add(flight, stage, procedure, body=body(self.world_file, objects), providers={"fault": fault_provider.SOURCE}, **more)

    def world(self):
        """The lines of the world log so far."""
        return [json.loads(line) for line in self.world_file.read_text().splitlines()] if self.world_file.exists() else []

    def objects(self):
        """id -> (name, content) of what there is."""
        found = {}
        for line in self.world():
            if line["op"] in ("create", "update"):
                found[line["id"]] = (line["name"], line.get("content", ""))
            elif line["op"] == "delete":
                del found[line["id"]]  # what is deleted twice is a mistake of ours
        return found

    def known(self, states=None):
        """The same, as the states have it. `states` are parsed ones; without them the local states."""
        found = {}
        for state in states if states is not None else [json.loads(path.read_text()) for path in self.states()]:
            for resource in state["resources"]:
                if resource["type"] == "fault_object" and resource["mode"] == "managed":
                    for instance in resource["instances"]:
                        it = instance["attributes"]
                        assert it["id"] not in found, "two states know one object"
                        found[it["id"]] = (it["name"], it["content"])
        return found

    def wait_for(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError("it did not come")
            time.sleep(0.01)

    def wait_for_silence(self):
        """Until nothing that was started for a flight lives: every child keeps the flight's lock open."""
        for path in (self.project / ".space/locks").rglob("*.lock"):
            with open(path, "rb") as lock:
                self.wait_for(lambda: is_free(lock))

    def streams(self, name="apply.out"):
        return sorted(pathlib.Path(self.project / ".space/runs").rglob(name))


def is_free(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(lock, fcntl.LOCK_UN)
    return True


class Case(support.unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.bench = Bench()
        self.addCleanup(self.bench.close)

    def run_ok(self, *arguments):
        done = self.bench.run(*arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def check_world_equals_state(self, states=None):
        self.assertEqual(self.bench.objects(), self.bench.known(states))


def project_of(bench):
    return fixtures.Project(bench.project)


def go_on(bench, *more):
    """The next apply, as a person would go on: what was cut off is taken up again, what waits for a person is resolved."""
    fly = ("apply", "sandbox", "--auto-approve", *more)
    done = bench.run(*fly)
    if done.returncode == 13:
        done = bench.run(*fly, "--resume")
    if done.returncode == 13:
        resolve(bench)
        done = bench.run(*fly)
    return done


def resolve(bench, backend=None):
    """What a person does: brings back what could be saved in a file alone, and says that all has been looked at."""
    for path in (bench.project / "out").rglob("errored.tfstate"):
        environment, space, mission, _, procedure = path.parent.relative_to(bench.project / "out").parts
        backend.put(f"/{environment}/{mission}/{space}/{procedure}", path.read_bytes())
        path.unlink()
    done = bench.run("resolve", "sandbox", "--reason", "the test has looked")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
