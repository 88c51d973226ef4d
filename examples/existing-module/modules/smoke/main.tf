# Looks at what the application gave. It keeps a fingerprint of the password, not the password.

variable "url" {
  type = string
}

variable "admin_password" {
  type      = string
  sensitive = true
}

resource "terraform_data" "login" {
  input = {
    url         = var.url
    fingerprint = substr(sha256(var.admin_password), 0, 8)
  }
}

output "checked" {
  value = terraform_data.login.output.url
}
