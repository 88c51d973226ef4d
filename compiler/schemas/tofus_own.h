// The resources that tofu brings itself, of the provider that needs no source: `terraform_data`.
// In: nothing. Out: their schemas.
#pragma once

#include "compiler/model/schema.h"

namespace space::schemas {

model::ProviderSchema tofus_own();

}  // namespace space::schemas
