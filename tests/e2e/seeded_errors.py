"""Mistakes in a body, each of a kind that has a name: what tofu refuses, `spacec check` must refuse.

A mistake is a block that is put behind a good body, or (MODULE_CALLS) the arguments of a call of MODULE. The body has `var.string`,
`var.number`, `var.bool`, `var.strings` (a list), `var.numbers`, `var.labels` (a map), `var.words` (a set), `var.thing`, `var.things`, `var.deep`, and
resources `terraform_data.reads`, `random_id.first`.
"""

MODULE = '''variable "name" {
  type = string
}

variable "many" {
  type    = list(object({ a = string, b = optional(number, 1) }))
  default = []
}

variable "limits" {
  type     = map(number)
  default  = {}
  nullable = false
}

variable "pair" {
  type    = tuple([string, bool])
  default = ["a", true]
}

variable "plain" {
  type      = string
  default   = "x"
  ephemeral = false
}

resource "terraform_data" "this" {
  input = [var.name, var.many, var.limits, var.pair, var.plain]
}

output "id" {
  value = terraform_data.this.id
}

output "hidden" {
  value     = var.name
  sensitive = true
}
'''


def data(text, name="seed"):
    return f'resource "terraform_data" "{name}" {{\n{text}\n}}\n'


def value(text):
    return data(f"  input = {text}")


def lifecycle(text):
    return data(f"  lifecycle {{\n{text}\n  }}")


def condition(text, kind="precondition"):
    return lifecycle(f"    {kind} {{\n      {text}\n    }}")


GOOD = 'condition = terraform_data.reads.id != ""\n      error_message = "no"'

BLOCKS = {
    # Expressions.
    "operator: number and list": value("1 + [2]"), "operator: not of a string": value('!"x"'), "operator: minus a map": value("-{}"),
    "operator: and of numbers": value("1 && true"), "operator: text that is no number": value('"x" * 2'), "operator: less than a list": value("1 < var.strings"),
    "condition that is a list": value("var.strings ? 1 : 2"), "condition with two types": value("var.bool ? var.number : var.bool"),
    "condition: list or text": value('var.bool ? var.strings : "a"'),
    "index: a list by a word": value('var.strings["k"]'), "index: a list by a name": value("var.strings.k"), "index: into a number": value("var.number[0]"),
    "index: a set": value("var.words[0]"), "index: an object by a number": value("var.thing[0]"), "index: behind the end": value("[1, 2][5]"),
    "index: a key that is not there": value('{ a = 1 }["b"]'),
    "attribute: of an object, unknown": value("var.thing.c"), "attribute: of text": value("var.string.x"), "attribute: through a splat": value("var.things[*].c"),
    "attribute: of null": value("null.x"),
    "template: a list inside": value('"a${var.strings}b"'), "template: an object inside": value('"a${var.thing}"'), "template: for over text": value('"%{ for x in var.string }a%{ endfor }"'),
    "template: if of a list": value('"%{ if var.strings }a%{ endif }"'),
    "for: over a number": value("[for x in var.number : x]"), "for: over text": value("[for x in var.string : x]"), "for: key is a list": value("{ for x in var.strings : [x] => x }"),
    "for: if of text": value('[for x in var.strings : x if "x"]'), "for: key twice": value('{ for x in ["a", "b"] : "k" => x }'), "for: key is null": value("{ for x in [null] : x => 1 }"),
    "object: key is a list": value("{ ([1]) = 1 }"), "object: key is null": value("{ (null) = 1 }"),
    "function: unknown": value("nothing(1)"), "function: too few": value("replace(var.string)"), "function: too many": value('upper("a", "b")'),
    "function: wrong type": value("upper(var.strings)"), "function: list of lists": value("join(\",\", [var.strings])"), "function: number for a list": value("concat(var.strings, 1)"),
    "function: map wanted": value("keys(var.strings)"), "function: a known value that it refuses": value('parseint("zz", 10)'), "function: bad address": value('cidrhost("x", 1)'),
    "function: expanded what is no list": value("max(var.number...)"), "function: null": value("upper(null)"), "function: bad regex": value('regex("(", var.string)'),
    "function: bad format": value('format("%d", "x")'), "function: bad JSON": value('jsondecode("{")'), "function: of two types": value("merge(var.labels, var.strings)"),
    "function: of a provider that has none": value("provider::random::nothing(1)"),
    "reference: unknown variable": value("var.nothing"), "reference: unknown resource": value("terraform_data.nothing.id"), "reference: unknown local": value("local.nothing"),
    "reference: unknown module": value("module.nothing.id"), "reference: unknown data source": value("data.null_data_source.nothing.id"), "reference: a bare word": value("nothing"),
    "reference: unknown attribute": value("random_id.first.nothing"), "reference: a type alone": value("terraform_data"), "reference: each without for_each": value("each.key"),
    "reference: count without count": value("count.index"), "reference: self outside": value("self.id"), "reference: to itself": value("terraform_data.seed.id"),
    "reference: unknown path": value("path.nothing"), "reference: unknown output of a module": value("module.seed.nothing"), "reference: attribute of text": value("random_id.first.hex.x"),
    "reference: an index where there is no count": value("random_id.first[0].hex"), "reference: each.value of a set of text": data("  for_each = toset(var.strings)\n  input = each.value.x"),
    "reference: no index where there is count": data("  count = 2", "many") + value("terraform_data.many.id"),
    # What repeats.
    "count: text": data('  count = "x"'), "count: list": data("  count = var.strings"), "count: bool": data("  count = true"), "count: a fraction": data("  count = 1.5"),
    "count: below zero": data("  count = -1"), "count: null": data("  count = null"), "count: sensitive": data("  count = sensitive(1)"),
    "count: and for_each": data("  count = 1\n  for_each = toset([])"), "for_each: list": data("  for_each = var.strings"), "for_each: text": data('  for_each = "a"'),
    "for_each: null": data("  for_each = null"), "for_each: set of numbers": data("  for_each = toset(var.numbers)"), "for_each: number": data("  for_each = 1"),
    "for_each: sensitive": data('  for_each = toset([sensitive("a")])'), "for_each: a null key": data("  for_each = toset([null])"), "for_each: not known": data("  for_each = toset([random_id.first.hex])"),
    "count: not known": data("  count = random_id.first.hex == \"\" ? 1 : 0"), "count: reads itself": data("  count = length(terraform_data.seed)"), "for_each: reads each": data("  for_each = toset([each.key])"),
    # Arguments of tofu's own.
    "depends_on: number": data("  depends_on = 1"), "depends_on: text": data('  depends_on = ["terraform_data.reads"]'), "depends_on: an expression": data("  depends_on = [upper(var.string)]"),
    "depends_on: unknown": data("  depends_on = [terraform_data.nothing]"), "provider: number": data("  provider = 7"), "provider: unknown": data("  provider = nothing"),
    "provider: an alias that is not there": 'resource "random_id" "seed" {\n  provider = random.other\n  byte_length = 1\n}\n',
    "provider: of another kind": 'resource "random_id" "seed" {\n  provider = null\n  byte_length = 1\n}\n',
    "lifecycle: unknown argument": lifecycle("    surplus = 1"), "lifecycle: unknown block": lifecycle("    surplus {\n    }"), "lifecycle: twice": data("  lifecycle {\n  }\n  lifecycle {\n  }"),
    "lifecycle: create_before_destroy is text": lifecycle('    create_before_destroy = "x"'), "lifecycle: create_before_destroy reads": lifecycle("    create_before_destroy = var.bool"),
    "lifecycle: prevent_destroy is a list": lifecycle("    prevent_destroy = []"),
    "lifecycle: ignore_changes is a number": lifecycle("    ignore_changes = 1"), "lifecycle: ignore_changes of what is not there": lifecycle("    ignore_changes = [nothing]"),
    "lifecycle: replace_triggered_by is text": lifecycle('    replace_triggered_by = ["x"]'), "lifecycle: replace_triggered_by a variable": lifecycle("    replace_triggered_by = [var.string]"),
    "lifecycle: replace_triggered_by what is not there": lifecycle("    replace_triggered_by = [terraform_data.nothing]"), "lifecycle: with a label": data('  lifecycle "x" {\n  }'),
    "lifecycle: enabled and count": data("  count = 1\n  lifecycle {\n    enabled = true\n  }"), "lifecycle: enabled is text": lifecycle('    enabled = "x"'), "lifecycle: enabled is null": lifecycle("    enabled = null"),
    "precondition: reads nothing": condition('condition = true\n      error_message = "no"'), "precondition: no condition": condition('error_message = "no"'),
    "precondition: no message": condition('condition = var.bool'), "precondition: condition is text": condition('condition = var.string == "" ? "x" : "y"\n      error_message = "no"'),
    "precondition: unknown argument": condition(GOOD + "\n      surplus = 1"), "precondition: reads self": condition('condition = self.id != ""\n      error_message = "no"'),
    "precondition: message is a list": condition('condition = var.bool\n      error_message = var.strings'), "precondition: condition is a list": condition('condition = var.strings\n      error_message = "no"'),
    "postcondition: reads nothing": condition('condition = 1 == 1\n      error_message = "no"', "postcondition"), "postcondition: unknown attribute": condition('condition = self.nothing\n      error_message = "no"', "postcondition"),
    "provisioner: unknown": data('  provisioner "nothing" {\n  }'), "provisioner: without a label": data("  provisioner {\n  }"), "provisioner: local-exec without command": data('  provisioner "local-exec" {\n  }'),
    "provisioner: unknown argument": data('  provisioner "local-exec" {\n    command = "true"\n    surplus = 1\n  }'), "provisioner: command is a list": data('  provisioner "local-exec" {\n    command = ["true"]\n  }'),
    "provisioner: unknown when": data('  provisioner "local-exec" {\n    command = "true"\n    when    = never\n  }'), "provisioner: unknown on_failure": data('  provisioner "local-exec" {\n    command = "true"\n    on_failure = stop\n  }'),
    "provisioner: at destroy it reads a variable": data('  provisioner "local-exec" {\n    command = var.string\n    when    = destroy\n  }'),
    "connection: unknown argument": data('  connection {\n    host = "x"\n    surplus = 1\n  }\n  provisioner "remote-exec" {\n    inline = ["true"]\n  }'), "connection: twice": data('  connection {\n    host = "x"\n  }\n  connection {\n    host = "x"\n  }'),
    # Schemas.
    "schema: unknown type": 'resource "random_nothing" "seed" {\n}\n', "schema: unknown data source": 'data "random_id" "seed" {\n}\n', "schema: missing argument": 'resource "random_id" "seed" {\n}\n',
    "schema: unknown argument": 'resource "random_id" "seed" {\n  byte_length = 1\n  surplus = 1\n}\n', "schema: wrong type": 'resource "random_id" "seed" {\n  byte_length = "x"\n}\n',
    "schema: wrong type inside": 'resource "null_resource" "seed" {\n  triggers = { a = [1] }\n}\n', "schema: null where one is needed": 'resource "random_id" "seed" {\n  byte_length = null\n}\n',
    "schema: unknown argument of tofu's own": data("  surplus = 1"), "schema: block of tofu's own": data("  surplus {\n  }"), "schema: unknown attribute of tofu's own": value("terraform_data.reads.surplus"),
    "schema: computed argument of tofu's own": data('  output = "x"'), "schema: computed argument": 'resource "random_id" "seed" {\n  byte_length = 1\n  hex = "a"\n}\n',
    "schema: block that is needed": 'resource "hcloud_server" "seed" {\n  name = "x"\n  server_type = "cx"\n  image = "debian"\n  network {\n    alias_ips = 1\n  }\n}\n',
    "dynamic: of what is no block": 'resource "hcloud_firewall" "seed" {\n  name = "x"\n  dynamic "surplus" {\n    for_each = [1]\n    content {\n    }\n  }\n}\n',
    "dynamic: no content": 'resource "hcloud_firewall" "seed" {\n  name = "x"\n  dynamic "rule" {\n    for_each = [1]\n  }\n}\n', "dynamic: no for_each": 'resource "hcloud_firewall" "seed" {\n  name = "x"\n  dynamic "rule" {\n    content {\n      direction = "in"\n      protocol = "tcp"\n    }\n  }\n}\n',
    "dynamic: over a number": 'resource "hcloud_firewall" "seed" {\n  name = "x"\n  dynamic "rule" {\n    for_each = 1\n    content {\n      direction = "in"\n      protocol = "tcp"\n    }\n  }\n}\n',
    "dynamic: wrong type inside": 'resource "hcloud_firewall" "seed" {\n  name = "x"\n  dynamic "rule" {\n    for_each = var.strings\n    content {\n      direction = [rule.value]\n      protocol = "tcp"\n    }\n  }\n}\n',
    "dynamic: missing argument inside": 'resource "hcloud_firewall" "seed" {\n  name = "x"\n  dynamic "rule" {\n    for_each = var.strings\n    content {\n      direction = rule.value\n    }\n  }\n}\n',
    "dynamic: unknown part of the iterator": 'resource "hcloud_firewall" "seed" {\n  name = "x"\n  dynamic "rule" {\n    for_each = var.strings\n    content {\n      direction = rule.nothing\n      protocol = "tcp"\n    }\n  }\n}\n',
    "dynamic: unknown argument": 'resource "hcloud_firewall" "seed" {\n  name = "x"\n  dynamic "rule" {\n    for_each = var.strings\n    surplus = 1\n    content {\n      direction = "in"\n      protocol = "tcp"\n    }\n  }\n}\n',
    "dynamic: attribute of a text": 'resource "hcloud_firewall" "seed" {\n  name = "x"\n  dynamic "rule" {\n    for_each = var.strings\n    content {\n      direction = rule.value.x\n      protocol = "tcp"\n    }\n  }\n}\n',
    "two of one name": data("  input = 1") + data("  input = 2"), "resource with one label": 'resource "terraform_data" {\n}\n', "resource with three labels": 'resource "terraform_data" "a" "b" {\n}\n',
    "name that tofu refuses": 'resource "terraform_data" "a b" {\n}\n',
    # check, import, moved, removed, locals, module.
    "check: no assert": 'check "seed" {\n}\n', "check: unknown block": 'check "seed" {\n  surplus {\n  }\n}\n', "check: no label": 'check {\n  assert {\n    condition = var.bool\n    error_message = "no"\n  }\n}\n',
    "check: assert without a message": 'check "seed" {\n  assert {\n    condition = var.bool\n  }\n}\n', "check: condition is a list": 'check "seed" {\n  assert {\n    condition = var.strings\n    error_message = "no"\n  }\n}\n',
    "check: condition reads nothing": 'check "seed" {\n  assert {\n    condition = true\n    error_message = "no"\n  }\n}\n', "check: unknown argument": 'check "seed" {\n  surplus = 1\n  assert {\n    condition = var.bool\n    error_message = "no"\n  }\n}\n',
    "check: two data sources": 'check "seed" {\n  data "null_data_source" "a" {\n  }\n  data "null_data_source" "b" {\n  }\n  assert {\n    condition = var.bool\n    error_message = "no"\n  }\n}\n',
    "import: no id": "import {\n  to = terraform_data.reads\n}\n", "import: no to": 'import {\n  id = "x"\n}\n', "import: to text": 'import {\n  to = "terraform_data.reads"\n  id = "x"\n}\n', "import: id is a list": 'import {\n  to = terraform_data.reads\n  id = var.strings\n}\n',
    "import: to what is not there": 'import {\n  to = terraform_data.nothing\n  id = "x"\n}\n', "import: unknown argument": 'import {\n  to = terraform_data.reads\n  id = "x"\n  surplus = 1\n}\n', "import: with a label": 'import "x" {\n  to = terraform_data.reads\n  id = "x"\n}\n',
    "moved: no to": "moved {\n  from = terraform_data.old\n}\n", "moved: from text": 'moved {\n  from = "terraform_data.old"\n  to = terraform_data.reads\n}\n', "moved: still there": "moved {\n  from = random_id.first\n  to = random_id.second\n}\n",
    "moved: unknown argument": "moved {\n  from = terraform_data.old\n  to = terraform_data.reads\n  surplus = 1\n}\n", "moved: to another type": "moved {\n  from = random_id.old\n  to = random_pet.new\n}\n", "moved: a data source": "moved {\n  from = data.null_data_source.old\n  to = data.null_data_source.new\n}\n",
    "moved: a resource to a module": "moved {\n  from = terraform_data.old\n  to = module.seed\n}\n", "moved: in a circle": "moved {\n  from = terraform_data.a\n  to = terraform_data.b\n}\nmoved {\n  from = terraform_data.b\n  to = terraform_data.a\n}\n",
    "moved: twice": "moved {\n  from = terraform_data.a\n  to = terraform_data.b\n}\nmoved {\n  from = terraform_data.a\n  to = terraform_data.c\n}\n", "moved: onto itself": "moved {\n  from = terraform_data.a\n  to = terraform_data.a\n}\n",
    "removed: still there": "removed {\n  from = terraform_data.reads\n}\n", "removed: no from": "removed {\n}\n", "removed: from text": 'removed {\n  from = "terraform_data.old"\n}\n', "removed: one instance": "removed {\n  from = terraform_data.old[0]\n}\n",
    "removed: unknown argument": "removed {\n  from = terraform_data.old\n  surplus = 1\n}\n", "removed: destroy is text": 'removed {\n  from = terraform_data.old\n  lifecycle {\n    destroy = "x"\n  }\n}\n',
    "locals: a circle": "locals {\n  a = local.b\n  b = local.a\n}\n", "locals: twice": "locals {\n  a = 1\n}\nlocals {\n  a = 2\n}\n", "locals: a block inside": "locals {\n  a {\n  }\n}\n", "locals: wrong type": "locals {\n  a = 1 + [2]\n}\n",
    "locals: what reads one": "locals {\n  seeds = [1]\n}\n" + value("upper(local.seeds)"), "locals: attribute of one": "locals {\n  seeds = { a = 1 }\n}\n" + value("local.seeds.b"),
    "resources: a circle": data("  input = terraform_data.two.id") + data("  input = terraform_data.seed.id", "two"),
    "unknown block": "surplus {\n}\n", "variable": 'variable "x" {\n}\n',
    "ephemeral: kept by a resource": 'ephemeral "random_password" "seed" {\n  length = 8\n}\n' + value("ephemeral.random_password.seed.result"),
    "ephemeral: unknown type": 'ephemeral "random_id" "seed" {\n  byte_length = 1\n}\n', "ephemeral: unknown attribute": 'ephemeral "random_password" "seed" {\n  length = 8\n}\nlocals {\n  a = ephemeral.random_password.seed.nothing\n}\n',
}

CALL = 'name = "x"'
MODULE_CALLS = {
    "module: missing input": "many = []", "module: unknown input": CALL + "\n  surplus = 1", "module: list for text": "name = var.strings", "module: text for a list": CALL + '\n  many = "x"',
    "module: object that lacks": CALL + "\n  many = [{ b = 1 }]", "module: wrong inside": CALL + '\n  many = [{ a = "x", b = "y" }]', "module: map of text for numbers": CALL + '\n  limits = { a = "x" }',
    "module: null": CALL + "\n  limits = null", "module: tuple too long": CALL + '\n  pair = ["a", true, 1]', "module: tuple of other types": CALL + "\n  pair = [[], true]", "module: a list wired in": CALL + "\n  plain = var.things",
    "module: count is text": CALL + '\n  count = "x"', "module: count is a fraction": CALL + "\n  count = 0.5", "module: count and for_each": CALL + "\n  count = 1\n  for_each = {}", "module: for_each is a list": CALL + "\n  for_each = [1]",
    "module: depends_on is text": CALL + '\n  depends_on = "x"', "module: providers is a list": CALL + "\n  providers = []", "module: a provider that it does not take": CALL + "\n  providers = { nothing = nothing }",
    "module: a block": CALL + "\n  surplus {\n  }", "module: reads itself": "name = module.seed.id", "module: two sources": CALL + '\n  source = "./modules/other"', "module: version of a folder": CALL + '\n  version = "1.0.0"',
    "module: ephemeral into one that is not": CALL + "\n  plain = ephemeralasnull(1)[0]", "module: unknown reference": "name = terraform_data.nothing.id", "module: lifecycle": CALL + "\n  lifecycle {\n    create_before_destroy = true\n  }",
    "module: object into a list": CALL + '\n  many = { a = "x" }', "module: set for a list of objects": CALL + "\n  many = toset([1])",
}

# What tofu refuses and check takes, with the reason. docs/testing.md has the same table in words.
UNSAID = {
    "provider: an alias that is not there": "an alias may be declared in a module's `configuration_aliases`, or reach the root from the space",
    "lifecycle: ignore_changes of what is not there": "names in `ignore_changes` are not held to schemas yet",
    "schema: null where one is needed": "the provider says so itself; tofu's own reading of the schema lets null pass",
    "module: a provider that it does not take": "keys of `providers` are not held to the module's requirements",
    "module: reads itself": "a call of a module is followed input by input, output by output, which takes the module's own files",
}
