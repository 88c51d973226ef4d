// What a change follows from: outputs of earlier procedures that change. In: a joint plan and one
// of its parts. Out: the outputs that it reads and that change, and of a changed object those that
// reach what changes in it. A plan says which references an argument has, not which of them moved
// it: of a `for_each` over several, each that may have. One of which nothing that is known changes
// makes what reads it unknown, so it moved nothing that is known.
#pragma once

#include <vector>

#include "core/runplan/preview.h"
#include "runner/joint/joint_root.h"
#include "runner/joint/read_back.h"
#include "runner/plans/plan_document.h"

namespace space::joint {

class Causes {
 public:
  Causes(const JointPlan& joint, const Part& part);

  std::vector<runplan::PreviewCause> all() const;
  std::vector<runplan::PreviewCause> of(const plans::Change& change) const;

 private:
  struct Cause {
    runplan::PreviewCause told;
    bool changes_what_is_known = false;
  };
  void add(const Wire& wire);

  const JointPlan& joint_;
  const Part& part_;
  std::vector<Cause> causes_;
};

}  // namespace space::joint
