# What is unknown while the expressions are evaluated.
variable "us" { type = string }
variable "un" { type = number }
variable "ub" { type = bool }
variable "ul" { type = list(string) }
variable "um" { type = map(string) }
variable "uo" { type = object({ a = string, b = number }) }
variable "ua" {}
