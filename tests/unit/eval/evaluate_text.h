// One expression as text to a value, for tests: parsed by the compiler's own parser. The names
// under `var` are unknown values of a few types, the ones that tests/gates/eval_vs_tofu.py declares
// as variables without a value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/filesystem.h"
#include "core/eval/evaluate.h"

namespace space::eval_test {

struct Evaluated {
  values::Value value;
  std::vector<std::string> errors;  // messages, in the order of their places
};

Evaluated evaluate_text(std::string_view expression, const base::FileSystem& files,
                        eval::DeferredCalls deferred_calls = eval::DeferredCalls::Report);

// The form of the corpus and of tofu's answers: the value as JSON with what else is known of it.
struct Answer {
  std::string json;  // of a one-element list of the value; empty where it is not wholly known
  std::string type;  // in cty's JSON form
  bool sensitive = false;
  bool failed = false;
  friend bool operator==(const Answer&, const Answer&) = default;
};
Answer answer_of(const Evaluated& evaluated);

}  // namespace space::eval_test
