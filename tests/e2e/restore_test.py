"""Remote modules: fetched by the real tofu out of a git repository and a registry on loopback, pinned, checked offline."""

import contextlib
import http.server
import io
import json
import os
import subprocess
import tarfile
import threading
import unittest

import support
from support import PROGRAM, Case

MODULE = '''variable "size" {
  type = number
}
resource "terraform_data" "this" {
  input = var.size
}
output "made" {
  value = "size ${var.size}"
}
output "key" {
  value     = terraform_data.this.id
  sensitive = true
}
'''


def program(source, version="", inputs="{ size = 2 }"):
    """A procedure that calls a module, and one behind it that reads what it made."""
    begin = PROGRAM.index('      resource "terraform_data"')
    pin = f'      version = "{version}"\n' if version else ""
    return PROGRAM[:begin] + f'''      source = "{source}"
{pin}      inputs = {inputs}
      output "made" {{ type = string }}
      output "key" {{ type = string }}
    }}
  }}
  stage "010" {{
    procedure "two" {{
      resource "terraform_data" "this" {{
        input = procedure.one.made
      }}
      output "key" {{
        type      = string
        value     = procedure.one.key
        sensitive = true
      }}
    }}
  }}
}}
'''


class Handler(http.server.BaseHTTPRequestHandler):
    """The registry's protocol for one module, acme/store/null 1.2.0, and the package that it names."""

    def do_GET(self):
        base = f"http://127.0.0.1:{self.server.server_port}"
        answers = {
            "/modules/acme/store/null/versions": {"modules": [{"versions": [{"version": "1.1.0"}, {"version": "1.2.0"}]}]},
        }
        self.server.asked.append(self.path)
        if self.path in answers:
            body = json.dumps(answers[self.path]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
        elif self.path == "/modules/acme/store/null/1.2.0/download":
            body = b""
            self.send_response(204)
            self.send_header("X-Terraform-Get", f"{base}/package.tar.gz")
        elif self.path.split("?")[0] == "/package.tar.gz":
            body = self.server.package
            self.send_response(200)
            self.send_header("Content-Type", "application/x-gzip")
        else:
            body = b""
            self.send_response(404)
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def registry(files):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.package, server.asked = packed.getvalue(), []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Restore(Case):
    def setUp(self):
        super().setUp()
        self.tofu = self.need_tofu()

    def restore(self, *words, code=0):
        return self.spacec("restore", ".", "--tofu", self.tofu, *words, code=code)[1]

    def git(self, *words):
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
                       "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z"}
        return subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *words], check=True, env=environment,
                              cwd=self.folder / "upstream", capture_output=True, text=True).stdout.strip()

    def repository(self, files):
        (self.folder / "upstream").mkdir(exist_ok=True)
        for name, text in files.items():
            self.write(f"upstream/{name}", text)
        if not (self.folder / "upstream/.git").exists():
            self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", "modules")
        return f"git::file://{self.folder}/upstream//modules/store?ref={self.git('rev-parse', 'HEAD')}"

    def copies(self):
        return sorted((self.folder / ".space/modules").iterdir())

    def test_a_commit_of_a_git_repository(self):
        address = self.repository({"modules/store/main.tf": MODULE, "modules/other/main.tf": "", "README.md": "x\n"})
        self.write("main.space", program(address))
        _, err = self.spacec("check", ".")
        self.assertIn("warning[SPC4017]", err)
        self.assertIn("spacec restore", err)

        self.assertIn(f"fetched {address}", self.restore())
        lock = (self.folder / "spaces.modules.lock").read_text()
        self.assertRegex(lock, rf"(?m)^{address.replace('?', '.')} - h1:[A-Za-z0-9+/]{{43}}= modules/store$")
        (copy,) = self.copies()
        self.assertEqual(set(support.tree(copy)), {"README.md", "modules/other/main.tf", "modules/store/main.tf"})

        # Again: nothing is fetched, and the same bytes stand there.
        stamp = (self.folder / "spaces.modules.lock").stat().st_mtime_ns
        self.assertIn("0 fetched, 1 in place", self.restore())
        self.assertEqual((self.folder / "spaces.modules.lock").stat().st_mtime_ns, stamp)

        # Without the repository: the interface is known, and the roots are made.
        os.rename(self.folder / "upstream", self.folder / "gone")
        self.spacec("build", ".")
        roots = self.folder / "out/sandbox/here/web"
        self.assertIn(f'source = "{address}"', (roots / "000/one/main.tf").read_text())
        self.assertIn("sensitive = true", (roots / "000/one/outputs.tf").read_text())
        self.assertRegex((roots / "010/two/variables.tf").read_text(), r'(?s)__key".*sensitive')
        self.assertNotRegex((roots / "010/two/variables.tf").read_text(), r'(?s)__made" \{[^}]*sensitive')
        os.rename(self.folder / "gone", self.folder / "upstream")
        environment = support.tofu_environment(self.folder)
        for root in (roots / "000/one", roots / "010/two"):
            for words in (("init", "-backend=false"), ("validate",)):
                code, out, error = support.run(self.tofu, *words, folder=root, environment=environment)
                self.assertEqual(code, 0, out + error)

    def test_a_module_block_in_a_body(self):
        address = self.repository({"modules/store/main.tf": MODULE})
        begin, end = PROGRAM.index('      resource "terraform_data"'), PROGRAM.index('      output "name"')
        body = f'      module "store" {{\n        source = "{address}"\n        size   = 2\n      }}\n'
        self.write("main.space", (PROGRAM[:begin] + body + PROGRAM[end:]).replace("terraform_data.this.output", "module.store.key"))
        self.restore()
        _, err = self.spacec("check", ".", code=1)
        self.assertIn("error[SPC2019]: output `name` is sensitive", err)
        self.write("main.space", (PROGRAM[:begin] + body + PROGRAM[end:]).replace("terraform_data.this.output", "module.store.made"))
        self.spacec("build", ".")
        root = self.folder / "out/sandbox/here/web/000/one"
        for words in (("init", "-backend=false"), ("validate",)):
            code, out, error = support.run(self.tofu, *words, folder=root, environment=support.tofu_environment(self.folder))
            self.assertEqual(code, 0, out + error)

    def test_what_does_not_fit_the_interface(self):
        self.write("main.space", program(self.repository({"modules/store/main.tf": MODULE}), inputs='{ size = "big", colour = 1 }'))
        self.restore()
        _, err = self.spacec("check", ".", code=1)
        self.assertIn("error[SPC2001]: input `size` must be a number", err)
        self.assertIn("error[SPC4002]", err)
        self.assertIn("modules/store/main.tf:1", err)

    def test_a_copy_that_somebody_changed_and_one_that_is_gone(self):
        self.write("main.space", program(self.repository({"modules/store/main.tf": MODULE})))
        self.restore()
        (copy,) = self.copies()
        file = copy / "modules/store/main.tf"
        file.write_text(MODULE.replace("size ", "Size "))
        _, err = self.spacec("check", ".", code=1)
        self.assertIn("error[SPC4018]", err)
        self.assertIn("somebody changed its copy", err)
        self.assertIn("1 fetched, 0 in place", self.restore())
        self.assertEqual(file.read_text(), MODULE)
        self.spacec("check", ".")
        (copy / "modules/store/more.tf").write_text("")  # a file more is a change too
        self.assertIn("error[SPC4018]", self.spacec("check", ".", code=1)[1])
        subprocess.run(["rm", "-r", self.folder / ".space"], check=True)
        _, err = self.spacec("check", ".", code=1)
        self.assertIn("no copy of it lies beside the project", err)
        self.restore()
        self.spacec("check", ".")

    def test_an_address_that_no_longer_gives_what_is_pinned(self):
        address = self.repository({"modules/store/main.tf": MODULE}).replace("?ref=" + self.git("rev-parse", "HEAD"), "?ref=v1")
        self.git("tag", "v1")
        self.write("main.space", program(address))
        self.restore()
        lock = (self.folder / "spaces.modules.lock").read_text()
        self.repository({"modules/store/main.tf": MODULE.replace("size ", "evil ")})
        self.git("tag", "--force", "v1")
        subprocess.run(["rm", "-r", self.folder / ".space"], check=True)
        self.assertIn("is not what `spaces.modules.lock` pins", self.restore(code=1))
        self.assertEqual((self.folder / "spaces.modules.lock").read_text(), lock)
        self.assertFalse((self.folder / ".space/modules/.fetch").exists())
        self.restore("--renew")
        self.assertNotEqual((self.folder / "spaces.modules.lock").read_text(), lock)
        self.spacec("check", ".")

    def test_a_module_of_a_registry(self):
        self.write("main.space", program("registry.example/acme/store/null", version="1.2.0"))
        with registry({"main.tf": MODULE}) as server:
            config = self.write("cli.tofurc", f'''host "registry.example" {{
  services = {{ "modules.v1" = "http://127.0.0.1:{server.server_port}/modules/" }}
}}
''')
            self.assertIn("fetched registry.example/acme/store/null 1.2.0", self.restore("--cli-config", config))
            asked = list(server.asked)
        self.assertIn("/modules/acme/store/null/1.2.0/download", asked)
        lock = (self.folder / "spaces.modules.lock").read_text()
        self.assertRegex(lock, r"(?m)^registry\.example/acme/store/null 1\.2\.0 h1:\S+ \.$")
        self.spacec("build", ".")
        main = (self.folder / "out/sandbox/here/web/000/one/main.tf").read_text()
        self.assertRegex(main, r'source\s+= "registry.example/acme/store/null"\n\s+version\s+= "1.2.0"')

        # What is named no more is dropped; another version is another entry.
        self.write("main.space", program("registry.example/acme/store/null", version="1.1.0"))
        self.assertIn("warning[SPC4017]", self.spacec("check", ".")[1])
        self.write("main.space", PROGRAM)
        self.assertIn("dropped registry.example/acme/store/null 1.2.0", self.restore())
        self.assertEqual(self.copies(), [])

    def test_what_a_remote_module_calls_elsewhere(self):
        inner = self.repository({"modules/store/main.tf": MODULE})
        os.rename(self.folder / "upstream", self.folder / "inner")
        inner = inner.replace("/upstream//", "/inner//")
        commit = inner.split("ref=")[1]
        moving = inner.replace(commit, "main")
        outer = self.repository({"modules/store/main.tf": f'''variable "size" {{
  type = number
}}
module "near" {{
  source = "../near"
  size   = var.size
}}
output "made" {{
  value = module.near.made
}}
output "key" {{
  value     = module.near.made
  sensitive = true
}}
''', "modules/near/main.tf": f'''variable "size" {{
  type = number
}}
module "far" {{
  source = "{moving}"
  size   = var.size
}}
output "made" {{
  value = module.far.made
}}
'''})
        self.write("main.space", program(outer))
        said = self.restore()
        self.assertIn(f"fetched {moving}", said)
        self.assertIn("restored 2 remote modules: 2 fetched, 0 in place", said)
        lock = (self.folder / "spaces.modules.lock").read_text()
        lines = [line for line in lock.splitlines() if not line.startswith("#")]
        self.assertEqual({line.split()[0]: line.split()[3:] for line in lines},
                         {outer: ["modules/store"], moving: ["modules/store", "inner"]})
        self.assertEqual(len(self.copies()), 2)
        self.spacec("check", ".")

        # Both are in place; without the inner one's copy all are fetched again, and held to the lock.
        self.assertIn("0 fetched, 2 in place", self.restore())
        self.assertEqual((self.folder / "spaces.modules.lock").read_text(), lock)
        file = next(copy for copy in self.copies() if not (copy / "modules/near").exists()) / "modules/store/main.tf"
        file.unlink()
        self.assertIn("1 fetched, 1 in place", self.restore())
        self.assertEqual(file.read_text(), MODULE)

        # The branch goes on: what comes is not what is pinned.
        os.rename(self.folder / "upstream", self.folder / "outer-was-here")
        os.rename(self.folder / "inner", self.folder / "upstream")
        self.repository({"modules/store/main.tf": MODULE.replace("size ", "evil ")})
        os.rename(self.folder / "upstream", self.folder / "inner")
        os.rename(self.folder / "outer-was-here", self.folder / "upstream")
        file.unlink()
        self.assertIn(f"`{moving}` is not what `spaces.modules.lock` pins", self.restore(code=1))
        self.assertEqual((self.folder / "spaces.modules.lock").read_text(), lock)
        self.restore("--renew")
        self.assertIn("evil", file.parents[2].parent.joinpath(
            next(copy.name for copy in self.copies() if not (copy / "modules/near").exists()), "modules/store/main.tf").read_text())

        # What nobody calls any more goes with the one that did.
        self.write("main.space", PROGRAM)
        self.restore()
        self.assertEqual(self.copies(), [])

    def test_what_tofu_says_when_it_cannot(self):
        self.write("main.space", program(f"git::file://{self.folder}/nowhere?ref=v1"))
        err = self.restore(code=4)
        self.assertIn("`tofu get` ended with", err)
        self.assertIn("nowhere", err)
        self.assertFalse((self.folder / "spaces.modules.lock").exists())

    def test_tofu_sees_nothing_else_of_the_environment(self):
        spy = self.write("spy", '#!/bin/sh\nenv | sort >"$HOME/seen"\npwd >>"$HOME/seen"\nexit 1\n')
        spy.chmod(0o755)
        self.write("main.space", program("git::https://example.com/x?ref=v1"))
        given = {"HOME": str(self.folder), "HCLOUD_TOKEN": "canary", "TF_CLI_ARGS": "-canary", "TF_VAR_x": "canary",
                 "SSH_AUTH_SOCK": "/run/agent"}
        self.spacec("restore", ".", "--tofu", spy, code=4, environment=given)
        seen = (self.folder / "seen").read_text()
        self.assertNotIn("canary", seen)
        self.assertIn("SSH_AUTH_SOCK=/run/agent", seen)
        self.assertIn("TF_CLI_CONFIG_FILE=cli.tofurc", seen)
        self.assertIn("GIT_TERMINAL_PROMPT=0", seen)

    def test_errors_in_the_program_restore_nothing(self):
        self.write("main.space", program("git::https://example.com/x?ref=v1").replace("space.here]", "space.her]"))
        self.assertIn("nothing was restored", self.restore(code=1))
        self.assertFalse((self.folder / "spaces.modules.lock").exists())


if __name__ == "__main__":
    unittest.main()
