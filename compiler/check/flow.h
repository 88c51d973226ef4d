// Flow: what an expression brings along from what it reads: a secret (law 7), a value that differs
// between environments (law 3). It follows locals of the program, of missions and of bodies, `for`
// and what is taken out of an object that is written out; a law says what a reference to anything
// else brings. In: an expression and where it stands. Out: the first reference that brings it, and
// through which names. Reports nothing. Not for other rooms.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/laws.h"

namespace space::check {

// Whose names an expression sees.
struct FlowPlace {
  model::MissionId mission;
  model::ProcedureId procedure;  // invalid: none's
};

struct Carrier {
  source::Span span;    // of the reference, where it stands in the expression
  source::Span origin;  // of the one that brings it in the end
  std::string text;     // of that one: "secret.token", "var.image"
  std::vector<std::pair<source::Span, std::string>> via;  // "local `x`", nearest first
};

// Where a value decides what code there is.
enum class Deciding : std::uint8_t { Condition, Filter, Index, Comparison };

class Flow {
 public:
  explicit Flow(Context& context) : context_(context) {}
  virtual ~Flow() = default;
  Flow(const Flow&) = delete;
  Flow& operator=(const Flow&) = delete;

  std::optional<Carrier> carried(const FlowPlace& place, eval::ExprId expr);

 protected:
  // A reference to what is no local. `taken` are the attributes that the expression takes of it, as
  // far as that shows: by name behind the reference, else any that stands in the expression.
  struct Read {
    const FlowPlace& place;
    const model::Reference& reference;
    const eval::Traversal& traversal;
    const std::vector<std::string>& taken;
  };
  virtual std::optional<Carrier> source(const Read& read) = 0;
  // An operand that brings something stands where it decides.
  virtual void decides(Deciding, eval::ExprId, const Carrier&) {}

  Carrier carrier(const eval::Traversal& traversal) const;
  // What a declaration brings that is read by `traversal`.
  std::optional<Carrier> through(const FlowPlace& place, eval::ExprId value,
                                 const eval::Traversal& traversal, source::Span declared,
                                 std::string name);

  Context& context_;

 private:
  using Bound = std::vector<std::pair<std::string, std::optional<Carrier>>>;
  struct Walk {
    const FlowPlace& place;
    eval::ExprId whole;
    Bound bound;
  };

  std::optional<Carrier> walk(Walk& in, eval::ExprId expr);
  std::optional<Carrier> children(Walk& in, eval::ExprId expr);
  std::optional<Carrier> traverse(Walk& in, const eval::Traversal& traversal);
  std::optional<Carrier> loop(Walk& in, eval::ExprId expr);
  std::optional<Carrier> call(Walk& in, eval::ExprId expr);
  std::optional<Carrier> decide(Walk& in, Deciding how, eval::ExprId operand);
  std::optional<Carrier> read(Walk& in, const model::Reference& reference,
                              const eval::Traversal& traversal);
  std::optional<Carrier> body_local(Walk& in, const eval::Traversal& traversal);

  std::map<std::pair<eval::ExprId, std::uint32_t>, std::optional<Carrier>> known_;
  std::set<eval::ExprId> in_progress_;
};

// Was it written out where everybody reads it: literals and facts, through locals. Not null, nor
// empty.
bool is_written_out(const Context& context, const FlowPlace& place, eval::ExprId expr);

}  // namespace space::check
