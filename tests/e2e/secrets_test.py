"""Law 7, seen from outside: the seven ways in which a secret could leak are refused, and 50 canaries that are flown as
secrets, sensitive variables and sensitive outputs are found in nothing that is left behind.

What is looked through: `out/`, `.space/` with the states of the encrypted remote, all that both programs print as text and
as JSON, reports, and the argument lists of every process that can be seen meanwhile. The states of a remote without
`encryption` are the exception that the language knows (SPC3054): they hold what tofu keeps, in clear.
"""

import base64
import functools
import hashlib
import json
import os
import pathlib
import threading
import unittest

import support
from support import Case

HEAD = '''project "case" {
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}

environment "sandbox" {
  kind  = "sandbox"
  facts = { account = FACT }
}

secret "token" {
  from_file = "./keys/token"
}

secret "phrase" {
  from_env = "PHRASE"
}

provider "hcloud" {
  source  = "hetznercloud/hcloud"
  version = "1.68.0"
}

remote "local" "state" {
  folder = FOLDER
  encryption "pbkdf2" {
    passphrase = secret.phrase
  }
}

space "here" {
  remote = remote.state
  region = "fsn1"
  provider "hcloud" {
    token = secret.token
  }
}

mission "web" {
  environments = [environment.sandbox]
  spaces       = [space.here]
  variable "password" {
    type      = string
    sensitive = true
  }
  stage "000" {
    procedure "one" {
BODY
    }
  }
}

values "web" {
  password = PASSWORD
}
'''

NETWORK = '''      resource "hcloud_network" "this" {
        name     = NAME
        ip_range = "10.0.0.0/8"
        labels   = { team = LABEL }
      }
'''

# way -> (the code that refuses it, what of a good program is otherwise)
WAYS = {
    "a name": ("SPC3052", {"NAME": '"web-${secret.token}"'}),
    "a tag": ("SPC3052", {"LABEL": "var.password"}),
    "a plain input": ("SPC3050", {"BODY": '      source = "./modules/app"\n      inputs = { plain = secret.token }'}),
    "a plain output": ("SPC1013", {"OUTPUT": '      output "token" {\n        type  = string\n        value = secret.token\n      }\n'}),
    "a plain remote argument": ("SPC5007", {"FOLDER": '".space/${secret.token}"'}),
    "a generated file": ("SPC3053", {"PASSWORD": 'jsondecode(file("./passwords.json")).web'}),
    "the run plan": ("SPC1013", {"FACT": '"account-${secret.token}"'}),
}
# The same ways, taken otherwise.
MORE = {
    "a file that is copied": ("SPC3056", {"BODY": '      resource "terraform_data" "this" {\n        input = file("./keys/token")\n      }'}),
    "a default": ("SPC3053", {"PASSWORD": "null\n}\nlocals {\n  x = 1", 'sensitive = true\n  }': 'sensitive = true\n    default   = "hunter2-default"\n  }'}),
    "a name inside a module": ("SPC3052", {"BODY": '      source = "./modules/named"\n      inputs = { hidden = secret.token }'}),
    "an input of a body's module": ("SPC3050", {"BODY": '      module "app" {\n        source = "./modules/app"\n        plain  = var.password\n      }'}),
}


def program(changes):
    text = HEAD.replace("BODY", NETWORK + "OUTPUT")
    filled = {"NAME": '"web"', "LABEL": '"web"', "FOLDER": '".space/states"', "PASSWORD": "secret.token", "FACT": '"play"', "OUTPUT": ""}
    if "BODY" in changes:
        text = HEAD.replace("BODY", changes["BODY"])
    for word, given in {**filled, **changes}.items():
        text = text.replace(word, given)
    return text


class SevenWays(Case):
    def codes(self, changes):
        self.write("main.space", program(changes))
        self.write("keys/token", "hunter2-token\n")
        self.write("passwords.json", '{ "web": "hunter2-password" }')
        self.write("modules/app/main.tf", 'variable "plain" {\n  type = string\n}\n')
        self.write("modules/named/main.tf", 'variable "hidden" {\n  type      = string\n  sensitive = true\n}\nresource "hcloud_network" "this" {\n'
                                            '  name     = nonsensitive("web-${var.hidden}")\n  ip_range = "10.0.0.0/8"\n}\n')
        self.write(".terraform.lock.hcl", "# none\n")
        code, out, err = support.run(support.SPACEC, "build", ".", "--diagnostics", "json", folder=self.folder)
        lines = [json.loads(line) for line in (out + err).splitlines() if line.startswith("{")]
        return code, [line["code"] for line in lines if line["kind"] == "diagnostic" and line["category"] != "lints"]

    def test_the_good_program_is_built(self):
        code, found = self.codes({})
        self.assertEqual((code, found), (0, []))
        self.assertTrue((self.folder / "out/run-plan.json").exists())

    def test_seven_ways(self):
        self.assertEqual(len(WAYS), 7)
        for way, (wanted, changes) in {**WAYS, **MORE}.items():
            with self.subTest(way):
                code, found = self.codes(changes)
                self.assertEqual((code, set(found)), (1, {wanted}), way)
                self.assertFalse((self.folder / "out").exists(), "a refused program is written nowhere")


COUNT = 50
PER_KIND = 10
MODULE = "".join(f'''variable "v{n}" {{
  type      = string
  sensitive = true
}}

output "o{n}" {{
  value     = "out-${{var.v{n}}}"
  sensitive = true
}}

''' for n in range(PER_KIND)) + "resource \"terraform_data\" \"all\" {\n  input = [" + ", ".join(f"var.v{n}" for n in range(PER_KIND)) + "]\n}\n"
KINDS = ("env", "file", "command", "values", "output")


def canary(kind, n):
    return "canary" + hashlib.sha256(f"{kind}{n}".encode()).hexdigest()[:24]


def canaries():
    return {canary(kind, n) for kind in KINDS for n in range(PER_KIND)}


@functools.cache
def forms(value):
    """As it is, and as base64 writes it wherever it stands in a longer text."""
    texts = [base64.b64encode(b"x" * shift + value.encode())[4 if shift else 0:-4] for shift in range(3)]
    return [value.encode(), *texts]


def flown_program():
    """Four kinds of sources; `output` are secrets too, which the second stage gets through sensitive outputs."""
    text = HEAD[:HEAD.index('secret "token"')].replace("FACT", '"play"')
    text += 'secret "phrase" {\n  from_env = "PHRASE"\n}\n\n'
    for kind in KINDS:
        for n in range(PER_KIND):
            source = {"file": f'from_file = "./vault/{kind}{n}"', "command": f'from_command = ["cat", "vault/{kind}{n}"]'}
            text += f'secret "{kind}{n}" {{\n  {source.get(kind, f"""from_env = "CANARY_{kind.upper()}{n}" """.strip())}\n}}\n\n'
    text += '''remote "local" "safe" {
  folder = ".space/safe"
  encryption "pbkdf2" {
    passphrase = secret.phrase
  }
}

remote "local" "clear" {
  folder = ".space/clear"
}

space "safe" {
  remote = remote.safe
  region = "home"
}

space "clear" {
  remote = remote.clear
  region = "home"
}

mission "web" {
  environments = [environment.sandbox]
  spaces       = [space.safe, space.clear]
'''
    for n in range(PER_KIND):
        text += f'  variable "given{n}" {{\n    type      = string\n    sensitive = true\n  }}\n'
    text += '  stage "000" {\n'
    for kind in KINDS:
        text += f'    procedure "{kind}" {{\n      source = "./modules/app"\n      inputs = {{\n'
        for n in range(PER_KIND):
            text += f'        v{n} = {f"var.given{n}" if kind == "values" else f"secret.{kind}{n}"}\n'
        text += "      }\n" + "".join(f'      output "o{n}" {{\n        type      = string\n        sensitive = true\n      }}\n'
                                      for n in range(PER_KIND)) + "    }\n"
    text += '  }\n  stage "010" {\n    procedure "reader" {\n      source = "./modules/app"\n      inputs = {\n'
    text += "".join(f"        v{n} = procedure.output.o{n}\n" for n in range(PER_KIND))
    text += "      }\n    }\n  }\n}\n\nvalues \"web\" {\n"
    text += "".join(f"  given{n} = secret.values{n}\n" for n in range(PER_KIND)) + "}\n"
    return text


class Watch(threading.Thread):
    """Every argument list that /proc shows while it runs."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen, self.ended = set(), threading.Event()

    def run(self):
        while not self.ended.is_set():
            for entry in pathlib.Path("/proc").iterdir():
                if entry.name.isdigit():
                    try:
                        self.seen.add((entry / "cmdline").read_bytes())
                    except OSError:
                        pass  # it has ended
            self.ended.wait(0.02)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.join()


class Canaries(Case):
    def setUp(self):
        super().setUp()
        self.environment = {f"CANARY_{kind.upper()}{n}": canary(kind, n) for kind in KINDS for n in range(PER_KIND)}
        self.environment["PHRASE"] = "canaryphrase0123456789abcdef"
        self.write("main.space", flown_program())
        self.write("modules/app/main.tf", MODULE)
        for kind in ("file", "command"):
            for n in range(PER_KIND):
                self.write(f"vault/{kind}{n}", canary(kind, n) + "\n")
        self.printed = {}

    def call(self, program, *words, code=0):
        path = os.pathsep.join([str(pathlib.Path(self.need_tofu()).parent), os.environ["PATH"]])
        got, out, err = support.run(program, *words, folder=self.folder, environment={**self.environment, "PATH": path})
        self.assertEqual(got, code, f"{words}: {out}{err}")
        self.printed[f"{program.name} {' '.join(map(str, words))}"] = out + err
        return out

    def leaks(self, name, data):
        text = data if isinstance(data, bytes) else data.encode()
        values = [*canaries(), self.environment["PHRASE"]]
        return [f"{name}: {value}" for value in values if any(form in text for form in forms(value))]

    def test_fifty_are_found_nowhere(self):
        self.need_tofu()
        self.assertEqual(len(canaries()), COUNT)
        with Watch() as watch:
            for words in (["check", "."], ["build", "."], ["build", ".", "--diagnostics", "json"], ["graph", "."]):
                self.call(support.SPACEC, *words)
            self.call(support.SPACE, "plan", "sandbox")
            self.call(support.SPACE, "apply", "sandbox", "--auto-approve", "--report", "report.json")
            self.call(support.SPACE, "apply", "sandbox", "--auto-approve", "--json", "--refresh", "--report", "report.xml")
            for words in (["plan", "sandbox", "--json"], ["output", "sandbox"], ["output", "sandbox", "--json"], ["status", "sandbox"]):
                self.call(support.SPACE, *words)
        found = []
        for name, text in self.printed.items():
            self.assertTrue(text, name)
            found += self.leaks(name, text)
        for arguments in watch.seen:
            found += self.leaks("the arguments " + repr(arguments[:200]), arguments)
        clear = 0
        for path, (data, _) in support.tree(self.folder).items():
            if path.startswith(("vault/",)):
                continue
            data = data if isinstance(data, bytes) else data.encode()
            if path.startswith(".space/clear/"):
                clear += len(self.leaks(path, data))
                continue
            found += self.leaks(path, data)
        self.assertEqual(found, [])
        self.assertTrue(any(b"tofu" in arguments for arguments in watch.seen), "nothing was watched")
        # They were there: tofu keeps them in the states that nobody encrypts.
        self.assertGreaterEqual(clear, COUNT)
        # And they reached their procedures.
        told = json.loads(self.call(support.SPACE, "output", "sandbox", "--json", "--reveal"))
        text = json.dumps(told)
        for value in canaries():
            self.assertIn("out-" + value, text)

    def test_a_leak_would_be_found(self):
        value = canary("env", 3)
        for text in (value, f"a{value}b", base64.b64encode(value.encode()).decode(),
                     base64.b64encode(f"ab{value}".encode()).decode(), base64.b64encode(f"a{value}cd".encode()).decode()):
            self.assertEqual(self.leaks("here", text), [f"here: {value}"])
        self.assertEqual(self.leaks("here", "canary"), [])


if __name__ == "__main__":
    unittest.main()
