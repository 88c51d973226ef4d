// status: what became of each procedure the last time it was flown from here, and what its local
// state holds now. Starts no tofu and takes no lock.
#include <algorithm>

#include "core/runplan/json_writer.h"
#include "runner/cli/session.h"
#include "runner/flight/memory.h"
#include "runner/flight/output_book.h"

namespace space::runner {

namespace {

struct Row {
  std::string root, verdict, when, state;
};

Row row_of(const Loaded& loaded, const runplan::Root& root, const Setting& setting) {
  Row row{root.id, "never flown", "", ""};
  if (const auto last = flight::read_last(loaded.workspace.last_file(root), setting.files)) {
    row.verdict = last->verdict;
    if (last->ended_milliseconds > 0) row.when = base::rfc3339(last->ended_milliseconds);
  }
  if (root.state.type != "local") {
    row.state = root.state.type;
    return row;
  }
  const auto state = flight::read_local_state(root, loaded.workspace, setting.files);
  if (!state) {
    row.state = "damaged";
  } else if (!state->is_there) {
    row.state = "none";
  } else if (!state->facts) {
    row.state = "encrypted";
  } else {
    row.state = std::to_string(state->facts->objects) +
                (state->facts->objects == 1 ? " object" : " objects");
  }
  return row;
}

}  // namespace

int status(const StatusOptions& options, const Setting& setting) {
  int exit_code = k_fine;
  const auto loaded = load(options.common, setting, exit_code);
  if (!loaded) return exit_code;
  std::vector<Row> rows;
  for (const std::size_t root : loaded->roots)
    rows.push_back(row_of(*loaded, loaded->plan.roots[root], setting));
  std::size_t root_columns = 0, verdict_columns = 0, state_columns = 0;
  for (const Row& row : rows) {
    root_columns = std::max(root_columns, row.root.size());
    verdict_columns = std::max(verdict_columns, row.verdict.size());
    state_columns = std::max(state_columns, row.state.size());
  }
  std::string text;
  const auto padded = [](std::string word, std::size_t columns) {
    word.resize(std::max(columns, word.size()), ' ');
    return word;
  };
  for (const Row& row : rows) {
    if (options.common.json == Switch::On) {
      runplan::JsonWriter out;
      out.begin_object();
      out.member("root", row.root);
      out.member("last", row.verdict);
      if (!row.when.empty()) out.member("ended", row.when);
      out.member("state", row.state);
      out.end_object();
      text += out.take() + "\n";
      continue;
    }
    std::string line = padded(row.root, root_columns) + "  " +
                       padded(row.verdict, verdict_columns) + "  " +
                       padded(row.state, state_columns) + "  " + row.when;
    while (!line.empty() && line.back() == ' ') line.pop_back();
    text += line + "\n";
  }
  print_out(text);
  return k_fine;
}

}  // namespace space::runner
