variable "amount" {
  type = number
}

variable "image" {
  type = string
}

variable "region" {
  type = string
}

variable "network_id" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "user_data" {
  type    = string
  default = ""
}

resource "terraform_data" "server" {
  count = var.amount
  input = {
    name      = "server-${count.index}"
    image     = var.image
    region    = var.region
    network   = var.network_id
    address   = cidrhost(var.subnets[count.index % length(var.subnets)], 10 + count.index)
    user_data = var.user_data
  }
}

output "addresses" {
  value = [for server in terraform_data.server : server.output.address]
}
