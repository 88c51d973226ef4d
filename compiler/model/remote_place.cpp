#include "compiler/model/remote_place.h"

#include <algorithm>

#include "compiler/model/remote_types.h"
#include "core/base/filesystem.h"
#include "core/base/strings.h"
#include "core/values/render.h"

namespace space::model {

namespace {

bool is_object(const values::Value& value) {
  return !value.is_null() &&
         (value.kind() == values::TypeKind::Object || value.kind() == values::TypeKind::Map);
}

// What of an object tells places apart: ` endpoints.s3=URL`.
std::string nested_place(const RemoteNested& nested, const values::Value& value) {
  if (!is_object(value)) return "";
  std::string place;
  for (const auto& [name, inner] : value.as_map()) {
    const RemoteArgument* argument = find_argument(nested.arguments, name);
    if (argument == nullptr || argument->role != ArgumentRole::Identity || inner.is_null())
      continue;
    std::string text =
        inner.kind() == values::TypeKind::String ? inner.as_string() : values::to_json(inner);
    while (text.size() > 1 && text.back() == '/') text.pop_back();
    place += " " + std::string(nested.name) + "." + name + "=" + base::to_lower_ascii(text);
  }
  return place;
}

// Whether what is nested takes each key of an object.
bool takes_keys(const RemoteNested* nested, const values::Value& value) {
  return nested == nullptr || !is_object(value) ||
         std::all_of(value.as_map().begin(), value.as_map().end(), [nested](const auto& one) {
           return find_argument(nested->arguments, one.first) != nullptr;
         });
}

// A connection's password says nothing of where it leads, and belongs into no file.
std::string without_password(std::string text) {
  constexpr std::string_view k_word = "password=";
  if (const std::size_t at = text.find(k_word); at != std::string::npos) {
    const std::size_t end = text.find_first_of(" &", at);
    text.erase(at, end == std::string::npos ? end : end + 1 - at);
  }
  const std::size_t host = text.find("://");
  if (host == std::string::npos) return text;
  const std::size_t login = text.find('@', host);
  const std::size_t colon = text.find(':', host + 3);
  if (login != std::string::npos && colon < login) text.erase(colon, login - colon);
  return text;
}

}  // namespace

std::string remote_place(const ResolvedProgram& program, const Flight& flight) {
  const RemoteId id = program[flight.space].remote;
  if (!id.valid()) return "";
  const Remote& remote = program[id];
  std::string place = remote.type;
  const RemoteType* type = find_remote_type(remote.type);
  if (type == nullptr) return place;
  if (remote.type == "local" && !flight.remote.arguments.contains("folder")) {
    return place + " folder=.space/state/" + program[flight.environment].name;
  }
  for (const auto& [name, value] : flight.remote.arguments) {
    const RemoteArgument* argument = find_argument(*type, name);
    const bool identifies = argument != nullptr && says_where(argument->role);
    if (!identifies || !value.is_wholly_known() || value.is_null()) continue;
    if (const RemoteNested* nested = find_nested(*type, name)) {
      place += nested_place(*nested, value);
      continue;
    }
    std::string text = value.type().kind() == values::TypeKind::String ? value.as_string()
                                                                       : values::to_json(value);
    while (text.size() > 1 && text.back() == '/') text.pop_back();
    if (name == "conn_str") text = without_password(std::move(text));
    place += " " + name + "=" +
             (name == "folder" ? base::normalize_path(text) : base::to_lower_ascii(text));
  }
  return place;
}

bool has_known_arguments(const Remote& remote) {
  const RemoteType* type = find_remote_type(remote.type);
  if (type == nullptr) return false;
  const auto takes = [type](const std::string& name) {
    return find_argument(*type, name) != nullptr || find_nested(*type, name) != nullptr;
  };
  return std::all_of(remote.decl->arguments.begin(), remote.decl->arguments.end(),
                     [&](const Attribute& argument) { return takes(argument.name.text); }) &&
         std::all_of(remote.decl->blocks.begin(), remote.decl->blocks.end(),
                     [&](const Block& block) {
                       return block.type.text == "encryption" || takes(block.type.text);
                     });
}

bool is_place_known(const ResolvedProgram& program, const Flight& flight) {
  const RemoteId id = program[flight.space].remote;
  if (!id.valid() || !has_known_arguments(program[id])) return false;
  const RemoteType* type = find_remote_type(program[id].type);
  return std::all_of(flight.remote.arguments.begin(), flight.remote.arguments.end(),
                     [type](const auto& argument) {
                       return argument.second.is_wholly_known() &&
                              takes_keys(find_nested(*type, argument.first), argument.second);
                     });
}

}  // namespace space::model
