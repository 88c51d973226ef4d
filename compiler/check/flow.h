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
#include "compiler/model/flow_walk.h"

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

// The first that is found; nothing where nothing is.
struct FirstCarrier {
  std::optional<Carrier> it;

  bool has_any() const { return it.has_value(); }
  void add(FirstCarrier other) {
    if (!it) it = std::move(other.it);
  }
};

class Flow : private model::FlowWalk<FirstCarrier> {
 public:
  explicit Flow(Context& context) : FlowWalk(context.program.tree()), context_(context) {}

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
  virtual void decided(model::Deciding, eval::ExprId, const Carrier&) {}
  // `templatefile("./x", { NAME = value })`: an argument that brings something, by its name.
  virtual void rendered(const std::string&, const std::string&, eval::ExprId, const Carrier&) {}

  Carrier carrier(const eval::Traversal& traversal) const;
  // What a declaration brings that is read by `traversal`.
  std::optional<Carrier> through(const FlowPlace& place, eval::ExprId value,
                                 const eval::Traversal& traversal, source::Span declared,
                                 std::string name);

  Context& context_;

 private:
  FirstCarrier read(const eval::Traversal& traversal, eval::ExprId whole) final;
  FirstCarrier call(eval::ExprId expr) final;
  FirstCarrier bound(const FirstCarrier& brought, const eval::Traversal& traversal) final;
  void decides(model::Deciding how, eval::ExprId operand, const FirstCarrier& found) final;
  std::optional<Carrier> of(const model::Reference& reference, const eval::Traversal& traversal,
                            eval::ExprId whole);
  std::optional<Carrier> body_local(const eval::Traversal& traversal);

  const FlowPlace* place_ = nullptr;
  std::map<std::pair<eval::ExprId, std::uint32_t>, std::optional<Carrier>> known_;
  std::set<eval::ExprId> in_progress_;
};

// A path that is written near `near`, seen from the project.
std::string in_project(const Context& context, source::Span near, const std::string& path);

// The module that a `module` block of a body calls: its source, "" where it was not read; its
// interface, or null.
std::string called_source(const Context& context, const model::Block& block);
const model::ModuleInterface* called_module(const Context& context, const model::Block& block);

const model::Attribute* find_attribute(const model::Body& body, std::string_view name);

// Was it written out where everybody reads it: literals and facts, through locals. Not null, nor
// empty.
bool is_written_out(const Context& context, const FlowPlace& place, eval::ExprId expr);

}  // namespace space::check
