#include "runner/plans/plan_document.h"

#include <algorithm>

#include "core/runplan/json_reader.h"
#include "core/runplan/read_parts.h"
#include "runner/plans/leaves.h"

namespace space::plans {

namespace {

using runplan::JsonReader;

bool has_word(const std::vector<std::string>& words, std::string_view wanted) {
  return std::find(words.begin(), words.end(), wanted) != words.end();
}

Action action_of(const std::vector<std::string>& words) {
  const auto has = [&words](std::string_view wanted) { return has_word(words, wanted); };
  // Both orders of a replacement, and one that lets the old object be.
  if (has("create")) return words.size() > 1 ? Action::Replace : Action::Create;
  if (has("delete")) return Action::Delete;
  if (has("update")) return Action::Update;
  if (has("read")) return Action::Read;
  if (has("forget") || has("remove")) return Action::Forget;
  return Action::NoOp;
}

void read_importing(JsonReader& in, Change& change) {
  std::string key;
  change.is_importing = true;
  change.importing = "?";
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "id") {
      in.read(change.importing);
    } else {
      in.skip();
    }
  }
}

// The actions stand first, but nothing promises it: the rest is read when they are known.
void read_change(JsonReader& in, Change& change) {
  std::map<std::string, std::string_view> parts;
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "actions") {
      std::vector<std::string> words;
      runplan::read_strings(in, words);
      change.action = action_of(words);
      change.lets_be = change.action == Action::Replace && !has_word(words, "delete");
    } else if (key == "importing" && in.peek() == JsonReader::Kind::Object) {
      read_importing(in, change);
    } else if (key == "replace_paths") {
      runplan::read_list(in, change.replaces, [](JsonReader& path, std::string& into) {
        into = path_text(runplan::read_value(path));
      });
    } else {
      parts[key] = in.raw();
    }
  }
  const auto take = [&](const char* name, values::Value& into) {
    const auto found = parts.find(name);
    if (found == parts.end()) return;
    JsonReader part(found->second);
    into = runplan::read_value(part);
    if (part.failed()) in.fail(std::string(part.problem()));
  };
  take("before", change.values.before);
  take("after", change.values.after);
  take("after_unknown", change.values.after_unknown);
  take("before_sensitive", change.values.before_sensitive);
  take("after_sensitive", change.values.after_sensitive);
}

void read_object(JsonReader& in, Change& into) {
  std::string key, mode;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "address") {
      in.read(into.address);
    } else if (key == "previous_address") {
      in.read(into.previous_address);
    } else if (key == "deposed") {
      in.read(into.deposed);
    } else if (key == "action_reason") {
      in.read(into.reason);
    } else if (key == "mode") {
      if (in.read(mode) && mode == "data") into.mode = Mode::Data;
    } else if (key == "change") {
      read_change(in, into);
    } else {
      in.skip();
    }
  }
  // tofu fills it for all that `moved` may touch.
  if (into.previous_address == into.address) into.previous_address.clear();
  if (!has_meaning(into)) into.values = {};
}

void read_variable(JsonReader& in, values::Value& into) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "value") {
      into = runplan::read_value(in);
    } else {
      in.skip();
    }
  }
}

}  // namespace

bool has_meaning(const Change& change) {
  return change.action != Action::NoOp || change.is_importing || !change.previous_address.empty();
}

base::Result<PlanDocument> read_plan(std::string_view json) {
  JsonReader in(json);
  PlanDocument plan;
  std::string key, version;
  if (in.begin_object()) {
    while (in.next_member(key)) {
      if (key == "format_version") {
        in.read(version);
      } else if (key == "errored") {
        in.read(plan.is_errored);
      } else if (key == "resource_changes") {
        runplan::read_list(in, plan.objects, read_object);
      } else if (key == "resource_drift") {
        runplan::read_list(in, plan.drift, read_object);
      } else if (key == "output_changes" && in.begin_object()) {
        while (in.next_member(key)) read_change(in, plan.outputs[key]);
      } else if (key == "variables" && in.begin_object()) {
        while (in.next_member(key)) read_variable(in, plan.variables[key]);
      } else if (key == "configuration") {
        read_configuration(in, plan.configuration);
      } else {
        in.skip();
      }
    }
  }
  if (!in.finish()) return base::Error{"tofu's plan cannot be read: " + in.error(), ""};
  if (!version.starts_with("1."))
    return base::Error{"tofu's plan is of format `" + version + "`, which is not known here", ""};
  return plan;
}

}  // namespace space::plans
