// status: what became of each procedure the last time it was flown from here and what its local
// state holds now; what became of each flight, who flies it, and what waits for a person. Starts no
// tofu and takes no lock.
#include <algorithm>
#include <set>

#include "core/base/strings.h"
#include "core/runplan/json_writer.h"
#include "core/runplan/names.h"
#include "runner/cli/session.h"
#include "runner/flight/latch.h"
#include "runner/flight/memory.h"
#include "runner/flight/output_book.h"
#include "runner/journal/journal_file.h"
#include "runner/process/flight_lock.h"
#include "runner/status/text.h"

namespace space::runner {

namespace {

struct Row {
  std::string root, verdict, when, state;
};

struct FlightRow {
  std::string flight, verdict, when, run, problem;
  std::vector<flight::Waiting> waiting;
};

std::string state_of(const Loaded& loaded, const runplan::Root& root, const Setting& setting) {
  if (root.state.type != "local") return root.state.type;
  const auto state = flight::read_local_state(root, loaded.workspace, setting.files);
  if (!state) return "damaged";
  if (!state->is_there) return "none";
  if (!state->facts) return "encrypted";
  return base::counted(static_cast<std::size_t>(state->facts->objects), "object");
}

Row row_of(const Loaded& loaded, const runplan::Root& root, const Setting& setting) {
  Row row{root.id, "never flown", "", state_of(loaded, root, setting)};
  if (const auto last = flight::read_last(loaded.workspace.last_file(root), setting.files)) {
    row.verdict = last->verdict;
    if (last->ended_milliseconds > 0) row.when = base::rfc3339(last->ended_milliseconds);
  }
  return row;
}

// While a runner lives that holds the flight, an apply whose end is not noted is just at work.
FlightRow row_of(const Loaded& loaded, const runplan::Flight& flight, const Setting& setting) {
  FlightRow row{flight.id, "never flown", "", "", "", {}};
  const auto standing = journal::look_at_journal(loaded.workspace.journal_file(flight.id));
  if (!standing) {
    row.verdict = "damaged";
    row.problem = standing.error().message + ": " + standing.error().help;
    return row;
  }
  if (const auto holder = process::living_holder(loaded.workspace.lock_file(flight))) {
    row.verdict = "being flown by process " + std::to_string(holder->pid);
    row.run = holder->run;
    return row;
  }
  if (standing->run.empty()) return row;
  row.run = standing->run;
  row.verdict = standing->verdict ? runplan::name_of(*standing->verdict) : "cut off";
  const std::int64_t when =
      standing->verdict ? standing->ended_milliseconds : standing->begun_milliseconds;
  row.when = base::rfc3339(when);
  row.waiting = flight::waiting_in(flight.id, *standing, loaded.workspace, setting.files);
  return row;
}

std::string padded(std::string word, std::size_t columns) {
  word.resize(std::max(columns, word.size()), ' ');
  return word;
}

std::string line_of(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text + "\n";
}

std::string as_text(const std::vector<Row>& rows, const std::vector<FlightRow>& flights) {
  std::size_t root_columns = 0, verdict_columns = 0, state_columns = 0, flight_columns = 0;
  for (const Row& row : rows) {
    root_columns = std::max(root_columns, row.root.size());
    verdict_columns = std::max(verdict_columns, row.verdict.size());
    state_columns = std::max(state_columns, row.state.size());
  }
  std::string text;
  for (const Row& row : rows) {
    text += line_of(padded(row.root, root_columns) + "  " + padded(row.verdict, verdict_columns) +
                    "  " + padded(row.state, state_columns) + "  " + row.when);
  }
  text += "\n";
  for (const FlightRow& row : flights) flight_columns = std::max(flight_columns, row.flight.size());
  for (const FlightRow& row : flights) {
    text += line_of(padded(row.flight, flight_columns) + "  " + row.verdict + "  " + row.when +
                    (row.run.empty() ? "" : "  run " + row.run));
    if (!row.problem.empty()) text += "  " + status::printable(row.problem) + "\n";
    std::set<std::string> commands;
    for (const flight::Waiting& one : row.waiting) {
      text += "  waits  " + one.root + "  " + one.verdict + "\n";
      if (!one.reason.empty()) text += "    " + status::printable(one.reason) + "\n";
      text += "    what it left lies in " + one.evidence + "\n";
      commands.insert(one.next);
    }
    for (const std::string& command : commands) text += "  `" + command + "` goes on\n";
  }
  return text;
}

std::string as_json(const std::vector<Row>& rows, const std::vector<FlightRow>& flights) {
  std::string text;
  for (const Row& row : rows) {
    runplan::JsonWriter out;
    out.begin_object();
    out.member("root", row.root);
    out.member("last", row.verdict);
    if (!row.when.empty()) out.member("ended", row.when);
    out.member("state", row.state);
    out.end_object();
    text += out.take() + "\n";
  }
  for (const FlightRow& row : flights) {
    runplan::JsonWriter out;
    out.begin_object();
    out.member("flight", row.flight);
    out.member("last", row.verdict);
    if (!row.when.empty()) out.member("ended", row.when);
    if (!row.run.empty()) out.member("run", row.run);
    if (!row.problem.empty()) out.member("problem", row.problem);
    out.key("waits");
    out.begin_array();
    for (const flight::Waiting& one : row.waiting) {
      out.begin_object();
      out.member("root", one.root);
      out.member("verdict", one.verdict);
      out.member("run", one.run);
      out.member("reason", one.reason);
      out.member("evidence", one.evidence);
      out.member("next", one.next);
      out.end_object();
    }
    out.end_array();
    out.end_object();
    text += out.take() + "\n";
  }
  return text;
}

}  // namespace

int status(const StatusOptions& options, const Setting& setting) {
  int exit_code = k_fine;
  const auto loaded = load(options.common, setting, exit_code);
  if (!loaded) return exit_code;
  std::vector<Row> rows;
  std::vector<FlightRow> flights;
  std::set<std::string> ids;
  for (const std::size_t index : loaded->roots) {
    const runplan::Root& root = loaded->plan.roots[index];
    rows.push_back(row_of(*loaded, root, setting));
    ids.insert(root.flight);
  }
  for (const std::string& id : ids)
    flights.push_back(row_of(*loaded, *runplan::find_flight(loaded->plan, id), setting));
  print_out(options.common.json == Switch::On ? as_json(rows, flights) : as_text(rows, flights));
  return k_fine;
}

}  // namespace space::runner
