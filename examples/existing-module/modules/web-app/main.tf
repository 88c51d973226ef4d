module "label" {
  source     = "./modules/label"
  namespace  = var.namespace
  name       = "app"
  attributes = ["web"]
  tags       = var.tags
}

locals {
  members = merge([
    for role, amount in var.instances : {
      for index in range(amount) : "${role}-${index}" => role
    }
  ]...)
}

resource "terraform_data" "instance" {
  for_each = local.members
  input = {
    name = "${module.label.id}-${each.key}"
    role = each.value
    tags = module.label.tags
  }
}

resource "terraform_data" "balancer" {
  triggers_replace = [for listener in var.listeners : listener.port]
  input = {
    name      = "${module.label.id}-lb"
    listeners = var.listeners
    members   = [for instance in terraform_data.instance : instance.output.name]
  }

  lifecycle {
    precondition {
      condition     = length(var.listeners) > 0
      error_message = "A balancer needs a listener."
    }
  }
}

resource "terraform_data" "admin" {
  input = sha256("${module.label.id}:${terraform_data.balancer.id}")
}
