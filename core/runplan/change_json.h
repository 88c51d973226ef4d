// How what changes is written in JSON, in a preview and in a drift report alike: objects with their
// leaves, outputs, causes; and the frame of both documents. In: parts of a Preview. Out: members of
// the object that is open in the writer; an empty list leaves none.
#pragma once

#include <cstdint>
#include <string>
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

// How a report begins, up to what is its own.
struct ReportHead {
  std::string_view schema;
  const std::string& target;
  std::int64_t wall_milliseconds, duration_milliseconds;
  int exit_code;
};
void write_head(JsonWriter& out, const ReportHead& head);

// One procedure of a report: its name, its verdict and why.
void write_verdict(JsonWriter& out, const RootName& name, std::string_view verdict,
                   const std::string& reason);

// A report's procedures, a line each, and its end.
template <class Root, class Write>
std::string write_roots(JsonWriter& out, const std::vector<Root>& roots, Write write) {
  out.line();
  out.key("roots");
  out.begin_array();
  for (const Root& root : roots) {
    out.line();
    out.begin_object();
    write(root);
    out.end_object();
  }
  out.line();
  out.end_array();
  out.line();
  out.end_object();
  return out.take() + "\n";
}

void write_causes(JsonWriter& out, std::string_view name, const std::vector<PreviewCause>& causes);
void write_changes(JsonWriter& out, std::string_view name,
                   const std::vector<PreviewChange>& changes);
void write_outputs(JsonWriter& out, std::string_view name,
                   const std::vector<PreviewOutput>& outputs);

}  // namespace space::runplan
