// The standard library: `.space` files and tofu modules, compiled into spacec. Paths are relative
// to this folder
// (`server/server.space`); to a program they begin with `std/`.
#pragma once

#include <span>

#include "core/base/embedded.h"

namespace space::stdlib {

std::span<const base::EmbeddedFile> files();

// The schemas of the providers that spacec knows, as indices (compiler/schemas/index.h):
// `schemas/NAMESPACE/NAME/VERSION.schema`.
std::span<const base::EmbeddedFile> schemas();

}  // namespace space::stdlib
