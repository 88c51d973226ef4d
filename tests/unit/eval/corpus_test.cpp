// tofu's answers, stored: every expression of tests/corpus/eval/answers.jsonl and matrix.jsonl
// evaluates to the same value, type and sensitivity, or fails where tofu's does.
// tests/gates/eval_vs_tofu.py and eval_matrix.py make the answers and ask tofu itself.
#include <algorithm>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/base/strings.h"
#include "core/values/order.h"
#include "core/values/render.h"
#include "tests/unit/eval/evaluate_text.h"

using namespace space;

namespace {

// The corpus's own folder stands for the folder of the `.space` file.
class Rooted final : public base::FileSystem {
 public:
  base::FileStat stat(std::string_view path) const override { return disk_.stat(at(path)); }
  base::Result<std::string> read(std::string_view path) const override {
    return disk_.read(at(path));
  }
  bool is_executable(std::string_view path) const override { return disk_.is_executable(at(path)); }
  base::Result<std::vector<base::DirectoryEntry>> list(std::string_view path) const override {
    return disk_.list(at(path));
  }
  base::Status write(std::string_view, std::string_view, base::FileMode) override {
    return base::Error{"no", {}};
  }
  base::Status make_directories(std::string_view) override { return base::Error{"no", {}}; }
  base::Status remove(std::string_view) override { return base::Error{"no", {}}; }

 private:
  static std::string at(std::string_view path) {
    return base::join_path(EVAL_CORPUS "/files", path);
  }
  base::DiskFileSystem disk_;
};

// Of what is unknown: where tofu's type is `dynamic`, ours may say what it will be.
bool says_more(const nlohmann::json& theirs, const nlohmann::json& own) {
  if (theirs == "dynamic" || theirs == own) return true;
  if (theirs.type() != own.type() || theirs.size() != own.size() || !theirs.is_structured())
    return false;
  if (theirs.is_object()) {
    return std::all_of(theirs.items().begin(), theirs.items().end(), [&](const auto& item) {
      return own.contains(item.key()) && says_more(item.value(), own[item.key()]);
    });
  }
  return std::equal(theirs.begin(), theirs.end(), own.begin(), says_more);
}

std::size_t compare_with(const std::string& name) {
  const Rooted files;
  const auto answers = base::DiskFileSystem().read(EVAL_CORPUS "/" + name);
  REQUIRE(answers.has_value());
  std::size_t cases = 0;
  for (const std::string_view line : base::split(*answers, '\n')) {
    if (line.empty()) continue;
    const nlohmann::json wanted = nlohmann::json::parse(line);
    const std::string expression = wanted["expression"];
    INFO(expression);
    const auto deferred = wanted.value("deferred", false) ? eval::DeferredCalls::Unknown
                                                          : eval::DeferredCalls::Report;
    const eval_test::Evaluated evaluated = eval_test::evaluate_text(expression, files, deferred);
    const eval_test::Answer answer = eval_test::answer_of(evaluated);
    if (wanted.value("failed", false)) {
      CHECK(answer.failed);
    } else {
      CHECK(evaluated.errors == std::vector<std::string>{});
      CHECK(answer.json == (wanted["json"].is_null() ? "" : wanted["json"].get<std::string>()));
      if (!answer.failed && wanted["type"] != "?") {
        const nlohmann::json type = nlohmann::json::parse(answer.type);
        const bool same =
            answer.json.empty() ? says_more(wanted["type"], type) : type == wanted["type"];
        INFO(wanted["type"] << " and not " << type);
        CHECK(same);
      }
      CHECK(answer.sensitive == wanted["sensitive"].get<bool>());
    }
    // Written as HCL and read again, it is the same value.
    if (!answer.failed && !answer.json.empty()) {
      const std::string hcl = values::to_hcl(values::without_marks_deep(evaluated.value));
      const eval_test::Answer again = eval_test::answer_of(eval_test::evaluate_text(hcl, files));
      CHECK(again.json == answer.json);
    }
    ++cases;
  }
  return cases;
}

}  // namespace

TEST_CASE("expressions evaluate as tofu's console answered") {
  CHECK(compare_with("answers.jsonl") > 900);
}

TEST_CASE("what only tofu can run is refused where a value is needed, and typed elsewhere") {
  const Rooted files;
  for (const std::string text : {"textencodebase64(\"a\", \"ISO-8859-1\")", "bcrypt(\"a\")"}) {
    const std::string name = text.substr(0, text.find('('));
    CHECK(eval_test::evaluate_text(text, files).errors ==
          std::vector<std::string>{"function `" + name + "` cannot run before tofu does"});
    const auto typed = eval_test::evaluate_text(text, files, eval::DeferredCalls::Unknown);
    CHECK(typed.errors.empty());
    CHECK_FALSE(typed.value.is_known());
    CHECK(typed.value.type() == values::Type::string());
  }
}

TEST_CASE("each cell of the matrix of functions and constructs is as tofu's console answered") {
  CHECK(compare_with("matrix.jsonl") > 3'000);
}
