#include "runner/tofu/stream.h"

#include <algorithm>

#include "core/base/strings.h"

namespace space::tofu {

namespace {

using runplan::JsonReader;
using runplan::read_text_or_skip;

struct Line {
  std::string type, message;
  std::string address, action;  // of the hook or the change
  std::int64_t elapsed_seconds = 0;
  std::string operation;  // of a change_summary
  runplan::ChangeCounts counts;
  bool changes_outputs = false;
  runplan::TofuDiagnostic diagnostic;
};

void read_resource(JsonReader& in, std::string& address) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "addr") {
      in.read(address);
    } else {
      in.skip();
    }
  }
}

void read_hook(JsonReader& in, Line& line) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "resource" && in.peek() == JsonReader::Kind::Object) {
      read_resource(in, line.address);
    } else if (key == "action") {
      read_text_or_skip(in, line.action);
    } else if (key == "elapsed_seconds") {
      in.read(line.elapsed_seconds);
    } else {
      in.skip();
    }
  }
}

void read_counts(JsonReader& in, Line& line) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "add") {
      in.read(line.counts.add);
    } else if (key == "change") {
      in.read(line.counts.change);
    } else if (key == "remove") {
      in.read(line.counts.remove);
    } else if (key == "import") {
      in.read(line.counts.import_);
    } else if (key == "operation") {
      in.read(line.operation);
    } else {
      in.skip();
    }
  }
}

void read_outputs(JsonReader& in, Line& line) {
  std::string key, action;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (in.peek() != JsonReader::Kind::Object) {
      in.skip();
      continue;
    }
    in.begin_object();
    while (in.next_member(key)) {
      if (key != "action") {
        in.skip();
      } else if (in.read(action) && action != "noop") {
        line.changes_outputs = true;
      }
    }
  }
}

bool parse_line(std::string_view text, Line& line) {
  JsonReader in(text);
  std::string key;
  if (in.peek() != JsonReader::Kind::Object || !in.begin_object()) return false;
  while (in.next_member(key)) {
    const bool is_object = in.peek() == JsonReader::Kind::Object;
    if (key == "type") {
      read_text_or_skip(in, line.type);
    } else if (key == "@message") {
      read_text_or_skip(in, line.message);
    } else if ((key == "hook" || key == "change") && is_object) {
      read_hook(in, line);
    } else if (key == "changes" && is_object) {
      read_counts(in, line);
    } else if (key == "diagnostic" && is_object) {
      line.diagnostic = runplan::read_tofu_diagnostic(in);
    } else if (key == "outputs" && is_object) {
      read_outputs(in, line);
    } else {
      in.skip();
    }
  }
  return in.finish();
}

// The emergency dump of a state that could be written nowhere.
bool holds_state(std::string_view text) {
  return text.find("\"lineage\"") != std::string_view::npos &&
         text.find("\"serial\"") != std::string_view::npos;
}

void note_interrupt(std::string_view text, StreamFacts& facts) {
  if (text.find("Two interrupts received") != std::string_view::npos)
    facts.was_interrupted_twice = true;
  if (text.find("Interrupt received") != std::string_view::npos) facts.was_interrupted = true;
}

struct Doing {
  std::string_view action, now, done;
};
constexpr Doing k_doing[] = {
    {"create", "creating", "created"},     {"update", "changing", "changed"},
    {"delete", "destroying", "destroyed"}, {"read", "reading", "read"},
    {"import", "importing", "imported"},   {"replace", "replacing", "replaced"},
};

const Doing& doing(std::string_view action) {
  static constexpr Doing k_any{"", "working on it", "done"};
  for (const Doing& one : k_doing) {
    if (one.action == action) return one;
  }
  return k_any;
}

}  // namespace

bool StreamFacts::has_error() const {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const runplan::TofuDiagnostic& d) { return d.is_error; });
}

void StreamReader::feed(std::string_view bytes, const OnProgress& on_progress) {
  std::size_t begin = 0;
  for (std::size_t end = bytes.find('\n'); end != std::string_view::npos;
       end = bytes.find('\n', begin)) {
    if (rest_.empty()) {
      take_line(bytes.substr(begin, end - begin), on_progress);
    } else {
      rest_.append(bytes.substr(begin, end - begin));
      take_line(rest_, on_progress);
      rest_.clear();
    }
    begin = end + 1;
  }
  if (rest_.size() < k_longest_line) rest_.append(bytes.substr(begin));
}

const StreamFacts& StreamReader::finish() {
  if (!rest_.empty()) {
    facts_.is_torn = true;
    if (holds_state(rest_)) facts_.has_state_dump = true;
  }
  return facts_;
}

void StreamReader::take_line(std::string_view text, const OnProgress& on_progress) {
  Line line;
  if (!parse_line(text, line)) {
    facts_.says_more = true;
    note_interrupt(text, facts_);
    return;
  }
  const auto tell = [&](std::string what) {
    if (on_progress) on_progress({line.address, std::move(what)});
  };
  const std::string& type = line.type;
  if (type != "version") facts_.says_more = true;
  if (type == "version") {
    facts_.has_version = true;
  } else if (type == "log" || type.empty()) {
    note_interrupt(line.message, facts_);
    if (holds_state(line.message)) facts_.has_state_dump = true;
  } else if (type == "planned_change") {
    facts_.changes.push_back({line.address, line.action});
  } else if (type == "outputs") {
    facts_.changes_outputs = facts_.changes_outputs || line.changes_outputs;
  } else if (type == "change_summary") {
    const bool of_plan = line.operation == "plan";
    (of_plan ? facts_.has_plan_summary : facts_.has_apply_summary) = true;
    (of_plan ? facts_.planned : facts_.applied) = line.counts;
  } else if (type == "apply_start") {
    facts_.has_begun = true;
    facts_.started.push_back(line.address);
    tell(std::string(doing(line.action).now));
  } else if (type == "apply_progress") {
    tell("still " + std::string(doing(line.action).now) + ", " +
         std::to_string(line.elapsed_seconds) + "s");
  } else if (type == "apply_complete") {
    facts_.completed.push_back(line.address);
    tell(std::string(doing(line.action).done));
  } else if (type == "apply_errored") {
    facts_.errored.push_back(line.address);
    tell("failed");
  } else if (type == "refresh_start") {
    tell("refreshing");
  } else if (type == "provision_start") {
    tell("provisioning");
  } else if (type == "diagnostic") {
    if (line.diagnostic.summary.find("Error releasing the state lock") != std::string::npos)
      facts_.is_lock_stuck = true;
    note_interrupt(line.diagnostic.summary, facts_);
    facts_.diagnostics.push_back(std::move(line.diagnostic));
  }
}

}  // namespace space::tofu
