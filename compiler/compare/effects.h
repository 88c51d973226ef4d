// Effects: which outputs of a folder of code may be others, after its code or what it is given
// changed. In: both sides' code, by folder; the variables whose values may be others. Out: outputs,
// and the differences of the code itself. It follows tofu's own order: an output keeps the value it
// would have had where nothing that it reads, and nothing that this reads, is another. Not for
// other rooms.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/compare/affected.h"

namespace space::compare {

struct Effects {
  enum class Reach : std::uint8_t { None, Some, All };
  Reach reach = Reach::None;      // is anything in the folder touched; all that it gives?
  std::set<std::string> outputs;  // where Some
  bool has(const std::string& output) const {
    return reach == Reach::All || outputs.contains(output);
  }
};

struct Differences {
  std::set<std::string> addresses;
  std::vector<Reason> reasons;  // those of called modules too
};

class EffectFinder {
 public:
  EffectFinder(SideCode& before, SideCode& now) : before_(before), now_(now) {}

  // Of two folders, the same module or root before and now. `origin`: the file that a root's blocks
  // came from; "" for a module, whose files say it.
  Differences differences(const std::string& before, const std::string& now,
                          const std::string& origin);
  Effects effects(const std::string& before, const std::string& now,
                  const std::set<std::string>& variables);

 private:
  struct Question {
    std::string before, now;
    std::set<std::string> variables;
    friend auto operator<=>(const Question&, const Question&) = default;
  };

  Effects answer(const Question& question);
  std::set<std::string> own_differences(const Code& before, const Code& now) const;
  Effects of_call(const Question& in, const std::string& address, const CodeBlock& call,
                  const std::set<std::string>& hit, const std::map<std::string, Effects>& calls);

  SideCode& before_;
  SideCode& now_;
  std::map<Question, Effects> answers_;
  std::map<std::pair<std::string, std::string>, Differences> differences_;
  std::set<std::pair<std::string, std::string>> in_progress_;
};

}  // namespace space::compare
