// References to what other roots give, an output or an export, and what references of every kind
// are made of: variables and locals of the root that reads. In: a root in the making, from where it
// reads, the reference. Out: the text that stands for it there. Not for other rooms.
#pragma once

#include <functional>
#include <string>

#include "compiler/lower/root_builder.h"

namespace space::lower {

std::string lower_procedure_output(RootBuilder& builder, const View& view,
                                   const model::Reference& reference);
std::string lower_procedure_object(RootBuilder& builder, const View& view,
                                   const model::Reference& reference);
std::string lower_export(RootBuilder& builder, const View& view, const model::Reference& reference);

// "var.NAME", declared where it is not yet.
std::string use_variable(RootBuilder& builder, LoweredVariable variable);

// "local.NAME"; `make` gives its value where it is not declared yet.
std::string use_local(RootBuilder& builder, const std::string& name, source::Span from,
                      const std::function<Text()>& make);

Text synthetic(std::string text);

}  // namespace space::lower
