#include "runner/status/preview_words.h"

#include <array>
#include <utility>

#include "core/base/strings.h"
#include "runner/status/text.h"

namespace space::status {

namespace {

using runplan::PreviewAction;
using runplan::PreviewValue;

struct Words {
  std::string_view sign, phrase;
};
constexpr std::array<Words, 8> k_actions{{
    {"+", "will be created"},
    {"<=", "will be read"},
    {"~", "will be changed in place"},
    {"-/+", "will be replaced"},
    {"-", "will be destroyed"},
    {"x", "will be forgotten, and stays where it is"},
    {">", "has moved"},
    {"<", "will be brought in"},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> k_reasons{{
    {"replace_because_tainted", "it is tainted"},
    {"replace_because_cannot_update", "it cannot be changed in place"},
    {"replace_by_request", "asked for"},
    {"replace_by_triggers", "what triggers its replacement changes"},
    {"delete_because_no_resource_config", "it has left the code"},
    {"delete_because_wrong_repetition", "its count or for_each is another one"},
    {"delete_because_count_index", "its index is beyond the count"},
    {"delete_because_each_key", "its key is gone from for_each"},
    {"delete_because_no_module", "its module is gone"},
    {"delete_because_no_move_target", "what it moves to is not there"},
    {"read_because_config_unknown", "what it asks for is known after apply"},
    {"read_because_dependency_pending", "what it depends on changes first"},
    {"read_because_check_nested", "a check reads it"},
}};

}  // namespace

std::string_view sign_of(PreviewAction action) {
  return k_actions[static_cast<std::size_t>(action)].sign;
}

std::string_view phrase_of(PreviewAction action) {
  return k_actions[static_cast<std::size_t>(action)].phrase;
}

std::string value_text(const PreviewValue& value) {
  if (value.kind == PreviewValue::Kind::Unknown)
    return value.sensitive ? "(sensitive, known after apply)" : "(known after apply)";
  if (value.kind == PreviewValue::Kind::Absent) return "null";
  return value.sensitive ? "(sensitive)" : printable(value.json);
}

std::string pair_text(const PreviewValue& before, const PreviewValue& after) {
  return value_text(before) + " -> " + value_text(after);
}

std::string reason_text(std::string_view reason) {
  for (const auto& [word, text] : k_reasons) {
    if (word == reason) return std::string(text);
  }
  return printable(base::replace_all(reason, "_", " "));
}

std::string place_of(const runplan::PreviewRoot& reader, const std::string& root) {
  return root.starts_with(reader.flight + "/") ? root.substr(reader.flight.size() + 1) : root;
}

std::size_t deferred_objects(const runplan::Preview& preview) {
  std::size_t count = 0;
  for (const runplan::PreviewRoot& root : preview.roots) count += root.deferred.size();
  return count;
}

std::string cause_text(const runplan::PreviewRoot& reader, const runplan::PreviewCause& cause) {
  return "output `" + cause.output + "` of " + place_of(reader, cause.root);
}

std::string shortened(const std::string& text) {
  constexpr std::size_t k_longest_value = 100;
  const std::string cut = clipped(text, k_longest_value);
  return cut.size() == text.size() ? text : cut + "…";
}

std::string shortened_pair(const PreviewValue& before, const PreviewValue& after) {
  return shortened(pair_text(before, after));
}

}  // namespace space::status
