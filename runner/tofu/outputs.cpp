#include "runner/tofu/outputs.h"

#include "core/base/strings.h"
#include "core/runplan/json_reader.h"
#include "core/runplan/json_writer.h"
#include "core/runplan/read_parts.h"
#include "core/values/convert.h"

namespace space::tofu {

namespace {

using runplan::JsonReader;

OutputValue read_output_value(JsonReader& in) {
  OutputValue value;
  std::string key;
  if (!in.begin_object()) return value;
  while (in.next_member(key)) {
    if (key == "value") {
      value.json = runplan::compact_json(in.raw());
    } else if (key == "type") {
      value.type = runplan::compact_json(in.raw());
    } else if (key == "sensitive") {
      in.read(value.sensitive);
    } else {
      in.skip();
    }
  }
  if (!in.failed() && value.json.empty()) in.fail("an output without a value");
  return value;
}

void read_output_map(JsonReader& in, Outputs& outputs) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) outputs[key] = read_output_value(in);
}

std::int64_t count_elements(JsonReader& in) {
  std::int64_t count = 0;
  if (!in.begin_array()) return 0;
  for (; in.next_element(); ++count) in.skip();
  return count;
}

// A resource may have none (its first create failed) or many (`count`, `for_each`).
std::int64_t count_instances(JsonReader& in) {
  std::int64_t count = 0;
  std::string key;
  if (!in.begin_array()) return 0;
  while (in.next_element()) {
    if (!in.begin_object()) return 0;
    while (in.next_member(key)) {
      if (key == "instances") {
        count += count_elements(in);
      } else {
        in.skip();
      }
    }
  }
  return count;
}

}  // namespace

base::Result<Outputs> parse_outputs(std::string_view json) {
  JsonReader in(json);
  Outputs outputs;
  read_output_map(in, outputs);
  if (!in.finish()) return base::Error{"tofu's outputs cannot be read: " + in.error(), ""};
  return outputs;
}

base::Result<std::optional<StateFacts>> parse_local_state(std::string_view json) {
  JsonReader in(json);
  StateFacts facts;
  std::int64_t version = 0;
  bool is_encrypted = false;
  std::string key;
  if (in.begin_object()) {
    while (in.next_member(key)) {
      if (key == "version") {
        in.read(version);
      } else if (key == "serial") {
        in.read(facts.serial);
      } else if (key == "lineage") {
        in.read(facts.lineage);
      } else if (key == "outputs") {
        read_output_map(in, facts.outputs);
      } else if (key == "resources") {
        facts.objects = count_instances(in);
      } else {
        is_encrypted = is_encrypted || key == "encrypted_data";
        in.skip();
      }
    }
  }
  if (!in.finish()) {
    return base::Error{"the state cannot be read: " + in.error(),
                       "bring it back from a backup before anything else"};
  }
  if (is_encrypted || version != 4) return std::optional<StateFacts>();
  return std::optional<StateFacts>(std::move(facts));
}

base::Result<std::optional<StateFacts>> parse_state(std::string_view text) {
  if (base::trim(text).empty()) return std::optional(StateFacts());
  return parse_local_state(text);
}

std::optional<OutputProblem> check_output(const runplan::Output& declared,
                                          const OutputValue* given) {
  using Kind = OutputProblem::Kind;
  if (given == nullptr || given->json == "null") {
    if (declared.optional) return std::nullopt;
    return OutputProblem{Kind::Missing, declared.name, "is null or missing",
                         "declare it `optional`, or give it a value"};
  }
  const bool is_hidden = given->sensitive || declared.sensitive;
  JsonReader in(given->json);
  const values::Value value = runplan::read_value(in);
  if (!in.finish())
    return OutputProblem{Kind::Type, declared.name, "cannot be read", is_hidden ? "" : in.error()};
  const values::Conversion converted = values::convert(value, declared.type);
  const std::string type = values::to_string(declared.type);
  if (!converted.value) {
    return OutputProblem{
        Kind::Type, declared.name,
        "is not what is declared: " +
            (is_hidden ? "it is sensitive, and no " + type : converted.error.message),
        "declare it as the module gives it, or make the module give a `" + type + "`"};
  }
  if (given->sensitive && !declared.sensitive) {
    return OutputProblem{Kind::Sensitive, declared.name,
                         "is sensitive, which is not what is declared",
                         "declare it `sensitive = true`"};
  }
  return std::nullopt;
}

std::optional<OutputProblem> first_problem(const runplan::Root& root, const Outputs& given) {
  for (const runplan::Output& declared : root.outputs) {
    const auto found = given.find(declared.name);
    if (auto problem = check_output(declared, found == given.end() ? nullptr : &found->second))
      return problem;
  }
  return std::nullopt;
}

base::Result<Outputs> check_outputs(const runplan::Root& root, const Outputs& given) {
  if (const auto problem = first_problem(root, given)) {
    return base::Error{"output `" + problem->output + "` of `" + root.id + "` " + problem->what,
                       problem->help};
  }
  Outputs checked;
  for (const runplan::Output& declared : root.outputs) {
    const auto found = given.find(declared.name);
    if (found != given.end() && found->second.json != "null") checked.insert(*found);
  }
  return checked;
}

std::vector<std::string> leaves_of(std::string_view json) {
  std::vector<std::string> leaves;
  JsonReader in(json);
  std::vector<JsonReader::Kind> open;
  std::string key;
  // One value or the end of one each turn; depth costs no stack.
  for (;;) {
    if (!open.empty()) {
      const bool has_more =
          open.back() == JsonReader::Kind::Object ? in.next_member(key) : in.next_element();
      if (!has_more) {
        open.pop_back();
        if (open.empty() || in.failed()) return leaves;
        continue;
      }
    }
    std::string_view number;
    switch (const auto kind = in.peek()) {
      case JsonReader::Kind::Object:
        if (!in.begin_object()) return leaves;
        open.push_back(kind);
        continue;
      case JsonReader::Kind::Array:
        if (!in.begin_array()) return leaves;
        open.push_back(kind);
        continue;
      case JsonReader::Kind::String:
        in.read(leaves.emplace_back());
        break;
      case JsonReader::Kind::Number:
        if (in.read_number(number)) leaves.emplace_back(number);
        break;
      default:
        if (!in.skip()) return leaves;
    }
    if (open.empty() || in.failed()) return leaves;
  }
}

}  // namespace space::tofu
