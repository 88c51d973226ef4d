// eval_lines FOLDER [--deferred]: expressions on stdin, a NUL byte behind each, answers on stdout,
// one JSON object a line. With --deferred what cannot run before tofu is typed instead of refused.
// tests/gates/eval_*.py hold them against tofu's.
#include <cstdio>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/values/order.h"
#include "core/values/render.h"
#include "tests/unit/eval/evaluate_text.h"

namespace {

// The folder that the expressions' paths start from.
class Rooted final : public space::base::FileSystem {
 public:
  explicit Rooted(std::string root) : root_(std::move(root)) {}
  space::base::FileStat stat(std::string_view path) const override { return disk_.stat(at(path)); }
  space::base::Result<std::string> read(std::string_view path) const override {
    return disk_.read(at(path));
  }
  bool is_executable(std::string_view path) const override { return disk_.is_executable(at(path)); }
  space::base::Result<std::vector<space::base::DirectoryEntry>> list(
      std::string_view path) const override {
    return disk_.list(at(path));
  }
  space::base::Status write(std::string_view, std::string_view, space::base::FileMode) override {
    return space::base::Error{"this test writes nothing", {}};
  }
  space::base::Status make_directories(std::string_view) override {
    return space::base::Error{"this test writes nothing", {}};
  }
  space::base::Status remove(std::string_view) override {
    return space::base::Error{"this test writes nothing", {}};
  }

 private:
  std::string at(std::string_view path) const { return space::base::join_path(root_, path); }
  std::string root_;
  space::base::DiskFileSystem disk_;
};

}  // namespace

int main(int count, char** arguments) {
  const Rooted files(count > 1 ? arguments[1] : ".");
  const auto deferred_calls = count > 2 && std::string_view(arguments[2]) == "--deferred"
                                  ? space::eval::DeferredCalls::Unknown
                                  : space::eval::DeferredCalls::Report;
  std::string line;
  for (int c = 0; (c = std::getchar()) != EOF;) {
    if (c != '\0') {
      line += static_cast<char>(c);
      continue;
    }
    const space::eval_test::Evaluated evaluated =
        space::eval_test::evaluate_text(line, files, deferred_calls);
    const space::eval_test::Answer answer = space::eval_test::answer_of(evaluated);
    nlohmann::json out = {{"expression", line}};
    if (answer.failed) {
      out["errors"] = evaluated.errors;
    } else {
      out["type"] = nlohmann::json::parse(answer.type);
      out["sensitive"] = answer.sensitive;
      out["json"] = answer.json.empty() ? nlohmann::json() : nlohmann::json(answer.json);
      if (!answer.json.empty()) {
        out["hcl"] = space::values::to_hcl(space::values::without_marks_deep(evaluated.value));
      }
    }
    std::puts(out.dump().c_str());
    line.clear();
  }
  return 0;
}
