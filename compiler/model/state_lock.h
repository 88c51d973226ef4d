// StateLock: what `spaces.lock` says: which state has which address, in which backend, with which
// providers. Addresses are for ever (law 10): a name may change, the address that it was given
// stays. Pure data; read and written by compiler/driver, judged by compiler/check.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/source/span.h"

namespace space::model {

inline constexpr std::string_view k_state_lock = "spaces.lock";  // beside the project file

// What a state is called: a procedure of a mission in a space in an environment, with the keys of
// `for_each`. The stage is no part of it.
struct StateName {
  std::string environment, space, mission, key, procedure, procedure_key;
  friend auto operator<=>(const StateName&, const StateName&) = default;
};

// ENV/SPACE/MISSION[--KEY]/PROCEDURE[--KEY], and back.
std::string to_string(const StateName& name);
std::optional<StateName> parse_state_name(std::string_view text);
std::string flight_id(const StateName& name);  // ENV/SPACE/MISSION[--KEY]

// What is wrong with an address; empty where it stays below whatever folder or prefix it is put
// behind, and needs no escapes.
std::string_view address_problem(std::string_view address);

// A provider that its root required, and the labels of the configurations written there; "" is the
// default one.
struct LockedProvider {
  std::string name, source;
  std::vector<std::string> configurations;
};

struct LockedState {
  StateName name;
  std::string stage;    // when it was last in the code: a farewell goes backwards
  std::string address;  // inside the backend
  std::string backend;  // type and identifying settings, as model::remote_place says them
  std::vector<LockedProvider> providers;  // by name
  source::Span span;                      // of its name in the file
};

struct LockedVersion {  // what a provider's `provider` block said last
  std::string source, version;
};

struct StateLock {
  bool is_there = false;
  bool is_whole = true;                 // false: a part could not be read, and was reported
  std::vector<LockedState> states;      // by name
  std::vector<LockedVersion> versions;  // by source
};

// Stands beside address and backend in the file: an edit by hand of either is noticed.
std::string state_digest(std::string_view backend, std::string_view address);

}  // namespace space::model
