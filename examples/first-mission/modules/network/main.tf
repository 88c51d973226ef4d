variable "name" {
  type = string
}

variable "cidr" {
  type        = string
  description = "The whole network; each zone gets a part of it."

  validation {
    condition     = can(cidrhost(var.cidr, 0))
    error_message = "The network must be a CIDR block."
  }
}

variable "zones" {
  type    = list(string)
  default = ["a", "b"]
}

resource "terraform_data" "network" {
  input = {
    name = var.name
    cidr = var.cidr
  }
}

resource "terraform_data" "subnet" {
  for_each = { for index, zone in var.zones : zone => cidrsubnet(var.cidr, 8, index) }
  input = {
    network = terraform_data.network.id
    zone    = each.key
    cidr    = each.value
  }
}

output "network_id" {
  value = terraform_data.network.id
}

output "subnets" {
  value = [for subnet in terraform_data.subnet : { cidr = subnet.output.cidr, zone = subnet.output.zone }]
}
