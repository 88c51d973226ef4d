#include "runner/tofu/outputs.h"

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

base::Result<Outputs> check_outputs(const runplan::Root& root, const Outputs& given) {
  Outputs checked;
  for (const runplan::Output& declared : root.outputs) {
    const auto found = given.find(declared.name);
    if (found == given.end() || found->second.json == "null") {
      // A null output is not in tofu's JSON at all.
      if (declared.optional) continue;
      return base::Error{"output `" + declared.name + "` of `" + root.id + "` is null or missing",
                         "declare it `optional`, or give it a value"};
    }
    JsonReader in(found->second.json);
    const values::Value value = runplan::read_value(in);
    if (!in.finish())
      return base::Error{"output `" + declared.name + "` of `" + root.id + "` cannot be read", ""};
    const values::Conversion converted = values::convert(value, declared.type);
    if (!converted.value) {
      return base::Error{"output `" + declared.name + "` of `" + root.id +
                             "` is not what is declared: " + converted.error.message,
                         "declare it as `" + values::to_string(declared.type) +
                             "` gives it, or change the module"};
    }
    checked.emplace(declared.name, found->second);
  }
  return checked;
}

}  // namespace space::tofu
