// Texts that a plan marks as sensitive, so that they are shown nowhere else either: what a provider
// computes of one, an object's `output` say, has no mark. In: a plan. Out: they are in the
// scrubber.
#pragma once

#include "runner/plans/plan_document.h"
#include "runner/secrets/scrub.h"

namespace space::flight {

void add_sensitive(const plans::PlanDocument& document, secrets::Scrubber& scrubber);

}  // namespace space::flight
