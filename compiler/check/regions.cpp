// Law 4: a space has one region. What an argument that the table of providers knows says of a
// region, in the resources and data sources of bodies in place, is held against every space that
// the mission flies in. Judged is what is known where it stands; what reads `flight.region` or
// anything else that only a flight knows is unknown, and silent. Blocks inside a resource stand in
// no table.
#include <optional>
#include <set>

#include "compiler/check/laws.h"
#include "stdlib/providers.h"

namespace space::check {

namespace {

// What no provider calls a region of its own: a space of what lies nowhere.
constexpr std::string_view k_global = "global";

struct Place {
  const model::Attribute& argument;
  stdlib::RegionMapping mapping;
  std::string value;
};

// Nothing where it is not known here, or must not be repeated.
std::optional<std::string> known_text(const Context& context, eval::ExprId expr) {
  const values::Value* found = context.types.body_value(expr);
  if (found == nullptr) return std::nullopt;
  const values::Value& value = *found;
  if (!value.is_known() || value.is_null() || value.kind() != values::TypeKind::String ||
      value.marks() != values::Marks())
    return std::nullopt;
  return value.as_string();
}

std::string region_words(const Place& place, const std::string& region) {
  switch (place.mapping) {
    case stdlib::RegionMapping::Same:
      return fmt::format("write `{} = flight.region`", place.argument.name.text);
    case stdlib::RegionMapping::Datacenter:
      return fmt::format("name a datacenter of `{}`", region);
    case stdlib::RegionMapping::NetworkZone:
      return fmt::format("name the network zone that holds `{}`", region);
  }
  return "";
}

std::string region_of(const Place& place) {
  if (place.value == k_global) return "of the region where it lies";
  switch (place.mapping) {
    case stdlib::RegionMapping::Same:
      return fmt::format("of region `{}`", place.value);
    case stdlib::RegionMapping::Datacenter:
      return fmt::format("of region `{}`", place.value.substr(0, place.value.find("-dc")));
    case stdlib::RegionMapping::NetworkZone:
      return fmt::format("whose region lies in `{}`", place.value);
  }
  return "";
}

void check_place(Context& context, const model::Mission& mission,
                 const std::set<model::SpaceId>& spaces, const Place& place) {
  const model::Space* first = nullptr;
  std::size_t others = 0;
  for (const model::SpaceId id : spaces) {
    const model::Space& space = context.program[id];
    // An empty one was reported where it stands.
    if (space.region.empty()) continue;
    if (space.region != k_global &&
        stdlib::lies_in_region(place.mapping, place.value, space.region))
      continue;
    if (first == nullptr) {
      first = &space;
    } else {
      ++others;
    }
  }
  if (first == nullptr) return;
  const std::string fly =
      fmt::format("fly mission `{}` in a space {}", mission.name, region_of(place));
  auto report = context.sink.report(
      diagnostics::other_region, context.program.tree()[place.argument.value].span,
      place.argument.name.text, place.value, first->region, first->name);
  report.related(context.program.tree()[first->decl->region].span,
                 fmt::format("the region of space `{}`", first->name));
  if (others > 0)
    report.note(
        fmt::format("it lies outside the regions of {} more of the mission's spaces", others));
  if (first->region == k_global) {
    report.note("`global` is for what lies in no region").help(fly);
  } else {
    report.help(fmt::format("{}, or {}", region_words(place, first->region), fly));
  }
}

void check_blocks(Context& context, const model::Mission& mission,
                  const std::set<model::SpaceId>& spaces, const std::vector<model::Block>& blocks) {
  for (const model::Block& block : blocks) {
    if (block.type.text == "check") check_blocks(context, mission, spaces, block.body.blocks);
    if (!model::is_resource(block)) continue;
    const model::ResourceType resource = model::resource_type(context.program, block);
    // An ephemeral one lies nowhere.
    if (resource.kind == model::SchemaKind::Ephemeral) continue;
    const stdlib::KnownProvider* provider = stdlib::find_known_provider(resource.source);
    if (provider == nullptr) continue;
    for (const model::Attribute& argument : block.body.attributes) {
      const stdlib::RegionArgument* row =
          stdlib::find_region_argument(*provider, resource.type, argument.name.text);
      if (row == nullptr) continue;
      if (const auto value = known_text(context, argument.value))
        check_place(context, mission, spaces, {argument, row->mapping, *value});
    }
  }
}

}  // namespace

void check_regions(Context& context) {
  for (const model::Mission& mission : context.program.missions) {
    std::set<model::SpaceId> spaces;
    for (const model::FlightId id : mission.flights) spaces.insert(context.program[id].space);
    for (const model::ProcedureId id : mission.procedures)
      check_blocks(context, mission, spaces, context.program[id].decl->body);
  }
}

}  // namespace space::check
