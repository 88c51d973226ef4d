// The ten remotes as one table: their arguments and nested blocks, which of them lock, what
// identifies an address, what the compiler owns. Data of the language (language.md, section 8),
// read by check, lower and the documentation. Facts: OpenTofu 1.12's backends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace space::model {

enum class ArgumentRole : std::uint8_t {
  Plain,     // anything else that the backend takes
  Identity,  // part of where the states are: bucket, endpoint, host, database …
  Required,  // Identity, and must be there
  Needed,    // must be there, and says nothing of where the states are
  Owned,     // the compiler writes it
  Ours,      // the language's own argument (local: folder, http: base); not handed to tofu as it is
  Lock,      // decides whether it locks
  Secret,    // a credential: never in text; by `env`
};

struct RemoteArgument {
  std::string_view name;
  ArgumentRole role;
  std::string_view environment;  // Secret, Needed: the variable that carries it instead
};

// What a backend takes inside: `exec { … }`, or an argument that is an object, `endpoints = { … }`,
// which is in `arguments` too. Each may stand once.
enum class NestedForm : std::uint8_t { Block, Object };

struct RemoteNested {
  std::string_view name;
  NestedForm form;
  std::span<const RemoteArgument> arguments;
};

// Always: it locks; a Lock argument, where there is one, may switch that off and must not.
// WhenLockArgument: one Lock argument must be set (true or not empty).
enum class Locking : std::uint8_t { Always, WhenLockArgument };

struct RemoteType {
  std::string_view name;
  std::span<const RemoteArgument> arguments;
  std::span<const RemoteNested> nested;  // by name
  Locking locking;
  std::string_view slash;      // what joins MISSION/SPACE/PROCEDURE: "/" or "--"
  std::size_t address_limit;   // bytes of an address; 0: none
  std::string_view lock_help;  // what to write so that it locks
};

std::span<const RemoteType> remote_types();  // by name
// Whether an argument of this role says where the states are.
bool says_where(ArgumentRole role);
const RemoteType* find_remote_type(std::string_view name);
const RemoteArgument* find_argument(std::span<const RemoteArgument> arguments,
                                    std::string_view name);
const RemoteArgument* find_argument(const RemoteType& type, std::string_view argument);
const RemoteNested* find_nested(const RemoteType& type, std::string_view name);

}  // namespace space::model
