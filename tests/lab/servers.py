"""Servers that keep states, started for a test and ended with it: PostgreSQL of the machine (its own user, since it refuses root)
and moto, an emulator of S3 and DynamoDB, which PyPI brings once into the cache. Where one cannot be had a test is skipped;
where CI is set it fails.
"""

import fcntl
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import built_plugin

MOTO = "moto[server,s3,dynamodb]==5.2.5"
PATIENCE = 60
S3_REMOTE = '''remote "s3" "state" {{
  bucket                      = "states"
  region                      = "eu-central-1"
  {lock}
  use_path_style              = true
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  endpoints                   = {{ s3 = "{url}", dynamodb = "{url}" }}
  env                         = {{ AWS_ACCESS_KEY_ID = secret.password, AWS_SECRET_ACCESS_KEY = secret.password }}
}}
'''
MOTO_SERVER = pathlib.Path(__file__).with_name("moto_server.py")


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def wait_for(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come")
        time.sleep(0.05)


def end(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Postgres:
    """A cluster of its own on a port of its own: user `space`, by password; database `states`."""

    def __init__(self, password):
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not found:
            built_plugin.unavailable("PostgreSQL is not here: apt-get install postgresql")
        self.bin, self.port = found[-1], free_port()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="space-postgres-"))
        self.password = password
        # It refuses to be root, and its user must be able to reach the folder.
        self.prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.prefix:
            shutil.chown(self.folder, "postgres")
        word = self.folder / "word"
        word.write_text(password)
        word.chmod(0o644)
        self.call("initdb", "-D", self.folder / "data", "-U", "space", "--auth=scram-sha-256", f"--pwfile={word}", "--no-sync", "-E", "UTF8")
        word.unlink()
        log = open(self.folder.with_suffix(".log"), "wb")
        self.log = pathlib.Path(log.name)
        settings = ["-c", "listen_addresses=127.0.0.1", "-c", f"port={self.port}", "-c", f"unix_socket_directories={self.folder}", "-c", "fsync=off"]
        self.process = subprocess.Popen([*self.prefix, str(self.bin / "postgres"), "-D", str(self.folder / "data"), *settings],
                                        stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/")
        log.close()
        wait_for(lambda: self.ask("select 1", "postgres", check=False) == "1", "PostgreSQL")
        self.ask("create database states", "postgres")

    def call(self, name, *arguments):
        subprocess.run([*self.prefix, str(self.bin / name), *map(str, arguments)], cwd="/", check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def ask(self, text, database="states", check=True):
        done = subprocess.run([str(self.bin / "psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "space", "-d", database, "-AtXc", text],
                              env={"PGPASSWORD": self.password, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout.strip()

    def close(self):
        end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.log.unlink()


class Moto:
    """S3 and DynamoDB on a port of its own, empty."""

    def __init__(self):
        self.python = moto_python()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen([self.python, "-B", MOTO_SERVER, "-H", "127.0.0.1", "-p", str(self.port)], stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log)
        wait_for(self.answers, "moto")

    def answers(self):
        try:
            with urllib.request.urlopen(self.url + "/moto-api/", timeout=5):
                return True
        except (urllib.error.URLError, ConnectionError):
            return False

    def call(self, text):
        """Python with boto3 clients `s3` and `dynamodb` at hand; what it prints."""
        head = (f'import boto3\nmore = dict(endpoint_url="{self.url}", region_name="eu-central-1", aws_access_key_id="x", aws_secret_access_key="x")\n'
                's3, dynamodb = boto3.client("s3", **more), boto3.client("dynamodb", **more)\n')
        return subprocess.run([self.python, "-c", head + text], capture_output=True, text=True, check=True).stdout

    def told(self):
        """Its answers that were none of the usual ones, and what it said besides: why a test fails."""
        self.log.seek(0)
        lines = self.log.read().decode(errors="replace").splitlines()
        return "\n".join(line for line in lines if not re.search(r'" (200|204|404|412) -', line))

    def requests(self):
        """(verb, path) of all that it was asked, as its log has them."""
        text = os.pread(self.log.fileno(), os.fstat(self.log.fileno()).st_size, 0)  # it writes at the place that a seek would move
        return re.findall(r"\b(GET|HEAD|PUT|POST|DELETE) (/\S*) HTTP/", text.decode(errors="replace"))

    def close(self):
        end(self.process)
        self.log.close()


def s3_remote(moto, lock):
    """The text of `remote.state` in a bucket that is made there, with a table for locks; its credentials are `secret.password`."""
    moto.call('s3.create_bucket(Bucket="states", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})\n'
              'dynamodb.create_table(TableName="locks", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "LockID", "KeyType": "HASH"}],'
              ' AttributeDefinitions=[{"AttributeName": "LockID", "AttributeType": "S"}])')
    return S3_REMOTE.format(url=moto.url, lock=lock)


def moto_python():
    """The interpreter of an environment that has moto, made once."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "space/test-moto"
    folder = cache / MOTO.partition("==")[2]
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / "build.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "whole").exists():
            done = subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], capture_output=True, text=True, check=False)
            if done.returncode == 0:
                done = subprocess.run([folder / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", MOTO],
                                      capture_output=True, text=True, check=False)
            if done.returncode != 0:
                built_plugin.unavailable(f"moto cannot be had: {done.stderr[-2000:]}")
            (folder / "whole").touch()
    return str(folder / "bin/python")
