#include "compiler/schemas/read_tofu_json.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/runplan/json_reader.h"

namespace space::schemas {

namespace {

using model::Nesting;
using model::SchemaKind;
using runplan::JsonReader;
using values::Type;

// What an index can hold as a name; everything that a provider may call an attribute is.
bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

class Reading {
 public:
  explicit Reading(std::string_view text) : in_(text) {}

  bool all(const std::function<void(Provider)>& take) {
    bool found = false;
    std::string key;
    if (!in_.begin_object()) return false;
    while (in_.next_member(key)) {
      if (key == "provider_schemas") {
        found = true;
        providers(take);
      } else {
        in_.skip();
      }
    }
    if (!in_.failed() && !found) in_.fail("there is no `provider_schemas`");
    return in_.finish() && !in_.failed();
  }
  const std::string& error() const { return in_.error(); }

 private:
  void providers(const std::function<void(Provider)>& take) {
    std::string address;
    if (!in_.begin_object()) return;
    while (in_.next_member(address)) {
      Provider provider;
      provider.address = address;
      provider_schemas(provider);
      if (!in_.failed()) take(std::move(provider));
    }
  }

  void provider_schemas(Provider& provider) {
    std::string key;
    if (!in_.begin_object()) return;
    while (in_.next_member(key)) {
      if (key == "provider") {
        schema(provider.blocks[{SchemaKind::Provider, ""}]);
      } else if (key == "resource_schemas") {
        types(provider, SchemaKind::Resource);
      } else if (key == "data_source_schemas") {
        types(provider, SchemaKind::Data);
      } else if (key == "ephemeral_resource_schemas") {
        types(provider, SchemaKind::Ephemeral);
      } else {
        in_.skip();
      }
    }
  }

  void types(Provider& provider, SchemaKind kind) {
    std::string type;
    if (!in_.begin_object()) return;
    while (in_.next_member(type)) {
      if (!is_name(type)) return void(in_.fail("`" + type + "` is no name of a type"));
      schema(provider.blocks[{kind, type}]);
    }
  }

  // { "version": 1, "block": { … } }
  void schema(model::BlockSchema& out) {
    std::string key;
    if (!in_.begin_object()) return;
    while (in_.next_member(key)) {
      if (key == "block") {
        block(out);
      } else {
        in_.skip();
      }
    }
  }

  void block(model::BlockSchema& out) {
    std::string key;
    if (!in_.begin_object()) return;
    while (in_.next_member(key)) {
      if (key == "attributes") {
        attributes(out.attributes);
      } else if (key == "block_types") {
        named(out.blocks, "a block", &Reading::nested_block);
      } else if (!deprecation(key, out)) {
        in_.skip();
      }
    }
  }

  // A block and an attribute say it alike; whether this member says it.
  template <class Schema>
  bool deprecation(std::string_view key, Schema& out) {
    if (key == "deprecated") {
      in_.read(out.deprecated);
    } else if (key == "deprecation_message") {
      in_.read(out.deprecation);
    } else {
      return false;
    }
    return true;
  }

  // { NAME: …, … }, kept in the order of the names.
  template <class Item>
  void named(std::vector<Item>& out, std::string_view what, void (Reading::*read)(Item&)) {
    std::string name;
    if (!in_.begin_object()) return;
    while (in_.next_member(name)) {
      if (!is_name(name)) return void(in_.fail(fmt::format("`{}` is no name of {}", name, what)));
      out.emplace_back().name = name;
      (this->*read)(out.back());
    }
    std::sort(out.begin(), out.end(), [](const Item& a, const Item& b) { return a.name < b.name; });
  }

  void attributes(std::vector<model::AttributeSchema>& out) {
    named(out, "an attribute", &Reading::attribute);
  }

  void attribute(model::AttributeSchema& out) {
    std::string key;
    if (!in_.begin_object()) return;
    while (in_.next_member(key)) {
      if (key == "type") {
        type(out.type);
      } else if (key == "nested_type") {
        nested_type(out);
      } else if (key == "required") {
        in_.read(out.required);
      } else if (key == "optional") {
        in_.read(out.optional);
      } else if (key == "computed") {
        in_.read(out.computed);
      } else if (key == "sensitive") {
        in_.read(out.sensitive);
      } else if (key == "write_only") {
        in_.read(out.write_only);
      } else if (!deprecation(key, out)) {
        in_.skip();
      }
    }
  }

  void nested_type(model::AttributeSchema& out) {
    auto nested = std::make_shared<model::BlockSchema>();
    std::string key;
    if (!in_.begin_object()) return;
    while (in_.next_member(key)) {
      if (key == "attributes") {
        attributes(nested->attributes);
      } else if (key == "nesting_mode") {
        nesting(out.nesting);
      } else {
        in_.skip();
      }
    }
    out.type = model::nested_type(out.nesting, model::object_type(*nested));
    out.nested = std::move(nested);
  }

  void nested_block(model::NestedBlockSchema& out) {
    auto nested = std::make_shared<model::BlockSchema>();
    std::string key;
    if (!in_.begin_object()) return;
    while (in_.next_member(key)) {
      if (key == "block") {
        block(*nested);
      } else if (key == "nesting_mode") {
        nesting(out.nesting);
      } else if (key == "min_items") {
        count(out.min);
      } else if (key == "max_items") {
        count(out.max);
      } else {
        in_.skip();
      }
    }
    out.block = std::move(nested);
  }

  void nesting(Nesting& out) {
    static constexpr std::string_view words[] = {"single", "group", "list", "set", "map"};
    std::string word;
    if (!in_.read(word)) return;
    const auto* const at = std::find(std::begin(words), std::end(words), word);
    if (at == std::end(words)) return void(in_.fail("`" + word + "` is no nesting mode"));
    out = static_cast<Nesting>(at - std::begin(words));
  }

  void count(std::uint32_t& out) {
    std::int64_t value = 0;
    if (!in_.read(value)) return;
    if (value < 0 || value > 1'000'000) return void(in_.fail("no number of blocks"));
    out = static_cast<std::uint32_t>(value);
  }

  // "string", ["list", "string"], ["object", {"a": "string"}, ["a"]], ["tuple", ["string"]]
  void type(Type& out) {
    if (in_.peek() == JsonReader::Kind::String) return simple_type(out);
    std::string word;
    if (!in_.begin_array() || !in_.next_element() || !in_.read(word)) return no_type();
    if (!in_.next_element()) return no_type();
    if (word == "object") {
      object_type(out);
      return;
    }
    if (word == "tuple") {
      std::vector<Type> elements;
      if (!in_.begin_array()) return;
      while (in_.next_element()) type(elements.emplace_back());
      out = Type::tuple(std::move(elements));
    } else {
      Type element;
      type(element);
      if (word != "list" && word != "set" && word != "map") return no_type();
      out = word == "list"  ? Type::list(std::move(element))
            : word == "set" ? Type::set(std::move(element))
                            : Type::map(std::move(element));
    }
    if (in_.next_element()) no_type();
  }

  void simple_type(Type& out) {
    std::string word;
    in_.read(word);
    if (word == "string") {
      out = Type::string();
    } else if (word == "number") {
      out = Type::number();
    } else if (word == "bool") {
      out = Type::boolean();
    } else if (word == "dynamic") {
      out = Type::any();
    } else {
      no_type();
    }
  }

  void object_type(Type& out) {
    std::map<std::string, values::ObjectAttribute> attributes;
    std::string name;
    if (!in_.begin_object()) return;
    while (in_.next_member(name)) {
      if (!is_name(name)) return void(in_.fail("`" + name + "` is no name of an attribute"));
      type(attributes[name].type);
    }
    if (in_.next_element()) {
      if (!in_.begin_array()) return;
      while (in_.next_element()) {
        if (!in_.read(name)) return;
        if (const auto at = attributes.find(name); at != attributes.end())
          at->second.optional = true;
      }
      if (in_.next_element()) return no_type();
    }
    out = Type::object(std::move(attributes));
  }

  void no_type() { in_.fail("this is no type"); }

  JsonReader in_;
};

}  // namespace

base::Status read_tofu_json(std::string_view text, const std::function<void(Provider)>& take) {
  Reading reading(text);
  if (!reading.all(take)) {
    return base::Error{"it is not what `tofu providers schema -json` prints: " + reading.error(),
                       ""};
  }
  return base::Done{};
}

}  // namespace space::schemas
