"""Programs of any size by a fixed rule, for scripts/bench."""

STAGES = ("000", "010", "020")
PER_MISSION = 20

HEAD = '''project "bench" {
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}

environment "sandbox" {
  kind  = "sandbox"
  facts = { account = "bench" }
}

REMOTE
space "here" {
  remote = remote.state
  region = "home"
}
'''

LOCAL = '''remote "local" "state" {
  folder = ".space/state/${flight.facts.account}"
}
'''

MODULE = '''variable "name" {
  type = string
}

variable "before" {
  type    = string
  default = ""
}

resource "terraform_data" "this" {
  input = "${var.name}${var.before == "" ? "" : "-after"}"
}

output "name" {
  value = terraform_data.this.output
}
'''


def module_folder(number):
    return "module" if number == 0 else f"modules/m{number:04d}"


def procedure(number, names, modules):
    """Every second one calls a module, the others have their body in place; from the second stage on each reads one."""
    name = f"p{number:05d}"
    read = f"procedure.{names[number % len(names)]}.name" if names else '""'
    if number % 2 == 0:
        return name, f'''    procedure "{name}" {{
      source = "./{module_folder(number // 2 % modules)}"
      inputs = {{
        name   = "${{var.prefix}}-{number}"
        before = {read}
      }}
      output "name" {{ type = string }}
    }}
'''
    return name, f'''    procedure "{name}" {{
      resource "terraform_data" "this" {{
        input = {{
          name   = "${{var.prefix}}-{number}"
          before = {read}
        }}
      }}
      output "name" {{
        type  = string
        value = terraform_data.this.output.name
      }}
    }}
'''


def mission(index, first, size, modules):
    lines = [f'''/// Part {index} of the bench.
mission "m{index:04d}" {{
  environments = [environment.sandbox]
  spaces       = [space.here]

  variable "prefix" {{
    type   = string
    varies = "id"
  }}
''']
    before, number = [], first
    for position, stage in enumerate(STAGES):
        count = size * (position + 1) // len(STAGES) - size * position // len(STAGES)
        names, blocks = [], []
        for _ in range(count):
            name, text = procedure(number, before, modules)
            names.append(name)
            blocks.append(text)
            number += 1
        if blocks:
            lines.append(f'\n  stage "{stage}" {{\n' + "".join(blocks) + "  }\n")
        before = names or before
    lines.append(f'''
  export "last" {{
    type  = string
    value = procedure.{before[-1]}.name
  }}
}}

values "m{index:04d}" "sandbox" {{
  prefix = "part-{index}"
}}
''')
    return "".join(lines)


def generate(folder, procedures, per_mission=PER_MISSION, modules=1, remote=None):
    folder.mkdir(parents=True)
    (folder / "project.space").write_text(HEAD.replace("REMOTE", remote or LOCAL))
    for number in range(modules):
        (folder / module_folder(number)).mkdir(parents=True)
        (folder / module_folder(number) / "main.tf").write_text(MODULE)
    for index, first in enumerate(range(0, procedures, per_mission)):
        text = mission(index, first, min(per_mission, procedures - first), modules)
        (folder / f"m{index:04d}.space").write_text(text)
