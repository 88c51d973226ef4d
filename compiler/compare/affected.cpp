#include "compiler/compare/affected.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/compare/effects.h"
#include "compiler/compare/pairs.h"
#include "compiler/compare/root_reasons.h"

namespace space::compare {

namespace {

using lower::LoweredRoot;
using lower::LoweredVariable;
using runplan::FromOutput;

class Finder {
 public:
  Finder(const Side& before, const Side& now, const ReadCode& read)
      : before_(before, read),
        now_(now, read),
        effects_(before_, now_),
        pairs_(pair_roots(before.program, now.program)),
        policies_(policy_reasons(before.program, now.program)) {
    for (const Pair& pair : pairs_) {
      if (pair.now.root == nullptr) continue;
      by_id_.emplace(pair.now.root->id, &pair);
      if (pair.before.root != nullptr) names_.emplace(pair.before.root->id, pair.now.root->id);
    }
  }

  Affected run() {
    Affected out;
    for (const Pair& pair : pairs_) {
      AffectedRoot root = pair.now.root == nullptr ? gone(pair) : here(pair);
      if (!root.reasons.empty() || root.status != Status::Changed) out.roots.push_back(root);
    }
    std::sort(out.roots.begin(), out.roots.end(),
              [](const AffectedRoot& a, const AffectedRoot& b) { return a.id < b.id; });
    add_flights(out);
    return out;
  }

 private:
  struct Settled {
    std::vector<Reason> own, read;
    Effects effects;
  };

  static AffectedRoot described(const RootAt& at) {
    AffectedRoot root;
    root.id = at.root->id;
    root.flight = at.flight->plan.id;
    root.stage = at.root->stage;
    root.procedure = at.root->procedure;
    root.state = &at.root->state;
    return root;
  }

  static AffectedRoot gone(const Pair& pair) {
    AffectedRoot root = described(pair.before);
    root.status = Status::Removed;
    return root;
  }

  AffectedRoot here(const Pair& pair) {
    AffectedRoot root = described(pair.now);
    const Settled& settled = settle(pair);
    const bool moved = pair.before.root != nullptr && pair.before.root->id != root.id;
    if (moved) root.moved_from = pair.before.root->id;
    if (pair.before.root == nullptr) {
      root.status = Status::Added;
    } else if (settled.own.empty() && moved) {
      root.status = Status::Moved;
    } else if (settled.own.empty() && !settled.read.empty()) {
      root.status = Status::Downstream;
    }
    root.reasons = settled.own;
    root.reasons.insert(root.reasons.end(), settled.read.begin(), settled.read.end());
    std::sort(root.reasons.begin(), root.reasons.end());
    if (pair.before.root == nullptr) return root;
    for (const lower::LoweredOutput& output : pair.now.root->outputs) {
      if (settled.effects.has(output.name)) root.outputs.push_back(output.name);
    }
    return root;
  }

  // A root after all that it reads. What reads itself is refused before anything is lowered.
  const Settled& settle(const Pair& pair) {
    const std::string& id = pair.now.root->id;
    const auto [at, is_new] = settled_.try_emplace(id);
    if (!is_new) return at->second;
    Settled found;
    std::set<std::string> variables;
    for (const LoweredVariable& variable : pair.now.root->variables) {
      const auto* output = std::get_if<FromOutput>(&variable.source);
      if (output == nullptr) continue;
      const auto producer = by_id_.find(output->root);
      if (producer == by_id_.end() || !settle(*producer->second).effects.has(output->output))
        continue;
      variables.insert(variable.name);
      found.read.push_back({Cause::Output, Change::Changed, output->output, "", output->root});
    }
    if (pair.before.root == nullptr) {
      found.effects.reach = Effects::Reach::All;
      found.read.clear();
      if (pair.now.flight->plan.farewell)
        found.own.push_back(
            {Cause::Farewell, Change::Changed, pair.now.root->state.address, "", ""});
    } else {
      compare(pair, std::move(variables), found);
    }
    return settled_[id] = std::move(found);
  }

  void compare(const Pair& pair, std::set<std::string> variables, Settled& found) {
    const LoweredRoot &before = *pair.before.root, &now = *pair.now.root;
    RootReasons root = root_reasons(pair, names_);
    found.own = std::move(root.reasons);
    variables.merge(root.variables);
    if (!same_files(before, now)) {
      const Differences code = effects_.differences(before.id, now.id, now.origin);
      found.own.insert(found.own.end(), code.reasons.begin(), code.reasons.end());
      found.effects = effects_.effects(before.id, now.id, variables);
    } else if (!variables.empty()) {
      found.effects = effects_.effects(before.id, now.id, variables);
    }
    if (root.extent == Extent::All) found.effects.reach = Effects::Reach::All;
    for (const std::string& environment : {std::string(), pair.now.flight->plan.environment}) {
      const auto rules = policies_.find(environment);
      if (rules == policies_.end()) continue;
      found.own.insert(found.own.end(), rules->second.begin(), rules->second.end());
    }
  }

  // Byte for byte, with the modules whose digests stand in them: then nothing need be taken apart.
  bool same_files(const LoweredRoot& before, const LoweredRoot& now) const {
    const auto& old_files = before_.side().files;
    const auto& new_files = now_.side().files;
    const std::string old_folder = before.id + "/", new_folder = now.id + "/";
    auto a = old_files.lower_bound(old_folder);
    auto b = new_files.lower_bound(new_folder);
    const auto in = [](const auto& at, const auto& files, const std::string& folder) {
      return at != files.end() && at->first.starts_with(folder);
    };
    for (; in(a, old_files, old_folder) && in(b, new_files, new_folder); ++a, ++b) {
      if (a->first.substr(old_folder.size()) != b->first.substr(new_folder.size()) ||
          a->second.bytes != b->second.bytes)
        return false;
    }
    return !in(a, old_files, old_folder) && !in(b, new_files, new_folder) &&
           before_.side().pins == now_.side().pins;
  }

  static const lower::LoweredFlight* find_flight(const lower::LoweredProgram* program,
                                                 const std::string& id) {
    if (program == nullptr) return nullptr;
    const auto found = std::ranges::find_if(
        program->flights, [&](const lower::LoweredFlight& one) { return one.plan.id == id; });
    return found == program->flights.end() ? nullptr : &*found;
  }

  void add_flights(Affected& out) const {
    std::map<std::string, std::vector<std::size_t>> by_flight;
    for (std::size_t i = 0; i < out.roots.size(); ++i) by_flight[out.roots[i].flight].push_back(i);
    for (auto& [id, roots] : by_flight) {
      const bool was = find_flight(before_.side().program, id) != nullptr;
      const bool is = find_flight(now_.side().program, id) != nullptr;
      const auto all = [&](Status status) {
        return std::ranges::all_of(roots,
                                   [&](std::size_t i) { return out.roots[i].status == status; });
      };
      const bool renamed = !was && std::ranges::any_of(roots, [&](std::size_t i) {
        return !out.roots[i].moved_from.empty();
      });
      Status status = Status::Changed;
      if (!is) {
        status = Status::Removed;
      } else if (!was) {
        status = renamed ? Status::Moved : Status::Added;
      } else if (all(Status::Downstream)) {
        status = Status::Downstream;
      }
      out.flights.push_back({id, status, std::move(roots)});
    }
  }

  SideCode before_, now_;
  EffectFinder effects_;
  std::vector<Pair> pairs_;
  std::map<std::string, std::vector<Reason>> policies_;
  std::map<std::string, const Pair*> by_id_;
  NewNames names_;
  std::map<std::string, Settled> settled_;
};

}  // namespace

Affected find_affected(const Side& before, const Side& now, const ReadCode& read) {
  return Finder(before, now, read).run();
}

}  // namespace space::compare
