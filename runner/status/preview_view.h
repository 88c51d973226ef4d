// A preview for people: as text for a terminal or a pipe, and as one self-contained HTML page that
// opens without a network. In: a Preview. Out: bytes. What is sensitive is not in a Preview, and so
// in neither.
#pragma once

#include <string>

#include "core/runplan/preview.h"
#include "runner/status/view.h"

namespace space::status {

std::string preview_text(const runplan::Preview& preview, const Style& style);
std::string preview_html(const runplan::Preview& preview);

}  // namespace space::status
