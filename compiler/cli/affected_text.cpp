#include "compiler/cli/affected_text.h"

#include <fmt/core.h>

#include <array>
#include <vector>

#include "core/base/strings.h"
#include "core/runplan/json_writer.h"

namespace space::cli {

namespace {

using compare::AffectedRoot;
using compare::Cause;
using compare::Change;
using compare::Reason;
using compare::Status;

constexpr std::array<std::string_view, 5> k_statuses = {"changed", "added", "moved", "removed",
                                                        "downstream"};
constexpr std::array<std::string_view, 3> k_changes = {"changed", "added", "removed"};
constexpr std::array<std::string_view, 12> k_causes = {"code",   "file",   "package",  "value",
                                                       "wiring", "secret", "state",    "provider",
                                                       "tofu",   "policy", "farewell", "output"};

std::string_view word(Status status) { return k_statuses[static_cast<std::size_t>(status)]; }
std::string_view word(Change change) { return k_changes[static_cast<std::size_t>(change)]; }
std::string_view word(Cause cause) { return k_causes[static_cast<std::size_t>(cause)]; }

// ENV/SPACE/MISSION/PROCEDURE
std::string target_of(const AffectedRoot& root) { return root.flight + "/" + root.procedure; }

std::string_view verb(Change change) {
  switch (change) {
    case Change::Added:
      return "is new";
    case Change::Removed:
      return "is gone";
    case Change::Changed:
      break;
  }
  return "differs";
}

std::string words(const Reason& reason) {
  const std::string at = reason.place.empty() ? "" : fmt::format(" ({})", reason.place);
  switch (reason.cause) {
    case Cause::Code:
    case Cause::Provider:
    case Cause::State:
      if (!reason.argument.empty())
        return fmt::format("argument `{}` of `{}` {}{}", reason.argument, reason.name,
                           verb(reason.change), at);
      return fmt::format("`{}` {}{}", reason.name, verb(reason.change), at);
    case Cause::File:
      return fmt::format("file `{}` {}", reason.name, verb(reason.change));
    case Cause::Package:
      return fmt::format("remote module `{}` is pinned to other bytes", reason.name);
    case Cause::Value:
      return fmt::format("`var.{}` has another value", reason.name);
    case Cause::Wiring:
      return fmt::format("`var.{}` is read from elsewhere", reason.name);
    case Cause::Secret:
      return fmt::format("secret `{}` comes from elsewhere", reason.name);
    case Cause::Tofu:
      return "another version of tofu runs it";
    case Cause::Policy:
      return fmt::format("policy rule `{}` {}", reason.name, verb(reason.change));
    case Cause::Farewell:
      return fmt::format("destroys what the state `{}` holds", reason.name);
    case Cause::Output:
      return fmt::format("reads `{}` of {}", reason.name, reason.place);
  }
  return "";
}

std::string since(const Base& base) {
  return fmt::format("since {} ({})", base.revision, base.commit.substr(0, 12));
}

std::vector<std::string> targets_of(const compare::Affected& affected) {
  std::vector<std::string> targets;
  for (const AffectedRoot& root : affected.roots) {
    if (root.status != Status::Removed) targets.push_back(target_of(root));
  }
  return targets;
}

void write_reason(const Reason& reason, runplan::JsonWriter& out) {
  out.line();
  out.begin_object();
  out.member("cause", word(reason.cause));
  out.member("change", word(reason.change));
  if (!reason.name.empty()) out.member("name", reason.name);
  if (!reason.argument.empty()) out.member("argument", reason.argument);
  if (!reason.place.empty())
    out.member(reason.cause == Cause::Output ? "procedure" : "file", reason.place);
  out.end_object();
}

void write_root(const AffectedRoot& root, runplan::JsonWriter& out) {
  out.line();
  out.begin_object();
  out.member("id", root.id);
  out.member("status", word(root.status));
  if (!root.moved_from.empty()) out.member("moved_from", root.moved_from);
  out.member("flight", root.flight);
  out.member("stage", root.stage);
  out.member("procedure", root.procedure);
  if (root.status != Status::Removed) out.member("target", target_of(root));
  out.key("state");
  out.begin_object();
  out.member("remote", root.state->remote);
  out.member("type", root.state->type);
  out.member("address", root.state->address);
  out.end_object();
  out.key("reasons");
  out.begin_array();
  for (const Reason& reason : root.reasons) write_reason(reason, out);
  out.end_array();
  out.strings("outputs", root.outputs);
  out.end_object();
}

}  // namespace

std::string affected_text(const compare::Affected& affected, const Base& base) {
  if (affected.roots.empty()) return "nothing is affected " + since(base) + "\n";
  std::vector<std::string> counts;
  for (std::size_t i = 0; i < k_statuses.size(); ++i) {
    std::size_t number = 0;
    for (const AffectedRoot& root : affected.roots) number += word(root.status) == k_statuses[i];
    if (number > 0) counts.push_back(fmt::format("{} {}", number, k_statuses[i]));
  }
  std::string out = fmt::format("affected {}: {}\n", since(base), base::join(counts, ", "));
  for (const compare::AffectedFlight& flight : affected.flights) {
    out += "\n" + flight.id;
    if (flight.status == Status::Added || flight.status == Status::Removed)
      out += fmt::format(" ({})", word(flight.status));
    out += "\n";
    std::string stage;
    for (const std::size_t i : flight.roots) {
      const AffectedRoot& root = affected.roots[i];
      if (root.stage != stage) out += "  " + root.stage + "\n";
      stage = root.stage;
      out += fmt::format("    {}: {}", root.procedure, word(root.status));
      if (!root.moved_from.empty())
        out += fmt::format("{}was {}",
                           root.status == Status::Moved ? ", " : ", moved: ", root.moved_from);
      out += "\n";
      for (const Reason& reason : root.reasons) out += "      " + words(reason) + "\n";
    }
  }
  return out;
}

std::string affected_json(const compare::Affected& affected, const Base& base) {
  runplan::JsonWriter out;
  out.begin_object();
  out.member("schema", "space.affected/1");
  out.key("base");
  out.begin_object();
  out.member("revision", base.revision);
  out.member("commit", base.commit);
  out.end_object();
  out.key("flights");
  out.begin_array();
  for (const compare::AffectedFlight& flight : affected.flights) {
    out.line();
    out.begin_object();
    out.member("id", flight.id);
    out.member("status", word(flight.status));
    std::vector<std::string> ids;
    for (const std::size_t i : flight.roots) ids.push_back(affected.roots[i].id);
    out.strings("procedures", ids);
    out.end_object();
  }
  out.end_array();
  out.key("procedures");
  out.begin_array();
  for (const AffectedRoot& root : affected.roots) write_root(root, out);
  out.end_array();
  out.strings("targets", targets_of(affected));
  out.end_object();
  return out.take() + "\n";
}

std::string affected_targets(const compare::Affected& affected) {
  std::string out;
  for (const std::string& target : targets_of(affected)) out += target + "\n";
  return out;
}

}  // namespace space::cli
