// abs ceil floor log max min parseint pow range signum sum.
#include <cmath>

#include "core/eval/function_families.h"
#include "core/values/convert.h"
#include "core/values/render.h"

namespace space::eval {

using values::Number;
using values::Type;
using values::TypeKind;
using values::Value;

namespace {

FunctionResult absolute(Arguments arguments, const FunctionContext&) {
  return give(Value::number(arguments[0].as_number().absolute()));
}
FunctionResult ceiling(Arguments arguments, const FunctionContext&) {
  return give(Value::number(arguments[0].as_number().ceil()));
}
FunctionResult floor_of(Arguments arguments, const FunctionContext&) {
  return give(Value::number(arguments[0].as_number().floor()));
}

FunctionResult from_double(double value, const char* what) {
  const std::optional<Number> number = Number::from_double(value);
  if (!number) return refuse_call(std::string(what) + " is no finite number");
  return give(Value::number(*number));
}

// The natural logarithm by FreeBSD's e_log.c, operation by operation as tofu's library has it: the
// last bit counts, and libraries differ in it.
double natural_log(double x) {
  if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
  int exponent = 0;
  double fraction = std::frexp(x, &exponent);
  if (fraction < M_SQRT1_2) {
    fraction *= 2;
    --exponent;
  }
  const double f = fraction - 1, k = exponent;
  const double s = f / (2 + f), s2 = s * s, s4 = s2 * s2;
  const double t1 = s2 * (6.666666666666735130e-01 +
                          s4 * (2.857142874366239149e-01 +
                                s4 * (1.818357216161805012e-01 + s4 * 1.479819860511658591e-01)));
  const double t2 = s4 * (3.999999999940941908e-01 +
                          s4 * (2.222219843214978396e-01 + s4 * 1.531383769920937332e-01));
  const double half_square = 0.5 * f * f;
  constexpr double k_ln2_high = 6.93147180369123816490e-01, k_ln2_low = 1.90821492927058770002e-10;
  return k * k_ln2_high - ((half_square - (s * (half_square + (t1 + t2)) + k * k_ln2_low)) - f);
}

// Likewise: by squaring, with the exponent kept apart.
double raised(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (y == 1) return x;
  if (y == 0.5) return std::sqrt(x);
  if (y == -0.5) return 1 / std::sqrt(x);
  constexpr double k_too_many = 0x1p62;
  double whole = 0;
  double part = std::modf(std::fabs(y), &whole);
  if (x == 0 || whole > k_too_many || (part != 0 && x < 0)) return std::pow(x, y);
  double power = 1;
  int exponent = 0;
  if (part != 0) {
    if (part > 0.5) {
      part -= 1;
      whole += 1;
    }
    power = std::exp(part * natural_log(x));
  }
  int step = 0;
  double factor = std::frexp(x, &step);
  for (auto rest = static_cast<std::int64_t>(whole); rest != 0; rest >>= 1) {
    constexpr int k_far = 1 << 12;  // the result is 0 or infinite
    if (step < -k_far || step > k_far) {
      exponent += step;
      break;
    }
    if ((rest & 1) == 1) {
      power *= factor;
      exponent += step;
    }
    factor *= factor;
    step *= 2;
    if (factor < 0.5) {
      factor += factor;
      --step;
    }
  }
  return y < 0 ? std::ldexp(1 / power, -exponent) : std::ldexp(power, exponent);
}

// Of both arguments; what 64 bits do not hold is refused, as tofu does.
FunctionResult of_doubles(Arguments arguments, double (*function)(double, double),
                          const char* what) {
  const double a = arguments[0].as_number().to_double(), b = arguments[1].as_number().to_double();
  for (std::size_t i = 0; i < 2; ++i) {
    if (!std::isfinite(i == 0 ? a : b)) return refuse(i, "the number is too large");
  }
  return from_double(function(a, b), what);
}

FunctionResult logarithm(Arguments arguments, const FunctionContext&) {
  return of_doubles(
      arguments, [](double a, double b) { return natural_log(a) / natural_log(b); },
      "the logarithm");
}

FunctionResult power(Arguments arguments, const FunctionContext&) {
  return of_doubles(arguments, raised, "the power");
}

FunctionResult signum(Arguments arguments, const FunctionContext&) {
  const auto number = arguments[0].as_number().to_int64();
  if (!number) return refuse(0, "a whole number of at most 64 bits is required");
  return give(Value::number(*number < 0 ? -1 : *number == 0 ? 0 : 1));
}

FunctionResult parse_integer(Arguments arguments, const FunctionContext&) {
  if (arguments[0].kind() != TypeKind::String) {
    return refuse(0, "a string is required, and this is " + values::describe(arguments[0].type()));
  }
  const auto base = arguments[1].as_number().to_int64();
  if (!base || *base < 2 || *base > 62)
    return refuse(1, "the base must be a whole number from 2 to 62");
  const std::string& digits = text_of(arguments[0]);
  const std::optional<Number> number = Number::parse_integer(digits, static_cast<int>(*base));
  if (!number) {
    return refuse(
        0, values::quote_hcl(digits) + " is no whole number of base " + std::to_string(*base));
  }
  return give(Value::number(*number));
}

std::optional<FunctionError> check_parse_integer(Arguments arguments) {
  const TypeKind kind = arguments[0].kind();
  if (kind == TypeKind::String || kind == TypeKind::Any) return std::nullopt;
  return FunctionError{
      0, "a string is required, and this is " + values::describe(arguments[0].type())};
}

template <class Better>
FunctionResult best(Arguments arguments, Better better) {
  if (arguments.empty()) return refuse_call("at least one number is required");
  std::size_t found = 0;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (better(arguments[i].as_number(), arguments[found].as_number())) found = i;
  }
  return give(arguments[found]);
}

FunctionResult minimum(Arguments arguments, const FunctionContext&) {
  return best(arguments, [](const Number& a, const Number& b) { return a < b; });
}
FunctionResult maximum(Arguments arguments, const FunctionContext&) {
  return best(arguments, [](const Number& a, const Number& b) { return a > b; });
}

FunctionResult range(Arguments arguments, const FunctionContext&) {
  if (arguments.empty() || arguments.size() > 3)
    return refuse_call("one, two or three arguments are required");
  const Number zero(0);
  const Number start = arguments.size() == 1 ? zero : arguments[0].as_number();
  const Number end = arguments[arguments.size() == 1 ? 0 : 1].as_number();
  Number step(end < start ? -1 : 1);
  if (arguments.size() == 3) step = arguments[2].as_number();
  if (step.is_zero() && start == end) return give(Value::list(Type::number(), {}));
  if (step.is_zero()) return refuse(2, "the step may not be zero");
  const bool down = step.is_negative();
  if (down && end > start)
    return refuse(1, "with a negative step the end may not be above the start");
  if (!down && end < start)
    return refuse(1, "with a positive step the end may not be below the start");
  constexpr std::size_t k_limit = 1024;
  values::ValueList numbers;
  for (Number number = start; down ? number > end : number < end; number = number + step) {
    if (numbers.size() >= k_limit) return refuse_call("a range has at most 1024 numbers");
    numbers.push_back(Value::number(number));
  }
  return give(Value::list(Type::number(), std::move(numbers)));
}

FunctionResult sum(Arguments arguments, const FunctionContext&) {
  const TypeKind kind = arguments[0].kind();
  if (kind != TypeKind::List && kind != TypeKind::Set && kind != TypeKind::Tuple) {
    return refuse(0, "a list, a set or a tuple is required, and this is " +
                         values::describe(arguments[0].type()));
  }
  const values::ValueList& numbers = arguments[0].as_list();
  if (numbers.empty()) return refuse(0, "an empty list has no sum");
  if (!arguments[0].is_wholly_known()) return give(Value::unknown(Type::number()));
  std::optional<Number> total;
  for (const Value& value : numbers) {
    const values::Conversion number = values::convert(value, Type::number());
    if (value.is_null() || !number.value) return refuse(0, "all elements must be numbers");
    total = total ? *total + number.value->as_number() : number.value->as_number();
  }
  return give(Value::number(*total));
}

constexpr Behaviour k_functions[] = {
    {"abs", absolute},
    {"ceil", ceiling},
    {"floor", floor_of},
    {"log", logarithm},
    {"max", maximum},
    {"min", minimum},
    {"pow", power},
    {"range", range},
    {"signum", signum},
    {"sum", sum, k_no_parameter, k_no_parameter, number_result},
    {"parseint", parse_integer, k_no_parameter, k_no_parameter, number_result, check_parse_integer},
};

}  // namespace

std::span<const Behaviour> number_functions() { return k_functions; }

}  // namespace space::eval
