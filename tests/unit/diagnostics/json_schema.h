// A small JSON Schema checker: the words that this project's schemas use, and an error for any
// other, so that a schema cannot say something that nobody checks. In: a schema and a value. Out:
// what does not fit, each with its place. Tests alone.
#pragma once

#include <regex>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

class JsonSchema {
 public:
  using Json = nlohmann::json;

  explicit JsonSchema(Json schema) : root_(std::move(schema)) {}

  std::vector<std::string> errors(const Json& value) const {
    std::vector<std::string> list;
    check(root_, value, "", list);
    return list;
  }

 private:
  using Errors = std::vector<std::string>;

  static bool has_type(const std::string& name, const Json& value) {
    if (name == "integer") return value.is_number_integer();
    if (name == "number") return value.is_number();
    return name == value.type_name();
  }

  bool fits(const Json& schema, const Json& value) const {
    Errors ignored;
    check(schema, value, "", ignored);
    return ignored.empty();
  }

  void check(const Json& schema, const Json& value, const std::string& at, Errors& errors) const {
    if (schema.is_boolean()) {
      if (!schema.get<bool>()) errors.push_back(at + ": is not allowed");
      return;
    }
    static const std::set<std::string> k_remarks{"$schema", "$id",         "$defs",   "title",
                                                 "default", "description", "examples"};
    for (const auto& [word, rule] : schema.items()) {
      if (!k_remarks.contains(word)) check_word(schema, word, rule, value, at, errors);
    }
  }

  void check_word(const Json& schema, const std::string& word, const Json& rule, const Json& value,
                  const std::string& at, Errors& errors) const {
    const auto wrong = [&](const std::string& text) { errors.push_back(at + ": " + text); };
    if (word == "$ref") {
      check(root_.at(Json::json_pointer(rule.get<std::string>().substr(1))), value, at, errors);
    } else if (word == "type") {
      const Json types = rule.is_array() ? rule : Json::array({rule});
      bool fit = false;
      for (const Json& type : types) fit = fit || has_type(type.get<std::string>(), value);
      if (!fit) wrong("is not of type " + rule.dump());
    } else if (word == "const") {
      if (value != rule) wrong("is not " + rule.dump());
    } else if (word == "enum") {
      if (std::find(rule.begin(), rule.end(), value) == rule.end())
        wrong("is none of " + rule.dump());
    } else if (word == "pattern") {
      if (value.is_string() &&
          !std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()))) {
        wrong("does not match " + rule.dump());
      }
    } else if (word == "minimum") {
      if (value.is_number() && value < rule) wrong("is less than " + rule.dump());
    } else if (word == "minLength") {
      if (value.is_string() && value.get<std::string>().size() < rule) wrong("is too short");
    } else if (word == "minItems") {
      if (value.is_array() && value.size() < rule) wrong("has too few items");
    } else if (word == "maxItems") {
      if (value.is_array() && value.size() > rule) wrong("has too many items");
    } else if (word == "oneOf" || word == "anyOf") {
      std::size_t fitting = 0;
      for (const Json& one : rule) fitting += fits(one, value) ? 1 : 0;
      if (fitting == 0 || (word == "oneOf" && fitting > 1)) {
        wrong("fits " + std::to_string(fitting) + " of " + word);
      }
    } else if (word == "allOf") {
      for (const Json& one : rule) check(one, value, at, errors);
    } else if (word == "items") {
      if (!value.is_array()) return;
      for (std::size_t i = 0; i < value.size(); ++i) {
        check(rule, value[i], at + "/" + std::to_string(i), errors);
      }
    } else if (word == "required") {
      for (const Json& name : rule) {
        if (value.is_object() && !value.contains(name.get<std::string>())) {
          wrong("lacks " + name.dump());
        }
      }
    } else if (word == "properties") {
      for (const auto& [name, one] : rule.items()) {
        if (value.is_object() && value.contains(name))
          check(one, value[name], at + "/" + name, errors);
      }
    } else if (word == "additionalProperties") {
      if (!value.is_object()) return;
      for (const auto& [name, one] : value.items()) {
        const bool named = schema.contains("properties") && schema["properties"].contains(name);
        if (!named) check(rule, one, at + "/" + name, errors);
      }
    } else {
      wrong("the schema says `" + word + "`, which this checker does not know");
    }
  }

  Json root_;
};
