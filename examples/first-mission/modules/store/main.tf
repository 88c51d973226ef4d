variable "name" {
  type = string
}

variable "network_id" {
  type = string
}

resource "terraform_data" "store" {
  input = {
    name    = var.name
    network = var.network_id
  }
}

output "url" {
  value = "https://${terraform_data.store.output.name}.store.internal"
}
