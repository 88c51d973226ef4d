// Run: the loop of one run and what it remembers. For run.cpp (the loop), beginnings.cpp, steps.cpp
// (how steps begin), step_ends.cpp (from one to the next), endings.cpp (verdicts, records,
// events), notes.cpp (the journal), skipping.cpp, reading.cpp, patience.cpp and bound.cpp (to a
// review) alone.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "runner/flight/job.h"
#include "runner/flight/locks.h"
#include "runner/flight/logbook.h"
#include "runner/flight/memory.h"
#include "runner/flight/output_book.h"
#include "runner/flight/run.h"
#include "runner/flight/tracing.h"
#include "runner/schedule/schedule.h"
#include "runner/secrets/secret_store.h"
#include "runner/tofu/plugin_store.h"
#include "runner/tofu/verdict.h"

namespace space::flight {

runplan::Operation operation_of(Task task);  // as events name it
bool is_good(runplan::Verdict verdict);      // what comes after may start

inline constexpr std::int64_t k_tick_milliseconds = 100;

class Run {
 public:
  Run(const runplan::RunPlan& plan, const RunRequest& request, const Workspace& workspace,
      World& world, status::View& view);
  Flown fly();

 private:
  enum class Settled : std::uint8_t { Yes, No };

  // run.cpp
  std::optional<Refusal> prepare();
  std::optional<Refusal> prepare_logbook();
  base::Status prepare_plugins();
  std::vector<const runplan::Flight*> flights_to_lock() const;
  void loop();
  void on_interrupt();
  void tell_waiting();
  std::optional<Refusal> check_room_for_all() const;
  std::uint64_t state_bytes(const runplan::Root& root) const;

  // patience.cpp
  void watch();
  void tell_silence(Job& job, std::int64_t now);
  void tell(std::string text);

  // beginnings.cpp
  void begin(std::size_t root);
  Settled settle_upstream(const runplan::Root& root);
  void tell_standing(Job& job);
  const base::Result<journal::Standing>& look_at(const std::string& flight);
  bool may_read_outputs(const runplan::Root& root);
  Settled settle_adopted(Job& job);
  Settled settle_read(Job& job);
  Settled settle_take(Job& job);
  Settled settle_missing(Job& job);
  Settled settle_unchanged(Job& job);
  void start_reader(std::size_t root);
  InputSources input_sources(const Job& job);
  std::string hmac_key();
  Parts parts_of(const Job& job);
  std::string kept_providers(const Job& job) const;
  const runplan::Root& root_of(const Job& job) const { return plan_.roots[job.root]; }

  // steps.cpp
  void start_first_step(Job& job);
  void start_initialised(Job& job);
  void start_step(Job& job, Step step);
  void fail_to_start(Job& job, const base::Error& error);
  process::Launch launch_of(const Job& job, Step step) const;
  std::string needed_fetch(const Job& job) const;
  void pump(Job& job);

  // step_ends.cpp
  void on_exit(std::size_t process, const process::Exit& exit);
  void init_failed(Job& job, const process::Exit& exit);
  void after_init(Job& job, const process::Exit& exit);
  void after_plan(Job& job, const process::Exit& exit);
  void after_apply(Job& job, const process::Exit& exit);
  void after_output(Job& job, const process::Exit& exit);
  void after_look(Job& job, const process::Exit& exit);
  void after_pull(Job& job, const process::Exit& exit);
  base::Result<PulledState> read_pulled(const Job& job, const process::Exit& exit);
  void after_execute(Job& job, const process::Exit& exit);
  void after_take(Job& job, const process::Exit& exit);
  void after_drift(Job& job, const process::Exit& exit);
  runplan::Remains remains_of(const Job& job) const;
  void read_outputs_then_finish(Job& job);
  void clean_streams(const Job& job);
  void collect_diagnostics(Job& job, runplan::Verdict verdict);
  void after_fetch(Job& job, const process::Exit& exit);
  void pass_fetch_on(const std::string& provider_set);

  // bound.cpp
  const plans::ReviewedProcedure* reviewed_of(const runplan::Root& root) const;
  std::optional<Refusal> refuse_other_than_reviewed();
  Settled settle_unreviewed(Job& job);
  bool was_applied_as_reviewed(const Job& job) const;
  void after_show(Job& job, const process::Exit& exit);
  void after_check(Job& job, const process::Exit& exit);
  void look_at_state(Job& job);
  void hold_state(Job& job, const tofu::StateFacts& facts);
  void after_review(Job& job);
  void stop_unreviewed(Job& job, std::string reason);

  // endings.cpp
  void finish(Job& job, runplan::Verdict verdict, std::string reason);
  void finish_reader(Job& job, std::optional<tofu::Outputs> outputs, std::string problem);
  void take_away(const Job& job);
  void remember(const Job& job, runplan::Verdict verdict);
  void enter_outputs(Job& job, tofu::Outputs outputs);
  void keep_outputs(const std::string& root, tofu::Outputs outputs);
  void add_output_problem(Job& job, const tofu::OutputProblem& problem);
  void add_problem(Job& job, const std::string& summary, const std::string& detail);
  runplan::RunEvent emit(runplan::RunEvent event);  // as it was shown: with its times
  base::Status note_step(const Job& job, journal::Kind kind, journal::Sync sync);
  base::Status note_apply(Job& job);
  void note_apply_end(Job& job, const tofu::Judgement& judgement);
  void note_root_end(const Job& job, runplan::Verdict verdict);
  void end_logbook();
  std::vector<std::string> next_commands() const;
  runplan::RunEvent event_of(const Job& job, runplan::RunEvent::Kind kind) const;
  void end_never_started();
  Ending ending() const;

  const runplan::RunPlan& plan_;
  const RunRequest& request_;
  const Workspace& workspace_;
  World& world_;
  status::View& view_;
  secrets::Scrubber scrubber_;
  secrets::SecretStore secrets_;
  Digester digester_;
  Tracer tracer_;
  Locks own_locks_;
  Locks& locks_;                    // the request's, where it brings them
  std::optional<Logbook> logbook_;  // of a run that may change something
  std::map<std::string, base::Result<journal::Standing>> looked_at_;  // by flight, without its lock
  OutputBook book_;
  std::optional<schedule::Schedule> schedule_;
  std::map<std::size_t, std::unique_ptr<Job>> jobs_;  // by root
  std::unordered_map<std::size_t, Job*> by_process_;
  std::map<std::size_t, std::vector<std::size_t>>
      waiting_for_;                                  // a read root -> roots that wait for it
  std::map<std::string, std::string> broken_reads_;  // root -> why its outputs cannot be had
  std::map<std::string, std::vector<std::size_t>>
      fetching_;  // provider set -> roots that wait for it
  tofu::PluginStore store_;
  std::vector<std::string> mirrored_;
  std::map<std::size_t, std::int64_t> durations_;
  std::set<std::string> selected_;
  std::string key_;
  std::string cli_digest_;
  std::int64_t begun_ = 0;
  std::int64_t watched_ = 0;
  std::size_t locked_out_ = 0;  // roots whose state another had locked
  std::size_t unreviewed_ = 0;  // roots that are not what was reviewed
  bool is_interrupted_ = false;
  Flown flown_;
};

}  // namespace space::flight
