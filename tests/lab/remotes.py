#!/usr/bin/env python3
"""Remotes for real: what spacec emits is flown by space against a server of each kind, over two stages: plan, apply, a second run
that finds nothing to do, outputs, a second applier who is told who holds the lock, destroy. Credentials reach tofu as secrets: no
file, no line and no list of arguments has them.

usage: remotes.py [PATH-OF-SPACE]
"""

import json
import urllib.error
import urllib.request

import http_backend
import remote_flight
import servers
import support


class Http(remote_flight.Flight, support.unittest.TestCase):
    REMOTE = '''remote "http" "state" {{
  base     = "{url}/states"
  username = "space"
  env      = {{ TF_HTTP_PASSWORD = secret.password }}
}}
'''

    @classmethod
    def start(cls):
        cls.server = http_backend.Backend(password=remote_flight.PASSWORD)
        return cls.REMOTE.format(url=cls.server.url)

    def states(self):
        return {path.removeprefix("/states/"): state for path, state in self.server.states().items()}


class Pg(remote_flight.Flight, support.unittest.TestCase):
    WAYS_TO_NAME_THE_HOLDER = (r"locked by another, and its backend does not say by whom",)
    REMOTE = '''remote "pg" "state" {{
  conn_str = "postgres://space@127.0.0.1:{port}/states?sslmode=disable"
  env      = {{ PGPASSWORD = secret.password }}
}}
'''

    @classmethod
    def start(cls):
        cls.server = servers.Postgres(remote_flight.PASSWORD)
        return cls.REMOTE.format(port=cls.server.port)

    def addresses(self):
        return [it.replace("/", "--") for it in super().addresses()]

    def states(self):
        schemas = self.server.ask("select table_schema from information_schema.tables where table_name = 'states'").split()
        return {it: json.loads(self.server.ask(f'select data from "{it}".states')) for it in schemas}


class S3(remote_flight.Flight, support.unittest.TestCase):
    LOCK = "use_lockfile = true"

    @classmethod
    def start(cls):
        cls.server = servers.Moto()
        return servers.s3_remote(cls.server, cls.LOCK)

    def states(self):
        text = self.server.call('import json\nfound = s3.list_objects_v2(Bucket="states").get("Contents", [])\n'
                                'print(json.dumps({it["Key"]: s3.get_object(Bucket="states", Key=it["Key"])["Body"].read().decode() for it in found}))')
        return {key: json.loads(body) for key, body in json.loads(text).items()}


class Dynamodb(S3):
    LOCK = 'dynamodb_table = "locks"'

    def call(self, operation, number, **body):
        """As an SDK calls; `number` is the same for all attempts of one call."""
        request = urllib.request.Request(self.server.url, json.dumps({"TableName": "locks", **body}).encode(), {
            "X-Amz-Target": f"DynamoDB_20120810.{operation}", "Content-Type": "application/x-amz-json-1.0", "amz-sdk-invocation-id": number,
            "Authorization": "AWS4-HMAC-SHA256 Credential=x/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status
        except urllib.error.HTTPError as refusal:
            return refusal.code

    def test_a_call_whose_answer_was_lost_is_answered_again(self):
        """What the flights rely on: sent again it has taken the lock, and has let it go; another's call has not."""
        item = {"Item": {"LockID": {"S": "x"}}, "ConditionExpression": "attribute_not_exists(LockID)"}
        gone = {"Key": {"LockID": {"S": "x"}}, "ConditionExpression": "attribute_exists(LockID)"}
        self.assertEqual([self.call("PutItem", number, **item) for number in ("one", "one", "two", "two")], [200, 200, 400, 400])
        self.assertEqual([self.call("DeleteItem", number, **gone) for number in ("three", "three", "four")], [200, 200, 400])
        self.assertEqual(self.server.told().count("sent again"), 3)


if __name__ == "__main__":
    support.main()
