// How what changes is written in JSON, in a preview and in a drift report alike: objects with their
// leaves, outputs, causes. In: parts of a Preview. Out: members of the object that is open in the
// writer; an empty list leaves none.
#pragma once

#include <string_view>
#include <vector>

#include "core/runplan/json_writer.h"
#include "core/runplan/preview.h"

namespace space::runplan {

template <class Item, class Write>
void write_list_if_any(JsonWriter& out, std::string_view name, const std::vector<Item>& items,
                       Write write) {
  if (items.empty()) return;
  out.key(name);
  out.begin_array();
  for (const Item& item : items) {
    out.begin_object();
    write(item);
    out.end_object();
  }
  out.end_array();
}

void write_causes(JsonWriter& out, std::string_view name, const std::vector<PreviewCause>& causes);
void write_changes(JsonWriter& out, std::string_view name,
                   const std::vector<PreviewChange>& changes);
void write_outputs(JsonWriter& out, std::string_view name,
                   const std::vector<PreviewOutput>& outputs);

}  // namespace space::runplan
