// Steps that take long. First it is said that nothing new has come for a while; where the time of a
// step is up, it is interrupted, once, and waited for as long as it takes: a second interrupt would
// make tofu let go of its lock in the middle.
#include <vector>

#include "runner/flight/run_state.h"
#include "runner/status/text.h"

namespace space::flight {

namespace {

// What changes when a step gets on. "still creating" is no news.
std::size_t news_of(const Job& job) {
  const tofu::StreamFacts& facts = job.stream.facts();
  const std::size_t ends = facts.started.size() + facts.completed.size() + facts.errored.size() +
                           facts.diagnostics.size();
  return job.step == Step::Apply ? ends : static_cast<std::size_t>(job.stream_offset) + ends;
}

}  // namespace

void Run::watch() {
  const std::int64_t now = world_.clock.mono_milliseconds();
  if (now - watched_ < k_tick_milliseconds) return;
  watched_ = now;
  for (const auto& [process, job] : by_process_) {
    pump(*job);
    if (const std::size_t news = news_of(*job); news != job->news) {
      job->news = news;
      job->news_milliseconds = now;
    }
    tell_silence(*job, now);
    if (request_.time_out_milliseconds == 0 || job->is_out_of_time || is_interrupted_ ||
        now - job->step_milliseconds < request_.time_out_milliseconds)
      continue;
    job->is_out_of_time = true;
    world_.processes.interrupt(process);
    tell("`" + root_of(*job).id + "`: its `" + name_of(job->step) + "` takes longer than " +
         status::duration_text(request_.time_out_milliseconds) +
         " and was interrupted, once: waiting for its end");
  }
}

void Run::tell_silence(Job& job, std::int64_t now) {
  if (request_.warn_after_milliseconds == 0 ||
      now - job.news_milliseconds < request_.warn_after_milliseconds)
    return;
  const std::string since = status::duration_text(now - job.step_milliseconds);
  tell("`" + root_of(job).id + "`: nothing new from `" + name_of(job.step) + "` for " +
       status::duration_text(request_.warn_after_milliseconds) + " (it runs since " + since + ")");
  job.news_milliseconds = now;  // said again after as long
}

void Run::tell(std::string text) {
  runplan::RunEvent event;
  event.kind = runplan::RunEvent::Kind::Waiting;
  event.detail = std::move(text);
  emit(event);
}

}  // namespace space::flight
