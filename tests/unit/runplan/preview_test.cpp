#include "core/runplan/preview.h"

#include <catch2/catch.hpp>

#include "core/runplan/json_reader.h"
#include "core/runplan/names.h"

namespace space::runplan {

TEST_CASE("a preview is one document of JSON") {
  Preview preview;
  preview.target = "sandbox";
  PreviewRoot root;
  root.root = "sandbox/one/shop/000/a";
  root.verdict = PreviewVerdict::Changes;
  root.counts.add = 1;
  PreviewValue known, unknown, hidden;
  known.kind = PreviewValue::Kind::Known;
  known.json = "\"x\"";
  unknown.kind = PreviewValue::Kind::Unknown;
  hidden.kind = PreviewValue::Kind::Known;
  hidden.sensitive = true;
  hidden.json = "\"never\"";
  PreviewChange change;
  change.address = "a.b";
  change.action = PreviewAction::Replace;
  change.leaves = {{"input", known, unknown, true}, {"key", {}, hidden, false}};
  change.causes = {{"up", "sandbox/one/shop/000/z", "id", known, unknown}};
  root.changes.push_back(change);
  root.deferred.push_back({"a.c", "stage 000", ""});
  preview.roots = {root, root};
  const std::string text = to_json(preview);
  JsonReader in(text);
  CHECK(in.skip());
  CHECK(in.finish());
  CHECK(text.find("never") == std::string::npos);
  CHECK(
      text.find(
          R"({"path":"input","before":{"value":"x"},"after":{"unknown":true},"replaces":true})") !=
      std::string::npos);
  CHECK(text.find(R"({"path":"key","before":null,"after":{"sensitive":true}})") !=
        std::string::npos);
  CHECK(text.find(R"("deferred":[{"address":"a.c","after":"stage 000"}])") != std::string::npos);
  CHECK(text.find(R"("changes":{"add":2,)") != std::string::npos);
}

TEST_CASE("verdicts and actions of a preview go both ways") {
  for (std::size_t i = 0; i < k_preview_verdicts.size(); ++i) {
    const auto verdict = static_cast<PreviewVerdict>(i);
    CHECK(from_word<PreviewVerdict>(k_preview_verdicts, name_of(verdict)) == verdict);
  }
  for (std::size_t i = 0; i < k_preview_actions.size(); ++i) {
    const auto action = static_cast<PreviewAction>(i);
    CHECK(from_word<PreviewAction>(k_preview_actions, name_of(action)) == action);
  }
  CHECK(name_of(PreviewAction::Import) == "import");
  CHECK(name_of(PreviewVerdict::Failed) == "failed");
}

}  // namespace space::runplan
