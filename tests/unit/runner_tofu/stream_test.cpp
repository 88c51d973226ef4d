#include "runner/tofu/stream.h"

#include <catch2/catch.hpp>

namespace space::tofu {

namespace {

// As tofu 1.12.6 writes them, shortened.
constexpr const char* k_version =
    R"({"@level":"info","@message":"OpenTofu 1.12.6","tofu":"1.12.6","type":"version","ui":"1.2"})";
constexpr const char* k_start =
    R"({"@level":"info","@message":"x","hook":{"resource":{"addr":"terraform_data.x","module":"","resource_key":null},"action":"create"},"type":"apply_start"})";
constexpr const char* k_complete =
    R"({"@level":"info","hook":{"resource":{"addr":"terraform_data.x"},"action":"create","id_key":"id","id_value":"1","elapsed_seconds":1},"type":"apply_complete"})";
constexpr const char* k_errored =
    R"({"@level":"info","hook":{"resource":{"addr":"terraform_data.x"},"action":"create","elapsed_seconds":1},"type":"apply_errored"})";
constexpr const char* k_summary =
    R"({"@level":"info","changes":{"add":1,"change":2,"import":4,"remove":3,"forget":0,"operation":"apply"},"type":"change_summary"})";
constexpr const char* k_plan_summary =
    R"({"@level":"info","changes":{"add":7,"change":0,"import":0,"remove":0,"forget":0,"operation":"plan"},"type":"change_summary"})";
constexpr const char* k_diagnostic =
    R"({"@level":"error","diagnostic":{"severity":"error","summary":"Bad thing","detail":"Because.","address":"terraform_data.x","range":{"filename":"main.tf","start":{"line":3,"column":2,"byte":40},"end":{"line":3,"column":9,"byte":47}},"snippet":{"context":null,"code":"  input = 1","start_line":3,"values":[]}},"type":"diagnostic"})";

StreamFacts facts_of(const std::vector<std::string>& lines,
                     std::vector<Progress>* progress = nullptr) {
  StreamReader reader;
  for (const std::string& line : lines) {
    reader.feed(line + "\n", [&](const Progress& one) {
      if (progress != nullptr) progress->push_back(one);
    });
  }
  return reader.finish();
}

std::string log_line(const std::string& message) {
  return R"({"@level":"info","@message":")" + message + R"(","type":"log"})";
}

}  // namespace

TEST_CASE("an apply that ends well") {
  std::vector<Progress> progress;
  const StreamFacts facts = facts_of({k_version, k_start, k_complete, k_summary}, &progress);
  CHECK(facts.has_version);
  CHECK(facts.has_begun);
  CHECK(facts.has_apply_summary);
  CHECK_FALSE(facts.has_plan_summary);
  CHECK_FALSE(facts.is_torn);
  CHECK_FALSE(facts.has_error());
  CHECK(facts.applied.add == 1);
  CHECK(facts.applied.change == 2);
  CHECK(facts.applied.remove == 3);
  CHECK(facts.applied.import_ == 4);
  CHECK(facts.started == std::vector<std::string>{"terraform_data.x"});
  CHECK(facts.completed == facts.started);
  REQUIRE(progress.size() == 2);
  CHECK(progress[0].address == "terraform_data.x");
  CHECK(progress[0].what == "creating");
  CHECK(progress[1].what == "created");
}

TEST_CASE("the bytes may be cut anywhere") {
  const std::string whole = std::string(k_version) + "\n" + k_start + "\n" + k_errored + "\n" +
                            k_diagnostic + "\n" + k_summary + "\n";
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    StreamReader reader;
    reader.feed(std::string_view(whole).substr(0, cut), nullptr);
    reader.feed(std::string_view(whole).substr(cut), nullptr);
    const StreamFacts& facts = reader.finish();
    REQUIRE(facts.has_begun);
    REQUIRE(facts.errored.size() == 1);
    REQUIRE(facts.diagnostics.size() == 1);
    REQUIRE(facts.has_apply_summary);
    REQUIRE_FALSE(facts.is_torn);
  }
}

TEST_CASE("a last line without its end is torn and counts for nothing") {
  StreamReader reader;
  reader.feed(std::string(k_version) + "\n" + k_start, nullptr);
  CHECK(reader.finish().is_torn);
  CHECK_FALSE(reader.facts().has_begun);
}

TEST_CASE("a diagnostic keeps its place") {
  const StreamFacts facts = facts_of({k_diagnostic});
  REQUIRE(facts.diagnostics.size() == 1);
  const runplan::TofuDiagnostic& diagnostic = facts.diagnostics[0];
  CHECK(diagnostic.is_error);
  CHECK(diagnostic.summary == "Bad thing");
  CHECK(diagnostic.detail == "Because.");
  CHECK(diagnostic.address == "terraform_data.x");
  CHECK(diagnostic.file == "main.tf");
  CHECK(diagnostic.line == 3);
  CHECK(diagnostic.begin == 40);
  CHECK(diagnostic.end == 47);
  CHECK(diagnostic.snippet == "  input = 1");
  CHECK(facts.has_error());
}

TEST_CASE("a warning is no error") {
  const StreamFacts facts = facts_of(
      {R"({"@level":"warn","diagnostic":{"severity":"warning","summary":"Old","detail":""},"type":"diagnostic"})"});
  CHECK_FALSE(facts.has_error());
  CHECK(facts.diagnostics.size() == 1);
}

TEST_CASE("lines that are no JSON, of unknown types or of odd shapes are passed over") {
  const StreamFacts facts =
      facts_of({"", "panic: oh no", "{", "[1,2]", "null", R"({"type":"news","hook":7})",
                R"({"type":7})", R"({"type":"apply_start","hook":"x"})",
                R"({"type":"change_summary","changes":[]})", k_version});
  CHECK(facts.has_version);
  CHECK(facts.diagnostics.empty());
  CHECK_FALSE(facts.is_torn);
}

TEST_CASE("counts of the plan and of the apply do not mix") {
  const StreamFacts facts = facts_of({k_plan_summary});
  CHECK(facts.has_plan_summary);
  CHECK_FALSE(facts.has_apply_summary);
  CHECK(facts.planned.add == 7);
  CHECK(facts.applied.add == 0);
}

TEST_CASE("interrupts, a stuck lock and a dumped state are seen") {
  CHECK(facts_of({log_line("\\nInterrupt received.\\nPlease wait")}).was_interrupted);
  CHECK_FALSE(facts_of({log_line("Interrupt received")}).was_interrupted_twice);
  CHECK(
      facts_of({log_line("Two interrupts received. Exiting immediately.")}).was_interrupted_twice);
  CHECK(
      facts_of(
          {R"({"type":"diagnostic","diagnostic":{"severity":"error","summary":"Error releasing the state lock"}})"})
          .is_lock_stuck);
  CHECK(facts_of({log_line(R"({\"version\": 4, \"serial\": 1, \"lineage\": \"x\"})")})
            .has_state_dump);
  CHECK_FALSE(facts_of({k_version, k_summary}).has_state_dump);
}

TEST_CASE("changes of outputs are seen") {
  CHECK(
      facts_of(
          {R"({"type":"outputs","outputs":{"a":{"sensitive":false,"action":"create"},"b":{"action":"noop"}}})"})
          .changes_outputs);
  CHECK_FALSE(
      facts_of({R"({"type":"outputs","outputs":{"b":{"action":"noop"}}})"}).changes_outputs);
}

}  // namespace space::tofu
