#!/usr/bin/env python3
"""`space sandbox`: both servers from nothing, a second `up` that changes nothing, a flight on each with what it printed, `down`, and
what is said where a program is missing or a port is another's.

usage: sandbox.py [PATH-OF-SPACE]
"""

import pathlib
import re
import socket
import subprocess
import unittest

import remote_flight
import servers
import support

REMOTES = {"s3": '''remote "s3" "state" {{
  bucket                      = "states"
  region                      = "us-east-1"
  use_lockfile                = true
  use_path_style              = true
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  endpoints                   = {{ s3 = "http://127.0.0.1:{s3}" }}
  env                         = {{ AWS_ACCESS_KEY_ID = secret.password, AWS_SECRET_ACCESS_KEY = secret.password }}
}}
''', "postgres": '''remote "pg" "state" {{
  conn_str = "postgres://space@127.0.0.1:{postgres}/states?sslmode=disable"
  env      = {{ PGPASSWORD = secret.password }}
}}
'''}


class Sandbox(unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()
        self.addCleanup(self.bench.close)
        self.bench.project.mkdir()
        self.ports = {"s3": servers.free_port(), "postgres": servers.free_port()}
        # The emulator where `space` tells people to put it; PostgreSQL's cluster of root is another's home.
        moto = pathlib.Path(servers.moto_python()).parents[1]
        folder = self.bench.folder / ".cache/space/sandbox"
        folder.mkdir(parents=True)
        (folder / "moto").symlink_to(moto)
        self.addCleanup(self.bench.run, "sandbox", "down", "--purge")

    def up(self, *more, code=0, **kwargs):
        done = self.bench.run("sandbox", "up", "--s3-port", str(self.ports["s3"]), "--postgres-port", str(self.ports["postgres"]), *more, **kwargs)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def down(self, *more):
        done = self.bench.run("sandbox", "down", *more)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def exported(self, text):
        return dict(re.findall(r"(\w+)=(\S+)", re.search(r"^export (.*)$", text, re.M)[1]))

    def fly(self, server, given):
        self.bench.project = self.bench.folder / server  # a project each: a state is never moved by a build
        self.bench.project.mkdir(exist_ok=True)
        text = remote_flight.PROGRAM.replace("REMOTE", REMOTES[server].format(**self.ports)).replace("WAIT", "true")
        (self.bench.project / "main.space").write_text(text.replace("SECRET_OUTPUT", "x"))
        spacec = pathlib.Path(support.space()).parent / "spacec"
        done = subprocess.run([spacec, "build", "."], cwd=self.bench.project, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        name = "PGPASSWORD" if server == "postgres" else "AWS_SECRET_ACCESS_KEY"
        self.bench.environment["STATE_PASSWORD"] = given[name]
        done = self.bench.run("apply", "sandbox/here/web/first", "--auto-approve")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_up_and_down(self):
        first = self.up()
        self.assertRegex(first, r"(?m)^s3 +is up now")
        self.assertRegex(first, r"(?m)^postgres +is up now")
        again = self.up("--bucket", "states", "more", "--database", "states", "more")
        self.assertRegex(again, r"(?m)^s3 +was up")
        self.assertRegex(again, r"(?m)^postgres +was up")
        given = self.exported(first)
        self.assertEqual(given, self.exported(again))
        for server in REMOTES:
            self.assertIn("applied         1", self.fly(server, given))
        self.check_refusals()
        self.assertRegex(self.down(), r"(?m)^s3 +is down now\npostgres +is down now$")
        self.assertRegex(self.down(), r"(?m)^s3 +was down\npostgres +was down$")
        for port in self.ports.values():
            with socket.socket() as it:
                self.assertNotEqual(it.connect_ex(("127.0.0.1", port)), 0)
        self.up("postgres")  # what PostgreSQL keeps outlives it
        self.assertIn("unchanged       1", self.fly("postgres", given))
        self.down("--purge")
        self.assertNotIn("s3 ", self.up("postgres"))
        self.assertIn("applied         1", self.fly("postgres", given))

    def check_refusals(self):
        """While both are up."""
        ports = dict(self.ports)
        self.ports = {name: servers.free_port() for name in ports}
        said = self.up(code=4)
        for name in ports:
            self.assertIn(f"is up at port {ports[name]}, not {self.ports[name]}", said)
        self.ports = ports

    def test_a_port_of_another(self):
        with socket.socket() as it:
            it.bind(("127.0.0.1", 0))
            it.listen()
            self.ports = {"s3": it.getsockname()[1], "postgres": it.getsockname()[1]}
            said = self.up("postgres", code=4)
            self.assertIn("PostgreSQL cannot be started", said)
            self.assertIn("in use", said)

    def test_what_is_missing_is_said_with_what_installs_it(self):
        (self.bench.folder / ".cache/space/sandbox/moto").unlink()
        path = self.bench.folder / "empty"
        path.mkdir()
        said = self.up("s3", code=4, environment={"PATH": str(path)})
        self.assertIn("the S3 emulator, moto, is not here", said)
        self.assertRegex(said, r"this installs it: python3 -m venv (\S+) && \1/bin/pip install 'moto\[server,s3,dynamodb\]'")


if __name__ == "__main__":
    support.main()
