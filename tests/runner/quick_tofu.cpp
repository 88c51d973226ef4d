// quick_tofu: stands where the runner looks for tofu, answers at once, and keeps a local state. It
// is for what takes hundreds of procedures or a chosen pace: views, memory, leaks. What tofu itself
// does is shown with tofu. `# quick plan_ms=20 apply_ms=500 fail=apply` in the first line of a
// root's main.tf says how that root goes; `deaf=yes` lets
// its apply go on through an interrupt.
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

volatile std::sig_atomic_t interrupted = 0;

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_file(const std::string& path, const std::string& text) {
  if (const auto folder = std::filesystem::path(path).parent_path(); !folder.empty())
    std::filesystem::create_directories(folder);
  std::ofstream(path, std::ios::binary) << text;
}

// What follows `word` in `text`, up to one of `ends`.
std::string after(const std::string& text, std::string_view word, const char* ends) {
  const std::size_t at = text.find(word);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + word.size();
  return text.substr(begin, text.find_first_of(ends, begin) - begin);
}

std::string told(const std::string& what) {
  const std::string text = read_file("main.tf");
  return after(text.substr(0, text.find('\n')), " " + what + "=", " \n");
}

void sleep_for(const std::string& milliseconds) {
  if (milliseconds.empty()) return;
  const long count = std::stol(milliseconds);
  const bool is_deaf = told("deaf") == "yes";
  timespec left{count / 1000, count % 1000 * 1'000'000};
  while (nanosleep(&left, &left) != 0 && (is_deaf || interrupted == 0)) {
  }
}

std::string line(const std::string& type, const std::string& more) {
  return R"({"@level":"info","@message":"","type":")" + type + "\"" + more + "}\n";
}

std::string error_line(const std::string& summary) {
  return line("diagnostic", R"(,"diagnostic":{"severity":"error","summary":")" + summary +
                                R"(","detail":"It was told to."})");
}

const std::string k_version = line("version", R"(,"tofu":"1.12.6","ui":"1.2")");
const std::string k_hook = R"(,"hook":{"resource":{"addr":"terraform_data.it"},"action":"create"})";

std::string summary(const std::string& operation) {
  return line(
      "change_summary",
      R"(,"changes":{"add":1,"change":0,"import":0,"remove":0,"operation":")" + operation + "\"}");
}

std::string outputs() {
  const std::string text = read_file("outputs.tf");
  std::string json;
  for (std::size_t at = text.find("output \""); at != std::string::npos;
       at = text.find("output \"", at + 1)) {
    json += (json.empty() ? "\"" : ",\"") + after(text.substr(at), "output \"", "\"") +
            R"(":{"value":"quick","type":"string"})";
  }
  return "{" + json + "}";
}

std::string state_path() { return after(read_file("backend.tf"), "path = \"", "\""); }

int plan(const std::vector<std::string>& arguments) {
  std::string stream, saved;
  for (const std::string& argument : arguments) {
    if (argument.starts_with("-json-into=")) stream = argument.substr(11);
    if (argument.starts_with("-out=")) saved = argument.substr(5);
  }
  sleep_for(told("plan_ms"));
  if (interrupted != 0 || told("fail") == "plan") {
    write_file(stream, k_version + error_line("The plan fails"));
    return 1;
  }
  write_file(stream,
             k_version +
                 line("planned_change",
                      R"(,"change":{"resource":{"addr":"terraform_data.it"},"action":"create"})") +
                 summary("plan"));
  write_file(saved, "quick");
  std::cout << "terraform_data.it will be created\n";
  return 2;
}

int apply() {
  std::cout << k_version << line("apply_start", k_hook) << std::flush;
  sleep_for(told("apply_ms"));
  if (interrupted != 0 && told("deaf") != "yes") {
    std::cout << R"({"@message":"Interrupt received.","type":"log"})"
              << "\n";
    return 1;
  }
  if (told("fail") == "apply") {
    std::cout << line("apply_errored", k_hook) << error_line("The apply fails");
    return 1;
  }
  write_file(
      state_path(),
      R"({"version":4,"terraform_version":"1.12.6","serial":1,"lineage":"quick","outputs":)" +
          outputs() + R"(,"resources":[{"instances":[{}]}]})");
  std::cout << line("apply_complete", k_hook) << summary("apply");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGINT, [](int) { interrupted = 1; });
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const std::string command = arguments.empty() ? "" : arguments[0];
  if (command == "version") {
    std::cout << R"({"terraform_version":"1.12.6"})"
              << "\n";
    return 0;
  }
  if (command == "init") {
    std::cout << k_version;
    return 0;
  }
  if (command == "plan") return plan(arguments);
  if (command == "apply") return apply();
  if (command == "output") {
    std::cout << outputs();
    return 0;
  }
  std::fprintf(stderr, "quick_tofu: there is no `%s`\n", command.c_str());
  return 1;
}
