variable "name" {
  type        = string
  description = "What the collector is called."
}

resource "terraform_data" "collector" {
  input = "https://${var.name}.metrics.internal"
}

output "endpoint" {
  description = "Where metrics are sent."
  value       = terraform_data.collector.output
}
