"""Forty flights for a tofu, real or played: each is a procedure in a flight of its own, with what it is at first and what it is
then. A scenario is {name: (first, second)}; each of the two is {"objects": […], …} as `write` reads it, or None for "as it was".
"""

import json

import lab


def objects(*given, **more):
    return {"objects": list(given), **more}


def one(**attributes):
    return objects({"name": "a", **attributes})


def chain(**first):
    """The second waits for the first."""
    return objects({"name": "a", **first}, {"name": "b", "depends_on": ["fault_object.o0"]})


def text(body, **outputs):
    return {"body": body, "outputs": {name: "string" for name in outputs}, "values": outputs}


EXEC = 'resource "terraform_data" "it" {{\n  input = "x"\n  provisioner "local-exec" {{\n    command = "{command}"\n  }}\n}}\n'
DATA = 'resource "terraform_data" "it" {{\n  input = "{value}"\n}}\n'
FAULT_AT_UPDATE = {"when": "update", "content": "then"}
GONE = objects()

SCENARIOS = {
    "one": (one(), None),
    "none": (objects(), None),
    "several": (objects({"name": "a"}, {"name": "b"}, {"name": "c"}), None),
    "chain": (chain(), None),
    "outputs": (text(DATA.format(value="x"), told="terraform_data.it.output"), None),
    "outputs-change": (text(DATA.format(value="x"), told="terraform_data.it.output"), text(DATA.format(value="y"), told="terraform_data.it.output")),
    "outputs-alone": (text(DATA.format(value="x"), told='"one"'), text(DATA.format(value="x"), told='"two"')),
    "outputs-go": (text(DATA.format(value="x"), told='"one"', more='"more"'), text(DATA.format(value="x"), told='"one"')),
    "early": (one(mode="early"), one()),
    "early-chain": (chain(mode="early"), chain()),
    "late": (one(mode="late"), None),
    "late-then-well": (one(mode="late"), one()),
    "late-chain": (chain(mode="late"), None),
    "lose": (one(mode="lose"), one()),
    "panic": (one(mode="panic"), one()),
    "exit": (one(mode="exit"), one()),
    "exit-chain": (chain(mode="exit"), None),
    "huge": (one(mode="huge", size=1 << 20), None),
    "sleep": (one(mode="sleep", delay=100), None),
    "ignore": (one(mode="ignore", delay=100), None),
    "update": (one(), one(content="then")),
    "update-early": (one(), one(mode="early", **FAULT_AT_UPDATE)),
    "update-late": (one(), one(mode="late", **FAULT_AT_UPDATE)),
    "update-lose": (one(), one(mode="lose", **FAULT_AT_UPDATE)),
    "update-panic": (one(), one(mode="panic", **FAULT_AT_UPDATE)),
    "update-chain": (chain(), chain(content="then")),
    "replace": (one(), objects({"name": "b"})),
    "replace-not-deleted": (one(mode="early", when="delete"), objects({"name": "b"})),
    "replace-not-made": (one(), objects({"name": "b", "mode": "early"})),
    "delete": (one(), GONE),
    "delete-chain": (chain(), GONE),
    "delete-early": (one(mode="early", when="delete"), GONE),
    "delete-late": (one(mode="late", when="delete"), GONE),
    "delete-lose": (one(mode="lose", when="delete"), GONE),
    "delete-exit": (one(mode="exit", when="delete"), GONE),
    "read-early": (one(mode="early", when="read"), None),
    "read-exit": (one(mode="exit", when="read"), None),
    "plan-early": (one(mode="early", when="plan"), one()),
    "plan-exit": (one(mode="exit", when="plan"), None),
    "drift-gone": (one(), "gone"),
    "drift-changed": (one(content="ours"), "changed"),
    "exec": (text(EXEC.format(command="true")), None),
    "exec-fails": (text(EXEC.format(command="exit 3")), None),
    "save-fails": (one(backend={"POST": {1}}), None),
    "unlock-fails": (one(backend={"UNLOCK": {2}}), None),
    "lock-fails": (one(backend={"LOCK": {2}}), None),
    "read-fails": (one(backend={"GET": {2}}), None),
    "locked": (one(locked=True), None),
}


def one_of(name):
    """Whether the backend is told about it: which scenarios fly with `http`."""
    return any(word in name for word in ("-fails", "locked")) and not name.startswith("exec")


def write(bench, project, backend, wanted):
    """Adds the scenarios as they are at first; returns name -> root."""
    roots = {}
    for name in wanted:
        first = SCENARIOS[name][0]
        flight = f"sandbox/one/{name}"
        more = {"http": backend.url} if one_of(name) else {}
        if "body" in first:
            roots[name] = project.add(flight, "000", "p", body=first["body"], outputs=first["outputs"], given=first["values"], **more)
            continue
        given = [dict(it) for it in first["objects"]]
        path = f"/sandbox/{name}/one/p"
        for it in given:
            for verb, calls in it.pop("backend", {}).items():
                backend.fail(verb, "500", calls=calls, path=path)
            if it.pop("locked", False):
                backend.lock(path)
        roots[name] = bench.add(project, "p", named(name, given), flight=flight, **more)
    project.write()
    return roots


def named(scenario, given):
    """In one world, names tell scenarios apart."""
    return [{**it, "name": f"{scenario}-{it['name']}"} for it in given]


def go_on(bench, project, roots):
    """What they are then; the world's own changes too."""
    for name, root in roots.items():
        second = SCENARIOS[name][1]
        if second in ("gone", "changed"):
            mine = [(ident, it) for ident, it in bench.objects().items() if it[0] == f"{name}-a"]
            line = {"op": "delete" if second == "gone" else "update", "name": f"{name}-a", "id": mine[0][0], "content": "theirs", "process": 0, "ms": 0}
            with open(bench.world_file, "a", encoding="utf-8") as log:
                log.write(json.dumps(line) + "\n")
        elif second is not None and "body" in second:
            root.body, root.outputs, root.given = second["body"], second["outputs"], second["values"]
        elif second is not None:
            root.body = lab.body(bench.world_file, named(name, second["objects"]))
    project.write()
