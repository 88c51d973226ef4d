#include "compiler/model/remote_types.h"

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace {

using namespace space::model;

std::set<std::string> names_with(const RemoteType& type, ArgumentRole role) {
  std::set<std::string> names;
  for (const RemoteArgument& argument : type.arguments) {
    if (argument.role == role) names.emplace(argument.name);
  }
  return names;
}

const RemoteType& type_of(std::string_view name) {
  const RemoteType* type = find_remote_type(name);
  REQUIRE(type != nullptr);
  return *type;
}

}  // namespace

TEST_CASE("the ten remotes are there, by name") {
  std::vector<std::string> names;
  for (const RemoteType& type : remote_types()) names.emplace_back(type.name);
  CHECK(names == std::vector<std::string>{"azurerm", "consul", "cos", "gcs", "http", "kubernetes",
                                          "local", "oss", "pg", "s3"});
  for (const std::string& name : names) CHECK(type_of(name).name == name);
  CHECK(find_remote_type("inmem") == nullptr);
  CHECK(find_remote_type("") == nullptr);
  CHECK(find_remote_type("s3x") == nullptr);
}

TEST_CASE("the arguments of a remote are sorted, said once and found") {
  for (const RemoteType& type : remote_types()) {
    INFO(type.name);
    CHECK(std::ranges::adjacent_find(type.arguments, std::ranges::greater_equal{},
                                     &RemoteArgument::name) == type.arguments.end());
    for (const RemoteArgument& argument : type.arguments) {
      CHECK(find_argument(type, argument.name) == &argument);
    }
    CHECK(find_argument(type, "no_such_argument") == nullptr);
    CHECK(find_argument(type, "") == nullptr);
  }
}

TEST_CASE("a credential names the variable that carries it, nothing else does") {
  for (const RemoteType& type : remote_types()) {
    for (const RemoteArgument& argument : type.arguments) {
      INFO(type.name << "." << argument.name);
      CHECK((argument.role == ArgumentRole::Secret) == !argument.environment.empty());
    }
    for (const RemoteNested& nested : type.nested) {
      for (const RemoteArgument& argument : nested.arguments) {
        INFO(type.name << "." << nested.name << "." << argument.name);
        if (argument.role == ArgumentRole::Secret) CHECK(!argument.environment.empty());
        if (!argument.environment.empty())
          CHECK((argument.role == ArgumentRole::Secret || argument.role == ArgumentRole::Needed));
      }
    }
  }
  CHECK(find_argument(type_of("s3"), "secret_key")->environment == "AWS_SECRET_ACCESS_KEY");
  CHECK(find_argument(type_of("http"), "password")->environment == "TF_HTTP_PASSWORD");
  CHECK(find_argument(type_of("kubernetes"), "token")->environment == "KUBE_TOKEN");
}

TEST_CASE("the compiler owns the state address") {
  const std::map<std::string, std::set<std::string>> owned = {
      {"azurerm", {"key"}},
      {"consul", {"path"}},
      {"cos", {"key", "prefix"}},
      {"gcs", {"prefix"}},
      {"http", {"address", "lock_address", "unlock_address"}},
      {"kubernetes", {"secret_suffix"}},
      {"local", {"path"}},
      {"oss", {"key", "prefix"}},
      {"pg", {"schema_name"}},
      {"s3", {"key"}},
  };
  for (const auto& [name, arguments] : owned) {
    INFO(name);
    CHECK(names_with(type_of(name), ArgumentRole::Owned) == arguments);
  }
  CHECK(names_with(type_of("local"), ArgumentRole::Ours) == std::set<std::string>{"folder"});
  CHECK(names_with(type_of("http"), ArgumentRole::Ours) == std::set<std::string>{"base"});
}

TEST_CASE("a remote that does not lock by itself says what makes it lock") {
  for (const RemoteType& type : remote_types()) {
    INFO(type.name);
    const bool has_lock = !names_with(type, ArgumentRole::Lock).empty();
    if (type.locking == Locking::WhenLockArgument) CHECK(has_lock);
    CHECK(has_lock == !type.lock_help.empty());
  }
  CHECK(type_of("s3").locking == Locking::WhenLockArgument);
  CHECK(type_of("oss").locking == Locking::WhenLockArgument);
  CHECK(type_of("consul").locking == Locking::Always);
  CHECK(names_with(type_of("s3"), ArgumentRole::Lock) ==
        std::set<std::string>{"dynamodb_table", "use_lockfile"});
}

TEST_CASE("every remote can be told apart from another one of its type") {
  for (const RemoteType& type : remote_types()) {
    INFO(type.name);
    CHECK(names_with(type, ArgumentRole::Required).size() +
              names_with(type, ArgumentRole::Identity).size() +
              names_with(type, ArgumentRole::Ours).size() >
          0);
  }
}

TEST_CASE("an address with a limit has no slash") {
  for (const RemoteType& type : remote_types()) {
    INFO(type.name);
    CHECK((type.address_limit != 0) == (type.slash == "--"));
  }
  CHECK(type_of("pg").address_limit == 63);
  CHECK(type_of("kubernetes").address_limit == 63);
}

TEST_CASE("what is nested is sorted, said once and found") {
  std::vector<std::string> all;
  for (const RemoteType& type : remote_types()) {
    for (const RemoteNested& nested : type.nested) {
      INFO(type.name << "." << nested.name);
      all.push_back(std::string(type.name) + "." + std::string(nested.name));
      CHECK(find_nested(type, nested.name) == &nested);
      CHECK(std::ranges::adjacent_find(nested.arguments, std::ranges::greater_equal{},
                                       &RemoteArgument::name) == nested.arguments.end());
      // An object is an argument, a block is none.
      const bool is_object = nested.form == NestedForm::Object;
      CHECK((find_argument(type, nested.name) != nullptr) == is_object);
      for (const RemoteArgument& argument : nested.arguments)
        CHECK(find_argument(nested.arguments, argument.name) == &argument);
    }
    CHECK(find_nested(type, "no_such_block") == nullptr);
  }
  CHECK(all == std::vector<std::string>{"cos.assume_role", "kubernetes.exec", "oss.assume_role",
                                        "s3.assume_role", "s3.assume_role_with_web_identity",
                                        "s3.endpoints"});
}

// Hidden: tests/gates/backend_table.py holds what it prints against real tofu.
TEST_CASE("the table as text", "[.table]") {
  constexpr const char* k_roles[] = {"Plain", "Identity", "Required", "Needed",
                                     "Owned", "Ours",     "Lock",     "Secret"};
  for (const RemoteType& type : remote_types()) {
    for (const RemoteArgument& argument : type.arguments) {
      std::cout << "remote " << type.name << ' ' << argument.name << ' '
                << k_roles[static_cast<std::size_t>(argument.role)] << '\n';
    }
    for (const RemoteNested& nested : type.nested) {
      const bool is_block = nested.form == NestedForm::Block;
      std::cout << "remote " << type.name << ' ' << nested.name
                << (is_block ? " Block\n" : " Object\n");
      for (const RemoteArgument& argument : nested.arguments) {
        std::cout << "remote " << type.name << ' ' << nested.name << '.' << argument.name << ' '
                  << k_roles[static_cast<std::size_t>(argument.role)] << '\n';
      }
    }
  }
}
