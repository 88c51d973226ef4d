#include "core/runplan/validate.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "core/base/strings.h"
#include "core/runplan/read_parts.h"

namespace space::runplan {

namespace {

using Problem = std::optional<std::string>;

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 255 && text != "." && text != ".." && !has_control(text) &&
         text.find_first_of("/\\ ") == std::string_view::npos;
}

bool is_digest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Sorted and unique by `key`, each key acceptable.
template <class Item, class Key, class Good>
Problem check_keys(const std::vector<Item>& items, std::string_view what, Key key, Good good) {
  const std::string* before = nullptr;
  for (const Item& item : items) {
    const std::string& id = key(item);
    if (!good(id)) return std::string(what) + " " + quoted(id) + " has no acceptable name";
    if (before != nullptr && *before == id)
      return std::string(what) + " " + quoted(id) + " stands twice";
    if (before != nullptr && id < *before)
      return std::string(what) + " " + quoted(id) + " is not in its sorted place";
    before = &id;
  }
  return std::nullopt;
}

Problem check_project(const Project& project) {
  if (project.folder.empty() || has_control(project.folder)) return "the project has no folder";
  if (project.name.empty() || has_control(project.name)) return "the project has no name";
  if (!is_name(project.tofu) ||
      project.tofu.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz.-+") !=
          std::string::npos) {
    return "the project pins no tofu version";
  }
  return std::nullopt;
}

class Checker {
 public:
  explicit Checker(const RunPlan& plan) : plan_(plan) {}

  Problem run() {
    if (auto problem = check_project(plan_.project)) return problem;
    if (auto problem = check_ids()) return problem;
    if (auto problem = number_flights()) return problem;
    for (const Flight& flight : plan_.flights) {
      if (auto problem = check_flight(flight)) return problem;
    }
    for (const Root& root : plan_.roots) {
      if (auto problem = check_root(root)) return problem;
    }
    return std::nullopt;
  }

 private:
  Problem check_ids() const {
    const auto any_name = [](const std::string& text) { return is_name(text); };
    if (auto p = check_keys(
            plan_.environments, "environment",
            [](const Environment& e) -> const std::string& { return e.name; }, any_name))
      return p;
    const auto parts = [](std::size_t wanted) {
      return [wanted](const std::string& id) {
        return is_inner_path(id) && id.find(' ') == std::string::npos &&
               static_cast<std::size_t>(std::count(id.begin(), id.end(), '/')) + 1 == wanted;
      };
    };
    if (auto p = check_keys(
            plan_.flights, "flight", [](const Flight& f) -> const std::string& { return f.id; },
            parts(3)))
      return p;
    if (auto p = check_keys(
            plan_.roots, "root", [](const Root& r) -> const std::string& { return r.id; },
            parts(5)))
      return p;
    const auto good_file = [](const std::string& path) { return is_inner_path(path); };
    if (auto p = check_keys(
            plan_.files, "file", [](const File& f) -> const std::string& { return f.path; },
            good_file))
      return p;
    for (const File& file : plan_.files) {
      if (!is_digest(file.sha256)) return "file " + quoted(file.path) + " has no SHA-256";
    }
    return std::nullopt;
  }

  // A number for each flight that is higher than the numbers of all it flies after; none where they
  // fly in a circle.
  Problem number_flights() {
    const std::size_t count = plan_.flights.size();
    for (std::size_t i = 0; i < count; ++i) flight_index_.emplace(plan_.flights[i].id, i);
    after_.resize(count);
    std::vector<std::size_t> waits(count, 0);
    std::vector<std::vector<std::size_t>> before(count);
    for (std::size_t i = 0; i < count; ++i) {
      for (const std::string& id : plan_.flights[i].after) {
        const auto found = flight_index_.find(id);
        if (found == flight_index_.end())
          return "flight " + quoted(plan_.flights[i].id) + " flies after " + quoted(id) +
                 ", which is not there";
        after_[i].push_back(found->second);
        before[found->second].push_back(i);
        ++waits[i];
      }
    }
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < count; ++i) {
      if (waits[i] == 0) ready.push_back(i);
    }
    std::size_t numbered = 0;
    while (!ready.empty()) {
      const std::size_t flight = ready.back();
      ready.pop_back();
      ++numbered;
      for (const std::size_t next : before[flight]) {
        if (--waits[next] == 0) ready.push_back(next);
      }
    }
    if (numbered != count) return "flights wait for each other in a circle";
    return std::nullopt;
  }

  Problem check_flight(const Flight& flight) {
    const auto environment =
        std::any_of(plan_.environments.begin(), plan_.environments.end(),
                    [&](const Environment& e) { return e.name == flight.environment; });
    if (!environment) return "flight " + quoted(flight.id) + " has no environment";
    if (flight.id.substr(0, flight.environment.size() + 1) != flight.environment + "/")
      return "flight " + quoted(flight.id) + " is not in its environment";
    for (const Secret& secret : flight.secrets) {
      if (!is_name(secret.name))
        return "flight " + quoted(flight.id) + " has a secret without a name";
      const std::size_t least = secret.arguments.size();
      if (least == 0 || (secret.method != Secret::Method::Command && least != 1))
        return "secret " + quoted(secret.name) + " has no acceptable arguments";
      for (const std::string& argument : secret.arguments) {
        if (argument.find('\0') != std::string::npos)
          return "secret " + quoted(secret.name) + " has a NUL in an argument";
      }
    }
    const std::string* before = nullptr;
    for (const Stage& stage : flight.stages) {
      if (!is_name(stage.label))
        return "flight " + quoted(flight.id) + " has a stage without a label";
      if (before != nullptr && !(*before < stage.label))
        return "stage " + quoted(stage.label) + " of " + quoted(flight.id) +
               " is not in its sorted place";
      before = &stage.label;
      for (const std::string& id : stage.roots) {
        const Root* root = find_root(plan_, id);
        if (root == nullptr)
          return "stage " + quoted(stage.label) + " names root " + quoted(id) +
                 ", which is not there";
        if (root->flight != flight.id || root->stage != stage.label)
          return "root " + quoted(id) + " is not of the stage that names it";
        if (!staged_.emplace(id, 0).second) return "root " + quoted(id) + " stands in two stages";
      }
    }
    return std::nullopt;
  }

  bool flies_after(std::size_t flight, std::size_t wanted) const {
    std::vector<std::size_t> todo{flight};
    std::vector<char> seen(plan_.flights.size(), 0);
    while (!todo.empty()) {
      const std::size_t at = todo.back();
      todo.pop_back();
      for (const std::size_t before : after_[at]) {
        if (before == wanted) return true;
        if (seen[before]++ == 0) todo.push_back(before);
      }
    }
    return false;
  }

  Problem check_reads(const Root& root) {
    const std::size_t own = flight_index_.find(root.flight)->second;
    for (const std::string& id : root.reads) {
      const Root* read = find_root(plan_, id);
      if (read == nullptr)
        return "root " + quoted(root.id) + " reads " + quoted(id) + ", which is not there";
      const bool earlier = read->flight == root.flight
                               ? read->stage < root.stage
                               : known_after(own, flight_index_.find(read->flight)->second);
      if (!earlier)
        return "root " + quoted(root.id) + " reads " + quoted(id) +
               ", which does not fly before it";
    }
    return std::nullopt;
  }

  bool known_after(std::size_t flight, std::size_t wanted) {
    const auto [found, is_new] = asked_.emplace(flight * plan_.flights.size() + wanted, false);
    if (is_new) found->second = flies_after(flight, wanted);
    return found->second;
  }

  Problem check_variable(const Root& root, const Flight& flight, const Variable& variable) const {
    const std::string where = "variable " + quoted(variable.name) + " of " + quoted(root.id);
    if (!is_name(variable.name))
      return "root " + quoted(root.id) + " has a variable without a name";
    if (const auto* from = std::get_if<FromOutput>(&variable.source)) {
      if (std::find(root.reads.begin(), root.reads.end(), from->root) == root.reads.end())
        return where + " comes from a root that is not among its `reads`";
      const Root* read = find_root(plan_, from->root);
      const bool declared = std::any_of(read->outputs.begin(), read->outputs.end(),
                                        [&](const Output& o) { return o.name == from->output; });
      if (!declared)
        return where + " comes from output " + quoted(from->output) + ", which " +
               quoted(from->root) + " does not have";
    } else if (const auto* secret = std::get_if<FromSecret>(&variable.source)) {
      if (!has_secret(flight, secret->secret))
        return where + " comes from secret " + quoted(secret->secret) +
               ", which its flight does not have";
    }
    return std::nullopt;
  }

  static bool has_secret(const Flight& flight, std::string_view name) {
    return std::any_of(flight.secrets.begin(), flight.secrets.end(),
                       [&](const Secret& s) { return s.name == name; });
  }

  Problem check_root(const Root& root) {
    const Flight* flight = find_flight(plan_, root.flight);
    if (flight == nullptr) return "root " + quoted(root.id) + " has no flight";
    if (staged_.find(root.id) == staged_.end())
      return "root " + quoted(root.id) + " stands in no stage";
    if (root.id != root.flight + "/" + root.stage + "/" + root.procedure)
      return "root " + quoted(root.id) + " is not where its id says";
    if (root.state.path.find('\0') != std::string::npos)
      return "root " + quoted(root.id) + " has a NUL in its state's path";
    if (root.state.type == "local" && root.state.path.empty())
      return "root " + quoted(root.id) + " has no path for its state";
    if (flight->farewell && !root.outputs.empty())
      return "root " + quoted(root.id) + " is a farewell, and has an output";
    if (auto problem = check_reads(root)) return problem;
    const std::string* before = nullptr;
    for (const Variable& variable : root.variables) {
      if (before != nullptr && *before == variable.name)
        return "variable " + quoted(variable.name) + " of " + quoted(root.id) + " stands twice";
      before = &variable.name;
      if (auto problem = check_variable(root, *flight, variable)) return problem;
    }
    for (const auto& [variable, secret] : root.state.environment) {
      if (!is_name(variable) || variable.find('=') != std::string::npos)
        return "root " + quoted(root.id) + " has an environment variable without a name";
      if (!has_secret(*flight, secret))
        return "root " + quoted(root.id) + " needs secret " + quoted(secret) +
               ", which its flight does not have";
    }
    for (const std::string& module : root.modules) {
      if (!is_inner_path(module))
        return "root " + quoted(root.id) +
               " calls a module outside of the folder: " + quoted(module);
    }
    return std::nullopt;
  }

  const RunPlan& plan_;
  std::unordered_map<std::string_view, std::size_t> flight_index_;
  std::vector<std::vector<std::size_t>> after_;
  std::unordered_map<std::size_t, bool> asked_;
  std::unordered_map<std::string_view, char> staged_;
};

}  // namespace

std::optional<std::string> find_problem(const RunPlan& plan) { return Checker(plan).run(); }

}  // namespace space::runplan
