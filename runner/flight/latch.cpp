#include "runner/flight/latch.h"

#include "core/base/strings.h"
#include "core/runplan/names.h"
#include "runner/flight/evidence.h"

namespace space::flight {

namespace {

using Waits = journal::RootStanding::Waits;

constexpr std::size_t k_most_lines = 8;

std::string resume_command(const journal::Standing& standing) {
  return "space " + std::string(runplan::word_of(runplan::k_operations, standing.operation)) + " " +
         standing.target + " --resume";
}

void add(std::vector<Waiting>& list, const std::string& flight, const journal::Standing& standing,
         Waits waits, const Workspace& workspace, const base::FileSystem& files) {
  for (const std::string& root : standing.waiting(waits)) {
    const journal::RootStanding& apply = standing.roots.at(root);
    Waiting one;
    one.root = root;
    one.run = apply.run;
    one.waits = waits;
    one.evidence = workspace.shown(workspace.run_folder(root, apply.run));
    if (waits == Waits::Person) {
      one.verdict = apply.verdict ? runplan::name_of(*apply.verdict) : "";
      one.reason = apply.reason;
      one.next = "space resolve " + flight + " --reason TEXT";
    } else {
      const Evidence evidence = look_at_apply(root, apply.run, workspace, files);
      one.verdict = "cut off";
      one.reason = "its runner was gone before its end; by what it left it is " +
                   runplan::name_of(evidence.judgement.verdict);
      if (!evidence.judgement.reason.empty()) one.reason += ": " + evidence.judgement.reason;
      one.next = resume_command(standing);
    }
    list.push_back(std::move(one));
  }
}

}  // namespace

std::vector<Waiting> waiting_in(const std::string& flight, const journal::Standing& standing,
                                const Workspace& workspace, const base::FileSystem& files) {
  std::vector<Waiting> list;
  add(list, flight, standing, Waits::Person, workspace, files);
  add(list, flight, standing, Waits::Adoption, workspace, files);
  return list;
}

std::optional<Refusal> refuse_waiting(
    const std::map<std::string, const journal::Standing*>& standings, const Workspace& workspace,
    const base::FileSystem& files) {
  std::vector<std::string> latched, cut_off, help;
  std::string lines;
  std::size_t count = 0;
  for (const auto& [flight, standing] : standings) {
    const auto waiting = waiting_in(flight, *standing, workspace, files);
    if (waiting.empty()) continue;
    (waiting.front().waits == Waits::Person ? latched : cut_off).push_back(flight);
    // Where a person must look, that comes first, and then all of the flight is taken up again.
    if (help.size() < k_most_lines) help.push_back("`" + waiting.front().next + "`");
    for (const Waiting& one : waiting) {
      if (++count > k_most_lines) continue;
      lines += "\n  " + one.verdict + "  " + one.root;
      if (!one.reason.empty()) lines += "\n    " + one.reason;
      lines += "\n    what it left lies in " + one.evidence;
    }
  }
  if (count == 0) return std::nullopt;
  if (count > k_most_lines) lines += "\n  and " + std::to_string(count - k_most_lines) + " more";
  std::string message;
  if (!latched.empty())
    message = base::list_names(latched) + (latched.size() == 1 ? " is" : " are") +
              " latched: a person must look before anything there is changed again";
  if (!cut_off.empty())
    message += (message.empty() ? "" : "; ") + base::list_names(cut_off) +
               (cut_off.size() == 1 ? " was" : " were") + " cut off in the middle of an apply";
  std::string next = base::join(help, ", ");
  next += latched.empty() ? " takes over what was done and goes on"
                          : " opens it, once you have looked; then fly it again";
  return Refusal{{message + lines, next}, 13};
}

}  // namespace space::flight
