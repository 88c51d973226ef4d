#include "runner/plans/reviewed.h"

#include <algorithm>
#include <array>

#include "core/base/hash.h"
#include "core/runplan/json_reader.h"
#include "core/runplan/json_writer.h"
#include "core/runplan/read_parts.h"
#include "core/values/render.h"

namespace space::plans {

namespace {

using runplan::JsonReader;
using runplan::JsonWriter;

constexpr std::array<std::string_view, 7> k_actions{"no-op",   "create", "read",  "update",
                                                    "replace", "delete", "forget"};
constexpr std::array<std::string_view, 2> k_modes{"managed", "data"};
void write_value(JsonWriter& out, std::string_view name, const values::Value& value) {
  if (value.is_null()) return;
  out.key(name);
  out.raw(values::to_json(value));
}

void write_text(JsonWriter& out, std::string_view name, const std::string& text) {
  if (!text.empty()) out.member(name, text);
}

void write_change(JsonWriter& out, const Change& change) {
  out.begin_object();
  write_text(out, "address", change.address);
  write_text(out, "previous_address", change.previous_address);
  write_text(out, "deposed", change.deposed);
  if (change.mode != Mode::Managed) out.member("mode", runplan::word_of(k_modes, change.mode));
  out.member("action", runplan::word_of(k_actions, change.action));
  write_text(out, "reason", change.reason);
  if (change.is_importing) out.member("importing", change.importing);
  if (change.lets_be) out.member_true("lets_be");
  out.strings_if_any("replace_paths", change.replaces);
  write_value(out, "before", change.values.before);
  write_value(out, "after", change.values.after);
  write_value(out, "after_unknown", change.values.after_unknown);
  write_value(out, "before_sensitive", change.values.before_sensitive);
  write_value(out, "after_sensitive", change.values.after_sensitive);
  out.end_object();
}

void write_changes(JsonWriter& out, std::string_view name, const std::vector<Change>& changes) {
  if (changes.empty()) return;
  out.key(name);
  out.begin_array();
  for (const Change& change : changes) {
    out.line();
    write_change(out, change);
  }
  out.end_array();
}

void write_texts(JsonWriter& out, std::string_view name,
                 const std::map<std::string, std::string>& texts) {
  if (texts.empty()) return;
  out.key(name);
  out.begin_object();
  for (const auto& [key, text] : texts) out.member(key, text);
  out.end_object();
}

void write_procedure(JsonWriter& out, const ReviewedProcedure& one) {
  out.begin_object();
  out.member("root", one.root);
  out.member("verdict", runplan::word_of(runplan::k_preview_verdicts, one.verdict));
  write_text(out, "reason", one.reason);
  write_texts(out, "parts", one.parts);
  if (!one.lineage.empty()) {
    out.member("lineage", one.lineage);
    out.member("serial", one.serial);
  }
  write_texts(out, "plugins", one.plugins);
  write_texts(out, "inputs", one.inputs);
  write_changes(out, "objects", one.plan.objects);
  write_changes(out, "drift", one.plan.drift);
  if (!one.plan.outputs.empty()) {
    out.key("outputs");
    out.begin_object();
    for (const auto& [name, change] : one.plan.outputs) {
      out.line();
      out.key(name);
      write_change(out, change);
    }
    out.end_object();
  }
  out.strings_if_any("deferred", one.plan.deferred);
  out.end_object();
}

void read_change(JsonReader& in, Change& into) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "address") {
      in.read(into.address);
    } else if (key == "previous_address") {
      in.read(into.previous_address);
    } else if (key == "deposed") {
      in.read(into.deposed);
    } else if (key == "mode") {
      runplan::read_word(in, k_modes, into.mode);
    } else if (key == "action") {
      runplan::read_word(in, k_actions, into.action);
    } else if (key == "reason") {
      in.read(into.reason);
    } else if (key == "importing") {
      into.is_importing = in.read(into.importing);
    } else if (key == "lets_be") {
      in.read(into.lets_be);
    } else if (key == "replace_paths") {
      runplan::read_strings(in, into.replaces);
    } else if (key == "before") {
      into.values.before = runplan::read_value(in);
    } else if (key == "after") {
      into.values.after = runplan::read_value(in);
    } else if (key == "after_unknown") {
      into.values.after_unknown = runplan::read_value(in);
    } else if (key == "before_sensitive") {
      into.values.before_sensitive = runplan::read_value(in);
    } else if (key == "after_sensitive") {
      into.values.after_sensitive = runplan::read_value(in);
    } else {
      in.fail("`" + key + "` is not known to this version");
    }
  }
}

void read_texts(JsonReader& in, std::map<std::string, std::string>& into) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) in.read(into[key]);
}

void read_procedure(JsonReader& in, ReviewedProcedure& into) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "root") {
      in.read(into.root);
    } else if (key == "verdict") {
      runplan::read_word(in, runplan::k_preview_verdicts, into.verdict);
    } else if (key == "reason") {
      in.read(into.reason);
    } else if (key == "parts") {
      read_texts(in, into.parts);
    } else if (key == "lineage") {
      in.read(into.lineage);
    } else if (key == "serial") {
      in.read(into.serial);
    } else if (key == "plugins") {
      read_texts(in, into.plugins);
    } else if (key == "inputs") {
      read_texts(in, into.inputs);
    } else if (key == "objects") {
      runplan::read_list(in, into.plan.objects, read_change);
    } else if (key == "drift") {
      runplan::read_list(in, into.plan.drift, read_change);
    } else if (key == "outputs" && in.begin_object()) {
      while (in.next_member(key)) read_change(in, into.plan.outputs[key]);
    } else if (key == "deferred") {
      runplan::read_strings(in, into.plan.deferred);
    } else {
      in.fail("`" + key + "` is not known to this version");
    }
  }
}

void read_body(JsonReader& in, ReviewedPlan& plan) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "target") {
      in.read(plan.target);
    } else if (key == "time_ms") {
      in.read(plan.wall_milliseconds);
    } else if (key == "key") {
      in.read(plan.key);
    } else if (key == "procedures") {
      runplan::read_list(in, plan.procedures, read_procedure);
    } else {
      in.fail("`" + key + "` is not known to this version");
    }
  }
}

}  // namespace

const ReviewedProcedure* ReviewedPlan::find(std::string_view root) const {
  const auto found = std::find_if(procedures.begin(), procedures.end(),
                                  [root](const auto& one) { return one.root == root; });
  return found == procedures.end() ? nullptr : &*found;
}

std::string write_reviewed(ReviewedPlan& plan) {
  JsonWriter body;
  body.begin_object();
  body.member("target", plan.target);
  body.member("time_ms", plan.wall_milliseconds);
  body.member("key", plan.key);
  body.key("procedures");
  body.begin_array();
  for (const ReviewedProcedure& one : plan.procedures) {
    body.line();
    write_procedure(body, one);
  }
  body.end_array();
  body.end_object();
  plan.digest = base::sha256_hex(body.text());
  JsonWriter out;
  out.begin_object();
  out.member("schema", k_reviewed_schema);
  out.member("sha256", plan.digest);
  out.line();
  out.key("reviewed");
  out.raw(body.text());
  out.end_object();
  return out.take() + "\n";
}

base::Result<ReviewedPlan> read_reviewed(std::string_view json) {
  ReviewedPlan plan;
  JsonReader in(json);
  std::string key, schema, digest;
  std::string_view body;
  if (in.begin_object()) {
    while (in.next_member(key)) {
      if (key == "schema") {
        in.read(schema);
      } else if (key == "sha256") {
        in.read(digest);
      } else if (key == "reviewed") {
        body = in.raw();
      } else {
        in.fail("`" + key + "` is not known to this version");
      }
    }
  }
  if (!in.finish()) return base::Error{"it is no reviewed plan: " + in.error(), ""};
  if (schema != k_reviewed_schema) {
    return base::Error{
        "it is of schema `" + schema + "`, and not of `" + std::string(k_reviewed_schema) + "`",
        "`space preview TARGET --save FILE` writes one"};
  }
  plan.digest = base::sha256_hex(body);
  if (plan.digest != digest) {
    return base::Error{"it was changed since it was saved: its SHA-256 is " + plan.digest +
                           ", and it says " + digest,
                       "review again: `space preview TARGET --save FILE`"};
  }
  JsonReader inner(body);
  read_body(inner, plan);
  if (!inner.finish()) return base::Error{"it is no reviewed plan: " + inner.error(), ""};
  return plan;
}

}  // namespace space::plans
