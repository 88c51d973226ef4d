// Where states are kept: no two share an address (law 5), a backend stays what it was (law 10), and
// a farewell finds the remote and the providers that its state was made with.
#include <algorithm>
#include <map>
#include <set>

#include "compiler/check/states.h"
#include "compiler/model/remote_place.h"

namespace space::check {

namespace {

// Two that differ only in this are one place for some backend. Two environments in one place are
// law 2's to report, all of them at once.
std::string canonical(const std::string& environment, const std::string& backend,
                      const std::string& address) {
  std::string text = base::to_lower_ascii(address);
  if (backend.starts_with("kubernetes")) std::replace(text.begin(), text.end(), '_', '-');
  return environment + "\n" + backend + "\n" + text;
}

struct Owner {
  std::string name;
  source::Span span;  // of its code, or of its line in the lock
  bool established = false;
};

void check_unique(Context& context, const model::StateBook& book) {
  std::map<std::string, Owner> owners;
  std::set<source::Span> told;
  const auto claim = [&](const model::StateName& name, const std::string& backend,
                         const std::string& address, Owner owner) {
    const auto [at, is_new] = owners.emplace(canonical(name.environment, backend, address), owner);
    if (is_new) return;
    // It is the newer one's to go elsewhere.
    const Owner& first = at->second;
    const Owner& fresh = first.established && !owner.established ? owner : first;
    const Owner& other = &fresh == &first ? owner : first;
    if (!told.insert(fresh.span).second) return;
    context.sink.report(diagnostics::address_taken, fresh.span, fresh.name, other.name, address)
        .related(other.span, fmt::format("`{}` has it", other.name))
        .help("an address is for ever, also after a rename: give the new one another name");
  };
  for (const model::ProgramState& state : book.states) {
    if (!model::is_place_known(context.program, context.program[state.flight])) continue;
    claim(state.name, state.backend, state.address,
          {model::to_string(state.name), context.program[state.procedure].decl->header,
           state.locked.has_value()});
  }
  for (const model::Farewell& farewell : book.farewells) {
    const model::LockedState& locked = book.lock.states[farewell.locked];
    claim(farewell.name, locked.backend, locked.address,
          {model::to_string(farewell.name), locked.span, true});
  }
}

void check_backend(Context& context, const model::StateBook& book,
                   const std::vector<const Move*>& led_by) {
  std::map<std::pair<std::string, std::string>, std::vector<const model::ProgramState*>> changed;
  for (const model::ProgramState& state : book.states) {
    if (!state.locked || !model::is_place_known(context.program, context.program[state.flight]))
      continue;
    const std::string& before = book.lock.states[*state.locked].backend;
    if (before != state.backend) changed[{before, state.backend}].push_back(&state);
  }
  for (const auto& [places, states] : changed) {
    const model::ProgramState& first = *states.front();
    const Move* move = led_by[*first.locked];
    const model::Space& space = context.program[context.program[first.flight].space];
    const source::Span span =
        move != nullptr ? move->to.span : context.program[space.remote].decl->header;
    auto report =
        context.sink.report(diagnostics::backend_changed, span, model::to_string(first.name));
    report.related(book.lock.states[*first.locked].span, "its address was established here");
    report.note(
        fmt::format("it is kept in `{}`, and the code says `{}`", places.first, places.second));
    if (states.size() > 1) report.note(fmt::format("so would {} more", states.size() - 1));
    report.help(
        "no state is moved by a build: say what was said before, or copy the state by `tofu state "
        "pull` and `tofu state push`, and then record where it is now by `spacec adopt`");
  }
}

}  // namespace

void check_addresses(Context& context, const model::StateBook& book,
                     const std::vector<const Move*>& led_by) {
  check_backend(context, book, led_by);
  check_unique(context, book);
}

}  // namespace space::check
