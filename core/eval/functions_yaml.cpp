// yamldecode and yamlencode. yaml-cpp reads the syntax; what a plain scalar means is decided here,
// as tofu's reader does: YAML 1.1's many words for true, 1.2's numbers.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>

#include "core/eval/calendar.h"
#include "core/eval/encoding.h"
#include "core/eval/function_families.h"
#include "core/eval/yaml_writer.h"
#include "core/values/convert.h"
#include "core/values/render.h"

namespace space::eval {

using values::Number;
using values::Type;
using values::TypeKind;
using values::Value;

namespace {

constexpr std::string_view k_tag_prefix = "tag:yaml.org,2002:";

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::optional<bool> as_truth(std::string_view text) {
  if (is_one_of(text, {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"}))
    return true;
  if (is_one_of(text, {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"}))
    return false;
  return std::nullopt;
}

bool all_of_digits(std::string_view text, std::string_view digits) {
  return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

std::optional<Number> as_number(std::string_view text) {
  if (text.starts_with("0o")) {
    return all_of_digits(text.substr(2), "01234567") ? Number::parse_integer(text.substr(2), 8)
                                                     : std::nullopt;
  }
  if (text.starts_with("0x")) {
    return all_of_digits(text.substr(2), "0123456789abcdefABCDEF")
               ? Number::parse_integer(text.substr(2), 16)
               : std::nullopt;
  }
  return Number::parse(text);
}

class Reader final : public YAML::EventHandler {
 public:
  std::optional<Value> result;
  std::string error;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(mark, anchor, Value::null(), 1);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) return fail(mark, "an alias inside of what it names");
    add(mark, 0, found->second.value, found->second.weight);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    if (wants_key() && (tag == "?" || tag == "!") && text == "<<") {
      levels_.back().merges = true;
      levels_.back().has_key = true;
      return;
    }
    if (std::optional<Value> value = scalar(mark, tag, text))
      add(mark, anchor, std::move(*value), 1);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, "seq");
  }
  void OnSequenceEnd() override {
    Level level = std::move(levels_.back());
    levels_.pop_back();
    add(level.mark, level.anchor, Value::tuple(std::move(level.elements)), level.weight);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, "map");
    if (!levels_.empty()) levels_.back().is_map = true;
  }
  void OnMapEnd() override {
    Level level = std::move(levels_.back());
    levels_.pop_back();
    add(level.mark, level.anchor, Value::object(std::move(level.entries)), level.weight);
  }

 private:
  struct Level {
    bool is_map = false;
    bool merges = false;
    bool has_key = false;
    std::string key;
    values::ValueMap entries;
    values::ValueList elements;
    std::size_t weight = 1;
    YAML::anchor_t anchor = 0;
    YAML::Mark mark;
  };
  struct Anchored {
    Value value;
    std::size_t weight;
  };
  // Aliases can make a small text stand for a huge value.
  static constexpr std::size_t k_heaviest = 1'000'000;

  bool wants_key() const {
    return !levels_.empty() && levels_.back().is_map && !levels_.back().has_key;
  }

  void fail(const YAML::Mark& mark, const std::string& why) {
    if (error.empty()) error = "line " + std::to_string(mark.line + 1) + ": " + why;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            std::string_view kind) {
    if (wants_key()) fail(mark, "a key must be a scalar");
    if (tag != "?" && tag != "!" && !tag.empty() &&
        tag != std::string(k_tag_prefix) + std::string(kind)) {
      fail(mark, "the tag `" + tag + "` is not known");
    }
    Level level;
    level.anchor = anchor;
    level.mark = mark;
    levels_.push_back(std::move(level));
  }

  std::optional<Value> scalar(const YAML::Mark& mark, std::string_view tag,
                              const std::string& text) {
    if (tag == "!") return Value::string(text);
    if (tag == "?") return plain(mark, text);
    if (tag.starts_with(k_tag_prefix)) tag.remove_prefix(k_tag_prefix.size());
    if (tag == "str") return Value::string(text);
    if (tag == "null") return Value::null();
    if (tag == "binary" && from_base64(text)) return Value::string(text);
    if (tag == "bool") {
      if (const auto truth = as_truth(text)) return Value::boolean(*truth);
    }
    if (tag == "int" || tag == "float") {
      std::string digits = text;
      std::erase(digits, '_');
      if (const auto number = as_number(digits)) return Value::number(*number);
    }
    if (tag == "timestamp") {
      if (const auto time = yaml_timestamp(text)) return Value::string(*time);
    }
    fail(mark, "`" + text + "` is no value of the tag `" + std::string(tag) + "`");
    return std::nullopt;
  }

  std::optional<Value> plain(const YAML::Mark& mark, const std::string& text) {
    if (const auto truth = as_truth(text)) return Value::boolean(*truth);
    if (is_one_of(text, {".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF",
                         "-.inf", "-.Inf", "-.INF"})) {
      fail(mark, "`" + text + "` is no number that can be held");
      return std::nullopt;
    }
    if (const auto time = yaml_timestamp(text)) return Value::string(*time);
    const bool may_be_number =
        !text.empty() && (text.front() == '.' || text.front() == '-' || text.front() == '+' ||
                          (text.front() >= '0' && text.front() <= '9'));
    if (may_be_number) {
      if (const auto number = as_number(text)) return Value::number(*number);
    }
    return Value::string(text);
  }

  void merge(const YAML::Mark& mark, Level& level, const Value& value) {
    if (!value.is_null() && value.kind() == TypeKind::Object) {
      for (const auto& [key, entry] : value.as_map()) level.entries.insert_or_assign(key, entry);
      return;
    }
    if (!value.is_null() && value.kind() == TypeKind::Tuple) {
      for (const Value& element : value.as_list()) {
        if (element.is_null() || element.kind() != TypeKind::Object)
          return fail(mark, "only mappings can be merged");
        merge(mark, level, element);
      }
      return;
    }
    fail(mark, "only mappings can be merged");
  }

  void add(const YAML::Mark& mark, YAML::anchor_t anchor, Value value, std::size_t weight) {
    if (weight > k_heaviest) fail(mark, "its aliases make too much of it");
    if (!error.empty()) return;
    if (anchor != 0) anchors_[anchor] = {value, weight};
    if (levels_.empty()) {
      if (result) return fail(mark, "only one document is allowed");
      result = std::move(value);
      return;
    }
    Level& level = levels_.back();
    level.weight += weight;
    if (!level.is_map) {
      level.elements.push_back(std::move(value));
    } else if (!level.has_key) {
      const values::Conversion key = values::convert(value, Type::string());
      if (value.is_null() || !key.value) return fail(mark, "a key must be a string");
      level.key = key.value->as_string();
      level.has_key = true;
    } else if (level.merges) {
      merge(mark, level, value);
      level.merges = false;
      level.has_key = false;
    } else {
      level.entries.insert_or_assign(level.key, std::move(value));
      level.has_key = false;
    }
  }

  std::vector<Level> levels_;
  std::map<YAML::anchor_t, Anchored> anchors_;
};

FunctionResult yaml_decode(Arguments arguments, const FunctionContext&) {
  Reader reader;
  try {
    std::istringstream in(text_of(arguments[0]));
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(reader)) {
    }
  } catch (const YAML::Exception& exception) {
    return refuse(0, "line " + std::to_string(exception.mark.line + 1) + ": " + exception.msg);
  }
  if (!reader.error.empty()) return refuse(0, reader.error);
  if (!reader.result) return refuse(0, "it holds no value");
  return give(std::move(*reader.result));
}

FunctionResult yaml_encode(Arguments arguments, const FunctionContext&) {
  if (!arguments[0].is_wholly_known()) return give(Value::unknown(Type::string()));
  return give(text(to_yaml(arguments[0])));
}

constexpr Behaviour k_functions[] = {
    {"yamldecode", yaml_decode},
    {"yamlencode", yaml_encode},
};

}  // namespace

std::span<const Behaviour> yaml_functions() { return k_functions; }

}  // namespace space::eval
