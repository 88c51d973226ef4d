// tofu's answers, stored: every expression of tests/corpus/eval/answers.jsonl evaluates to the same
// value, type and sensitivity, or fails where tofu's does. tests/gates/eval_vs_tofu.py makes the
// answers and asks tofu itself.
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

}  // namespace

TEST_CASE("expressions evaluate as tofu's console answered") {
  const Rooted files;
  const auto answers = base::DiskFileSystem().read(EVAL_CORPUS "/answers.jsonl");
  REQUIRE(answers.has_value());
  std::size_t cases = 0;
  for (const std::string_view line : base::split(*answers, '\n')) {
    if (line.empty()) continue;
    const nlohmann::json wanted = nlohmann::json::parse(line);
    const std::string expression = wanted["expression"];
    INFO(expression);
    const eval_test::Evaluated evaluated = eval_test::evaluate_text(expression, files);
    const eval_test::Answer answer = eval_test::answer_of(evaluated);
    if (wanted.value("failed", false)) {
      CHECK(answer.failed);
    } else {
      CHECK(evaluated.errors == std::vector<std::string>{});
      CHECK(answer.json == (wanted["json"].is_null() ? "" : wanted["json"].get<std::string>()));
      if (!answer.failed) {
        CHECK(nlohmann::json::parse(answer.type) == wanted["type"]);
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
  CHECK(cases > 900);
}
