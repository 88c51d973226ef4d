#include "runner/journal/standing.h"

namespace space::journal {

namespace {

using Waits = RootStanding::Waits;

void end_apply(RootStanding& root, const Record& record) {
  root.verdict = record.verdict;
  root.reason = record.reason;
  root.progress = record.progress;
  root.wall_milliseconds = record.wall_milliseconds;
  root.waits = record.verdict && needs_person(*record.verdict, record.progress) ? Waits::Person
                                                                                : Waits::Nothing;
  if (!record.verdict) return;
  switch (*record.verdict) {
    case runplan::Verdict::FailedPartial:
    case runplan::Verdict::Interrupted:
    case runplan::Verdict::Indeterminate:
      root.outputs = OutputsLeft::Part;
      break;
    case runplan::Verdict::Applied:
    case runplan::Verdict::Destroyed:
    case runplan::Verdict::Unchanged:
      root.outputs = OutputsLeft::Whole;
      break;
    default:
      break;  // nothing was changed
  }
}

void begin_apply(RootStanding& root, const Record& record) {
  const OutputsLeft outputs = root.outputs;
  root = RootStanding();
  root.outputs = outputs;
  root.waits = Waits::Adoption;
  root.run = record.run;
  root.operation = record.operation;
  root.fingerprint = record.fingerprint;
  root.wall_milliseconds = record.wall_milliseconds;
}

}  // namespace

std::vector<std::string> Standing::waiting(Waits waits) const {
  std::vector<std::string> ids;
  for (const auto& [id, root] : roots) {
    if (root.waits == waits) ids.push_back(id);
  }
  return ids;
}

bool needs_person(runplan::Verdict verdict, const Progress& progress) {
  switch (verdict) {
    case runplan::Verdict::FailedPartial:
    case runplan::Verdict::Indeterminate:
      return true;
    case runplan::Verdict::Interrupted:
      // Of one that neither ended nor failed nobody knows whether it was made.
      return progress.done > 0 || progress.begun > progress.done + progress.failed;
    default:
      return false;
  }
}

void take(Standing& standing, const Record& record) {
  switch (record.kind) {
    case Kind::RunBegun:
      standing.run = record.run;
      standing.operation = record.operation;
      standing.target = record.target;
      standing.tofu_sha256 = record.tofu_sha256;
      standing.verdict = record.verdict;
      standing.begun_milliseconds = record.wall_milliseconds;
      standing.ended_milliseconds = 0;
      break;
    case Kind::StepBegun:
      if (record.step == "apply") begin_apply(standing.roots[record.root], record);
      break;
    case Kind::StepEnded:
      if (record.step == "apply") end_apply(standing.roots[record.root], record);
      break;
    case Kind::Adopted:
      end_apply(standing.roots[record.root], record);
      break;
    case Kind::Resolved:
      if (const auto found = standing.roots.find(record.root); found != standing.roots.end())
        found->second.waits = Waits::Nothing;
      break;
    case Kind::Carried: {
      RootStanding& root = standing.roots[record.root];
      begin_apply(root, record);
      if (record.step == "resolved") {
        end_apply(root, record);
        root.waits = Waits::Nothing;
      } else if (record.verdict) {
        end_apply(root, record);
      }
      root.outputs = record.outputs;
      break;
    }
    case Kind::RunEnded:
      standing.verdict = record.verdict;
      standing.ended_milliseconds = record.wall_milliseconds;
      break;
    case Kind::RootEnded: {
      const auto found = standing.roots.find(record.root);
      const bool is_whole = found != standing.roots.end() &&
                            found->second.waits == Waits::Nothing &&
                            record.verdict == runplan::Verdict::Unchanged;
      if (is_whole) found->second.outputs = OutputsLeft::Whole;  // its plan had nothing to do
      break;
    }
  }
}

Standing standing_of(const std::vector<Record>& records) {
  Standing standing;
  for (const Record& record : records) take(standing, record);
  return standing;
}

std::vector<Record> carry(const Standing& standing) {
  std::vector<Record> records;
  if (standing.run.empty()) return records;
  Record run;
  run.kind = Kind::RunBegun;
  run.run = standing.run;
  run.operation = standing.operation;
  run.target = standing.target;
  run.tofu_sha256 = standing.tofu_sha256;
  run.wall_milliseconds = standing.begun_milliseconds;
  records.push_back(run);
  for (const auto& [id, root] : standing.roots) {
    Record record;
    record.kind = Kind::Carried;
    record.run = root.run;
    record.root = id;
    record.operation = root.operation;
    record.fingerprint = root.fingerprint;
    record.verdict = root.verdict;
    record.reason = root.reason;
    record.progress = root.progress;
    record.outputs = root.outputs;
    record.wall_milliseconds = root.wall_milliseconds;
    const bool was_resolved =
        root.verdict && root.waits == Waits::Nothing && needs_person(*root.verdict, root.progress);
    if (was_resolved) record.step = "resolved";
    records.push_back(std::move(record));
  }
  if (standing.ended_milliseconds != 0) {
    run.kind = Kind::RunEnded;
    run.tofu_sha256.clear();
    run.verdict = standing.verdict;
    run.wall_milliseconds = standing.ended_milliseconds;
    records.push_back(run);
  }
  return records;
}

}  // namespace space::journal
