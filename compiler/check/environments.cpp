// Environments themselves: at most one common, promotion forms chains, facts have the same keys in
// all.
#include <algorithm>
#include <optional>
#include <set>

#include "compiler/check/laws.h"
#include "compiler/check/object_keys.h"

namespace space::check {

namespace {

void check_common_count(Context& context) {
  const model::Environment* first = nullptr;
  for (const model::Environment& environment : context.program.environments) {
    if (environment.kind != model::EnvironmentKind::Common) continue;
    if (first != nullptr) {
      context.sink
          .report(diagnostics::common_count, environment.decl->header, first->name,
                  environment.name)
          .related(first->decl->header, "the first one")
          .help(
              "what all environments share is one risk: keep one, or give the other another kind");
    } else {
      first = &environment;
    }
  }
}

void check_promotion(Context& context) {
  const model::ResolvedProgram& program = context.program;
  for (std::size_t i = 0; i < program.environments.size(); ++i) {
    const model::Environment& environment = program.environments[i];
    if (!environment.promote_from.valid()) continue;
    const source::Span span = context.program.tree()[environment.decl->promote_from].span;
    const model::Environment& from = program[environment.promote_from];
    if (!environment.kind_known || !from.kind_known) continue;
    const auto promotes = [](model::EnvironmentKind kind) {
      return kind == model::EnvironmentKind::Prod || kind == model::EnvironmentKind::Nonprod;
    };
    if (!promotes(environment.kind) || !promotes(from.kind)) {
      context.sink
          .report(diagnostics::promote_chain, span, environment.name,
                  fmt::format("cannot be promoted from `{}`", from.name))
          .help("promotion leads from `nonprod` to `nonprod` or `prod`");
      continue;
    }
    std::set<std::uint32_t> seen = {static_cast<std::uint32_t>(i)};
    for (model::EnvironmentId at = environment.promote_from; at.valid();
         at = program[at].promote_from) {
      if (!seen.insert(at.value).second) {
        context.sink
            .report(diagnostics::promote_chain, span, environment.name,
                    "is promoted from itself, round a circle")
            .help("promotion is a chain that begins somewhere");
        break;
      }
    }
  }
}

// The keys of `facts`, environment by environment. One that a single environment writes in another
// way than the others is one mistake, there, and none of theirs.
class FactKeys {
 public:
  explicit FactKeys(Context& context) : context_(context) {
    for (const model::Environment& environment : context.program.environments) {
      std::set<std::string> keys;
      for (const auto& [name, value] : environment.facts) keys.insert(name);
      keys_.push_back(std::move(keys));
    }
    for (const model::Reference& reference : context.program.references) {
      if (reference.kind == model::RefKind::FlightFact) read_.insert(reference.name);
    }
  }

  std::set<std::string> check() {
    for (std::size_t i = 0; i < keys_.size(); ++i) mend(i);
    std::set<std::string> all;
    for (const auto& keys : keys_) all.insert(keys.begin(), keys.end());
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const auto lacking = std::find_if(
          all.begin(), all.end(), [&](const std::string& key) { return !keys_[i].contains(key); });
      if (lacking == all.end()) continue;
      const model::Environment& environment = context_.program.environments[i];
      context_.sink
          .report(diagnostics::facts_differ, span_of(environment), environment.name, *lacking)
          .help("facts have the same keys in every environment");
    }
    return all;
  }

 private:
  source::Span span_of(const model::Environment& environment) const {
    return environment.decl->facts.valid() ? context_.program.tree()[environment.decl->facts].span
                                           : environment.decl->header;
  }

  std::size_t count(const std::string& key) const {
    return static_cast<std::size_t>(std::count_if(
        keys_.begin(), keys_.end(), [&](const auto& keys) { return keys.contains(key); }));
  }

  void mend(std::size_t at) {
    const model::Environment& environment = context_.program.environments[at];
    if (!environment.decl->facts.valid()) return;
    const auto written = written_keys(context_.program.tree(), environment.decl->facts);
    if (!written) return;
    for (const ObjectKey& key : *written) {
      const auto meant = meant_by(at, key.name.text);
      if (!meant) continue;
      auto report =
          context_.sink.report(diagnostics::facts_differ, key.name.span, environment.name, *meant);
      diagnostics::respell(report, {key.name.text, key.name.span, context_.text(key.name.span)},
                           {*meant});
      keys_[at].erase(key.name.text);
      keys_[at].insert(*meant);
    }
  }

  // The fact of others that one of `at` is another way to write: it is read and this is not, or
  // more environments have it, or one further up.
  std::optional<std::string> meant_by(std::size_t at, const std::string& key) const {
    std::set<std::string> lacking;
    for (const auto& keys : keys_) {
      for (const std::string& other : keys) {
        if (!keys_[at].contains(other)) lacking.insert(other);
      }
    }
    const auto near = diagnostics::only_near(key, {lacking.begin(), lacking.end()});
    if (!near) return std::nullopt;
    const std::string meant(*near);
    const bool are_two = std::any_of(keys_.begin(), keys_.end(), [&](const auto& keys) {
      return keys.contains(meant) && keys.contains(key);
    });
    if (are_two) return std::nullopt;
    if (read_.contains(meant) != read_.contains(key))
      return read_.contains(meant) ? std::optional(meant) : std::nullopt;
    if (count(meant) != count(key))
      return count(meant) > count(key) ? std::optional(meant) : std::nullopt;
    const bool is_first = std::none_of(keys_.begin(), keys_.begin() + static_cast<long>(at),
                                       [&](const auto& keys) { return keys.contains(meant); });
    return is_first ? std::nullopt : std::optional(meant);
  }

  Context& context_;
  std::vector<std::set<std::string>> keys_;  // beside the program's environments
  std::set<std::string> read_;
};

void check_facts(Context& context) {
  const std::set<std::string> keys = FactKeys(context).check();
  for (const model::Reference& reference : context.program.references) {
    if (reference.kind != model::RefKind::FlightFact || keys.contains(reference.name)) continue;
    auto report = context.sink.report(diagnostics::unknown_member, reference.span, "flight.facts",
                                      reference.name);
    diagnostics::respell_listed(
        report, {reference.name, reference.span, context.sources.text(reference.span)},
        {keys.begin(), keys.end()}, "the facts are", "no environment has `facts`");
  }
}

}  // namespace

void check_environments(Context& context) {
  check_common_count(context);
  check_promotion(context);
  check_facts(context);
}

}  // namespace space::check
