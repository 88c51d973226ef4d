// A journal as two runs of a flight leave it: one that failed in part and was resolved, one that
// was cut off while two applies worked. For tests alone.
#pragma once

#include <string>
#include <vector>

#include "runner/journal/record.h"

namespace space::journal::test {

inline Record of_root(Kind kind, const std::string& run, const std::string& root,
                      const std::string& step = "") {
  Record record;
  record.kind = kind;
  record.run = run;
  record.root = root;
  record.step = step;
  record.operation = runplan::Operation::Apply;
  return record;
}

inline Record begun(const std::string& run, const std::string& root) {
  Record record = of_root(Kind::StepBegun, run, root, "apply");
  record.fingerprint = "f-" + root;
  return record;
}

inline Record ended(const std::string& run, const std::string& root, runplan::Verdict verdict,
                    Progress progress = {}) {
  Record record = of_root(Kind::StepEnded, run, root, "apply");
  record.verdict = verdict;
  record.progress = progress;
  return record;
}

inline Record of_run(Kind kind, const std::string& run) {
  Record record = of_root(kind, run, "");
  record.target = "sandbox";
  record.wall_milliseconds = 1790000000000;
  return record;
}

inline std::vector<Record> sample_records() {
  using runplan::Verdict;
  std::vector<Record> records;
  records.push_back(of_run(Kind::RunBegun, "r1"));
  records.back().tofu_sha256 = std::string(64, 'a');
  for (const char* step : {"init", "plan"}) {
    records.push_back(of_root(Kind::StepBegun, "r1", "e/s/m/000/a", step));
    records.push_back(of_root(Kind::StepEnded, "r1", "e/s/m/000/a", step));
  }
  records.push_back(begun("r1", "e/s/m/000/a"));
  records.push_back(begun("r1", "e/s/m/000/b"));
  records.push_back(ended("r1", "e/s/m/000/a", Verdict::Applied, {2, 2, 0}));
  Record partial = ended("r1", "e/s/m/000/b", Verdict::FailedPartial, {3, 1, 1});
  partial.reason = "boom \"quoted\"\nand a line, \xe2\x80\xa8 and \x01";
  records.push_back(partial);
  records.push_back(of_root(Kind::RootEnded, "r1", "e/s/m/000/b"));
  Record end = of_run(Kind::RunEnded, "r1");
  end.verdict = Verdict::FailedPartial;
  records.push_back(end);
  Record resolved = of_root(Kind::Resolved, "r1", "e/s/m/000/b");
  resolved.person = "somebody";
  resolved.reason = "looked at it";
  records.push_back(resolved);
  records.push_back(of_run(Kind::RunBegun, "r2"));
  records.push_back(begun("r2", "e/s/m/000/b"));
  records.push_back(begun("r2", "e/s/m/010/c"));
  return records;
}

inline std::string text_of(const std::vector<Record>& records) {
  std::string text, head;
  std::int64_t count = 0;
  for (Record record : records) {
    record.sequence = ++count;
    Line line = write_line(record, head);
    text += line.text;
    head = line.hash;
  }
  return text;
}

}  // namespace space::journal::test
