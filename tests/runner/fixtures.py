"""Writes projects as spacec would emit them, for tests and benches of the runner: roots on built-in resources and the
local backend, with a run plan. No spacec is needed, so that what goes wrong here is the runner's."""

import hashlib
import json
import os
import pathlib

TOFU = "1.12.6"
ENCRYPTION = """
  encryption {
    key_provider "pbkdf2" "this" {
      passphrase = var.%s
    }
    method "aes_gcm" "this" {
      keys = key_provider.pbkdf2.this
    }
    state {
      method   = method.aes_gcm.this
      enforced = true
    }
    plan {
      method   = method.aes_gcm.this
      enforced = true
    }
  }
"""


class Root:
    """One procedure. `reads` maps a variable to (root id, output). `outputs` maps a name to its type, `given` to the
    expression that makes it; `types` maps a variable to its type, as the run plan writes it; `blocks` are provider
    blocks, as (local name, text, variables that reach it); `imports` are pairs of address and text; `phrase` is the
    variable that encrypts the state. `http` is the base of a remote; else the state is local."""

    def __init__(self, flight, stage, procedure, reads=None, values=None, secrets=None, body=None, outputs=None, ephemeral=(),
                 providers=None, sleep=None, http=None, given=None, types=None, sensitive=(), blocks=(), imports=(), phrase=None):
        self.flight, self.stage, self.procedure = flight, stage, procedure
        self.id = f"{flight}/{stage}/{procedure}"
        self.reads = dict(reads or {})
        self.values = dict(values or {})
        self.secrets = dict(secrets or {})
        self.ephemeral = set(ephemeral)
        self.providers = dict(providers or {})
        self.sleep = sleep
        self.http = http
        self.output_text = None  # of outputs.tf, where it is not the usual one
        self.files = {}
        self.body = body
        self.outputs = outputs if outputs is not None else {"id": "string", "seen": "string"}
        self.given = dict(given or {})
        self.types = dict(types or {})
        self.sensitive = set(sensitive)  # variables and outputs
        self.blocks, self.imports, self.modules, self.phrase = list(blocks), list(imports), [], phrase

    def variables(self):
        return sorted([*self.reads, *self.values, *self.secrets])


class Project:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.environments = {"sandbox": "sandbox"}
        self.roots = []
        self.after = {}
        self.secrets = {}
        self.foundations = set()

    def add(self, *args, **kwargs):
        root = Root(*args, **kwargs)
        self.roots.append(root)
        return root

    def write(self):
        out = self.folder / "out"
        for root in self.roots:
            write_root(out / root.id, root)
        self.write_plan(out)

    def write_plan(self, out):
        roots = sorted(self.roots, key=lambda r: r.id)
        flights = []
        for flight in sorted({r.flight for r in roots}):
            environment, space, mission = flight.split("/")
            mine = [r for r in roots if r.flight == flight]
            flights.append({
                "id": flight, "environment": environment, "space": space, "region": "r1", "mission": mission,
                "namespace": f"{mission}--{space}", "foundation": flight in self.foundations,
                "after": sorted(self.after.get(flight, [])), "secrets": self.secrets.get(flight, []),
                "stages": [{"label": s, "roots": [r.id for r in mine if r.stage == s]}
                           for s in sorted({r.stage for r in mine})],
            })
        files = []
        for path in sorted(p for p in out.rglob("*") if p.is_file() and p.name != "run-plan.json"):
            files.append({"path": path.relative_to(out).as_posix(), "mode": "0644",
                          "sha256": hashlib.sha256(path.read_bytes()).hexdigest()})
        plan = {
            "schema": "space.run-plan/1",
            "project": {"name": "fixture", "edition": 2026, "contract": "1.0", "tofu": TOFU, "folder": ".."},
            "environments": [{"name": n, "kind": k} for n, k in sorted(self.environments.items())],
            "flights": flights, "roots": [plan_root(r) for r in roots], "policies": [], "inputs": [],
            "files": sorted(files, key=lambda f: f["path"].encode()),
        }
        (out / "run-plan.json").write_text(json.dumps(plan))


def plan_root(root):
    variables = []
    for name in root.variables():
        variable = {"name": name, "type": root.types.get(name, "string")}
        if name in root.sensitive:
            variable["sensitive"] = True
        if name in root.ephemeral:
            variable["ephemeral"] = True
        if name in root.reads:
            producer, output = root.reads[name]
            variable["output"] = {"root": producer, "output": output}
        elif name in root.secrets:
            variable.update(secret=root.secrets[name], sensitive=True)
        else:
            variable["value"] = root.values[name]
        variables.append(variable)
    return {
        "id": root.id, "flight": root.flight, "stage": root.stage, "procedure": root.procedure,
        "state": plan_state(root),
        "variables": variables,
        "outputs": [{"name": n, "type": t, **({"sensitive": True} if n in root.sensitive else {})} for n, t in sorted(root.outputs.items())],
        "reads": sorted({producer for producer, _ in root.reads.values()}),
        "required_providers": [{"name": n, "source": s} for n, s in sorted(root.providers.items())],
        "provider_blocks": [{"provider": n, "text": t, "variables": sorted(v)} for n, t, v in root.blocks],
        "modules": root.modules,
        "imports": [{"to": to, "text": text} for to, text in root.imports],
    }


def plan_state(root):
    address = state_address(root)
    if root.http:
        return {"remote": "web", "type": "http", "address": address}
    return {"remote": "local", "type": "local", "address": address, "path": f"../.space/state/{address}.tfstate",
            "encryption_variables": [root.phrase] if root.phrase else []}


def state_address(root):
    environment, space, mission = root.flight.split("/")
    return f"{environment}/{mission}/{space}/{root.procedure}"


def backend_text(root, up):
    address = state_address(root)
    if root.http:
        lines = "".join(f'    {name} = "{root.http}/{address}"\n' for name in ("address", "lock_address", "unlock_address"))
        lines += "    retry_max = 0\n"  # what goes wrong once has gone wrong
        return f'terraform {{\n  backend "http" {{\n{lines}  }}\n}}\n'
    encryption = ENCRYPTION % root.phrase if root.phrase else ""
    return f'terraform {{\n  backend "local" {{\n    path = "{up}/.space/state/{address}.tfstate"\n  }}\n{encryption}}}\n'


def hcl_type(json_type):
    if isinstance(json_type, str):
        return "any" if json_type == "dynamic" else json_type
    return f"{json_type[0]}({hcl_type(json_type[1])})"


def write_root(folder, root):
    folder.mkdir(parents=True, exist_ok=True)
    up = "/".join([".."] * (len(root.id.split("/")) + 1))
    providers = "".join(f'    {n} = {{\n      source = "{s}"\n    }}\n' for n, s in sorted(root.providers.items()))
    required = f"  required_providers {{\n{providers}  }}\n" if providers else ""
    files = {
        "terraform.tf": f'language {{\n  compatible_with {{\n    opentofu = "= {TOFU}"\n  }}\n}}\n'
                        + (f"\nterraform {{\n{required}}}\n" if required else ""),
        "backend.tf": backend_text(root, up),
    }
    if root.variables():
        files["variables.tf"] = "\n".join(
            f'variable "{n}" {{\n  type = {hcl_type(root.types.get(n, "string"))}\n' + ("  ephemeral = true\n" if n in root.ephemeral else "")
            + ("  sensitive = true\n" if n in root.secrets or n in root.sensitive else "") + "}\n" for n in root.variables())
    if root.values:
        files["terraform.tfvars"] = "".join(f"{n} = {json.dumps(v)}\n" for n, v in sorted(root.values.items()))
    seen = [n for n in root.variables() if n not in root.ephemeral]
    body = root.body
    if body is None:
        provisioner = f'\n  provisioner "local-exec" {{\n    command = "sleep {root.sleep}"\n  }}\n' if root.sleep else ""
        text = "-".join("${nonsensitive(var." + n + ")}" if n in root.secrets else "${var." + n + "}" for n in seen)
        body = f'resource "terraform_data" "it" {{\n  input = "{root.procedure}:{text}"\n{provisioner}}}\n'
    files["main.tf"] = body
    if root.outputs:
        given = {"id": "terraform_data.it.id", "seen": "terraform_data.it.output", **root.given}
        files["outputs.tf"] = "\n".join(f'output "{n}" {{\n  value = {given.get(n, "terraform_data.it.output")}\n'
                                        + ("  sensitive = true\n" if n in root.sensitive else "") + "}\n"
                                        for n in sorted(root.outputs))
    if root.output_text is not None:
        files["outputs.tf"] = root.output_text
    files.update(root.files)
    if root.blocks:
        files["providers.tf"] = "\n".join(text for _, text, _ in root.blocks)
    if root.imports:
        files["imports.tf"] = "\n".join(text for _, text in root.imports)
    for gone in {"imports.tf", "outputs.tf", "providers.tf", "terraform.tfvars", "variables.tf"} - files.keys():
        (folder / gone).unlink(missing_ok=True)
    for name, text in files.items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


def chain(folder, procedures=3, stages=3, sleep=None):
    """One flight, `stages` stages of `procedures` each; each procedure reads one of the stage before."""
    project = Project(folder)
    before = []
    for s in range(stages):
        now = []
        for p in range(procedures):
            reads = {"up": (before[p % len(before)].id, "id")} if before else {}
            now.append(project.add("sandbox/one/shop", f"{s:02d}0", f"p{s}-{p:03d}", reads=reads,
                                   values={"size": f"{s}.{p}"}, sleep=sleep))
        before = now
    project.write()
    return project


if __name__ == "__main__":
    import sys
    target = sys.argv[1]
    os.makedirs(target, exist_ok=True)
    chain(target, procedures=int(sys.argv[2]) if len(sys.argv) > 2 else 3,
          stages=int(sys.argv[3]) if len(sys.argv) > 3 else 3)
