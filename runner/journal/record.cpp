#include "runner/journal/record.h"

#include "core/base/hash.h"
#include "core/runplan/json_reader.h"
#include "core/runplan/json_writer.h"
#include "core/runplan/names.h"

namespace space::journal {

namespace {

using runplan::JsonReader;

constexpr std::int64_t k_version = 1;
constexpr std::string_view k_head = "{\"hash\":\"";
constexpr std::size_t k_hash_digits = 64;
constexpr std::string_view k_behind_hash = "\",";

std::string hash_of(std::string_view before, std::string_view body) {
  std::string bytes(before);
  bytes += '\n';
  bytes += body;
  return base::sha256_hex(bytes);
}

template <class Enum, std::size_t Size>
bool read_word(JsonReader& in, const std::array<std::string_view, Size>& words, Enum& value) {
  std::string word;
  if (!in.read(word)) return false;
  const auto found = runplan::from_word<Enum>(words, word);
  if (!found) return in.fail("unknown word `" + word + "`");
  value = *found;
  return true;
}

void read_member(JsonReader& in, const std::string& key, Record& record, std::int64_t& version) {
  if (key == "v") {
    in.read(version);
  } else if (key == "seq") {
    in.read(record.sequence);
  } else if (key == "time_ms") {
    in.read(record.wall_milliseconds);
  } else if (key == "kind") {
    read_word(in, k_kinds, record.kind);
  } else if (key == "run") {
    in.read(record.run);
  } else if (key == "root") {
    in.read(record.root);
  } else if (key == "step") {
    in.read(record.step);
  } else if (key == "operation") {
    read_word(in, runplan::k_operations, record.operation);
  } else if (key == "verdict") {
    runplan::Verdict verdict{};
    if (read_word(in, runplan::k_verdicts, verdict)) record.verdict = verdict;
  } else if (key == "reason") {
    in.read(record.reason);
  } else if (key == "fingerprint") {
    in.read(record.fingerprint);
  } else if (key == "reviewed") {
    in.read(record.reviewed);
  } else if (key == "plan") {
    in.read(record.plan);
  } else if (key == "target") {
    in.read(record.target);
  } else if (key == "person") {
    in.read(record.person);
  } else if (key == "tofu_sha256") {
    in.read(record.tofu_sha256);
  } else if (key == "process") {
    in.read(record.process);
  } else if (key == "begun") {
    in.read(record.progress.begun);
  } else if (key == "done") {
    in.read(record.progress.done);
  } else if (key == "failed") {
    in.read(record.progress.failed);
  } else if (key == "outputs") {
    read_word(in, k_outputs_left, record.outputs);
  } else {
    in.fail("unknown field `" + key + "`");
  }
}

}  // namespace

Line write_line(const Record& record, std::string_view before) {
  runplan::JsonWriter out;
  const auto text = [&out](std::string_view name, const std::string& value) {
    if (!value.empty()) out.member(name, value);
  };
  const auto number = [&out](std::string_view name, std::int64_t value) {
    if (value != 0) out.member(name, value);
  };
  out.begin_object();
  out.member("v", k_version);
  out.member("seq", record.sequence);
  out.member("time_ms", record.wall_milliseconds);
  out.member("kind", runplan::word_of(k_kinds, record.kind));
  text("run", record.run);
  text("root", record.root);
  text("step", record.step);
  out.member("operation", runplan::word_of(runplan::k_operations, record.operation));
  if (record.verdict) out.member("verdict", runplan::name_of(*record.verdict));
  text("reason", record.reason);
  text("fingerprint", record.fingerprint);
  text("reviewed", record.reviewed);
  text("plan", record.plan);
  text("target", record.target);
  text("person", record.person);
  text("tofu_sha256", record.tofu_sha256);
  number("process", record.process);
  number("begun", record.progress.begun);
  number("done", record.progress.done);
  number("failed", record.progress.failed);
  if (record.outputs != OutputsLeft::Whole)
    out.member("outputs", runplan::word_of(k_outputs_left, record.outputs));
  out.end_object();
  const std::string body = out.take().substr(1);  // behind the bracket
  Line line;
  line.hash = hash_of(before, body);
  line.text = std::string(k_head) + line.hash + std::string(k_behind_hash) + body + "\n";
  return line;
}

base::Result<Parsed> parse_line(std::string_view text, std::string_view before) {
  const std::size_t body_at = k_head.size() + k_hash_digits + k_behind_hash.size();
  if (text.size() <= body_at || !text.starts_with(k_head) ||
      text.substr(body_at - k_behind_hash.size(), k_behind_hash.size()) != k_behind_hash)
    return base::Error{"it does not begin with its hash", ""};
  const std::string_view body = text.substr(body_at);
  Parsed parsed;
  parsed.hash = hash_of(before, body);
  if (parsed.hash != text.substr(k_head.size(), k_hash_digits))
    return base::Error{"its hash is not that of its text and of the line before", ""};
  // From here on the text is what a program of ours has written: what it does not know is newer.
  const std::string object = "{" + std::string(body);
  JsonReader in(object);
  std::int64_t version = 0;
  std::string key;
  if (in.begin_object()) {
    while (in.next_member(key)) read_member(in, key, parsed.record, version);
  }
  if (!in.finish() || version != k_version)
    return base::Error{
        version > k_version ? "it was written by a newer `space`" : std::string(in.problem()), ""};
  return parsed;
}

}  // namespace space::journal
