// The ten remotes as one table: their arguments, which of them lock, what identifies an address,
// what the compiler owns. Data of the language (language.md, section 8), read by check, lower and
// the documentation. Facts: OpenTofu 1.12's backends.
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
  Owned,     // the compiler writes it
  Ours,      // the language's own argument (local: folder, http: base); not handed to tofu as it is
  Lock,      // decides whether it locks
  Secret,    // a credential: never in text; by `env`
};

struct RemoteArgument {
  std::string_view name;
  ArgumentRole role;
  std::string_view environment;  // Secret: the environment variable that carries it instead
};

// Always: it locks; a Lock argument, where there is one, may switch that off and must not.
// WhenLockArgument: one Lock argument must be set (true or not empty).
enum class Locking : std::uint8_t { Always, WhenLockArgument };

struct RemoteType {
  std::string_view name;
  std::span<const RemoteArgument> arguments;
  std::span<const std::string_view> blocks;  // nested blocks it takes
  Locking locking;
  std::string_view slash;      // what joins MISSION/SPACE/PROCEDURE: "/" or "--"
  std::size_t address_limit;   // bytes of an address; 0: none
  std::string_view lock_help;  // what to write so that it locks
};

std::span<const RemoteType> remote_types();  // by name
const RemoteType* find_remote_type(std::string_view name);
const RemoteArgument* find_argument(const RemoteType& type, std::string_view argument);

}  // namespace space::model
