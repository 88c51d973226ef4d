// Law 10: names last. Every state of `spaces.lock` is in the code, under its name or the one that
// `moved` leads it to, or in a `removed`. Out: the StateBook: which address each state has.
#include "compiler/check/states.h"

#include <algorithm>
#include <map>
#include <set>
#include <source_location>

#include "compiler/model/remote_place.h"

namespace space::check {

namespace {

using model::StateName;

class BookMaker {
 public:
  BookMaker(Context& context, const model::StateLock& lock, Names names)
      : context_(context), trust_(names) {
    book_.lock = lock;
  }

  model::StateBook make() {
    list_states();
    read_all(context_.program.program->moved, context_.program.program->removed, nullptr);
    for (const model::Mission& mission : context_.program.missions)
      read_all(mission.decl->moved, mission.decl->removed, &mission);
    const auto& locked = book_.lock.states;
    led_by_.assign(locked.size(), nullptr);
    for (std::size_t i = 0; i < locked.size(); ++i) follow(i);
    for (const auto& [name, entries] : claims_) settle(name, entries);
    if (trust_ == Names::Known) report_lost_states(context_, book_, lost_);
    check_farewells(context_, book_);
    check_addresses(context_, book_, led_by_);
    report_without_effect();
    return std::move(book_);
  }

 private:
  void list_states() {
    const model::ResolvedProgram& program = context_.program;
    for (std::size_t i = 0; i < program.flights.size(); ++i) {
      const model::Flight& flight = program.flights[i];
      const std::string backend = model::remote_place(program, flight);
      for (const model::ProcedureId id : program[flight.mission].procedures) {
        for (const std::string& key : program[id].keys) {
          book_.states.push_back(
              {model::state_name(program, flight, program[id], key), model::FlightId(i), id,
               model::fresh_address(program, flight, program[id], key), backend, std::nullopt});
        }
      }
    }
    std::sort(book_.states.begin(), book_.states.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
  }

  void read_all(const std::vector<model::MovedDecl>& moved,
                const std::vector<model::RemovedDecl>& removed, const model::Mission* mission) {
    for (const model::MovedDecl& decl : moved) {
      auto from = read_pattern(context_, decl.from, mission);
      auto to = read_pattern(context_, decl.to, mission);
      if (!from || !to) {
        trust_ = Names::Doubtful;
        continue;
      }
      if (from->scope == to->scope) {
        moves_.push_back({&decl, std::move(*from), std::move(*to), false});
        continue;
      }
      context_.sink
          .report(diagnostics::move_address, to->span, context_.text(to->span),
                  fmt::format("`{}` is of another kind", context_.text(from->span)))
          .help("a procedure is moved to a procedure, a mission to a mission, a space to a space");
    }
    for (const model::RemovedDecl& decl : removed) {
      auto from = read_pattern(context_, decl.from, mission);
      const auto destroys = eval::literal_bool(context_.program.tree(), decl.destroy);
      if (decl.destroy.valid() && !destroys) {
        context_.sink.report(diagnostics::invalid_value, context_.program.tree()[decl.destroy].span,
                             "destroy", "must be `true` or `false`, written out");
      }
      if (from) {
        removals_.push_back({&decl, std::move(*from), destroys.value_or(false), false});
      } else {
        trust_ = Names::Doubtful;
      }
    }
  }

  // Where the moves lead a state of the lock; it then claims that name.
  void follow(std::size_t entry) {
    std::vector<StateName> names = {book_.lock.states[entry].name};
    for (;;) {
      StateName next;
      const auto [move, settled] = step(names.back(), next);
      if (!settled) return;
      if (move == nullptr) break;
      move->has_effect = true;
      if (model::find_state(book_, names.back()) != nullptr) {
        report_still_there(move->from.span, "moved", names.back());
        return;
      }
      if (std::find(names.begin(), names.end(), next) != names.end()) {
        report_circle(*move);
        return;
      }
      led_by_[entry] = move;
      names.push_back(std::move(next));
    }
    names_.emplace(entry, names);
    claims_[names.back()].push_back(entry);
  }

  struct Stepped {
    Move* move;
    bool settled;  // false: reported
  };

  // The move of a name, of environments first and procedures last. Two of one scope must agree.
  Stepped step(const StateName& name, StateName& next) {
    Move* chosen = nullptr;
    for (const StateScope scope :
         {StateScope::Environment, StateScope::Space, StateScope::Mission, StateScope::Procedure}) {
      for (Move& move : moves_) {
        if (move.from.scope != scope) continue;
        const auto moved = model_name(move, name);
        if (!moved) continue;
        if (chosen != nullptr && *moved != next) {
          report_twice(*chosen, move);
          return {nullptr, false};
        }
        chosen = &move;
        next = *moved;
      }
      if (chosen != nullptr) break;
    }
    return {chosen, true};
  }

  std::optional<StateName> model_name(const Move& move, const StateName& name) const {
    return moved_name(context_.program, move.from, move.to, name);
  }

  void report_twice(Move& first, Move& second) {
    first.has_effect = second.has_effect = true;
    if (!told_.insert(second.decl).second) return;
    context_.sink
        .report(diagnostics::moved_twice, second.from.span, context_.text(second.from.span),
                context_.text(first.to.span), context_.text(second.to.span))
        .related(first.from.span, "moved here first")
        .help("a state has one name: keep the `moved` that is meant, take the other out");
  }

  void report_circle(const Move& move) {
    if (!told_.insert(move.decl).second || is_circle_told_) return;
    is_circle_told_ = true;
    context_.sink.report(diagnostics::move_circle, move.from.span, context_.text(move.from.span))
        .help(
            "a state moves from a name that is gone to one that the code has: take one of them "
            "out");
  }

  void report_still_there(source::Span span, std::string_view verb, const StateName& name,
                          std::source_location origin = std::source_location::current()) {
    if (!still_there_.insert(span).second) return;
    const model::ProgramState* state = model::find_state(book_, name);
    context_.sink.report(diagnostics::still_in_code, {span, origin}, context_.text(span), verb)
        .related(context_.program[state->procedure].decl->header,
                 fmt::format("the code of `{}`", model::to_string(name)))
        .help(fmt::format("take the code out, or the `{}` block", verb));
  }

  // Who has a name at the end: a state of the code, a farewell, or nobody.
  void settle(const StateName& name, const std::vector<std::size_t>& entries) {
    if (entries.size() > 1) report_together(name, entries);
    for (const std::size_t entry : entries) {
      if (Removal* removal = removal_of(entry)) {
        removal->has_effect = true;
        if (model::find_state(book_, name) != nullptr) {
          report_still_there(removal->from.span, "removed", name);
        } else if (removal->destroys) {
          book_.farewells.push_back({entry, name, removal->decl, nullptr});
        } else {
          book_.forgotten.push_back(entry);
        }
        continue;
      }
      const model::ProgramState* state = model::find_state(book_, name);
      if (state == nullptr) {
        lost_.push_back({entry, name});
        continue;
      }
      model::ProgramState& own =
          book_.states[static_cast<std::size_t>(state - book_.states.data())];
      own.locked = entry;
      own.address = book_.lock.states[entry].address;
    }
  }

  void report_together(const StateName& name, const std::vector<std::size_t>& entries) {
    const auto& locked = book_.lock.states;
    const Move* move = nullptr;
    for (const std::size_t entry : entries)
      move = led_by_[entry] != nullptr ? led_by_[entry] : move;
    if (move == nullptr || !told_.insert(move->decl).second) return;
    context_.sink
        .report(diagnostics::moved_together, move->to.span,
                model::to_string(locked[entries[0]].name),
                model::to_string(locked[entries[1]].name), model::to_string(name))
        .related(locked[entries[0]].span, "one of them has an address here")
        .related(locked[entries[1]].span, "the other here")
        .help("two states cannot be made one: move one of them to another name, or remove it");
  }

  Removal* removal_of(std::size_t entry) {
    for (Removal& removal : removals_) {
      for (const StateName& name : names_.at(entry)) {
        if (matches(removal.from, name)) return &removal;
      }
    }
    return nullptr;
  }

  void report_without_effect() {
    if (!book_.lock.is_whole || trust_ == Names::Doubtful) return;
    const auto tell = [&](std::string_view block, source::Span whole, source::Span from) {
      context_.sink.report(diagnostics::without_effect, whole, block, context_.text(from))
          .help(book_.lock.is_there ? "take it out: what it did stands in `spaces.lock`"
                                    : "there is no `spaces.lock`: `spacec build` writes it");
    };
    for (const Move& move : moves_) {
      if (!move.has_effect) tell("moved", move.decl->span, move.from.span);
    }
    for (const Removal& removal : removals_) {
      if (!removal.has_effect) tell("removed", removal.decl->span, removal.from.span);
    }
  }

  Context& context_;
  Names trust_;
  model::StateBook book_;
  std::vector<Move> moves_;
  std::vector<Removal> removals_;
  std::vector<const Move*> led_by_;
  std::map<std::size_t, std::vector<StateName>> names_;   // by entry: all that it had
  std::map<StateName, std::vector<std::size_t>> claims_;  // last name -> entries
  std::vector<LostState> lost_;
  std::set<const model::MovedDecl*> told_;
  std::set<source::Span> still_there_;
  bool is_circle_told_ = false;
};

}  // namespace

model::StateBook check_states(Context& context, const model::StateLock& lock, Names names) {
  return BookMaker(context, lock, names).make();
}

}  // namespace space::check
