#include "core/eval/function_families.h"
namespace space::eval {
std::span<const Behaviour> string_functions() { return {}; }
std::span<const Behaviour> regex_functions() { return {}; }
std::span<const Behaviour> format_functions() { return {}; }
std::span<const Behaviour> encoding_functions() { return {}; }
std::span<const Behaviour> yaml_functions() { return {}; }
std::span<const Behaviour> sequence_functions() { return {}; }
std::span<const Behaviour> map_functions() { return {}; }
std::span<const Behaviour> set_functions() { return {}; }
std::span<const Behaviour> network_functions() { return {}; }
std::span<const Behaviour> file_functions() { return {}; }
std::span<const Behaviour> time_functions() { return {}; }
}  // namespace space::eval
