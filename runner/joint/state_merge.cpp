#include "runner/joint/state_merge.h"

#include <algorithm>
#include <set>

#include "core/runplan/json_reader.h"
#include "core/runplan/json_writer.h"
#include "core/runplan/read_parts.h"
#include "runner/joint/names.h"

namespace space::joint {

namespace {

using runplan::JsonReader;
using runplan::JsonWriter;
using values::Value;

constexpr std::int64_t k_format = 4;

struct Pulled {
  std::int64_t version = 0;
  std::string_view outputs, resources;  // "" where there is none
};

base::Result<Pulled> read_parts_of(const StatePart& part) {
  static const std::set<std::string, std::less<>> k_known{"terraform_version", "serial", "lineage",
                                                          "check_results"};
  JsonReader in(part.text);
  Pulled pulled;
  std::string key, unknown;
  if (in.begin_object()) {
    while (in.next_member(key)) {
      if (key == "version") {
        in.read(pulled.version);
      } else if (key == "outputs") {
        pulled.outputs = in.raw();
      } else if (key == "resources") {
        pulled.resources = in.raw();
      } else {
        if (k_known.count(key) == 0 && unknown.empty()) unknown = key;
        in.skip();
      }
    }
  }
  const std::string of = "the state of `" + part.id + "` ";
  if (!in.finish())
    return base::Error{of + "cannot be read: " + in.error(),
                       "bring it back from a backup before anything else"};
  if (pulled.version != k_format) {
    return base::Error{of + "is of format " + std::to_string(pulled.version) +
                           ", and only format 4 can be planned together with others",
                       "`space plan` plans it by itself"};
  }
  if (!unknown.empty()) {
    return base::Error{of + "holds `" + unknown + "`, which format 4 has not",
                       "`space plan` plans it by itself"};
  }
  return pulled;
}

// provider["SOURCE"].alias of the procedure's root, as the joint root has it; an address inside of
// a nested module belongs to a block there.
std::string joint_provider(const std::string& address, const StatePart& part) {
  if (address.starts_with("module.")) return module_address(part.root) + "." + address;
  for (const ProviderPlace& place : part.providers) {
    const std::string own =
        "provider[\"" + place.source + "\"]" + (place.alias.empty() ? "" : "." + place.alias);
    if (own == address) return place.address;
  }
  return address;
}

std::string own_provider(const std::string& address, const StatePart& part) {
  for (const ProviderPlace& place : part.providers) {
    if (place.address == address)
      return "provider[\"" + place.source + "\"]" + (place.alias.empty() ? "" : "." + place.alias);
  }
  if (const auto inner = split_address(address); inner && inner->root == part.root)
    return inner->name;
  return address;
}

void copy_instance(JsonReader& in, JsonWriter& out, const StatePart& part) {
  std::string key, text;
  if (!in.begin_object()) return;
  out.begin_object();
  while (in.next_member(key)) {
    out.key(key);
    if (key == "dependencies" && in.peek() == JsonReader::Kind::Array) {
      in.begin_array();
      out.begin_array();
      while (in.next_element() && in.read(text)) out.string(module_address(part.root) + "." + text);
      out.end_array();
    } else if (key == "provider" && in.peek() == JsonReader::Kind::String) {
      in.read(text);
      out.string(joint_provider(text, part));
    } else {
      out.raw(runplan::compact_json(in.raw()));
    }
  }
  out.end_object();
}

// Writes one resource and returns what tells it from others, as a text.
std::string copy_resource(JsonReader& in, JsonWriter& out, const StatePart& part) {
  std::string key, text, module = module_address(part.root), mode, type, name;
  JsonWriter rest;
  if (!in.begin_object()) return "";
  rest.begin_object();
  while (in.next_member(key)) {
    if (key == "module") {
      in.read(text);
      module += "." + text;
      continue;
    }
    rest.key(key);
    if (key == "provider") {
      in.read(text);
      rest.string(joint_provider(text, part));
    } else if (key == "instances" && in.peek() == JsonReader::Kind::Array) {
      in.begin_array();
      rest.begin_array();
      while (in.next_element()) copy_instance(in, rest, part);
      rest.end_array();
    } else if (key == "mode" || key == "type" || key == "name") {
      std::string& into = key == "mode" ? mode : key == "type" ? type : name;
      in.read(into);
      rest.string(into);
    } else {
      rest.raw(runplan::compact_json(in.raw()));
    }
  }
  rest.member("module", module);
  rest.end_object();
  out.line();
  out.raw(rest.take());
  return module + " " + mode + " " + type + " " + name;
}

void copy_outputs(const Pulled& pulled, JsonWriter& out, const StatePart& part) {
  if (pulled.outputs.empty()) return;
  JsonReader in(pulled.outputs);
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    out.line();
    out.key(inner_name(part.root, key));
    out.raw(runplan::compact_json(in.raw()));
  }
}

Value parsed(std::string_view json) {
  if (json.empty()) return Value();
  JsonReader in(json);
  return runplan::read_value(in);
}

// Nothing, an empty list and an empty object are one: a state without resources may say either.
bool is_bare(const Value& value) {
  if (value.is_null()) return true;
  if (value.kind() == values::TypeKind::Tuple) return value.as_list().empty();
  return value.kind() == values::TypeKind::Object && value.as_map().empty();
}

std::string text_of(const values::ValueMap& map, const std::string& name) {
  const auto found = map.find(name);
  return found == map.end() || found->second.is_null() ? "" : found->second.as_string();
}

Value own_instance(const Value& instance, const StatePart& part) {
  values::ValueMap map = instance.as_map();
  if (const auto found = map.find("dependencies"); found != map.end() && !found->second.is_null()) {
    values::ValueList own;
    for (const Value& one : found->second.as_list()) {
      const auto inner = split_address(one.as_string());
      own.push_back(inner && inner->root == part.root ? Value::string(inner->name) : one);
    }
    found->second = Value::tuple(std::move(own));
  }
  if (map.count("provider") > 0)
    map["provider"] = Value::string(own_provider(text_of(map, "provider"), part));
  return Value::object(std::move(map));
}

Value own_resource(const Value& resource, const Inner& module, const StatePart& part) {
  values::ValueMap map = resource.as_map();
  map.erase("module");
  if (!module.name.empty()) map["module"] = Value::string(module.name);
  if (map.count("provider") > 0)
    map["provider"] = Value::string(own_provider(text_of(map, "provider"), part));
  if (const auto found = map.find("instances"); found != map.end() && !found->second.is_null()) {
    values::ValueList own;
    for (const Value& one : found->second.as_list()) own.push_back(own_instance(one, part));
    found->second = Value::tuple(std::move(own));
  }
  return Value::object(std::move(map));
}

}  // namespace

base::Result<std::string> merge_states(const std::vector<StatePart>& parts,
                                       const std::string& tofu_version) {
  JsonWriter resources, outputs;
  std::set<std::string> seen;
  resources.begin_array();
  outputs.begin_object();
  for (const StatePart& part : parts) {
    if (part.text.empty()) continue;
    SPACE_TRY(const Pulled pulled, read_parts_of(part));
    copy_outputs(pulled, outputs, part);
    if (pulled.resources.empty()) continue;
    JsonReader in(pulled.resources);
    const bool is_list = in.peek() == JsonReader::Kind::Array && in.begin_array();
    while (is_list && in.next_element()) {
      const std::string address = copy_resource(in, resources, part);
      if (!seen.insert(address).second)
        return base::Error{"the state of `" + part.id + "` holds `" + address + "` twice", ""};
    }
    if (in.failed())
      return base::Error{"the state of `" + part.id + "` cannot be read: " + in.error(), ""};
  }
  resources.end_array();
  outputs.end_object();
  JsonWriter out;
  out.begin_object();
  out.member("version", k_format);
  out.member("terraform_version", tofu_version);
  out.member("serial", std::int64_t{1});
  out.member("lineage", "a joint plan's own");
  out.key("outputs");
  out.raw(outputs.take());
  out.key("resources");
  out.raw(resources.take());
  out.key("check_results");
  out.raw("null");
  out.end_object();
  return out.take() + "\n";
}

base::Status check_merged(const std::string& merged, const std::vector<StatePart>& parts) {
  SPACE_TRY(const Pulled whole, read_parts_of({0, "all", merged, {}}));
  std::map<std::size_t, values::ValueList> resources;
  std::map<std::size_t, values::ValueMap> outputs;
  std::map<std::size_t, const StatePart*> by_root;
  for (const StatePart& part : parts) by_root[part.root] = &part;
  const Value all = parsed(whole.resources);
  for (const Value& resource : all.is_null() ? values::ValueList() : all.as_list()) {
    const auto module = split_address(text_of(resource.as_map(), "module"));
    if (!module || by_root.count(module->root) == 0)
      return base::Error{"the merged state holds an object of no procedure", ""};
    resources[module->root].push_back(own_resource(resource, *module, *by_root[module->root]));
  }
  const Value all_outputs = parsed(whole.outputs);
  for (const auto& [name, value] :
       all_outputs.is_null() ? values::ValueMap() : all_outputs.as_map()) {
    const auto inner = split_name(name);
    if (!inner) return base::Error{"the merged state holds an output of no procedure", ""};
    outputs[inner->root].emplace(inner->name, value);
  }
  for (const StatePart& part : parts) {
    if (part.text.empty()) continue;
    SPACE_TRY(const Pulled pulled, read_parts_of(part));
    const Value was = parsed(pulled.resources), was_outputs = parsed(pulled.outputs);
    const Value is = Value::tuple(resources[part.root]);
    const Value is_outputs = Value::object(outputs[part.root]);
    const bool same = (is_bare(was) && is_bare(is)) || was == is;
    const bool same_outputs =
        (is_bare(was_outputs) && is_bare(is_outputs)) || was_outputs == is_outputs;
    if (!same || !same_outputs) {
      return base::Error{
          "the state of `" + part.id + "` does not come out of the merged one as it went in",
          "this is a bug of space; please report it"};
    }
  }
  return base::Done{};
}

}  // namespace space::joint
