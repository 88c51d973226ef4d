"""A program in a git repository, for the tests of `spacec affected`: two environments, four missions, a module of its own."""

import json
import os
import shutil

import support
from support import Case

PROJECT = '''project "case" {
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}
environment "nonprod" {
  kind  = "nonprod"
  facts = { account = "test" }
}
environment "prod" {
  kind         = "prod"
  promote_from = environment.nonprod
  facts        = { account = "live" }
}
secret "token" {
  from_env = "TOKEN"
}
remote "local" "state" {
  folder = "state/${flight.facts.account}"
}
remote "local" "safe" {
  folder = "safe/${flight.facts.account}"
  encryption "pbkdf2" {
    passphrase = secret.token
  }
}
space "east" {
  remote = remote.state
  region = "eu-east"
}
space "safe" {
  remote = remote.safe
  region = "eu-north"
}
policy "care" {
  environments = [environment.prod]
  deny "loss" {
    when    = contains(change.actions, "delete")
    message = "nothing goes"
  }
}
'''

WEB = '''mission "web" {
  spaces = [space.east]
  variable "size" {
    type   = number
    varies = "size"
  }
  /// What it is called.
  variable "title" {
    type    = string
    default = "web"
  }
  stage "000" {
    procedure "net" {
      source = "./modules/net"
      inputs = {
        title = var.title
      }
      output "id" { type = string }
      output "zone" { type = string }
      output "note" { type = string }
    }
  }
  stage "010" {
    procedure "host" {
      resource "terraform_data" "host" {
        input = {
          net  = procedure.net.id
          size = var.size
        }
      }
      resource "terraform_data" "apart" {
        input = file("./motd.txt")
      }
      output "name" {
        type  = string
        value = terraform_data.host.output.net
      }
      output "label" {
        type  = string
        value = "of ${flight.namespace}"
      }
    }
    procedure "zone" {
      resource "terraform_data" "zone" {
        input = procedure.net.zone
      }
    }
  }
  stage "020" {
    procedure "check" {
      resource "terraform_data" "check" {
        input = procedure.host.name
      }
    }
    procedure "sign" {
      resource "terraform_data" "sign" {
        input = [procedure.host.label]
      }
    }
  }
  export "name" {
    type  = string
    value = procedure.host.name
  }
}
'''

VALUES = '''values "web" "nonprod" {
  size = 1
}
values "web" "prod" {
  size = 9
}
'''

VAULT = '''mission "vault" {
  spaces = [space.safe]
  stage "000" {
    procedure "key" {
      resource "terraform_data" "key" {
        input = "key"
      }
    }
  }
}
'''

INDEX = '''mission "index" {
  spaces = [space.east]
  stage "000" {
    procedure "entry" {
      resource "terraform_data" "entry" {
        input = mission.web.name
      }
    }
  }
}
'''

NET = '''variable "title" {
  type = string
}

resource "terraform_data" "net" {
  input = var.title
}

# Zones live apart.
resource "terraform_data" "zone" {
  input = templatefile("${path.module}/zone.tpl", { zone = "a" })
}

output "id" {
  value = terraform_data.net.id
}

output "zone" {
  value = terraform_data.zone.output
}

output "note" {
  value = "made by hand"
}
'''

GIT = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
       "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}


def both(*procedures):
    """The procedures of both environments."""
    return {f"{environment}/{'safe' if procedure.startswith('vault') else 'east'}/{procedure}"
            for environment in ("nonprod", "prod") for procedure in procedures}


class Repository(Case):
    def setUp(self):
        super().setUp()
        if shutil.which("git") is None:
            self.fail("there is no git") if os.environ.get("CI") else self.skipTest("there is no git")
        for path, text in {"spaces/project.space": PROJECT, "spaces/web.space": WEB, "spaces/index.space": INDEX,
                           "spaces/values.space": VALUES, "spaces/vault.space": VAULT, "spaces/motd.txt": "hello\n",
                           "spaces/modules/net/main.tf": NET, "spaces/modules/net/zone.tpl": "zone ${zone}\n",
                           "spaces/modules/net/README.md": "# Net\n"}.items():
            self.write(path, text)
        self.git("init", "-q", "-b", "main")
        self.git("config", "commit.gpgsign", "false")
        self.spacec("build")
        self.write(".gitignore", "out\n")
        self.commit("base")

    def git(self, *words, folder=None):
        code, out, err = support.run("git", *words, folder=folder or self.folder, environment=GIT)
        self.assertEqual(code, 0, f"git {words}\n{out}\n{err}")
        return out.strip()

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def edit(self, path, old, new):
        text = (self.folder / path).read_text()
        self.assertIn(old, text)
        self.write(path, text.replace(old, new))

    def affected(self, *words, base="main", folder=None):
        out, _ = self.spacec("affected", "--base", base, "--json", *words, folder=folder)
        found = json.loads(out)
        self.assert_schema(found)
        return found

    def assert_schema(self, found):
        try:
            import jsonschema
        except ImportError:
            self.assertFalse(os.environ.get("CI"), "python3-jsonschema is not here")
            return
        schema = json.loads((support.ROOT / "docs/affected.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(found)

    def assert_affected(self, *words, base="main", folder=None, **wanted):
        """Exactly these, by status."""
        found = self.affected(*words, base=base, folder=folder)
        got = {}
        for one in found["procedures"]:
            got.setdefault(one["status"], set()).add(one.get("target", one["flight"] + "/" + one["procedure"]))
        self.assertEqual(got, wanted)
        return found

    def reasons(self, found, target):
        one = next(one for one in found["procedures"] if one.get("target") == target)
        return [(reason["cause"], reason.get("name"), reason.get("argument"), reason.get("file"))
                for reason in one["reasons"]]
