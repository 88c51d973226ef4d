// template_renderer: what core/eval needs for `templatefile`: it parses a template's text and
// evaluates it with the given variables. core parses nothing, so the driver hands this down.
#pragma once

#include "core/base/filesystem.h"
#include "core/eval/functions.h"

namespace space::driver {

decltype(eval::FunctionContext::render_template) template_renderer(const base::FileSystem& files);

}  // namespace space::driver
