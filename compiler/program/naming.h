// Names: what one may look like (they become folders and state addresses), and that no two of one
// kind and scope are equal, or equal but for `-` and `_`. settle() sorts a list by its names, so
// that order in files has no meaning, and drops what is declared twice after reporting it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/model/program.h"
#include "core/diagnostics/sink.h"

namespace space::program {

enum class NameRule : std::uint8_t {
  Folder,       // [a-z][a-z0-9_-]{0,29}, no `--`, no device name
  Environment,  // and none of the folders beside the environments in out/
  Variable,     // as Folder, and none of the names that tofu keeps for itself
  Tofu,         // an identifier of tofu: what modules call their own things
};

void check_name(const model::Name& name, NameRule rule, diagnostics::DiagnosticSink& sink);

// A name of one or two words: values "M" "ENV", provider "hcloud" "label".
struct NameKey {
  std::string_view first;
  std::string_view second;
  source::Span span;
};

enum class Repeats : std::uint8_t {
  Report,
  Drop,  // silently: they come with a block that was reported
};

// The order of the names, without those that repeat an earlier one.
std::vector<std::uint32_t> order_names(std::span<const NameKey> keys, std::string_view kind,
                                       Repeats repeats, diagnostics::DiagnosticSink& sink);

template <class Item, class KeyOf>
void settle(std::vector<Item>& items, std::string_view kind, diagnostics::DiagnosticSink& sink,
            KeyOf key_of, Repeats repeats = Repeats::Report) {
  if (items.empty()) return;
  std::vector<NameKey> keys;
  keys.reserve(items.size());
  for (const Item& item : items) keys.push_back(key_of(item));
  const std::vector<std::uint32_t> order = order_names(keys, kind, repeats, sink);
  bool in_order = order.size() == items.size();
  for (std::uint32_t i = 0; in_order && i < order.size(); ++i) in_order = order[i] == i;
  if (in_order) return;
  std::vector<Item> sorted;
  sorted.reserve(order.size());
  for (const std::uint32_t at : order) sorted.push_back(std::move(items[at]));
  items = std::move(sorted);
}

template <class Item>
void settle_by_name(std::vector<Item>& items, std::string_view kind,
                    diagnostics::DiagnosticSink& sink, Repeats repeats = Repeats::Report) {
  settle(
      items, kind, sink,
      [](const Item& item) {
        return NameKey{item.name.text, {}, item.name.span};
      },
      repeats);
}

// The same for items without a name of their own: by what they say.
template <class Item, class TextOf>
void sort_by_text(std::vector<Item>& items, TextOf text_of) {
  std::stable_sort(items.begin(), items.end(),
                   [&](const Item& a, const Item& b) { return text_of(a) < text_of(b); });
}

}  // namespace space::program
