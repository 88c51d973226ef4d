// Which provider configurations are made from what common exports, so that they reach into common's
// account (law 2: "it is listed"). Followed through locals and through exports of other missions;
// an output of a procedure is a read of its own.
#include <set>
#include <tuple>

#include "compiler/lower/root_builder.h"

namespace space::lower {

namespace {

using model::Flight;
using model::RefKind;

class Follower {
 public:
  explicit Follower(const model::ResolvedProgram& program) : program_(program) {}

  struct Export {
    std::string producer, name;
    friend auto operator<=>(const Export&, const Export&) = default;
  };

  void follow(const model::Body& body, const Flight& flight) {
    for (const model::Attribute& attribute : body.attributes) follow(attribute.value, flight);
    for (const model::Block& block : body.blocks) follow(block.body, flight);
  }

  const std::set<Export>& found() const { return found_; }

 private:
  void follow(model::ExprId expr, const Flight& flight) {
    if (!seen_.emplace(flight.id, expr).second) return;
    for (const eval::Traversal& traversal : eval::free_references(program_.tree(), expr)) {
      const model::Reference* reference = program_.reference(traversal.head);
      if (reference != nullptr) follow(*reference, flight);
    }
  }

  void follow(const model::Reference& reference, const Flight& flight) {
    const bool reads_exports = reference.kind == RefKind::ExportValue ||
                               reference.kind == RefKind::ExportSpace ||
                               reference.kind == RefKind::ExportObject;
    if (!reads_exports) return;
    for (const model::FlightId id : model::producer_flights(program_, flight, reference))
      follow_exports(reference, program_[id], flight);
  }

  void follow_exports(const model::Reference& reference, const Flight& producer,
                      const Flight& reader) {
    const auto& exports = program_[producer.mission].decl->exports;
    const bool is_common = producer.environment != reader.environment &&
                           program_[producer.environment].kind == model::EnvironmentKind::Common;
    for (std::size_t i = 0; i < exports.size(); ++i) {
      if (reference.kind == RefKind::ExportValue && i != reference.index) continue;
      if (is_common) {
        found_.insert({producer.id, exports[i].name.text});
      } else {
        follow(exports[i].value, producer);
      }
    }
  }

  const model::ResolvedProgram& program_;
  std::set<std::pair<std::string, model::ExprId>> seen_;
  std::set<Export> found_;
};

}  // namespace

void note_provider_reach(RootBuilder& builder, const View& view, const std::string& provider,
                         const model::ProviderConfig& config) {
  Follower follower(builder.env.program());
  follower.follow(config.decl->body, *view.flight);
  for (const Follower::Export& reached : follower.found()) {
    builder.env.out.reaches.push_back({builder.root.id, provider, config.label, reached.producer,
                                       reached.name, config.decl->header});
  }
}

}  // namespace space::lower
