#include "core/runplan/run_event.h"

#include <catch2/catch.hpp>

#include "core/runplan/json_reader.h"
#include "core/runplan/names.h"

namespace space::runplan {

TEST_CASE("an event is one line of JSON") {
  RunEvent event;
  event.kind = RunEvent::Kind::RootFinished;
  event.operation = Operation::Apply;
  event.target = "sandbox";
  event.root = "sandbox/a/b/000/c";
  event.verdict = Verdict::FailedPartial;
  event.reason = "a \"reason\"\nof two lines";
  event.counts.add = 3;
  RunDiagnostic diagnostic;
  diagnostic.summary = "bad";
  diagnostic.file = "x.space";
  diagnostic.line = 7;
  event.diagnostics.push_back(diagnostic);
  const std::string line = to_json_line(event);
  CHECK(line.find('\n') == line.size() - 1);
  JsonReader in(line);
  CHECK(in.skip());
  CHECK(in.finish());
  CHECK(line.find(R"("event":"root-finished")") != std::string::npos);
  CHECK(line.find(R"("verdict":"failed-partial")") != std::string::npos);
  CHECK(line.find(R"("add":3)") != std::string::npos);
  CHECK(line.find(R"("file":"x.space","line":7)") != std::string::npos);
}

TEST_CASE("every word goes both ways") {
  for (std::size_t i = 0; i < k_verdicts.size(); ++i) {
    const auto verdict = static_cast<Verdict>(i);
    CHECK(from_word<Verdict>(k_verdicts, name_of(verdict)) == verdict);
  }
  CHECK(name_of(Verdict::Skipped) == "skipped");
  CHECK(word_of(k_event_kinds, RunEvent::Kind::RunFinished) == "run-finished");
  CHECK_FALSE(from_word<Verdict>(k_verdicts, "good").has_value());
}

}  // namespace space::runplan
