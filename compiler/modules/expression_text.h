// Expressions and templates that stand in JSON strings. In: a string of a JSON tree and the text of
// its file. Out: a node of `into`; every span, in it and in what is reported, is one of the file,
// escapes or not.
#pragma once

#include <cstdint>
#include <string_view>

#include "compiler/modules/json_text.h"
#include "core/diagnostics/sink.h"
#include "core/eval/expression.h"

namespace space::modules {

enum class Form : std::uint8_t { Expression, Template };

// `raw`: the string's place without its quotes; `text`: what it decodes to.
eval::ExprId expression_in_string(source::Span raw, std::string_view file_text,
                                  const std::string& text, Form form, eval::ExprTree& into,
                                  diagnostics::DiagnosticSink& sink);

}  // namespace space::modules
