#include "compiler/model/state_lock.h"

#include "core/base/hash.h"
#include "core/base/strings.h"

namespace space::model {

namespace {

constexpr std::string_view k_joint = "--";  // stands in no name and no key
constexpr std::size_t k_digits = 16;

std::string joined(const std::string& name, const std::string& key) {
  return key.empty() ? name : name + std::string(k_joint) + key;
}

// Names and keys become folders.
bool is_name(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string_view::npos;
}

// NAME or NAME--KEY; false where either is none.
bool split_key(std::string_view text, std::string& name, std::string& key) {
  const std::size_t at = text.find(k_joint);
  name = text.substr(0, at);
  if (at != std::string_view::npos) key = text.substr(at + k_joint.size());
  return is_name(name) && (at == std::string_view::npos || is_name(key));
}

}  // namespace

std::string to_string(const StateName& name) {
  return flight_id(name) + "/" + joined(name.procedure, name.procedure_key);
}

std::string flight_id(const StateName& name) {
  return name.environment + "/" + name.space + "/" + joined(name.mission, name.key);
}

std::optional<StateName> parse_state_name(std::string_view text) {
  const auto parts = base::split(text, '/');
  if (parts.size() != 4 || !is_name(parts[0]) || !is_name(parts[1])) return std::nullopt;
  StateName name;
  name.environment = parts[0];
  name.space = parts[1];
  const bool fine = split_key(parts[2], name.mission, name.key) &&
                    split_key(parts[3], name.procedure, name.procedure_key);
  return fine ? std::optional(std::move(name)) : std::nullopt;
}

std::string_view address_problem(std::string_view address) {
  if (address.empty()) return "it is empty";
  if (address.starts_with("/")) return "it begins at the root of the disk";
  for (const char c : address) {
    const bool is_control = static_cast<unsigned char>(c) <= ' ';
    if (is_control || c == 0x7f || c == '"' || c == '\\' || c == '$' || c == '%')
      return "it has a character that no address has";
  }
  for (const std::string_view part : base::split(address, '/')) {
    if (part.empty() || part == "." || part == "..") return "it is not in its plain form";
  }
  return "";
}

std::string state_digest(std::string_view backend, std::string_view address) {
  return base::sha256_hex(std::string(backend) + "\n" + std::string(address)).substr(0, k_digits);
}

}  // namespace space::model
