#include "runner/plans/configuration.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/strings.h"
#include "core/runplan/read_parts.h"

namespace space::plans {

namespace {

using runplan::JsonReader;

// Every `references` in an expression, or in the expressions of a nested block.
void collect_references(JsonReader& in, References& into) {
  std::string key;
  switch (in.peek()) {
    case JsonReader::Kind::Object:
      in.begin_object();
      while (in.next_member(key)) {
        if (key == "references" && in.peek() == JsonReader::Kind::Array) {
          runplan::read_strings(in, into);
        } else if (key == "constant_value") {
          in.skip();
        } else {
          collect_references(in, into);
        }
      }
      break;
    case JsonReader::Kind::Array:
      in.begin_array();
      while (in.next_element()) collect_references(in, into);
      break;
    default:
      in.skip();
  }
}

void collect_by_name(JsonReader& in, std::map<std::string, References>& into) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) collect_references(in, into[key]);
}

void read_resource(JsonReader& in, ConfiguredModule& into) {
  ConfiguredObject object;
  std::string key, address, mode;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "address") {
      in.read(address);
    } else if (key == "mode") {
      in.read(mode);
    } else if (key == "expressions") {
      collect_by_name(in, object.arguments);
    } else if (key == "count_expression" || key == "for_each_expression") {
      collect_references(in, object.repetition);
    } else {
      in.skip();
    }
  }
  object.is_data = mode == "data";
  into.objects[address] = std::move(object);
}

void read_module(JsonReader& in, ConfiguredModule& into) {
  std::string key, name;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "resources" && in.begin_array()) {
      while (in.next_element()) read_resource(in, into);
    } else if (key == "outputs") {
      collect_by_name(in, into.outputs);
    } else if (key == "module_calls" && in.begin_object()) {
      while (in.next_member(name)) {
        if (!in.begin_object()) break;
        while (in.next_member(key)) {
          if (key == "module") {
            read_module(in, into.modules[name]);
          } else if (key == "expressions") {
            collect_by_name(in, into.calls[name]);
          } else if (key == "count_expression" || key == "for_each_expression") {
            collect_references(in, into.call_repetition[name]);
          } else {
            in.skip();
          }
        }
      }
    } else {
      in.skip();
    }
  }
}

// A module inside of modules, with the way up: its variables are arguments of a call outside.
struct Scope {
  const ConfiguredModule* module = nullptr;
  std::string call;  // its name in the scope outside; "" for the outermost
  const Scope* outer = nullptr;
};

std::string_view word_after(std::string_view text, std::string_view head) {
  text.remove_prefix(head.size());
  return text.substr(0, text.find_first_of(".["));
}

class Follower {
 public:
  explicit Follower(Reached& found) : found_(found) {}

  void object(const ConfiguredObject& object, const std::set<std::string>& arguments,
              const Scope& scope) {
    for (const auto& [name, references] : object.arguments) {
      if (arguments.empty() || arguments.count(name) > 0) follow(references, scope);
    }
    follow(object.repetition, scope);
  }

  // count or for_each of the calls around: for all that stands inside.
  void repetition(const Scope& scope) {
    for (const Scope* at = &scope; at->outer != nullptr; at = at->outer) {
      const auto found = at->outer->module->call_repetition.find(at->call);
      if (found != at->outer->module->call_repetition.end()) follow(found->second, *at->outer);
    }
  }

 private:
  // tofu lists `module.a` beside `module.a.x`: then not all of it is meant.
  void follow(const References& references, const Scope& scope) {
    for (const std::string& reference : references) {
      const bool is_beginning =
          std::any_of(references.begin(), references.end(), [&](const std::string& other) {
            return other.size() > reference.size() && other.starts_with(reference) &&
                   (other[reference.size()] == '.' || other[reference.size()] == '[');
          });
      if (!is_beginning) follow(reference, scope);
    }
  }

  void follow(const std::string& reference, const Scope& scope) {
    if (!seen_.emplace(scope.module, reference).second) return;
    if (reference.starts_with("local.")) {
      found_.through_local = true;
    } else if (reference.starts_with("var.")) {
      variable(std::string(word_after(reference, "var.")), scope);
    } else if (reference.starts_with("module.")) {
      output(reference, scope);
    } else {
      const auto found = scope.module->objects.find(object_name(reference));
      if (found != scope.module->objects.end()) object(found->second, {}, scope);
    }
  }

  void variable(const std::string& name, const Scope& scope) {
    if (scope.outer == nullptr) {
      found_.variables.insert(name);
      return;
    }
    const auto call = scope.outer->module->calls.find(scope.call);
    if (call == scope.outer->module->calls.end()) return;
    const auto argument = call->second.find(name);
    if (argument != call->second.end()) follow(argument->second, *scope.outer);
  }

  // module.NAME.OUTPUT, module.NAME[…].OUTPUT; module.NAME alone is all of it.
  void output(const std::string& reference, const Scope& scope) {
    const std::string name(word_after(reference, "module."));
    const auto module = scope.module->modules.find(name);
    if (module == scope.module->modules.end()) return;
    const std::string rest = without_keys(reference);
    const auto parts = base::split(rest, '.');
    scopes_.push_back(std::make_unique<Scope>(Scope{&module->second, name, &scope}));
    const Scope& inner = *scopes_.back();
    for (const auto& [output, references] : module->second.outputs) {
      if (parts.size() < 3 || parts[2] == output) follow(references, inner);
    }
  }

  static std::string object_name(const std::string& reference) {
    const std::string plain = without_keys(reference);
    const auto parts = base::split(plain, '.');
    const std::size_t wanted = !parts.empty() && parts[0] == "data" ? 3 : 2;
    std::string name;
    for (std::size_t i = 0; i < parts.size() && i < wanted; ++i)
      name += (i > 0 ? "." : "") + std::string(parts[i]);
    return name;
  }

  Reached& found_;
  std::set<std::pair<const ConfiguredModule*, std::string>> seen_;
  std::vector<std::unique_ptr<Scope>> scopes_;
};

// The modules on the way to an address, the innermost last.
class Scopes {
 public:
  Scopes(const ConfiguredModule& module, std::string_view address) : rest_(without_keys(address)) {
    scopes_.push_back(std::make_unique<Scope>(Scope{&module, "", nullptr}));
    constexpr std::string_view k_head = "module.";
    while (rest_.starts_with(k_head)) {
      const std::string name(word_after(rest_, k_head));
      const auto inner = innermost().module->modules.find(name);
      if (inner == innermost().module->modules.end()) return;
      scopes_.push_back(std::make_unique<Scope>(Scope{&inner->second, name, &innermost()}));
      rest_.erase(0, std::min(rest_.size(), k_head.size() + name.size() + 1));
    }
  }

  const Scope& innermost() const { return *scopes_.back(); }
  const ConfiguredObject* object() const {
    const auto found = innermost().module->objects.find(rest_);
    return found == innermost().module->objects.end() ? nullptr : &found->second;
  }

 private:
  std::string rest_;  // of the address, inside of the innermost
  std::vector<std::unique_ptr<Scope>> scopes_;
};

void add_objects(const ConfiguredModule& module, const std::string& prefix,
                 std::vector<std::string>& into) {
  for (const auto& [name, object] : module.objects) into.push_back(prefix + name);
  for (const auto& [name, inner] : module.modules)
    add_objects(inner, prefix + "module." + name + ".", into);
}

}  // namespace

void read_configuration(JsonReader& in, Configuration& into) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "root_module") {
      read_module(in, into.root);
    } else {
      in.skip();
    }
  }
}

std::string without_keys(std::string_view address) {
  std::string plain;
  bool in_key = false, in_string = false;
  for (std::size_t i = 0; i < address.size(); ++i) {
    const char c = address[i];
    if (!in_key) {
      if (c == '[') {
        in_key = true;
      } else {
        plain += c;
      }
    } else if (in_string && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (c == ']' && !in_string) {
      in_key = false;
    }
  }
  return plain;
}

Reached variables_reaching(const ConfiguredModule& module, std::string_view address,
                           const std::set<std::string>& arguments) {
  Reached reached;
  const Scopes scopes(module, address);
  if (const ConfiguredObject* object = scopes.object()) {
    Follower follower(reached);
    follower.object(*object, arguments, scopes.innermost());
    follower.repetition(scopes.innermost());
  }
  return reached;
}

Reached repetition_reaching(const ConfiguredModule& module, std::string_view address) {
  Reached reached;
  const Scopes scopes(module, address);
  Follower follower(reached);
  if (const ConfiguredObject* object = scopes.object())
    follower.object(*object, {""}, scopes.innermost());
  follower.repetition(scopes.innermost());
  return reached;
}

std::set<std::string> configured_arguments(const ConfiguredModule& module,
                                           std::string_view address) {
  std::set<std::string> names;
  const Scopes scopes(module, address);
  if (const ConfiguredObject* object = scopes.object()) {
    for (const auto& [name, references] : object->arguments) names.insert(name);
  }
  return names;
}

std::vector<std::string> configured_objects(const ConfiguredModule& module) {
  std::vector<std::string> objects;
  add_objects(module, "", objects);
  return objects;
}

}  // namespace space::plans
