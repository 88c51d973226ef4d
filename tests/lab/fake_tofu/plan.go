package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"space.local/lab/world"
)

// A saved plan: what is to be done and against which state. Values that are known stay; the rest is evaluated at the apply.
type savedPlan struct {
	Serial    int64
	Lineage   string
	Variables map[string]any
	Changes   []change
	Destroys  bool
	Outputs   bool // whether outputs change
}

type change struct {
	Address string
	Action  string // "noop", "create", "update", "replace", "delete"
}

func initialise(given arguments) int {
	out := &stream{out: os.Stdout}
	out.version()
	config := readConfig()
	out.say("info", "init_output", "Initializing the backend...", nil)
	if _, err := openBackend(config).read(); err != nil {
		out.diagnose("error", "Error refreshing state", err.Error())
		return 1
	}
	module := loadModule(config)
	if module.world != nil {
		text := fmt.Sprintf("provider \"%s\" {\n  version = \"1.0.0\"\n}\n", faultSource)
		if err := os.WriteFile(".terraform.lock.hcl", []byte(text), 0o666); err != nil {
			refuse("%v", err)
		}
	}
	if err := os.MkdirAll(os.Getenv("TF_DATA_DIR"), 0o777); err != nil {
		refuse("%v", err)
	}
	return 0
}

// What both commands begin with; the diagnostics are told where it cannot be.
func lockAndRead(out *stream, store backend, operation string) (*state, bool) {
	if err := store.lock(newLock(operation)); err != nil {
		out.diagnose("error", "Error acquiring the state lock", lockText(err))
		return nil, false
	}
	it, err := store.read()
	if err != nil {
		out.diagnose("error", "error loading state: "+err.Error(), "")
		unlock(out, store)
		return nil, false
	}
	return it, true
}

func lockText(err error) string {
	held, is := err.(heldError)
	if !is {
		return err.Error()
	}
	it := held.holder
	return fmt.Sprintf("Error message: the lock is held\nLock Info:\n  ID:        %s\n  Path:      %s\n  Operation: %s\n  Who:       %s\n"+
		"  Version:   %s\n  Created:   %s\n", it.ID, it.Path, it.Operation, it.Who, it.Version, it.Created)
}

func unlock(out *stream, store backend) bool {
	if err := store.unlock(); err != nil {
		out.diagnose("error", "Error releasing the state lock", err.Error())
		return false
	}
	return true
}

// What the world says of objects that the state knows.
func refresh(out *stream, module *module, now *state) bool {
	if module.world == nil {
		return true
	}
	objects, err := module.world.Objects()
	if err != nil {
		out.diagnose("error", "The world cannot be read", err.Error())
		return false
	}
	for _, it := range append([]*resourceState(nil), now.Resources...) {
		if it.Type != "fault_object" {
			continue
		}
		address, instance := it.Type+"."+it.Name, it.Instances[0]
		one := resource{address: address, kind: it.Type, name: it.Name}
		out.hook("refresh_start", "Refreshing state...", one, "read", nil)
		if fault := faultOf(instance.Attributes, "read"); fault.Mode != "ok" || fault.Delay > 0 {
			if problem := strike(fault, module.world, "read", text(instance.Attributes["name"])); problem != nil {
				out.diagnose("error", problem.Summary, problem.Detail)
				return false
			}
		}
		out.hook("refresh_complete", "Refresh complete", one, "read", nil)
		found, is := objects[text(instance.Attributes["id"])]
		if !is {
			now.set(address, nil, "")
			continue
		}
		instance.Attributes["content"] = found.Content
		now.set(address, made(one, instance.Attributes, text(instance.Attributes["id"])), instance.Status)
	}
	return true
}

var pluginGone = &world.Problem{Summary: "Plugin did not respond", Detail: "The plugin encountered an error."}

func endsPlugin(fault world.Fault) bool { return fault.Mode == "panic" || fault.Mode == "exit" }

func strike(fault world.Fault, w *world.World, what, name string) *world.Problem {
	problem := fault.Before(context.Background(), w, what, name)
	if problem == nil && endsPlugin(fault) {
		return pluginGone
	}
	if problem == nil {
		_, problem = fault.After(name)
	}
	return problem
}

// What is to be done, in the order of the configuration; what is no longer in it comes last.
func changesOf(module *module, now *state, destroys bool) []change {
	var changes []change
	wanted := map[string]bool{}
	if !destroys {
		for _, it := range module.resources {
			wanted[it.address] = true
			var before map[string]any
			tainted := false
			if there := now.find(it.address); there != nil {
				before, tainted = attributesOf(there), there.Instances[0].Status == "tainted"
			}
			action, after := module.planned(it, before, tainted)
			module.known[it.address] = after
			changes = append(changes, change{it.address, action})
		}
	}
	for _, it := range now.Resources {
		if address := it.Type + "." + it.Name; !wanted[address] {
			changes = append(changes, change{address, "delete"})
		}
	}
	return changes
}

func countsOf(changes []change) counts {
	var it counts
	for _, one := range changes {
		switch one.Action {
		case "create":
			it.add++
		case "update":
			it.change++
		case "delete":
			it.remove++
		case "replace":
			it.add++
			it.remove++
		}
	}
	return it
}

func resourceAt(module *module, address string) resource {
	for _, it := range module.resources {
		if it.address == address {
			return it
		}
	}
	var kind, name string
	for at := range address {
		if address[at] == '.' {
			kind, name = address[:at], address[at+1:]
		}
	}
	return resource{address: address, kind: kind, name: name}
}

func sameText(a, b any) bool {
	left, _ := json.Marshal(a)
	right, _ := json.Marshal(b)
	return string(left) == string(right)
}

// Tells of outputs; true where one changes.
func planOutputs(out *stream, module *module, now *state, destroys bool) bool {
	changes := false
	told := fields{}
	for _, it := range module.outputs {
		before, was := now.Outputs[it.labels[0]]
		action := "noop"
		if destroys {
			if was {
				action = "delete"
			}
		} else if value := module.known.evaluate(it.attributes["value"]); !was {
			action = "create"
		} else if value == unknown || !sameText(before.Value, value) {
			action = "update"
		}
		changes = changes || action != "noop"
		told[it.labels[0]] = fields{"sensitive": it.attributes["sensitive"] == "true", "action": action}
	}
	for name, it := range now.Outputs {
		if told[name] == nil {
			changes = true
			told[name] = fields{"sensitive": it.Sensitive, "action": "delete"}
		}
	}
	if len(told) > 0 {
		out.say("info", "outputs", fmt.Sprintf("Outputs: %d", len(told)), fields{"outputs": told})
	}
	return changes
}

func plan(given arguments) int {
	out := &stream{}
	if into := given.flags["json-into"]; into != nil {
		file, err := os.OpenFile(into[0], os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			refuse("%v", err)
		}
		out.out = file
	}
	out.version()
	config := readConfig()
	store, module := openBackend(config), loadModule(config)
	_, destroys := given.flags["destroy"]
	if missing := module.readVariables(given.flags["var-file"]); missing != "" {
		out.diagnose("error", "No value for required variable", missing)
		return 1
	}
	now, ok := lockAndRead(out, store, "OperationTypePlan")
	if !ok {
		return 1
	}
	saved := savedPlan{Variables: module.known, Destroys: destroys}
	if now == nil {
		now = newState()
		now.Lineage = ""
	}
	saved.Serial, saved.Lineage = now.Serial, now.Lineage
	if !refresh(out, module, now) {
		unlock(out, store)
		return 1
	}
	variables := map[string]any{}
	for name, value := range module.known {
		variables[name] = value
	}
	saved.Variables = variables
	saved.Changes = changesOf(module, now, destroys)
	for _, it := range saved.Changes {
		one := resourceAt(module, it.Address)
		if fault := plannedFault(module, it); fault != nil {
			out.summary("plan", counts{})
			out.diagnose("error", fault.Summary, fault.Detail)
			unlock(out, store)
			return 1
		}
		if it.Action != "noop" {
			out.planned(one, it.Action)
		}
	}
	out.summary("plan", countsOf(saved.Changes))
	saved.Outputs = planOutputs(out, module, now, destroys)
	fmt.Println("A plan that was played.")
	text, err := json.Marshal(saved)
	if err != nil {
		refuse("%v", err)
	}
	if err := os.WriteFile(given.flags["out"][0], text, 0o600); err != nil {
		out.diagnose("error", "Failed to save plan", err.Error())
		unlock(out, store)
		return 1
	}
	if !unlock(out, store) {
		return 1
	}
	if countsOf(saved.Changes) != (counts{}) || saved.Outputs {
		return 2
	}
	return 0
}

func plannedFault(module *module, it change) *world.Problem {
	after, is := module.known[it.Address].(map[string]any)
	if !is || it.Action == "delete" || text(after["when"]) != "plan" {
		return nil
	}
	fault := faultOf(after, "plan")
	if fault.Mode == "ok" && fault.Delay == 0 {
		return nil
	}
	return strike(fault, module.world, "plan", text(after["name"]))
}
