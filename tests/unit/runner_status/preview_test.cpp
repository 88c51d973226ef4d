#include <catch2/catch.hpp>

#include "runner/status/preview_view.h"
#include "runner/status/preview_words.h"

namespace space::status {

namespace {

using runplan::PreviewAction;
using runplan::PreviewValue;
using runplan::PreviewVerdict;

PreviewValue known(const std::string& json) { return {PreviewValue::Kind::Known, false, json}; }
PreviewValue unknown() { return {PreviewValue::Kind::Unknown, false, ""}; }

runplan::PreviewRoot root(const std::string& flight, const std::string& stage,
                          const std::string& procedure, PreviewVerdict verdict) {
  runplan::PreviewRoot root;
  root.flight = flight;
  root.stage = stage;
  root.procedure = procedure;
  root.root = flight + "/" + stage + "/" + procedure;
  root.verdict = verdict;
  return root;
}

// Something of everything, with text that would break a terminal or a page.
runplan::Preview sample() {
  runplan::Preview preview;
  preview.target = "sandbox";
  auto network = root("sandbox/one/shop", "000", "network", PreviewVerdict::Changes);
  network.counts = {1, 0, 1, 0};
  runplan::PreviewChange replaced;
  replaced.address = "terraform_data.it[\"<b>\x1b[31m\"]";
  replaced.action = PreviewAction::Replace;
  replaced.reason = "replace_because_cannot_update";
  replaced.leaves = {{"input", known("\"a\""), known("\"</script>&\""), true}};
  network.changes = {replaced};
  network.outputs = {{"id", PreviewAction::Update, known("\"1\""), unknown()}};
  auto servers = root("sandbox/one/shop", "010", "servers", PreviewVerdict::Changes);
  runplan::PreviewChange updated;
  updated.address = "terraform_data.it";
  updated.action = PreviewAction::Update;
  updated.leaves = {{"key",
                     {PreviewValue::Kind::Known, true, ""},
                     {PreviewValue::Kind::Unknown, true, ""},
                     false}};
  updated.causes = {{"up", network.root, "id", known("\"1\""), unknown()}};
  servers.changes = {updated};
  servers.deferred = {{"terraform_data.many", "stage 000", "count = length(var.up)"}};
  auto firewall = root("sandbox/one/shop", "010", "firewall", PreviewVerdict::Unchanged);
  auto disk = root("sandbox/one/shop", "010", "disk", PreviewVerdict::Unchanged);
  runplan::PreviewChange gone;
  gone.address = "disk.a";
  gone.action = PreviewAction::Delete;
  disk.drift = {gone};
  auto dns = root("sandbox/one/desk", "000", "dns", PreviewVerdict::Failed);
  dns.reason = "Invalid value";
  runplan::RunDiagnostic diagnostic;
  diagnostic.summary = "Invalid value";
  diagnostic.file = "main.space";
  diagnostic.line = 3;
  diagnostic.column = 5;
  dns.diagnostics = {diagnostic};
  preview.roots = {network, disk, firewall, servers, dns};
  return preview;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

}  // namespace

TEST_CASE("a preview as text, by flight, stage and procedure, with what follows from what") {
  const std::string text = preview_text(sample(), {});
  CHECK(text == R"(sandbox/one/shop
  stage 000
    network  changes  +1 ~0 -1
      -/+ terraform_data.it["<b>[31m"]  will be replaced: it cannot be changed in place
          input = "a" -> "</script>&"  forces replacement
      ~ output id = "1" -> (known after apply)
  stage 010
    disk  unchanged
      ! disk.a  is gone, though nobody here removed it
    servers  changes
      ~ terraform_data.it  will be changed in place
          key = (sensitive) -> (sensitive, known after apply)
          because output `id` of 000/network changes: "1" -> (known after apply)
      ? terraform_data.many deferred: known after stage 000  (count = length(var.up))
    unchanged firewall
sandbox/one/desk
  stage 000
    dns  failed  Invalid value
      error: Invalid value
        --> main.space:3:5

preview sandbox: 5 procedures, 0.0s
  unchanged       2
  changes         2  +1 ~0 -1
  failed          1
  not known yet   1
  drift           1
)");
}

TEST_CASE("a page holds the same, escaped, and reaches for nothing") {
  const std::string page = preview_html(sample());
  CHECK(has(page, "&lt;/script&gt;&amp;"));
  CHECK(has(page, "terraform_data.it[&quot;&lt;b&gt;[31m&quot;]"));
  CHECK(has(page, "default-src 'none'"));
  for (const char* word :
       {"<script", "<b>[31m", "\x1b", "http:", "https:", "<img", "<link", "url("})
    CHECK_FALSE(has(page, word));
  CHECK(count(page, "<details") == count(page, "</details>"));
  CHECK(has(page, "because output <code>id</code> of 000/network"));
  CHECK(has(page, "deferred: known after stage 000"));
  CHECK(has(page, "main.space:3:5"));
  CHECK(has(page, "2 with changes"));
}

TEST_CASE("words of tofu's reasons, and those that are not known") {
  CHECK(reason_text("delete_because_count_index") == "its index is beyond the count");
  CHECK(reason_text("some_new_reason") == "some new reason");
  CHECK(value_text({}) == "null");
}

}  // namespace space::status
