#include <algorithm>
#include <iterator>
#include <numeric>

#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

namespace {

// Procedures are named once in a mission, whatever their stage.
void settle_procedures(Context& context, model::MissionDecl& mission, Repeats repeats) {
  struct Place {
    std::uint32_t stage, procedure;
  };
  std::vector<NameKey> keys;
  std::vector<Place> places;
  for (std::uint32_t s = 0; s < mission.stages.size(); ++s) {
    const auto& procedures = mission.stages[s].procedures;
    for (std::uint32_t p = 0; p < procedures.size(); ++p) {
      keys.push_back({procedures[p].name.text, {}, procedures[p].name.span});
      places.push_back({s, p});
    }
  }
  const auto order = order_names(keys, "procedure", repeats, context.sink);
  std::vector<std::vector<model::ProcedureDecl>> sorted(mission.stages.size());
  for (std::size_t s = 0; s < sorted.size(); ++s)
    sorted[s].reserve(mission.stages[s].procedures.size());
  for (const std::uint32_t at : order) {
    const auto [stage, procedure] = places[at];
    sorted[stage].push_back(std::move(mission.stages[stage].procedures[procedure]));
  }
  for (std::size_t s = 0; s < sorted.size(); ++s)
    mission.stages[s].procedures = std::move(sorted[s]);
}

// A stage that is declared twice is reported, and its procedures stay: what reads them is not to
// blame.
void settle_stages(Context& context, model::MissionDecl& mission, Repeats repeats) {
  std::stable_sort(mission.stages.begin(), mission.stages.end(),
                   [](const auto& a, const auto& b) { return a.name.text < b.name.text; });
  std::vector<model::StageDecl> stages;
  for (model::StageDecl& stage : mission.stages) {
    if (stages.empty() || stages.back().name.text != stage.name.text) {
      stages.push_back(std::move(stage));
      continue;
    }
    if (repeats == Repeats::Report) {
      context.sink.report(diagnostics::duplicate_name, stage.name.span, "stage", stage.name.text)
          .label("declared again here")
          .related(stages.back().name.span, "first declared here")
          .help("put all procedures of a stage into one block");
    }
    for (model::ProcedureDecl& procedure : stage.procedures)
      stages.back().procedures.push_back(std::move(procedure));
  }
  mission.stages = std::move(stages);
  settle_procedures(context, mission, repeats);
}

void settle_mission(Context& context, model::MissionDecl& mission, Repeats repeats) {
  settle_by_name(mission.variables, "variable", context.sink, repeats);
  settle_by_name(mission.locals, "local", context.sink, repeats);
  settle_by_name(mission.exports, "export", context.sink, repeats);
  settle_by_name(mission.scales, "scale", context.sink, repeats);
  settle_provider_configs(context, mission.providers, repeats);
  settle_moves(context, mission.moved, mission.removed);
  settle_stages(context, mission, repeats);
}

template <class Item>
void append(std::vector<Item>& to, std::vector<Item>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  from.clear();
}

void take_in(model::MissionDecl& first, model::MissionDecl& second) {
  append(first.variables, second.variables);
  append(first.locals, second.locals);
  append(first.stages, second.stages);
  append(first.exports, second.exports);
  append(first.providers, second.providers);
  append(first.scales, second.scales);
  append(first.moved, second.moved);
  append(first.removed, second.removed);
}

}  // namespace

std::optional<model::MissionDecl> read_mission(Context& context, syntax::Node block) {
  model::MissionDecl mission;
  const bool named = read_header(context, block, "mission", k_one_name, mission);
  const Argument arguments[] = {
      {"spaces", &mission.spaces, Need::Required, "[space.NAME]"},
      {"environments", &mission.environments},
      {"for_each", &mission.for_each},
      {"foundation", &mission.foundation},
      {"after", &mission.after},
  };
  enum { Variable, Locals, Stage, Export, Provider, Scale, Moved, Removed };
  constexpr std::string_view k_blocks[] = {"variable", "locals", "stage", "export",
                                           "provider", "scale",  "moved", "removed"};
  const std::string subject = describe("mission", mission.name);
  for (const ChildBlock& child :
       read_body(context, block, {"mission", arguments, k_blocks}, subject, mission.header)) {
    switch (child.type) {
      case Variable:
        take(read_variable(context, child.node), mission.variables);
        break;
      case Locals:
        read_locals(context, child.node, mission.locals);
        break;
      case Stage:
        take(read_stage(context, child.node), mission.stages);
        break;
      case Export:
        take(read_export(context, child.node), mission.exports);
        break;
      case Provider:
        take(read_provider_config(context, child.node), mission.providers);
        break;
      case Scale:
        take(read_scale(context, child.node), mission.scales);
        break;
      case Moved:
        mission.moved.push_back(read_moved(context, child.node));
        break;
      default:
        mission.removed.push_back(read_removed(context, child.node));
        break;
    }
  }
  settle_mission(context, mission, Repeats::Report);
  if (!named) return std::nullopt;
  check_name(mission.name, NameRule::Folder, context.sink);
  return mission;
}

void settle_missions(Context& context, std::vector<model::MissionDecl>& missions) {
  std::vector<std::size_t> order(missions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return missions[a].name.text < missions[b].name.text;
  });
  std::size_t first = 0;
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (missions[order[i]].name.text != missions[order[first]].name.text) {
      first = i;
      continue;
    }
    take_in(missions[order[first]], missions[order[i]]);
    settle_mission(context, missions[order[first]], Repeats::Drop);
  }
  settle_by_name(missions, "mission", context.sink);
}

}  // namespace space::program
