// The standard library: `.space` files and tofu modules, compiled into spacec. Paths are relative
// to this folder
// (`server/server.space`); to a program they begin with `std/`.
#pragma once

#include <span>

#include "core/base/embedded.h"

namespace space::stdlib {

std::span<const base::EmbeddedFile> files();

}  // namespace space::stdlib
