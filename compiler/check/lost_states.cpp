// States of `spaces.lock` that nothing in the code stands for: something was renamed without
// `moved`, or taken out without `removed`. One finding for each thing that is gone, with the block
// to write, in full.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "compiler/check/states.h"

namespace space::check {

namespace {

using model::StateName;

// What is gone.
enum class Gone : std::uint8_t {
  Environment,
  Space,
  Mission,
  Key,
  Procedure,
  ProcedureKey,
  Flight
};

// What is new in the code, and could be a thing that is gone under another name.
struct Candidate {
  std::string name, address;
  source::Span span;
};

struct Group {
  Gone gone = Gone::Flight;
  StateName name;       // of the first; what does not tell the group apart is left out
  std::string address;  // as `from` says it
  std::size_t count = 0;
  source::Span lock_line;
  std::optional<Candidate> successor;
};

template <class Entity>
const Entity* find(const std::vector<Entity>& all, const std::string& name) {
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const Entity& one) { return one.name == name; });
  return at == all.end() ? nullptr : &*at;
}

class Finder {
 public:
  Finder(Context& context, const model::StateBook& book) : context_(context), book_(book) {
    for (const model::ProgramState& state : book.states) {
      Things& things = state.locked ? known_ : fresh_;
      things.environments.insert(state.name.environment);
      things.spaces.insert(state.name.space);
      things.missions.insert(state.name.mission);
      things.keys.insert({state.name.mission, state.name.key});
      things.procedures.insert({state.name.mission, state.name.procedure});
      things.procedure_keys.insert(
          {state.name.mission, state.name.procedure, state.name.procedure_key});
    }
  }

  void tell_all(const std::vector<LostState>& lost) {
    std::map<std::pair<Gone, std::string>, Group> groups;
    for (const LostState& state : lost) {
      Group group = group_of(state.name);
      const std::string inside = group.gone == Gone::Procedure || group.gone == Gone::ProcedureKey
                                     ? state.name.mission + " "
                                     : std::string();
      const auto [at, is_new] = groups.try_emplace({group.gone, inside + group.address}, group);
      if (is_new) at->second.lock_line = book_.lock.states[state.locked].span;
      ++at->second.count;
    }
    std::vector<Group> all;
    for (auto& [id, group] : groups) all.push_back(std::move(group));
    pair_up(all);
    for (const Group& group : all) tell(group);
  }

 private:
  struct Things {
    std::set<std::string> environments, spaces, missions;
    std::set<std::pair<std::string, std::string>> keys, procedures;
    std::set<std::tuple<std::string, std::string, std::string>> procedure_keys;
  };

  Group group_of(const StateName& name) const {
    const model::ResolvedProgram& program = context_.program;
    Group group;
    group.name = name;
    const auto is = [&](Gone gone, std::string address) {
      group.gone = gone;
      group.address = std::move(address);
      return group;
    };
    if (find(program.environments, name.environment) == nullptr)
      return is(Gone::Environment, "environment." + name.environment);
    if (find(program.spaces, name.space) == nullptr) return is(Gone::Space, "space." + name.space);
    const model::Mission* mission = find(program.missions, name.mission);
    if (mission == nullptr) return is(Gone::Mission, "mission." + name.mission);
    const std::string of_mission =
        "mission." + name.mission + (name.key.empty() ? "" : "[\"" + name.key + "\"]");
    const auto has_key = [&](model::InstanceId id) { return program[id].key == name.key; };
    if (std::none_of(mission->instances.begin(), mission->instances.end(), has_key))
      return is(Gone::Key, of_mission);
    const std::string of_procedure = "procedure." + name.procedure;
    const auto procedure =
        std::find_if(mission->procedures.begin(), mission->procedures.end(),
                     [&](model::ProcedureId id) { return program[id].name == name.procedure; });
    if (procedure == mission->procedures.end()) return is(Gone::Procedure, of_procedure);
    const auto& keys = program[*procedure].keys;
    if (std::find(keys.begin(), keys.end(), name.procedure_key) == keys.end()) {
      const std::string key = "[\"" + name.procedure_key + "\"]";
      return is(Gone::ProcedureKey, of_procedure + (name.procedure_key.empty() ? "" : key));
    }
    const auto flies = [&](const std::string* environment, const std::string* space) {
      return std::any_of(mission->flights.begin(), mission->flights.end(), [&](model::FlightId id) {
        const model::Flight& flight = program[id];
        return (environment == nullptr || program[flight.environment].name == *environment) &&
               (space == nullptr || program[flight.space].name == *space);
      });
    };
    const std::string in_space = of_mission + "[\"" + name.space + "\"]";
    const std::string in_environment = "environment." + name.environment + ".";
    if (!flies(nullptr, &name.space)) return is(Gone::Flight, in_space);
    if (!flies(&name.environment, nullptr)) return is(Gone::Flight, in_environment + of_mission);
    return is(Gone::Flight, in_environment + in_space);
  }

  std::string_view why(const Group& group) const {
    switch (group.gone) {
      case Gone::Key:
      case Gone::ProcedureKey:
        return "which `for_each` does not give";
      case Gone::Flight:
        return "where it does not fly";
      default:
        return "which the code does not have";
    }
  }

  static bool is_in_mission(const Group& group) {
    return group.gone == Gone::Procedure || group.gone == Gone::ProcedureKey;
  }

  std::vector<Candidate> candidates(const Group& group) const {
    const model::ResolvedProgram& program = context_.program;
    const StateName& name = group.name;
    std::vector<Candidate> found;
    const auto is_new = [](const auto& fresh, const auto& known, const auto& item) {
      return fresh.contains(item) && !known.contains(item);
    };
    const auto keyed = [](std::string address, const std::string& key) {
      return key.empty() ? std::move(address) : std::move(address) + "[\"" + key + "\"]";
    };
    const model::Mission* mission = find(program.missions, name.mission);
    switch (group.gone) {
      case Gone::Space:
        for (const model::Space& space : program.spaces) {
          if (is_new(fresh_.spaces, known_.spaces, space.name))
            found.push_back({space.name, "space." + space.name, space.decl->header});
        }
        break;
      case Gone::Mission:
        for (const model::Mission& one : program.missions) {
          if (is_new(fresh_.missions, known_.missions, one.name))
            found.push_back({one.name, "mission." + one.name, one.decl->header});
        }
        break;
      case Gone::Key:
        for (const model::InstanceId id : mission->instances) {
          const std::string& key = program[id].key;
          if (is_new(fresh_.keys, known_.keys, std::pair(name.mission, key)))
            found.push_back({key, keyed("mission." + name.mission, key), mission->decl->header});
        }
        break;
      case Gone::Procedure:
        for (const model::ProcedureId id : mission->procedures) {
          const std::string& one = program[id].name;
          if (is_new(fresh_.procedures, known_.procedures, std::pair(name.mission, one)))
            found.push_back({one, "procedure." + one, program[id].decl->header});
        }
        break;
      case Gone::ProcedureKey:
        for (const model::ProcedureId id : mission->procedures) {
          if (program[id].name != name.procedure) continue;
          for (const std::string& key : program[id].keys) {
            const auto item = std::tuple(name.mission, name.procedure, key);
            if (is_new(fresh_.procedure_keys, known_.procedure_keys, item)) {
              found.push_back(
                  {key, keyed("procedure." + name.procedure, key), program[id].decl->header});
            }
          }
        }
        break;
      case Gone::Environment:
        for (const model::Environment& one : program.environments) {
          if (is_new(fresh_.environments, known_.environments, one.name))
            found.push_back({one.name, "environment." + one.name, one.decl->header});
        }
        break;
      case Gone::Flight:
        break;
    }
    return found;
  }

  static const std::string& own_name(const Group& group) {
    switch (group.gone) {
      case Gone::Environment:
        return group.name.environment;
      case Gone::Space:
        return group.name.space;
      case Gone::Key:
        return group.name.key;
      case Gone::Procedure:
        return group.name.procedure;
      case Gone::ProcedureKey:
        return group.name.procedure_key;
      default:
        return group.name.mission;
    }
  }

  // Each thing that is gone gets one that is new: the nearest name first, then what is left.
  void pair_up(std::vector<Group>& groups) const {
    std::set<std::string> taken;
    const auto take = [&](Group& group, const auto& choose) {
      if (group.successor) return;
      std::vector<Candidate> all = candidates(group);
      std::erase_if(all, [&](const Candidate& one) { return taken.contains(one.address); });
      group.successor = choose(group, all);
      if (group.successor) taken.insert(group.successor->address);
    };
    const auto nearest = [](const Group& group, const std::vector<Candidate>& all) {
      std::vector<std::string_view> names;
      for (const Candidate& one : all) names.push_back(one.name);
      const auto near = base::closest(own_name(group), names);
      const auto at = near ? std::find(names.begin(), names.end(), *near) : names.end();
      return at == names.end() ? std::optional<Candidate>()
                               : std::optional(all[static_cast<std::size_t>(at - names.begin())]);
    };
    const auto first = [](const Group&, const std::vector<Candidate>& all) {
      return all.empty() ? std::optional<Candidate>() : std::optional(all.front());
    };
    for (Group& group : groups) take(group, nearest);
    for (Group& group : groups) take(group, first);
  }

  // Where the block goes: before the end of its mission, or of the file with the project.
  source::Span place_of(const Group& group) const {
    if (is_in_mission(group)) {
      const source::Span mission = find(context_.program.missions, group.name.mission)->decl->span;
      return {mission.file, mission.end - 1, mission.end - 1};
    }
    if (!context_.program.program->project) return {};
    const source::FileId file = context_.program.program->project->span.file;
    const auto end = static_cast<std::uint32_t>(context_.sources.file(file).text().size());
    return {file, end, end};
  }

  static std::string indented(const std::string& text) {
    std::string out;
    for (const std::string_view line : base::split(text, '\n'))
      out += "  " + std::string(line) + "\n";
    out.pop_back();
    return out;
  }

  diagnostics::Fix fix_of(const Group& group, std::string title, const std::string& block) const {
    diagnostics::Fix fix;
    fix.title = std::move(title);
    fix.applicability = diagnostics::Applicability::MaybeIncorrect;
    const source::Span at = place_of(group);
    if (at.valid()) {
      fix.edits.push_back(
          {at, (is_in_mission(group) ? "\n" + indented(block) : "\n" + block) + "\n"});
    }
    return fix;
  }

  void tell(const Group& group) {
    const std::string where = is_in_mission(group)
                                  ? fmt::format("in mission `{}`", group.name.mission)
                                  : std::string("at the top of a file");
    const std::string what = is_in_mission(group) ? fmt::format("`{}` of mission `{}`",
                                                                group.address, group.name.mission)
                                                  : "`" + group.address + "`";
    const std::string states = group.count == 1 ? "a state" : fmt::format("{} states", group.count);
    const auto& to = group.successor;
    const std::string removed =
        fmt::format("removed {{\n  from    = {}\n  destroy = true\n}}", group.address);
    auto report = context_.sink.report(diagnostics::state_without_code, group.lock_line, states,
                                       what, why(group));
    report.label(group.count == 1 ? "this one" : "the first of them");
    if (to) {
      const std::string moved =
          fmt::format("moved {{\n  from = {}\n  to   = {}\n}}", group.address, to->address);
      report.related(to->span, fmt::format("`{}` is new here", to->address));
      report.help(fmt::format("if it is `{}` now, its states stay where they are by this {}:\n{}",
                              to->address, where, moved));
      report.fix(fix_of(group, "write this `moved`", moved));
    }
    report.help(fmt::format(
        "{}, say so {}; with `destroy = false` what it made stays, and is forgotten:\n{}",
        to ? "if it is gone instead" : "if it is gone", where, removed));
    report.fix(fix_of(group, "write this `removed`", removed));
  }

  Context& context_;
  const model::StateBook& book_;
  Things known_, fresh_;
};

}  // namespace

void report_lost_states(Context& context, const model::StateBook& book,
                        const std::vector<LostState>& lost) {
  if (!lost.empty()) Finder(context, book).tell_all(lost);
}

}  // namespace space::check
