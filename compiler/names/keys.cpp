// for_each of missions and procedures: static keys, each of which becomes part of names and
// addresses.
#include "compiler/names/static_scope.h"

namespace space::names {

namespace {

struct Keys {
  std::vector<std::string> keys;
  std::vector<values::Value> values;
};

Keys static_keys(Context& context, const StaticPlace& place, model::ExprId expr,
                 const std::string& what) {
  Keys keys;
  if (require_static(context, expr, what) == Staticness::Deferred) return keys;
  const values::Value value = evaluate_static(context, place, expr);
  if (!value.is_known()) return keys;
  const source::Span span = context.program.expressions[expr].span;
  const values::TypeKind kind = value.is_null() ? values::TypeKind::Any : value.type().kind();
  const auto add = [&](const std::string& key, const values::Value& item) {
    keys.keys.push_back(key);
    keys.values.push_back(item);
  };
  if (kind == values::TypeKind::Map || kind == values::TypeKind::Object) {
    for (const auto& [key, item] : value.as_map()) add(key, item);
  } else if (kind == values::TypeKind::Set) {
    for (const values::Value& item : value.as_list()) {
      if (!item.is_known()) return {};  // what it is made of was reported
      if (item.is_null() || item.type().kind() != values::TypeKind::String) {
        context.sink.report(diagnostics::type_mismatch, span, what, "a set of strings",
                            values::describe(value.type()));
        return {};
      }
      add(item.as_string(), item);
    }
  } else {
    context.sink
        .report(diagnostics::type_mismatch, span, what, "a set of strings or a map",
                values::describe(value.type()))
        .help("write `toset([\"a\", \"b\"])`");
    return keys;
  }
  for (const std::string& key : keys.keys) {
    const bool good =
        !key.empty() && key.size() <= 30 && key[0] != '-' && key[0] != '_' &&
        key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos &&
        key.find("--") == std::string::npos;
    if (!good) {
      context.sink.report(diagnostics::invalid_name, span, key,
                          "a key becomes a folder and part of a state address: lower case letters, "
                          "digits, `-` and `_`, at most 30, no `--`");
      return {};
    }
  }
  return keys;
}

}  // namespace

void expand_mission(Context& context, model::MissionId id) {
  model::Mission& mission = context.resolved.missions[id.index()];
  const auto add = [&](std::string key, values::Value value) {
    mission.instances.push_back(model::InstanceId(context.resolved.instances.size()));
    context.resolved.instances.push_back({id, std::move(key), std::move(value)});
  };
  if (!mission.keyed) return add("", values::Value());
  const StaticPlace place{id, nullptr, std::nullopt, values::Value()};
  Keys keys = static_keys(context, place, mission.decl->for_each,
                          fmt::format("`for_each` of mission `{}`", mission.name));
  for (std::size_t i = 0; i < keys.keys.size(); ++i) add(keys.keys[i], keys.values[i]);
}

void expand_procedure(Context& context, model::Procedure& procedure) {
  if (!procedure.keyed) {
    procedure.keys = {""};
    procedure.key_values = {values::Value()};
    return;
  }
  const StaticPlace place{procedure.mission, nullptr, std::nullopt, values::Value()};
  Keys keys = static_keys(context, place, procedure.decl->for_each,
                          fmt::format("`for_each` of procedure `{}`", procedure.name));
  procedure.keys = std::move(keys.keys);
  procedure.key_values = std::move(keys.values);
}

}  // namespace space::names
