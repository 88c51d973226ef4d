// read_tofu_json: what `tofu providers schema -json` prints. In: its text, which is read once from
// front to back without a tree, so that memory stays with the text and one provider's result. Out:
// each provider in turn, to `take`; an Error where the text is not what tofu prints. Descriptions
// are left out.
#pragma once

#include <functional>
#include <string_view>

#include "compiler/schemas/provider.h"
#include "core/base/result.h"

namespace space::schemas {

base::Status read_tofu_json(std::string_view text, const std::function<void(Provider)>& take);

}  // namespace space::schemas
