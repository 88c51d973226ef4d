// The run plan is read with core/base's JsonReader, under this room's name.
#pragma once

#include "core/base/json_reader.h"

namespace space::runplan {

using base::JsonReader;

}  // namespace space::runplan
