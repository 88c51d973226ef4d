// What no program can show: lowered roots that differ in one place, whatever place it is. A program
// is compiled, one root of prod is changed, and the comparison must say so, once.
#include "compiler/compare/compare.h"

#include <catch2/catch.hpp>

#include "tests/unit/compare/sample.h"

namespace {

using namespace space;
using compare_test::Change;
using compare_test::changes_of;
using compare_test::compile_sample;
using compare_test::sample_files;
using lower::LoweredProgram;
using lower::LoweredRoot;

std::vector<std::string> verdict(const LoweredProgram& program) {
  diagnostics::CollectingSink sink;
  compare::compare_promoted(program, sink);
  std::vector<std::string> messages;
  for (const diagnostics::Diagnostic& found : sink.all()) {
    REQUIRE(found.descriptor->code == "SPC3024");
    messages.push_back(found.message);
  }
  return messages;
}

}  // namespace

TEST_CASE("roots along a promotion that differ in one place are told apart, whatever place it is") {
  const base::MemoryFileSystem files = sample_files();
  const driver::Compilation sample = compile_sample(files);
  for (const diagnostics::Diagnostic& found : sample.diagnostics) INFO(found.message);
  REQUIRE_FALSE(sample.has_errors());
  REQUIRE(sample.lowered != nullptr);
  REQUIRE(verdict(*sample.lowered).empty());
  std::size_t made = 0;
  for (std::size_t f = 0; f < sample.lowered->flights.size(); ++f) {
    if (sample.lowered->flights[f].plan.environment != "prod") continue;
    const auto& roots = sample.lowered->flights[f].roots;
    for (std::size_t r = 0; r < roots.size(); ++r) {
      for (const Change& change : changes_of(roots[r])) {
        LoweredProgram program = *sample.lowered;
        change.make(program.flights[f].roots[r]);
        const auto messages = verdict(program);
        INFO(roots[r].id << ", change " << made << " in " << change.file);
        REQUIRE(messages.size() == 1);
        CHECK(messages.front().find("`" + change.file + "`") != std::string::npos);
        CHECK(messages.front().find(roots[r].id) != std::string::npos);
        ++made;
      }
    }
  }
  CHECK(made >= 200);
}

TEST_CASE("what may differ is not compared") {
  const base::MemoryFileSystem files = sample_files();
  const driver::Compilation sample = compile_sample(files);
  REQUIRE(sample.lowered != nullptr);
  LoweredProgram program = *sample.lowered;
  for (lower::LoweredFlight& flight : program.flights) {
    if (flight.plan.environment != "prod") continue;
    for (LoweredRoot& root : flight.roots) {
      for (lower::Assignment& argument : root.backend.assignments)
        argument.text = {{"\"otherwise\"", {}, {}}};
      for (lower::LoweredVariable& variable : root.variables) {
        if (variable.variance == lower::Variance::Varies)
          variable.source = runplan::FromValues{values::Value::string("otherwise")};
      }
      root.state.address = "otherwise";
      root.never_skip = {"otherwise"};
    }
  }
  CHECK(verdict(program).empty());
  // A flight that the other environment has not is nobody's counterpart.
  std::erase_if(program.flights,
                [](const auto& flight) { return flight.plan.environment == "nonprod"; });
  program.flights.front().roots.front().body = {{"otherwise", {}, {}}};
  CHECK(verdict(program).empty());
}
