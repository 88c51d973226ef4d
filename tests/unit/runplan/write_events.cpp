// Prints an event of each kind, and the ends with each verdict: the gate of the schema holds them
// to docs/run-events.schema.json.
#include <cstdio>
#include <string>

#include "core/runplan/names.h"
#include "core/runplan/run_event.h"

namespace space::runplan {

namespace {

RunDiagnostic rich_diagnostic() {
  RunDiagnostic diagnostic;
  diagnostic.summary = "it failed";
  diagnostic.detail = "for a reason\nof two lines";
  diagnostic.address = "terraform_data.it";
  diagnostic.generated_file = "sandbox/here/shop/000/web/main.tf";
  diagnostic.generated_line = 3;
  diagnostic.file = "spaces/main.space";
  diagnostic.line = 7;
  diagnostic.column = 2;
  diagnostic.snippet = "size = wrong";
  return diagnostic;
}

bool is_of_root(RunEvent::Kind kind) {
  return kind != RunEvent::Kind::RunStarted && kind != RunEvent::Kind::RunFinished &&
         kind != RunEvent::Kind::Waiting;
}

bool has_detail(RunEvent::Kind kind) {
  return kind == RunEvent::Kind::RootStarted || kind == RunEvent::Kind::RootProgress ||
         kind == RunEvent::Kind::OutputRead || kind == RunEvent::Kind::Waiting;
}

RunEvent event_of(RunEvent::Kind kind, Verdict verdict) {
  RunEvent event;
  event.kind = kind;
  event.wall_milliseconds = 1'800'000'000'000;
  event.elapsed_milliseconds = 1200;
  event.operation = Operation::Apply;
  event.target = "sandbox";
  event.verdict = verdict;
  if (is_of_root(kind)) {
    event.root = "sandbox/here/shop/010/web";
    event.flight = "sandbox/here/shop";
    event.stage = "010";
    event.after = "sandbox/here/shop/000/net";
  }
  if (has_detail(kind)) event.detail = "apply";
  event.reason = "it is so";
  event.counts = {1, 2, 3, 4};
  event.duration_milliseconds = 200;
  event.begun_milliseconds = 1000;
  event.roots = 3;
  if (!is_of_root(kind) && kind != RunEvent::Kind::Waiting)
    event.tofu_sha256 = std::string(64, 'a');
  event.exit_code = 21;
  if (kind == RunEvent::Kind::RootFinished) {
    event.why = "its files have changed";
    event.remains = {{"a.b"}, {"a.c"}, {"a.d"}, {}, ".space/runs/r/sandbox/here/shop/010/web"};
  }
  if (kind == RunEvent::Kind::RunFinished) event.next = {"space apply sandbox"};
  if (kind == RunEvent::Kind::RootDiagnostic || verdict == Verdict::FailedClean) {
    RunDiagnostic bare;
    bare.is_error = false;
    bare.summary = "it is odd";
    event.diagnostics = {rich_diagnostic(), bare};
  }
  return event;
}

std::string all_events() {
  std::string text;
  for (std::size_t kind = 0; kind < k_event_kinds.size(); ++kind) {
    for (std::size_t verdict = 0; verdict < k_verdicts.size(); ++verdict)
      text +=
          to_json_line(event_of(static_cast<RunEvent::Kind>(kind), static_cast<Verdict>(verdict)));
  }
  return text;
}

}  // namespace

}  // namespace space::runplan

int main() {
  const std::string text = space::runplan::all_events();
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
