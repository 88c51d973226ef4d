output "url" {
  description = "Where it answers."
  value       = "https://${terraform_data.balancer.output.name}.internal:${var.listeners[0].port}"
}

output "instances" {
  description = "Names, by key."
  value       = { for key, instance in terraform_data.instance : key => instance.output.name }
}

output "admin_password" {
  description = "The first password of the first user."
  value       = terraform_data.admin.output
  sensitive   = true
}
