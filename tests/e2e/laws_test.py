"""The laws over generated programs (generated_program.py): a good program has no finding, and one that breaks a law in
one place has findings of that law and of no other. And law 3 from outside: the trees of two environments along a promotion
are equal, but for backend.tf and the values in terraform.tfvars. Law 10 is lock_laws_test.py's.

Sampled; with SPACE_TEST_FULL (`scripts/test --full`) 200 programs of each kind. SPACE_TEST_SEED chooses others.
"""

import re
import unittest

import support
from generated_program import Program
from support import FULL, SEED, Programs

COUNT = 200 if FULL else 20

# Each change breaks one law in one place of a good program, somewhere that the seed chooses.


def law1(program):
    mission = program.mission()
    reader = program.body(mission)
    late = program.random.choice([p for p in mission.procedures if p.stage >= reader.stage])
    reader.inputs["late"] = program.random.choice([f"procedure.{late.name}.id", f'"${{procedure.{late.name}.id}}-x"', f"[upper(procedure.{late.name}.id)]"])


ZONES = '''mission "zones" {
  environments = [environment.common]
  spaces       = [space.fsn1]
  stage "000" {
    procedure "one" {
      resource "terraform_data" "this" {
      }
      output "id" {
        type  = string
        value = terraform_data.this.id
      }
    }
  }
  export "id" {
    type  = string
    value = procedure.one.id
  }
}
'''


def law2(program):
    kind = program.random.randrange(6)
    body = program.body()
    if kind == 0:
        body.inputs["where"] = program.random.choice(["flight.environment", "flight.facts.account", '"${flight.environment}-x"'])
    elif kind == 1:
        body.inputs["where"] = "environment.prod"
    elif kind == 2:
        program.head["remote"] = '  folder = ".space/one"\n'
    elif kind == 3:
        program.more += 'environment "other" {\n  kind  = "common"\n  facts = { account = "other" }\n}\n'
    elif kind == 4:
        program.more += ZONES + '''mission "copies" {
  environments = [environment.common]
  spaces       = [space.fsn1]
  stage "000" {
    procedure "one" {
      resource "terraform_data" "this" {
        input = common.zones.id
      }
    }
  }
}
'''
    else:
        program.more += ZONES
        body.inputs["zone"] = "common.zones.id"


MORE_OF_MODULE = '''variable "image" {
  type    = string
  default = ""
}
'''
VARYING = ["var.image", "local.named", "flight.unique", '"${var.image}"', "upper(local.named)"]
CHOICES = ['{0} == "x" ? 1 : 2', 'length({0}) > 3', '{{ x = 1 }}[{0}]', 'lookup({{ x = 1 }}, {0}, 0)', '[for a in ["b"] : a if a != {0}]',
           '"%{{if {0} != ""}}a%{{endif}}"', '[for a in [{0}] : a == "b"]', 'element([1, 2], length({0}))']


def law3(program):
    kind = program.random.randrange(11)
    mission = program.mission()
    body = program.body(mission)
    varying = program.random.choice(VARYING).replace("flight.unique", '"${flight.unique}"')
    if kind == 0:
        body.inputs["chosen"] = program.random.choice(CHOICES).format(varying)
    elif kind == 1:
        count = program.random.choice(["{0} != null ? 1 : 0", "length({0})"]).format(varying)
        body.blocks.append(f'resource "terraform_data" "some" {{\n  count = {count}\n}}')
    elif kind == 2:
        body.blocks.append(f'resource "terraform_data" "each" {{\n  for_each = toset([{varying}])\n}}')
    elif kind == 3:
        mission.values["prod"]["net"] = '"10.1.0.0/16"'
    elif kind == 4:
        mission.environments = ["prod", "sandbox"]
        for other in program.missions:
            for procedure in other.procedures:
                procedure.inputs.pop("other", None)
    elif kind == 5:
        mission.variables["extra"] = ["type = number", 'varies = "size"', "default = 1"]
        mission.values[program.random.choice(["nonprod", "prod"])]["extra"] = "2"
    elif kind == 6:
        mission.variables["extra"] = [f"type = {program.random.choice(['any', 'bool', 'list(any)', 'string', 'map(bool)'])}",
                                      f'varies = "{program.random.choice(["size", "address", "log_level", "wrong", "members"])}"', "default = null"]
        mission.variables["extra"][0] = "type = any" if '"members"' in mission.variables["extra"][1] else mission.variables["extra"][0]
    elif kind == 7:
        first = program.missions[0]
        second = program.missions[1]
        program.head["nonprod"] = "  spaces = [space.fsn1]\n"
        program.body(second).inputs["other"] = f"[for space, it in mission.{first.name} : it.id]"
    elif kind == 8:
        mission.values[""]["net"] = '"10.${length(flight.unique)}.0.0/16"'
    elif kind == 9:
        program.modules["app"] += program.random.choice([
            'resource "terraform_data" "more" {\n  count = var.image == "x" ? 1 : 0\n}\n', 'locals {\n  a = local.b\n  b = [for x in ["a"] : x if x == var.image]\n}\n',
            'resource "terraform_data" "more" {\n  for_each = toset([local.named])\n}\nlocals {\n  named = "x-${var.image}"\n}\n']) + MORE_OF_MODULE
        body.blocks.append(f'module "app" {{\n  source   = "./modules/app"\n  net      = "10.0.0.0/8"\n  count_of = 1\n  image    = {varying}\n}}')
    else:
        program.templates["motd.tftpl"] = program.random.choice(['%{ if name == "x" }a%{ endif }', "${[1, 2][length(name)]}", '%{ for a in [name] }${a == "x"}%{ endfor }'])
        body.inputs["motd"] = f'templatefile("./motd.tftpl", {{ name = {varying} }})'


def law4(program):
    there = program.random.choice(["hel1", "ash", "sin"])
    program.body().blocks.append(program.random.choice([
        f'resource "hcloud_volume" "there" {{\n  name     = "x"\n  size     = 10\n  location = "{there}"\n}}',
        f'resource "hcloud_floating_ip" "there" {{\n  type          = "ipv4"\n  home_location = "{there}"\n}}',
        f'resource "hcloud_primary_ip" "there" {{\n  name          = "x"\n  type          = "ipv4"\n  assignee_type = "server"\n  location      = upper("x") == "X" ? "{there}" : "{there}"\n}}']))


def law5(program):
    program.head["remote"] = program.random.choice([
        program.head["remote"] + '  path   = "x"\n', program.head["remote"] + '  bucket = "x"\n', program.head["remote"] + '  workspace_dir = 1\n  file = 2\n'])
    if program.random.random() < 0.5:
        program.head["remote"] = '  folder = ".space/${flight.facts.account}"\n'
        program.more += program.random.choice([
            'remote "s3" "other" {\n  bucket = flight.facts.account\n  region = "eu"\n}\n', 'remote "s3" "other" {\n  region       = "eu"\n  use_lockfile = true\n}\n',
            'remote "nowhere" "other" {\n}\n', 'remote "gcs" "other" {\n  bucket = flight.facts.account\n  prefix = "x"\n}\n',
            'remote "pg" "other" {\n  conn_str    = "x"\n  schema_name = "y"\n}\n'])


def law6(program):
    mission = program.mission()
    body = program.body(mission)
    other = program.random.choice([m for m in program.missions if m is not mission])
    earlier = [p for p in mission.procedures if p.stage < body.stage]
    choices = [lambda: body.inputs.update(gone=f"mission.{other.name}.nothing"),
               lambda: body.blocks.append('data "terraform_remote_state" "other" {\n  backend = "local"\n}')]
    if earlier:
        choices.append(lambda: body.inputs.update(gone=f"procedure.{earlier[0].name}.nothing"))
    program.random.choice(choices)()


def law7(program):
    kind = program.random.randrange(10)
    mission = program.mission()
    body = program.body(mission)
    secret = program.random.choice(["secret.token", '"x-${secret.token}"', "[for s in [secret.token] : s][0]", "nonsensitive(secret.token)"])
    if kind == 0:
        body.blocks.append(f'resource "hcloud_network" "secret" {{\n  name     = {secret}\n  ip_range = "10.0.0.0/8"\n}}')
    elif kind == 1:
        body.blocks.append(f'resource "hcloud_network" "secret" {{\n  name     = "x"\n  ip_range = "10.0.0.0/8"\n  labels   = {{ a = {secret} }}\n}}')
    elif kind == 2:
        body.blocks.append(f'module "app" {{\n  source   = "./modules/app"\n  net      = {secret}\n  count_of = 1\n}}')
    elif kind == 3:
        body.outputs.append(("token", "string", "secret.token"))
    elif kind == 4:
        program.head["remote"] = '  folder = ".space/${flight.facts.account}-${secret.token}"\n'
    elif kind == 5:
        program.head[program.random.choice(["token", "passphrase"])] = program.random.choice(['"hunter2"', "local.team", '"${local.team}-2"'])
    elif kind == 6:
        mission.variables["password"] = ["type = string", "sensitive = true"]
        mission.values[""]["password"] = program.random.choice(['"hunter2"', 'sha256("x")', "local.team"])
    elif kind == 7:
        body.inputs["file"] = 'file("./keys/phrase")'
    elif kind == 8:
        body.inputs["token"] = secret
    else:
        mission.values[""]["label"] = "secret.token"
        mission.variables["label"] = ["type = string"]


def law8(program):
    kind = program.random.randrange(6)
    mission = program.mission()
    body = program.body(mission)
    if kind == 0:
        mission.values["prod"]["size"] = program.random.choice(['"many"', "[1]", "{ a = 1 }"])
    elif kind == 1:
        mission.values[""]["net"] = program.random.choice(['"10.0.0.0/33"', '"x"', "[]"])
    elif kind == 2:
        body.inputs["sum"] = program.random.choice(["1 + [2]", "upper([1])", "length(1)", "-{}"])
    elif kind == 3:
        body.outputs.append(("more", "number", program.random.choice(['"x"', "[]", "{}"])))
    elif kind == 4:
        body.outputs.append(("more", "any", "1"))
    else:
        del mission.values["prod"]["size"]


def law9(program):
    kind = program.random.randrange(4)
    first, second = program.missions[0], program.missions[1]
    if kind == 0:
        program.body(first).inputs["other"] = f"mission.{second.name}.id"
        program.body(second).inputs["other"] = f"mission.{first.name}.id"
    elif kind == 1:
        first.locals.update(program.random.choice([{"a": "local.b", "b": "local.a"}, {"a": '"${local.a}"'}]))
    elif kind == 2:
        first.lines.append("  foundation = true")
        program.body(first).inputs["other"] = f"mission.{second.name}.id"
        for procedure in second.procedures:
            procedure.inputs.pop("other", None)
    else:
        program.body().inputs["gone"] = program.random.choice(["var.nothing", "local.nothing", "procedure.nothing.id", "mission.nothing.id", "secret.nothing"])


# law -> what breaks it, and the codes that say so.
LAWS = {
    1: (law1, {"SPC3001", "SPC3003"}),
    2: (law2, {"SPC3010", "SPC3011", "SPC3012", "SPC3013", "SPC3014", "SPC3015"}),
    3: (law3, {"SPC3021", "SPC3022", "SPC3023", "SPC3024", "SPC3025", "SPC3026"}),
    4: (law4, {"SPC5008"}),
    5: (law5, {"SPC5001", "SPC5002", "SPC5003", "SPC5004", "SPC5006"}),
    6: (law6, {"SPC1017", "SPC3030"}),
    7: (law7, {"SPC1013", "SPC3050", "SPC3052", "SPC3053", "SPC3055", "SPC3056", "SPC3057", "SPC5007"}),
    8: (law8, {"SPC2001", "SPC2004", "SPC2005", "SPC2007", "SPC2010", "SPC2012", "SPC2013"}),
    9: (law9, {"SPC1010", "SPC3040", "SPC3041"}),
}
MAY_DIFFER = {"backend.tf", "terraform.tfvars"}


class Generated(Programs):
    def test_good_programs_have_no_finding(self):
        for n in range(COUNT):
            code, found = self.check(Program(SEED * 1000 + n))
            self.assertEqual((code, found), (0, []), f"seed {SEED * 1000 + n}")

    def break_law(self, law):
        change, codes = LAWS[law]
        seen, texts = {}, set()
        for n in range(COUNT):
            program = Program(SEED * 1000 + n)
            program.random.seed(f"{law} {SEED} {n}")
            change(program)
            code, found = self.check(program)
            came = {item["code"] for item in found}
            self.assertEqual(code, 1, f"law {law}, program {n}: nobody noticed\n{program.files()['main.space']}")
            self.assertLessEqual(came, codes, f"law {law}, program {n}: {[item['message'] for item in found]}\n{program.files()['main.space']}")
            for one in came:
                seen[one] = seen.get(one, 0) + 1
            texts.add(program.files()["main.space"])
        self.assertGreater(len(texts), COUNT * 9 // 10, "they differ")
        print(f"law {law}: {COUNT} programs, " + ", ".join(f"{code} {times}" for code, times in sorted(seen.items())))

    # --- Law 3 from outside.

    def compare(self, out, name):
        """Every file that both environments have a flight for, against the other's."""
        test, live = support.tree(out / "nonprod"), support.tree(out / "prod")
        flights = {tuple(path.split("/")[:2]) for path in test} & {tuple(path.split("/")[:2]) for path in live}
        self.assertTrue(flights, name)
        compared = 0
        for path in sorted(set(test) | set(live)):
            if tuple(path.split("/")[:2]) not in flights:
                continue
            self.assertIn(path, test, name)
            self.assertIn(path, live, name)
            (here, mode), (there, other) = test[path], live[path]
            self.assertEqual(mode, other, f"{name}: {path}")
            if path.split("/")[-1] not in MAY_DIFFER:
                self.assertEqual(here, there, f"{name}: {path}")
            else:
                self.assertEqual(self.names(here), self.names(there), f"{name}: {path}")
            compared += 1
        return compared

    @staticmethod
    def names(data):
        """What is called how, without the values: lines of `name =` and `block "label" {`."""
        lines = re.sub(r'"(?:[^"\\]|\\.)*"(?= *[\n,}\]])', '""', data.decode()).split("\n")
        return [re.sub(r"\s+", " ", line.split("=")[0]) for line in lines if "=" in line or "{" in line]

    def test_promoted_trees_are_equal(self):
        compared = 0
        for n in range(COUNT):
            folder = self.place(Program(SEED * 1000 + n).files())
            self.spacec("build", ".", folder=folder)
            compared += self.compare(folder / "out", f"seed {SEED * 1000 + n}")
        self.assertGreater(compared, COUNT * 20)
        print(f"law 3: {compared} files of {COUNT} programs are equal along their promotion")

    def test_the_tour_is_equal(self):
        """The tour, with its standard library as interfaces of its own."""
        text = (support.ROOT / "tests/corpus/tour/ok_tour.space").read_text()
        parts = re.split(r"^# --- ([\w./-]+\.\w+)\n", text, flags=re.M)
        files = {"main.space": re.sub(r'"std/(\w+)"', r"interface.\1", parts[0])}
        files.update({path.replace("std/", "library/"): body for path, body in zip(parts[1::2], parts[2::2])})
        self.assertIn("library/server/server.space", files)
        folder = self.place(files)
        self.spacec("build", ".", folder=folder)
        print(f"law 3: {self.compare(folder / 'out', 'the tour')} files of the tour are equal along its promotion")


def add_laws():
    for law in LAWS:
        setattr(Generated, f"test_law_{law}_broken_in_one_place", lambda self, law=law: self.break_law(law))


add_laws()

if __name__ == "__main__":
    unittest.main()
