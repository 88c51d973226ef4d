terraform {
  required_providers {
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = "~> 1.68"
    }
  }
}

variable "name" {
  type = string
}

variable "amount" {
  type = number
}

variable "image" {
  type = string
}

variable "server_type" {
  type = string
}

variable "location" {
  type = string
}

variable "network_id" {
  type = number
}

variable "firewalls" {
  type    = list(number)
  default = []
}

variable "user_data" {
  type = string
}

resource "hcloud_server" "builder" {
  count        = var.amount
  name         = "${var.name}-${count.index}"
  image        = var.image
  server_type  = var.server_type
  location     = var.location
  firewall_ids = var.firewalls
  user_data    = var.user_data

  network {
    network_id = var.network_id
  }
}

output "addresses" {
  description = "Public IPv4 addresses, by name."
  value       = { for server in hcloud_server.builder : server.name => server.ipv4_address }
}
