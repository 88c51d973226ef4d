// Preview: what one plan of a whole target says, by procedure: what would change, what that follows
// from, and what cannot be known yet. In: made by the joint plan. Out: data for people and
// programs; as JSON it is one document, `space.preview/1` (docs/preview.schema.json). A sensitive
// value never stands in it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/runplan/run_event.h"
#include "core/runplan/run_plan.h"

namespace space::runplan {

inline constexpr const char* k_preview_schema = "space.preview/1";

enum class PreviewVerdict : std::uint8_t {
  Unchanged,  // nothing to do, outputs neither
  Changes,
  Deferred,  // nothing of it is known before an earlier stage is applied
  Apart,     // it cannot stand in a joint plan: `reason` says why
  Failed,    // tofu refuses it, now and when it is applied
};

enum class PreviewAction : std::uint8_t {
  Create,
  Read,  // a data source, when it is applied
  Update,
  Replace,
  Delete,
  Forget,
  Move,    // another address and no more
  Import,  // brought in and no more
};

struct PreviewValue {
  enum class Kind : std::uint8_t { Absent, Known, Unknown };
  Kind kind = Kind::Absent;
  bool sensitive = false;
  std::string json;  // of what is Known and not sensitive

  friend bool operator==(const PreviewValue&, const PreviewValue&) = default;
};

// One place inside of a value: "input.tags[0]", "" for the whole.
struct PreviewLeaf {
  std::string path;
  PreviewValue before, after;
  bool replaces = false;  // it is why the object is replaced
};

// An output of an earlier procedure that changes, and the variable that takes it in.
struct PreviewCause {
  std::string variable, root, output;
  PreviewValue before, after;
};

struct PreviewChange {
  std::string address, previous_address, deposed;
  PreviewAction action = PreviewAction::Update;
  std::string reason;     // tofu's own word for it: "replace_because_tainted"
  std::string importing;  // the id that it is brought in from
  std::vector<PreviewLeaf> leaves;
  std::vector<PreviewCause> causes;
};

struct PreviewOutput {
  std::string name;
  PreviewAction action = PreviewAction::Update;
  PreviewValue before, after;
};

struct PreviewDeferral {
  std::string address;  // as the configuration has it, without keys; "" for the whole procedure
  std::string after;    // "stage 000", or a flight
  std::string why;
};

// A procedure, as reports name it.
struct RootName {
  std::string root, flight, stage, procedure;
};

struct PreviewRoot : RootName {
  PreviewVerdict verdict = PreviewVerdict::Unchanged;
  std::string reason;
  ChangeCounts counts;
  std::vector<PreviewCause> causes;  // outputs that it reads and that change
  std::vector<PreviewChange> changes;
  std::vector<PreviewChange> drift;  // what differs from the state already
  std::vector<PreviewOutput> outputs;
  std::vector<PreviewDeferral> deferred;
  std::vector<RunDiagnostic> diagnostics;
};

struct Preview {
  std::string target;
  std::int64_t wall_milliseconds = 0, duration_milliseconds = 0;
  std::vector<PreviewRoot> roots;          // in the order of an apply
  std::vector<RunDiagnostic> diagnostics;  // that are about no procedure
  int exit_code = 0;
};

RootName name_of(const Root& root);
std::string name_of(PreviewVerdict verdict);
std::string name_of(PreviewAction action);
ChangeCounts counts_of(const Preview& preview);
std::string to_json(const Preview& preview);  // with its newline

}  // namespace space::runplan
