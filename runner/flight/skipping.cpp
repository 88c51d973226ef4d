// Whether a root must be looked at at all: nothing that went into its last good end has changed,
// and its state is the one it was left with. A state in a local file is read here; for any other
// tofu is asked, which takes the place of a plan.
#include "core/base/hash.h"
#include "core/base/strings.h"
#include "runner/flight/lock_file.h"
#include "runner/flight/run_state.h"

namespace space::flight {

namespace {

using runplan::Verdict;

std::string why_of_state(const LastEnd& last, const tofu::StateFacts& facts) {
  if (facts.lineage.empty()) return "its state is gone";
  if (facts.lineage != last.lineage) return "its state is another one, of lineage " + facts.lineage;
  if (facts.serial != last.serial)
    return "its state has serial " + std::to_string(facts.serial) + " and was left with " +
           std::to_string(last.serial);
  return "its state was changed without a new serial";
}

}  // namespace

Parts Run::parts_of(const Job& job) {
  const runplan::Root& root = root_of(job);
  Parts parts = job.digests.parts;
  for (const auto& [name, digest] : job.inputs.parts) parts[name] = digest;
  parts["tofu"] = part_digest(plan_.project.tofu + " " + request_.places.identity);
  parts["the CLI configuration"] = part_digest(cli_digest_);
  parts["the remote"] =
      part_digest(root.state.type + " " + root.state.address + " " + root.state.path);
  for (const auto& [name, value] : tofu::passed_environment(world_.environment))
    parts["environment variable `" + name + "`"] =
        part_digest(secrets::hmac_sha256_hex(hmac_key(), value));
  return parts;
}

// Where the root has no emitted lock file, tofu picked the providers: these are what it will use.
std::string Run::kept_providers(const Job& job) const {
  if (job.digests.has_lock_file) return "";
  const std::string text = written_lock(root_of(job), workspace_, world_.files);
  return text.empty() ? "" : part_digest(text);
}

Run::Settled Run::settle_unchanged(Job& job) {
  if (request_.task != Task::Plan && request_.task != Task::Apply) return Settled::No;
  const runplan::Root& root = root_of(job);
  job.last = read_last(workspace_.last_file(root), world_.files);
  job.why = why_to_look(job.last, job.parts, root, request_.looking);
  if (job.why.empty() && job.last->providers != kept_providers(job))
    job.why = "the lock file of its providers is not what it was";
  if (job.why.empty() && job.reviewed != nullptr && job.reviewed->plan.changes() &&
      !was_applied_as_reviewed(job))
    job.why = "a change of it was reviewed";
  if (!job.why.empty() || root.state.type != "local") return Settled::No;
  auto state = read_local_state(root, workspace_, world_.files);
  if (!state) {
    job.why = "its state cannot be read";
    return Settled::No;
  }
  if (state->is_there && !state->facts) return Settled::No;  // encrypted: tofu is asked
  const tofu::StateFacts facts = state->is_there ? std::move(*state->facts) : tofu::StateFacts();
  if (state->sha256 != job.last->state_sha256 || !state->is_there) {
    job.why = why_of_state(*job.last, facts);
    return Settled::No;
  }
  auto outputs = tofu::check_outputs(root, facts.outputs);
  if (!outputs) {
    job.why = outputs.error().message;
    return Settled::No;
  }
  enter_outputs(job, std::move(*outputs));
  finish(job, Verdict::Unchanged, runplan::k_not_looked_at);
  return Settled::Yes;
}

void Run::after_look(Job& job, const process::Exit& exit) {
  const auto pulled = read_pulled(job, exit);
  if (!pulled) {
    job.why = "its state cannot be looked at: " + pulled.error().message;
  } else if (pulled->sha256 != job.last->state_sha256) {
    job.why = why_of_state(*job.last, pulled->facts);
  } else if (auto outputs = tofu::check_outputs(root_of(job), pulled->facts.outputs); !outputs) {
    job.why = outputs.error().message;
  } else {
    enter_outputs(job, std::move(*outputs));
    return finish(job, Verdict::Unchanged, runplan::k_not_looked_at);
  }
  start_step(job, Step::Plan);
}

}  // namespace space::flight
