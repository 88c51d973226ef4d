variable "namespace" {
  description = "Prefix of every name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}$", var.namespace))
    error_message = "The namespace must be lower case, and at most 41 characters."
  }
}

variable "instances" {
  description = "How many, by role."
  type        = map(number)

  validation {
    condition     = alltrue([for amount in values(var.instances) : amount >= 0 && amount <= 20])
    error_message = "Each role has 0 to 20 instances."
  }
}

variable "listeners" {
  description = "What to listen on."
  type = list(object({
    port     = number
    protocol = optional(string, "tcp")
    internal = optional(bool, false)
  }))
  default = [{ port = 443 }]
}

variable "tags" {
  type    = map(string)
  default = {}
}
