// The index of schemas: from tofu's JSON and back, what a broken text answers, what is compiled in,
// and how one is taken in.
#include <algorithm>

#include <catch2/catch.hpp>

#include "compiler/driver/schema_store.h"
#include "compiler/schemas/index.h"
#include "compiler/schemas/read_tofu_json.h"

namespace {

using namespace space;
using model::SchemaKind;
using schemas::Index;

constexpr std::string_view k_json = R"({"format_version":"1.0","provider_schemas":{
  "example.org/acme/acme":{"provider":{"version":0,"block":{}},
    "resource_schemas":{"acme_thing":{"version":3,"block":{
      "description":"what it is","description_kind":"plain",
      "block_types":{"part":{"nesting_mode":"list","min_items":1,"max_items":2,"block":{
        "attributes":{"id":{"type":"string","required":true}}}}},
      "attributes":{
        "size":{"type":"number","optional":true,"computed":true},
        "any":{"type":"dynamic","optional":true,"write_only":true},
        "old":{"type":["map",["list","bool"]],"optional":true,"deprecated":true,
               "deprecation_message":"use \"size\"\nor\\not"},
        "secret":{"type":["set",["object",{"a":"string","b":["tuple",["number","bool"]]},["a"]]],
                  "computed":true,"sensitive":true},
        "inner":{"nested_type":{"nesting_mode":"map","attributes":{
          "x":{"type":"string","required":true}}},"optional":true}}}}},
    "data_source_schemas":{"acme_old":{"version":0,"block":{"deprecated":true}}},
    "ephemeral_resource_schemas":{"acme_key":{"version":0,"block":{}}},
    "functions":{"f":{"return_type":"string"}}}}})";

std::string index_of(std::string_view json) {
  std::string text;
  const auto status = schemas::read_tofu_json(json, [&](const schemas::Provider& provider) {
    text = schemas::write_index(provider, "acme/acme", "1.2.3");
  });
  REQUIRE(status.has_value());
  return text;
}

std::string mistake_of(std::string_view json) {
  const auto status = schemas::read_tofu_json(json, [](const schemas::Provider&) {});
  return status ? "" : status.error().message;
}

TEST_CASE("what tofu prints becomes an index, sorted, without descriptions") {
  CHECK(index_of(k_json) ==
        "space.schema/1 acme/acme 1.2.3\n"
        "p  {}\n"
        "r acme_thing {any=owA inner=o@m{x=rS} old=odMLB\"use \\\"size\\\"\\nor\\\\not\" "
        "secret=cxT(a?S,b:<NB>,) size=ocN part*l1,2{id=rS}}\n"
        "d acme_old {!\"\"}\n"
        "e acme_key {}\n");
}

TEST_CASE("an index gives back what went in") {
  const std::string text = index_of(k_json);
  const auto index = Index::open(text);
  REQUIRE(index.has_value());
  CHECK(index->source() == "acme/acme");
  CHECK(index->version() == "1.2.3");
  CHECK(index->names(SchemaKind::Data) == std::vector<std::string>{"acme_old"});
  const auto found = index->find(SchemaKind::Resource, "acme_thing");
  REQUIRE(found.has_value());
  const model::BlockSchema& block = **found;
  REQUIRE(block.attribute("old") != nullptr);
  CHECK(block.attribute("old")->deprecation == "use \"size\"\nor\\not");
  CHECK(values::to_string(block.attribute("old")->type) == "map(list(bool))");
  CHECK(block.attribute("secret")->sensitive);
  CHECK_FALSE(block.attribute("secret")->settable());
  CHECK(block.attribute("any")->write_only);
  CHECK(values::to_string(block.attribute("inner")->type) == "map(object({ x = string }))");
  REQUIRE(block.block("part") != nullptr);
  CHECK(block.block("part")->min == 1);
  CHECK(block.block("part")->max == 2);
  CHECK(block.attribute("part") == nullptr);
  CHECK(values::to_string(model::object_type(*block.block("part")->block)) ==
        "object({ id = string })");
  CHECK((*index->find(SchemaKind::Data, "acme_old"))->deprecated);
  CHECK(*index->find(SchemaKind::Data, "acme_thing") == nullptr);
}

TEST_CASE("text that is no schema is refused, with its place") {
  for (const std::string_view text :
       {"",          "{",          "{a}",      "{a=}",        "{a=Q}",
        "{a=oS",     "{a=oM}",     "{a=o(b)}", "{a=o(b:S)}",  "{a=o<S}",
        "{a=odS}",   "{a=odS\"x}", "{a=o@}",   "{a=o@q{}}",   "{a=o@s}",
        "{a*}",      "{a*l}",      "{a*l1}",   "{a*l1,}",     "{a*l1,2}",
        "{a*l1,2{}", "{!}",        "{}x",      "{b=oS a=oS}", "{b*l0,0{} a*l0,0{}}"}) {
    CAPTURE(text);
    CHECK_FALSE(schemas::read_block(text).has_value());
  }
  std::string deep, deep_type;
  for (int i = 0; i < 100000; ++i) deep += "{a*l0,0";
  CHECK_FALSE(schemas::read_block(deep).has_value());
  deep_type = "{a=o" + std::string(100000, 'L') + "S}";
  CHECK_FALSE(schemas::read_block(deep_type).has_value());
}

TEST_CASE("every byte that is cut off an index is noticed or leaves a shorter one") {
  const std::string text = index_of(k_json);
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto index = Index::open(std::string_view(text).substr(0, size));
    if (!index) continue;
    for (const std::string& name : index->names(SchemaKind::Resource))
      (void)index->find(SchemaKind::Resource, name);
  }
  SUCCEED();
}

TEST_CASE("JSON that tofu would not print is refused") {
  CHECK(mistake_of("{}").find("there is no `provider_schemas`") != std::string::npos);
  CHECK(mistake_of("[]") != "");
  const auto with_type = [](std::string_view type) {
    return R"({"provider_schemas":{"a/b":{"resource_schemas":{"b_c":{"block":{"attributes":{"d":{"type":)" +
           std::string(type) + "}}}}}}}}";
  };
  CHECK(mistake_of(with_type("\"string\"")) == "");
  for (const std::string_view type :
       {"\"text\"", "[]", "[\"list\"]", "[\"bag\",\"string\"]", "[\"list\",\"string\",\"bool\"]",
        "[\"object\",{\"a b\":\"string\"}]", "[\"object\",{},[],[]]", "[\"tuple\",\"string\"]",
        "1"}) {
    CAPTURE(type);
    CHECK(mistake_of(with_type(type)) != "");
  }
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "[\"list\",";
  CHECK(mistake_of(with_type(deep)) != "");
}

TEST_CASE("versions are compared by their numbers") {
  CHECK(schemas::is_older("1.9.0", "1.10.0"));
  CHECK_FALSE(schemas::is_older("1.10.0", "1.9.0"));
  CHECK(schemas::is_older("2.0.0-beta1", "2.0.0"));
  CHECK_FALSE(schemas::is_older("2.0.0", "2.0.0-beta1"));
  CHECK_FALSE(schemas::is_older("2.0.0", "2.0.0"));
}

TEST_CASE("everything that is compiled in can be read") {
  const base::MemoryFileSystem nothing;
  const auto files = driver::schema_files(nothing, ".");
  REQUIRE(files.size() >= 7);
  std::size_t types = 0;
  for (const schemas::IndexFile& file : files) {
    const auto text = file.read();
    REQUIRE(text.has_value());
    const auto index = Index::open(*text);
    REQUIRE(index.has_value());
    CHECK(index->source() == file.source);
    CHECK(index->version() == file.version);
    for (const SchemaKind kind :
         {SchemaKind::Provider, SchemaKind::Resource, SchemaKind::Data, SchemaKind::Ephemeral}) {
      for (const std::string& name : index->names(kind)) {
        CAPTURE(file.source, name);
        const auto block = index->find(kind, name);
        REQUIRE(block.has_value());
        REQUIRE(*block != nullptr);
        ++types;
      }
    }
  }
  CHECK(types > 1200);
}

TEST_CASE("schemas are taken in beside the project") {
  base::MemoryFileSystem files;
  driver::KnownVersions versions;
  versions.by_address = driver::locked_versions(
      "# a comment with a \"word\"\nprovider \"example.org/acme/acme\" {\n  version     = "
      "\"4.5.6\"\n"
      "  constraints = \"~> 4.0\"\n  hashes = [\n    \"h1:AAAA=\",\n  ]\n}\n");
  const auto written = driver::add_schemas(files, k_json, versions, "p/.space/schemas");
  REQUIRE(written.has_value());
  CHECK(*written ==
        std::vector<std::string>{"p/.space/schemas/example.org/acme/acme/4.5.6.schema"});
  const auto found = driver::schema_files(files, "p");
  const auto own = std::find_if(found.begin(), found.end(), [](const schemas::IndexFile& file) {
    return file.origin == schemas::Origin::Project;
  });
  REQUIRE(own != found.end());
  CHECK(own->source == "example.org/acme/acme");
  CHECK(own->version == "4.5.6");
  CHECK(own->read().has_value());
}

TEST_CASE("what has no version, or a name that is a path, is refused") {
  base::MemoryFileSystem files;
  CHECK_FALSE(driver::add_schemas(files, k_json, {}, "x").has_value());
  CHECK_FALSE(driver::add_schemas(files, k_json, {{}, "../1"}, "x").has_value());
  CHECK_FALSE(driver::add_schemas(files, R"({"provider_schemas":{"a/../b":{}}})", {{}, "1"}, "x")
                  .has_value());
  CHECK_FALSE(
      driver::add_schemas(files, R"({"provider_schemas":{"a/b":{},"a/c":{}}})", {{}, "1"}, "x")
          .has_value());
  CHECK(files.files().empty());
  CHECK(driver::add_schemas(files, k_json, {{}, "1.0.0"}, "x").has_value());
}

}  // namespace
