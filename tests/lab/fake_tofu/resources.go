package main

import (
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"space.local/lab/world"
)

const faultSource = "example.test/tests/fault"

type resource struct {
	address, kind, name string
	block               *block
	needs               []string // addresses
}

func (r resource) provider() string {
	if r.kind == "fault_object" {
		return "fault"
	}
	return "terraform"
}

// The configuration, evaluated as far as it goes.
type module struct {
	resources []resource // each behind what it needs
	outputs   []*block
	variables []*block
	world     *world.World
	known     scope
}

func loadModule(config []*block) *module {
	it := &module{known: scope{}}
	given := map[string]resource{}
	var order []string
	for _, one := range config {
		switch one.kind {
		case "resource":
			made := resource{one.labels[0] + "." + one.labels[1], one.labels[0], one.labels[1], one, nil}
			if made.kind != "terraform_data" && made.kind != "fault_object" {
				refuse("a %s is not played", made.kind)
			}
			texts := []string{}
			collectTexts(one, &texts)
			for _, text := range texts {
				for _, read := range reads(text) {
					if read != made.address && !slices.Contains(made.needs, read) {
						made.needs = append(made.needs, read)
					}
				}
			}
			given[made.address] = made
			order = append(order, made.address)
		case "output":
			it.outputs = append(it.outputs, one)
		case "variable":
			it.variables = append(it.variables, one)
		case "provider":
			if one.labels[0] == "fault" {
				it.world = &world.World{Path: literal(one.attributes["world"])}
			}
		}
	}
	slices.Sort(order)
	var visit func(address string)
	visit = func(address string) {
		one, is := given[address]
		if !is {
			return
		}
		delete(given, address)
		for _, need := range one.needs {
			visit(need)
		}
		it.resources = append(it.resources, one)
	}
	for _, address := range order {
		visit(address)
	}
	return it
}

func collectTexts(b *block, into *[]string) {
	for _, text := range b.attributes {
		*into = append(*into, text)
	}
	for _, inner := range b.blocks {
		collectTexts(inner, into)
	}
}

// Variables: terraform.tfvars, then the files of `-var-file`, then the environment for those that are still unknown.
func (m *module) readVariables(files []string) (missing string) {
	values := map[string]any{}
	if text, err := os.ReadFile("terraform.tfvars"); err == nil {
		for _, line := range strings.Split(string(text), "\n") {
			if match := attributeLine.FindStringSubmatch(strings.TrimSpace(line)); match != nil {
				values[match[1]] = scope{}.evaluate(match[2])
			}
		}
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			refuse("%v", err)
		}
		if err := json.Unmarshal(text, &values); err != nil {
			refuse("%s: %v", file, err)
		}
	}
	for _, variable := range m.variables {
		name := variable.labels[0]
		if text, is := os.LookupEnv("TF_VAR_" + name); is && values[name] == nil {
			values[name] = text
		}
		value, is := values[name]
		if !is {
			return name
		}
		m.known["var."+name] = value
	}
	return ""
}

func number(value any) int64 {
	it, _ := value.(float64)
	return int64(it)
}

func text(value any) string {
	it, _ := value.(string)
	return it
}

// The attributes that the configuration wants, with what it does not say as the provider defaults it.
func (m *module) wanted(it resource) map[string]any {
	found := map[string]any{}
	if it.kind == "fault_object" {
		found = map[string]any{"content": "", "mode": "ok", "when": "create", "delay": 0.0, "size": 0.0}
	} else {
		found = map[string]any{"input": nil, "triggers_replace": nil}
	}
	for name, expression := range it.block.attributes {
		if name != "depends_on" {
			found[name] = m.known.evaluate(expression)
		}
	}
	return found
}

// What becomes of a resource: "noop", "create", "update", "replace"; and its attributes as far as they are known now.
func (m *module) planned(it resource, before map[string]any, tainted bool) (string, map[string]any) {
	after := m.wanted(it)
	if before == nil {
		return "create", withUnknown(it, after)
	}
	forces := map[string]string{"fault_object": "name", "terraform_data": "triggers_replace"}[it.kind]
	if tainted || !reflect.DeepEqual(before[forces], after[forces]) {
		return "replace", withUnknown(it, after)
	}
	for name, value := range after {
		if !reflect.DeepEqual(before[name], value) {
			after = withUnknown(it, after)
			after["id"] = before["id"]
			return "update", after
		}
	}
	return "noop", before
}

func withUnknown(it resource, attributes map[string]any) map[string]any {
	attributes["id"] = unknown
	attributes[map[string]string{"fault_object": "value", "terraform_data": "output"}[it.kind]] = unknown
	return attributes
}

// What the provider gives back where all is known.
func made(it resource, attributes map[string]any, id string) map[string]any {
	attributes["id"] = id
	if it.kind == "fault_object" {
		attributes["value"] = world.Value(text(attributes["mode"]), text(attributes["name"]), text(attributes["content"]), number(attributes["size"]))
	} else {
		attributes["output"] = attributes["input"]
	}
	return attributes
}

func faultOf(attributes map[string]any, operation string) world.Fault {
	if text(attributes["when"]) != operation {
		return world.Fault{Mode: "ok"}
	}
	return world.Fault{Mode: text(attributes["mode"]), Delay: time.Duration(number(attributes["delay"])) * time.Millisecond}
}

// The commands of a resource's local-exec provisioners.
func provisioners(it resource) []string {
	var commands []string
	for _, inner := range it.block.blocks {
		if inner.kind == "provisioner" {
			commands = append(commands, inner.attributes["command"])
		}
	}
	return commands
}

var pathRoot = regexp.MustCompile(`\$\{path\.root\}`)
