// A whole file: items, to the last byte, whatever they are.
#pragma once

#include "grammar/declaration.h"

namespace space::grammar {

struct file_items : peg::star<peg::sor<trivium, peg::seq<peg::not_at<peg::eof>, item_line>>> {};
struct file : in_lines<Lines::Between, peg::opt<byte_order_mark>, file_items, peg::eof> {};

}  // namespace space::grammar
