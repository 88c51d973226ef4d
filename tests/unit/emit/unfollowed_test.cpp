#include "compiler/emit/unfollowed.h"

#include <catch2/catch.hpp>

namespace {

space::emit::Unfollowed found_in(std::string_view text) {
  space::emit::Unfollowed found;
  space::emit::find_unfollowed(text, found);
  return found;
}

}  // namespace

TEST_CASE("data sources, ephemeral resources and provisioners are found") {
  const auto found = found_in(
      "data \"external\" \"x\" {\n}\n  ephemeral  \"vault_secret\" \"y\" {}\nresource \"a\" \"b\" "
      "{\n"
      "    provisioner \"local-exec\" {\n    }\n}\n");
  CHECK(found.data == std::set<std::string>{"external", "vault_secret"});
  CHECK(found.provisioners == std::set<std::string>{"local-exec"});
}

TEST_CASE("comments, heredocs and names that begin alike are not taken for them") {
  CHECK(found_in("# data \"a\" \"b\" {\n// data \"a\" \"b\" {\n/* x\ndata \"a\" \"b\" {\n*/\n")
            .empty());
  CHECK(found_in("x = <<-EOT\ndata \"a\" \"b\" {\n  EOT\n").empty());
  CHECK(found_in("database \"a\" {\n}\ndata = \"x\"\ndata\"a\"\n").empty());
  CHECK_FALSE(found_in("x = <<EOT\nEOT\ndata \"a\" \"b\" {\n").empty());
  CHECK_FALSE(found_in("/* x */\ndata \"a\" \"b\" {\n").empty());
}

TEST_CASE("JSON says it by its keys") {
  space::emit::Unfollowed found;
  space::emit::find_unfollowed_json(
      "{\"data\": {\"external\": {\"x\": {}}}, \"ephemeral\": [{\"vault_secret\": {\"y\": {}}}],"
      " \"resource\": {\"a\": {\"b\": [{\"provisioner\": [{\"local-exec\": {\"command\": "
      "\"x\"}}]}]}},"
      " \"locals\": {\"data\": {\"no\": 1}}}",
      found);
  CHECK(found.data == std::set<std::string>{"external", "vault_secret"});
  CHECK(found.provisioners == std::set<std::string>{"local-exec"});
  space::emit::Unfollowed none;
  space::emit::find_unfollowed_json("{\"data\": 1, ", none);
  CHECK(none.empty());
}
