// cidrcontains cidrhost cidrnetmask cidrsubnet cidrsubnets.
#include <algorithm>

#include "core/eval/function_families.h"
#include "core/values/ip.h"

namespace space::eval {

using values::IpAddress;
using values::IpPrefix;
using values::Number;
using values::Type;
using values::Value;

namespace {

__extension__ using Bits = unsigned __int128;

Bits to_bits(const IpAddress& address) {
  Bits bits = 0;
  for (int i = 0; i < address.bits / 8; ++i)
    bits = bits << 8 | address.bytes[static_cast<std::size_t>(i)];
  return bits;
}

IpAddress from_bits(Bits bits, int width) {
  IpAddress address;
  address.bits = width;
  for (int i = width / 8 - 1; i >= 0; --i) {
    address.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(bits & 0xFF);
    bits >>= 8;
  }
  return address;
}

// A mask of so many low bits; a shift by the whole width is no shift.
Bits low_bits(int count) { return count >= 128 ? ~Bits{0} : (Bits{1} << count) - 1; }
Bits shifted(Bits bits, int count) { return count >= 128 ? 0 : bits << count; }

std::string prefix_text(Bits network, int length, int width) {
  return from_bits(network, width).to_string() + "/" + std::to_string(length);
}

// The size of a whole number, when 128 bits hold it.
std::optional<Bits> magnitude(const Number& number) {
  if (!number.is_integer()) return std::nullopt;
  const std::string digits = number.absolute().to_radix(16);
  if (digits.size() > 32) return std::nullopt;
  Bits bits = 0;
  for (const char c : digits)
    bits = bits << 4 | static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
  return bits;
}

struct Network {
  Bits bits = 0;
  int length = 0;
  int width = 32;
};

std::optional<Network> read_network(const Value& value, std::string& why) {
  const std::optional<IpPrefix> prefix = values::parse_prefix(value.as_string(), why);
  if (!prefix) {
    why = "`" + value.as_string() + "` is no CIDR block: " + why;
    return std::nullopt;
  }
  return Network{to_bits(prefix->network()), prefix->length, prefix->address.bits};
}

FunctionResult cidr_host(Arguments arguments, const FunctionContext&) {
  std::string why;
  const auto network = read_network(arguments[0], why);
  if (!network) return refuse(0, why);
  const Number& number = arguments[1].as_number();
  const std::optional<Bits> size = magnitude(number);
  if (!number.is_integer())
    return refuse(1, "a whole number is required, and this is " + number.to_string());
  const Bits last = low_bits(network->width - network->length);
  // From the end: -1 is the last address.
  const bool negative = number.is_negative();
  if (!size || (negative ? *size - 1 : *size) > last) {
    return refuse(1, "a prefix of " + std::to_string(network->length) + " bits has no host " +
                         number.to_string());
  }
  const Bits host = negative ? last - (*size - 1) : *size;
  return give(text(from_bits(network->bits | host, network->width).to_string()));
}

FunctionResult cidr_netmask(Arguments arguments, const FunctionContext&) {
  std::string why;
  const auto network = read_network(arguments[0], why);
  if (!network) return refuse(0, why);
  if (network->width != 32) return refuse(0, "only IPv4 has netmasks");
  const Bits mask = low_bits(32) & ~low_bits(32 - network->length);
  return give(text(from_bits(mask, 32).to_string()));
}

FunctionResult cidr_subnet(Arguments arguments, const FunctionContext&) {
  std::string why;
  const auto network = read_network(arguments[0], why);
  if (!network) return refuse(0, why);
  const auto more = arguments[1].as_number().to_int64();
  if (!more || *more < 0) return refuse(1, "a whole number that is not negative is required");
  const Number& number = arguments[2].as_number();
  const std::optional<Bits> nth = magnitude(number);
  if (!number.is_integer() || number.is_negative())
    return refuse(2, "a whole number that is not negative is required");
  if (*more > network->width - network->length) {
    return refuse(1, "a prefix of " + std::to_string(network->length) + " bits cannot grow by " +
                         std::to_string(*more));
  }
  const int bits = static_cast<int>(*more);
  if (!nth || *nth > low_bits(bits)) {
    return refuse(
        2, "with " + std::to_string(bits) + " more bits there is no subnet " + number.to_string());
  }
  const int length = network->length + bits;
  return give(text(
      prefix_text(network->bits | shifted(*nth, network->width - length), length, network->width)));
}

FunctionResult cidr_subnets(Arguments arguments, const FunctionContext&) {
  std::string why;
  const auto network = read_network(arguments[0], why);
  if (!network) return refuse(0, why);
  // tofu looks for the block before the first, and finds the last there is.
  if (arguments.size() > 1 && network->bits == 0)
    return refuse(0, "tofu cannot divide a block that starts at the address of zeros");
  const Bits last = network->bits | low_bits(network->width - network->length);
  values::ValueList subnets;
  Bits next = network->bits;
  bool full = false;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const auto more = arguments[i].as_number().to_int64();
    if (!more || *more < 1) return refuse(i, "a prefix must grow by at least one bit");
    if (*more > 32) return refuse(i, "a prefix may grow by at most 32 bits");
    const int length = network->length + static_cast<int>(*more);
    if (length > network->width) {
      return refuse(i, "the prefix would have " + std::to_string(length) +
                           " bits, and the address has " + std::to_string(network->width));
    }
    const Bits size = low_bits(network->width - length);
    // Round up to where a block of this size may start.
    const Bits start = (next + size) & ~size;
    if (full || start < next || start > last || start + size > last) {
      return refuse(i, "no room is left for a prefix of " + std::to_string(length) + " bits");
    }
    subnets.push_back(text(prefix_text(start, length, network->width)));
    full = start + size == last;
    next = start + size + 1;
  }
  return give(Value::list(Type::string(), std::move(subnets)));
}

FunctionResult cidr_contains(Arguments arguments, const FunctionContext&) {
  std::string why;
  const auto outer = read_network(arguments[0], why);
  if (!outer) return refuse(0, why);
  Network inner;
  if (const auto address = values::parse_ip(arguments[1].as_string())) {
    inner = {to_bits(*address), address->bits, address->bits};
  } else if (const auto prefix = read_network(arguments[1], why)) {
    inner = *prefix;
  } else {
    return refuse(1,
                  "`" + arguments[1].as_string() + "` is neither an IP address nor a CIDR block");
  }
  if (outer->width != inner.width) return refuse(1, "one of them is IPv4 and the other IPv6");
  const Bits mask = ~low_bits(outer->width - outer->length);
  const Bits last = inner.bits | low_bits(inner.width - inner.length);
  const auto within = [&](Bits bits) {
    return ((bits ^ outer->bits) & mask & low_bits(outer->width)) == 0;
  };
  return give(Value::boolean(within(inner.bits) && within(last)));
}

constexpr Behaviour k_functions[] = {
    {"cidrcontains", cidr_contains}, {"cidrhost", cidr_host},       {"cidrnetmask", cidr_netmask},
    {"cidrsubnet", cidr_subnet},     {"cidrsubnets", cidr_subnets},
};

}  // namespace

std::span<const Behaviour> network_functions() { return k_functions; }

}  // namespace space::eval
