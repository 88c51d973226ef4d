"""SARIF of spacec, held to the OASIS schema: rules, regions, fixes, fingerprints, suppressions.

The schema is in the npm package that `PACKAGE` names; npm fetches it once into the cache. Without npm or python3-jsonschema
what needs it is skipped; where CI is set and npm is there, it fails.
"""

import copy
import json
import os
import pathlib
import shutil
import subprocess
import tarfile
import tempfile
import unittest

import support
from support import PROGRAM, WARNED, Case

PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
MEMBER = "package/lib/schemas/sarif-2.1.0-rtm.5.json"


class Unavailable(Exception):
    """The schema cannot be had here; its words say why."""


def cached_schema():
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "space" / "sarif"
    kept = cache / MEMBER.rsplit("/", 1)[1]
    if not kept.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise Unavailable("there is no npm to fetch the schema with")
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            done = subprocess.run([npm, "pack", PACKAGE, "--silent"], cwd=folder, capture_output=True, text=True, check=False)
            packed = list(pathlib.Path(folder).glob("*.tgz"))
            if done.returncode != 0 or len(packed) != 1:
                raise Unavailable(f"npm pack {PACKAGE} ended with {done.returncode}\n{done.stderr[-2000:]}")
            with tarfile.open(packed[0]) as archive:
                text = archive.extractfile(MEMBER).read()
            whole = pathlib.Path(folder) / "schema.json"
            whole.write_bytes(text)
            whole.replace(kept)  # at once: another test may look
    return json.loads(kept.read_text())


def validator():
    try:
        import jsonschema
    except ImportError as error:
        raise Unavailable("python3-jsonschema is not here") from error
    schema = cached_schema()
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


BODY = "        trigger = {}\n"
REASON = 'the schema is older than "the" provider'
COMMENT = '        # spacec:allow SPC4031 reason="the schema is older than \\"the\\" provider"\n'
SILENCED = WARNED.replace(BODY, COMMENT + BODY)


class Sarif(Case):
    def log(self, program, *words, command="check", code=0, path="spaces/main.space"):
        self.write(path, program)
        out, _ = self.spacec(command, "--diagnostics", "sarif", *words, code=code)
        return json.loads(out)

    def run_of(self, *arguments, **more):
        return self.log(*arguments, **more)["runs"][0]

    def test_every_form_fits_the_schema_of_oasis(self):
        try:
            schema = validator()
        except Unavailable as why:
            if os.environ.get("CI") and shutil.which("npm"):
                self.fail(str(why))
            self.skipTest(str(why))
        logs = {
            "nothing": self.log(PROGRAM),
            "errors": self.log(PROGRAM.replace("remote.state", "remote.stat").replace("flight.namespace", "flight.nmespace"),
                               code=1),
            "a warning": self.log(WARNED),
            "silenced": self.log(SILENCED),
            "off": self.log(WARNED, "--allow", "SPC4031"),
            "related places": self.log(PROGRAM + PROGRAM[PROGRAM.index("remote "):PROGRAM.index("mission")], code=1),
            "syntax": self.log(PROGRAM.replace("=", "", 1) + "\n\u00e9\U0001f600 {", code=1),
            "a fix": self.log("locals {\n  first = local.all.0\n}\n", code=1),
            "no place": self.log(PROGRAM[PROGRAM.index("environment"):], code=1),
            "a path to be quoted": self.log("locals {\n  a = 1\n", path="spaces/a b/\u00e4%20#?.space", code=1),
        }
        for name, log in logs.items():
            self.assertEqual([f"{error.json_path}: {error.message[:200]}" for error in schema.iter_errors(log)], [], name)
        self.assertTrue(any("relatedLocations" in result for result in logs["related places"]["runs"][0]["results"]))
        [fix] = [fix for result in logs["a fix"]["runs"][0]["results"] for fix in result.get("fixes", [])]
        [replacement] = fix["artifactChanges"][0]["replacements"]
        self.assertEqual(replacement["insertedContent"]["text"], "[0]")
        self.assertEqual(replacement["deletedRegion"], {"startLine": 2, "startColumn": 20, "endLine": 2, "endColumn": 22})
        for name, change in {
                "another version": lambda log: log.update(version="2.0.0"),
                "a column of zero": lambda log: self.region(log).update(startColumn=0),
                "a kind of suppression": lambda log: self.suppression(log).update(kind="inside"),
                "a result without words": lambda log: log["runs"][0]["results"][0].pop("message"),
                "a level that is none": lambda log: log["runs"][0]["results"][0].update(level="fatal")}.items():
            wrong = copy.deepcopy(logs["silenced"])
            change(wrong)
            self.assertFalse(schema.is_valid(wrong), f"the schema takes {name}")

    @staticmethod
    def region(log):
        return log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]

    @staticmethod
    def suppression(log):
        return log["runs"][0]["results"][0]["suppressions"][0]

    def test_what_a_comment_silences_stands_there_with_its_reason(self):
        program = SILENCED
        run = self.run_of(program)
        self.assertEqual([result["ruleId"] for result in run["results"]], ["SPC4031"])
        self.assertEqual([rule["id"] for rule in run["tool"]["driver"]["rules"]], ["SPC4031"])
        [suppression] = run["results"][0]["suppressions"]
        self.assertEqual((suppression["kind"], suppression["justification"]), ("inSource", REASON))
        line = program[:program.index("# spacec:allow")].count("\n") + 1
        self.assertEqual(suppression["location"]["physicalLocation"]["region"]["startLine"], line)
        out, err = self.spacec("check", "--diagnostics", "json")
        self.assertEqual([json.loads(one)["kind"] for one in out.splitlines()], ["summary"])
        self.assertIn("no problem", err)

    def test_what_is_off_is_suppressed_from_outside_and_the_rest_is_not(self):
        program = WARNED.replace(BODY, BODY + "        ouptut = 2\n")
        run = self.run_of(program)
        self.assertEqual([result["suppressions"] for result in run["results"]], [[], []])
        run = self.run_of(program, "--allow", "SPC4031")
        self.assertEqual([result["suppressions"][0]["kind"] for result in run["results"]], ["external"] * 2)

    def test_a_build_with_nothing_to_do_says_what_is_silenced_too(self):
        self.write("spaces/.terraform.lock.hcl", "# as tofu writes it\n")
        first = self.run_of(SILENCED, command="build")
        self.assertEqual(first, self.run_of(SILENCED, command="build"))
        self.assertEqual(len(first["results"]), 1)

    def test_a_finding_keeps_its_fingerprint_when_lines_move(self):
        program = WARNED
        prints = [self.run_of(text)["results"][0]["partialFingerprints"] for text in (program, "\n\n# more\n" + program)]
        self.assertEqual(prints[0], prints[1])
        self.assertNotEqual(prints[0], self.run_of(program.replace("trigger", "triger"))["results"][0]["partialFingerprints"])


if __name__ == "__main__":
    unittest.main(verbosity=1)
