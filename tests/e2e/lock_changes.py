"""Law 10 over generated programs: changes that break it in one place, each with the code that says so; and those that break
nothing, though they look like it.

In: a LockedProgram (lock_program.py) that has been built, and the lines of its `spaces.lock`. Out: both changed in place.
"""

import json

from generated_program import Procedure
from lock_program import REMOTES, moved, removed, rename_mission, rename_procedure, rewritten, states, take_out

# --- Names that change in the code.


def procedure_renamed(program, _lock):
    mission = program.mission()
    rename_procedure(mission, program.random.choice(mission.procedures), "renamed")


def procedure_gone(program, _lock):
    take_out(program, "left")


def mission_renamed(program, _lock):
    rename_mission(program, program.mission(), "renamed")


def mission_gone(program, _lock):
    program.edits.append((program.last.text(), ""))


def environment_left(program, _lock):
    program.last.environments.remove("sandbox")


def environment_renamed(program, _lock):
    program.edits += [('environment "sandbox"', 'environment "play"'), ("environment.sandbox", "environment.play")]
    for mission in program.missions:
        program.edits += [(f'values "{mission.name}" "sandbox"', f'values "{mission.name}" "play"')]


def space_left(program, _lock):
    program.last.spaces.remove(program.random.choice(["fsn1", "nbg1"]))


def space_renamed(program, _lock):
    program.edits += [('space "nbg1"', 'space "nbg2"'), ("space.nbg1", "space.nbg2")]


def mission_key_renamed(program, _lock):
    program.keyed["keys"] = '"blue", "green"'


def mission_loses_its_keys(program, _lock):
    program.edits.append(('  for_each     = toset(["blue", "red"])\n', ""))


def mission_gets_keys(program, _lock):
    program.edits.append(('mission "away" {\n', 'mission "away" {\n  for_each = toset(["x"])\n'))


def procedure_key_renamed(program, _lock):
    program.keyed["disks"] = program.random.choice(['"a", "c"', '"a"', '"b", "c"', '"a", "a-b"'])


def procedure_gets_keys(program, _lock):
    program.edits.append(('procedure "lone" {\n', 'procedure "lone" {\n      for_each = toset(["a", "b"])\n'))


# --- Places that change.


def remote_changed(program, _lock):
    program.place = REMOTES[program.type][1]


def remote_type_changed(program, _lock):
    program.type = program.random.choice([name for name in sorted(REMOTES) if name != program.type])
    program.place = REMOTES[program.type][0]


def fact_changed(program, _lock):
    program.edits.append(('account = "live"', 'account = "life"'))


OTHER_REMOTE = '''remote "local" "other" {
  folder = ".other/${flight.facts.account}"
  encryption "pbkdf2" {
    passphrase = secret.phrase
  }
}
'''


def space_takes_another_remote(program, _lock):
    space = program.random.choice(["fsn1", "nbg1", "far"])
    program.add(OTHER_REMOTE)
    program.edits.append((f'space "{space}" {{\n  remote = remote.state', f'space "{space}" {{\n  remote = remote.other'))


def moved_to_another_remote(program, _lock):
    program.add(OTHER_REMOTE + 'space "new" {\n  remote = remote.other\n  region = "new"\n}\n')
    program.keyed.update(space="new", lines=moved("space.fsn1", "space.new") + "\n")


# --- `moved` and `removed` that do not hold.


def moved_to_nowhere(program, _lock):
    rename_procedure(program.mission_of_leaves(), program.leaf("left"), "renamed")
    program.in_mission("moved", source="procedure.left", target="procedure.nowhere")


def moved_from_elsewhere(program, _lock):
    rename_procedure(program.mission_of_leaves(), program.leaf("left"), "renamed")
    program.in_mission("moved", source="procedure.other", target="procedure.renamed")


def moved_and_still_there(program, _lock):
    new = Procedure("fresh", "000", module=False)
    new.inputs = {"net": "var.net"}
    program.mission_of_leaves().procedures.append(new)
    program.in_mission("moved", source="procedure.left", target="procedure.fresh")


def moved_twice(program, _lock):
    rename_procedure(program.mission_of_leaves(), program.leaf("left"), "one")
    program.in_mission("moved", source="procedure.left", target="procedure.one")
    program.in_mission("moved", source="procedure.left", target="procedure.two")


def moved_together(program, _lock):
    take_out(program, "left")
    rename_procedure(program.mission_of_leaves(), program.leaf("right"), "both")
    program.in_mission("moved", source="procedure.left", target="procedure.both")
    program.in_mission("moved", source="procedure.right", target="procedure.both")


def moved_onto_another(program, _lock):
    take_out(program, "left")
    program.in_mission("moved", source="procedure.left", target="procedure.right")


def moved_in_a_circle(program, _lock):
    take_out(program, "left")
    program.in_mission("moved", source="procedure.left", target="procedure.other")
    program.in_mission("moved", source="procedure.other", target="procedure.left")


def moved_to_another_kind(program, _lock):
    program.add(program.random.choice([moved("mission.old", "space.fsn1"), moved("space.old", "environment.prod"), moved("mission.old", "mission.m0.procedure.left"),
                                       moved("mission.old.procedure.a", "mission.m0")]))


def moved_by_no_address(program, _lock):
    program.add(moved(program.random.choice(["procedure.left", '"mission.old"', "mission.old.output", 'space["old"]', "var.old", "mission"]), "mission.m0"))


def removed_and_still_there(program, _lock):
    program.in_mission("removed", source="procedure.left", destroy=program.random.choice(["true", "false"]))


def mission_removed_and_still_there(program, _lock):
    program.add(removed(program.random.choice(["mission.keyed", 'mission.keyed["red"]', "mission.away", "space.far", "environment.prod.space.far"])))


def farewell_without_its_space(program, _lock):
    program.far = removed("mission.away") + "\n"


def farewell_without_its_provider(program, lock):
    program.more += removed("mission.away") + "\n"
    program.far = program.far[:program.far.index('mission "away"')]
    for at, line in enumerate(lock):
        if "/far/away/" in line:
            lock[at] = line[:-1] + ',"providers":[{"name":"hcloud","source":"hetznercloud/hcloud","configurations":["",' \
                                    '"other"]}]}'


def farewell_of_what_moved(program, _lock):
    program.far = moved("space.far", "space.fsn1") + "\n" + removed("mission.away") + "\n"


# --- Addresses that two would have, and a lock that somebody else wrote into.


def old_name_taken_again(program, lock):
    """`left` was renamed in an earlier build and keeps its address; something new is called `left` now."""
    mission = program.mission_of_leaves()
    lock[:] = [line.replace(f'/{mission.name}/left"', f'/{mission.name}/renamed"', 1) for line in lock]
    rename_procedure(mission, program.leaf("left"), "renamed")
    new = Procedure("left", "000", module=False)
    new.inputs = {"net": "var.net"}
    mission.procedures.append(new)


def address_given_twice(program, lock):
    here = program.random.choice([at for at in states(lock) if '"sandbox/' in lock[at]])
    there = program.random.choice([at for at in states(lock) if '"sandbox/' in lock[at] and at != here])
    address = json.loads(lock[there])["address"]
    lock[here] = rewritten(lock[here], address=program.random.choice([address, address.upper()]) if program.type == "local" else address)


def address_edited(program, lock):
    at = program.random.choice(states(lock))
    entry = json.loads(lock[at])
    lock[at] = json.dumps({**entry, "address": program.random.choice([entry["address"] + "x", "x/" + entry["address"], "../" + entry["address"]])},
                          separators=(",", ":"))


def backend_edited(program, lock):
    at = program.random.choice(states(lock))
    entry = json.loads(lock[at])
    lock[at] = json.dumps({**entry, "backend": entry["backend"] + "x"}, separators=(",", ":"))


def backend_edited_with_its_digest(program, lock):
    at = program.random.choice(states(lock))
    lock[at] = rewritten(lock[at], backend=json.loads(lock[at])["backend"] + "x")


def digest_edited(program, lock):
    at = program.random.choice(states(lock))
    digest = json.loads(lock[at])["digest"]
    other = "0" if digest[0] != "0" else "1"
    lock[at] = lock[at].replace(digest, program.random.choice([other + digest[1:], digest[:-1], ""]))


def state_edited(program, lock):
    at = program.random.choice(states(lock))
    parts = json.loads(lock[at])["state"].split("/")
    parts[program.random.randrange(4)] = "elsewhere"
    lock[at] = rewritten(lock[at], state="/".join(parts))


def state_without_a_name(program, lock):
    at = program.random.choice(states(lock))
    lock[at] = rewritten(lock[at], state=program.random.choice(["", "prod/fsn1/m0", "prod/fsn1/m0/p00/more", "prod//m0/p00"]))


def line_doubled(program, lock):
    at = program.random.choice(states(lock))
    lock.insert(program.random.choice(states(lock)), lock[at])


def line_cut_off(program, lock):
    at = program.random.choice(states(lock))
    lock[at] = lock[at][:program.random.randrange(2, len(lock[at]) - 1)]


def member_added(program, lock):
    at = program.random.choice(states(lock))
    lock[at] = lock[at][:-1] + program.random.choice([',"more":1}', ',"adress":"x"}', ',"Digest":""}'])


def conflict_left_in(program, lock):
    at = program.random.choice(states(lock))
    lock[at:at + 1] = ["<<<<<<< ours", lock[at], "=======", lock[at], ">>>>>>> theirs"]


def first_line_edited(program, lock):
    lock[0] = program.random.choice(['{"format":"space.lock/2"}', '{"format":"x"}', "{}", "", lock[1]])


# change -> the codes that say so, and what a fix of the finding is called that mends all of it.
BREAKS = [
    (procedure_renamed, {"SPC5014"}, "`moved`"), (procedure_gone, {"SPC5014"}, "`removed`"),
    (mission_renamed, {"SPC5014"}, "`moved`"), (mission_gone, {"SPC5014"}, "`removed`"),
    (environment_left, {"SPC5014"}, "`removed`"), (environment_renamed, {"SPC5014"}, None),
    (space_left, {"SPC5014"}, "`removed`"), (space_renamed, {"SPC5014"}, "`moved`"),
    (mission_key_renamed, {"SPC5014"}, None), (mission_loses_its_keys, {"SPC5014"}, None), (mission_gets_keys, {"SPC5014"}, None),
    (procedure_key_renamed, {"SPC5014"}, None), (procedure_gets_keys, {"SPC5014"}, None),
    (remote_changed, {"SPC5015"}, None), (remote_type_changed, {"SPC5015"}, None), (fact_changed, {"SPC5015"}, None),
    (space_takes_another_remote, {"SPC5015"}, None), (moved_to_another_remote, {"SPC5015"}, None),
    (moved_to_nowhere, {"SPC5014"}, None), (moved_from_elsewhere, {"SPC5014"}, None), (moved_and_still_there, {"SPC5021"}, None),
    (moved_twice, {"SPC5017"}, None), (moved_together, {"SPC5018"}, None), (moved_onto_another, {"SPC5018"}, None),
    (moved_in_a_circle, {"SPC5019"}, None), (moved_to_another_kind, {"SPC5020"}, None), (moved_by_no_address, {"SPC5020"}, None),
    (removed_and_still_there, {"SPC5021"}, None), (mission_removed_and_still_there, {"SPC5021"}, None),
    (farewell_without_its_space, {"SPC5022"}, None), (farewell_without_its_provider, {"SPC5022"}, None),
    (farewell_of_what_moved, {"SPC5022"}, None),
    (old_name_taken_again, {"SPC5016"}, None), (address_given_twice, {"SPC5016"}, None),
    (address_edited, {"SPC5013"}, None), (backend_edited, {"SPC5013"}, None), (backend_edited_with_its_digest, {"SPC5015"}, None),
    (digest_edited, {"SPC5013"}, None), (state_edited, {"SPC5014"}, None), (state_without_a_name, {"SPC5013"}, None),
    (line_doubled, {"SPC5013"}, None), (line_cut_off, {"SPC5013"}, None), (member_added, {"SPC5013"}, None),
    (conflict_left_in, {"SPC5013"}, None), (first_line_edited, {"SPC5013"}, None),
]


# --- What breaks nothing: every state keeps its address.


def stage_changed(program, _lock):
    program.leaf("left").stage = "090"


def procedure_moved(program, _lock):
    rename_procedure(program.mission_of_leaves(), program.leaf("left"), "renamed")
    program.in_mission("moved", source="procedure.left", target="procedure.renamed")


def mission_moved(program, _lock):
    mission = program.mission()
    program.add(moved(f"mission.{mission.name}", "mission.renamed"))
    rename_mission(program, mission, "renamed")


def space_moved(program, _lock):
    space_renamed(program, _lock)
    program.edits.append(('space "far"', moved("space.nbg1", "space.nbg2") + '\nspace "far"'))


def key_moved(program, _lock):
    mission_key_renamed(program, _lock)
    program.add(moved('mission.keyed["red"]', 'mission.keyed["green"]'))


def keys_given(program, _lock):
    procedure_gets_keys(program, _lock)
    program.keyed["lines"] = moved("procedure.lone", f'procedure.lone["{program.random.choice("ab")}"]') + "\n"


def moves_one_after_the_other(program, _lock):
    rename_procedure(program.mission_of_leaves(), program.leaf("left"), "third")
    program.in_mission("moved", source="procedure.left", target="procedure.second")
    program.in_mission("moved", source="procedure.second", target="procedure.third")


def farewell(program, _lock):
    take_out(program, "left")
    program.in_mission("removed", source="procedure.left", destroy="true")


def lines_in_another_order(program, lock):
    rest = lock[1:]
    program.random.shuffle(rest)
    lock[1:] = rest


HARMLESS = [stage_changed, procedure_moved, mission_moved, space_moved, key_moved, keys_given, moves_one_after_the_other, farewell,
            lines_in_another_order]
