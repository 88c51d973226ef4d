package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"time"

	"space.local/lab/world"
)

// One apply: what has become of each address, and the state as it grows.
type applying struct {
	out    *stream
	store  backend
	module *module
	now    *state
	stop   context.Context

	guard  sync.Mutex
	counts counts
	failed bool
}

func apply(given arguments) int {
	out := &stream{out: os.Stdout}
	out.version()
	config := readConfig()
	var saved savedPlan
	text, err := os.ReadFile(given.rest[0])
	if err == nil {
		err = json.Unmarshal(text, &saved)
	}
	if err != nil {
		out.diagnose("error", "Failed to load \""+given.rest[0]+"\" as a plan file", err.Error())
		return 1
	}
	store, module := openBackend(config), loadModule(config)
	maps.Copy(module.known, saved.Variables)
	now, ok := lockAndRead(out, store, "OperationTypeApply")
	if !ok {
		return 1
	}
	if now == nil {
		now = newState()
	} else if now.Lineage != saved.Lineage || now.Serial != saved.Serial {
		out.diagnose("error", "Saved plan is stale", "The given plan file can no longer be applied because the state was changed by "+
			"another operation after the plan was created.")
		unlock(out, store)
		return 1
	}
	for _, one := range saved.Changes {
		if one.Action != "noop" {
			out.planned(resourceAt(module, one.Address), one.Action)
		}
	}
	stop, cancel := context.WithCancel(context.Background())
	go takeInterrupts(out, cancel)
	it := &applying{out: out, store: store, module: module, now: now, stop: stop}
	return it.run(saved)
}

func takeInterrupts(out *stream, cancel func()) {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt)
	<-signals
	out.log("\nInterrupt received.\nPlease wait for OpenTofu to exit or data loss may occur.\nGracefully shutting down...\n")
	cancel()
	<-signals
	out.log("\nTwo interrupts received. Exiting immediately. Note that data loss may have occurred.\n")
	os.Exit(1)
}

func (a *applying) run(saved savedPlan) int {
	good := map[string]bool{}
	ended := map[string]chan struct{}{}
	for _, one := range saved.Changes {
		ended[one.Address] = make(chan struct{})
	}
	var all sync.WaitGroup
	for _, one := range saved.Changes {
		it := resourceAt(a.module, one.Address)
		waits := it.needs
		if saved.Destroys {
			waits = nil
			for _, other := range a.module.resources {
				for _, need := range other.needs {
					if need == one.Address {
						waits = append(waits, other.address)
					}
				}
			}
		}
		all.Add(1)
		go func() {
			defer all.Done()
			defer close(ended[one.Address])
			for _, wait := range waits {
				if channel, is := ended[wait]; is {
					<-channel
					a.guard.Lock()
					isGood := good[wait]
					a.guard.Unlock()
					if !isGood {
						return
					}
				}
			}
			if a.stop.Err() != nil && one.Action != "noop" {
				return
			}
			isGood := a.change(it, one)
			a.guard.Lock()
			good[one.Address] = isGood
			a.guard.Unlock()
		}()
	}
	all.Wait()
	return a.end(saved)
}

func (a *applying) end(saved savedPlan) int {
	if a.stop.Err() != nil {
		a.failed = true
		a.out.diagnose("error", "execution halted", "")
	}
	if !a.failed {
		a.now.Outputs = map[string]outputValue{}
		for _, it := range a.module.outputs {
			if saved.Destroys {
				break
			}
			if value := a.module.known.evaluate(it.attributes["value"]); value != nil {
				a.now.Outputs[it.labels[0]] = outputValue{value, typeOf(value), it.attributes["sensitive"] == "true"}
			}
		}
	}
	if err := a.save(); err != nil {
		a.failed = true
		a.out.diagnose("error", "Failed to save state", err.Error())
		if problem := os.WriteFile("errored.tfstate", a.now.text(), 0o600); problem != nil {
			a.out.diagnose("error", "Failed to create local state file", problem.Error())
			a.out.log(string(a.now.text()))
		}
		a.out.diagnose("error", "Failed to persist state to backend", "The error shown above has prevented OpenTofu from writing the updated state.")
	}
	if !unlock(a.out, a.store) || a.failed {
		return 1
	}
	a.out.summary("apply", a.counts) // also of a destroy that was planned before
	told := fields{}
	for name, it := range a.now.Outputs {
		told[name] = fields{"sensitive": it.Sensitive, "type": it.Type}
	}
	a.out.say("info", "outputs", fmt.Sprintf("Outputs: %d", len(told)), fields{"outputs": told})
	return 0
}

// Under the guard, or when nothing else runs.
func (a *applying) save() error {
	a.now.Serial++
	return a.store.write(a.now)
}

func (a *applying) keep(address string, attributes map[string]any, status string) {
	a.guard.Lock()
	defer a.guard.Unlock()
	a.now.set(address, attributes, status)
	if _, is := a.store.(*localBackend); is { // others are written once, at the end
		if err := a.store.write(a.now); err != nil {
			a.failed = true
		}
	}
}

func (a *applying) before(address string) map[string]any {
	a.guard.Lock()
	defer a.guard.Unlock()
	if there := a.now.find(address); there != nil {
		return attributesOf(there)
	}
	return nil
}

func (a *applying) change(it resource, one change) bool {
	before := a.before(it.address)
	switch one.Action {
	case "noop":
		a.know(it, before)
		return true
	case "delete":
		return a.remove(it, before)
	case "replace":
		if !a.remove(it, before) || a.stop.Err() != nil {
			return false
		}
		before = nil
	}
	operation := map[bool]string{true: "create", false: "update"}[before == nil]
	begun := a.start(it, operation)
	a.guard.Lock()
	after := a.module.wanted(it)
	a.guard.Unlock()
	id := randomID()
	if before != nil {
		id = text(before["id"])
	} else if it.kind == "fault_object" {
		id = text(after["name"]) + "-" + id[:8]
	}
	after = made(it, after, id)
	told, problem := a.do(it, operation, after)
	status := ""
	if problem == nil {
		problem = a.provision(it, operation)
	}
	if problem != nil && operation == "create" {
		status = "tainted"
	}
	if told {
		a.keep(it.address, after, status)
	}
	return a.finish(it, operation, begun, problem, func() { a.know(it, after) })
}

func (a *applying) remove(it resource, before map[string]any) bool {
	begun := a.start(it, "delete")
	told, problem := a.do(it, "delete", before)
	if told && problem == nil {
		a.keep(it.address, nil, "")
	}
	return a.finish(it, "delete", begun, problem, func() {})
}

func (a *applying) know(it resource, attributes map[string]any) {
	a.guard.Lock()
	a.module.known[it.address] = attributes
	a.guard.Unlock()
}

func (a *applying) start(it resource, action string) time.Time {
	a.out.hook("apply_start", action, it, action, nil)
	return time.Now()
}

func (a *applying) finish(it resource, action string, begun time.Time, problem *world.Problem, onGood func()) bool {
	seconds := fields{"elapsed_seconds": int(time.Since(begun).Seconds())}
	if problem != nil {
		a.guard.Lock()
		a.failed = true
		a.guard.Unlock()
		a.out.hook("apply_errored", "errored", it, action, seconds)
		a.out.diagnose("error", problem.Summary, problem.Detail)
		return false
	}
	a.guard.Lock()
	switch action {
	case "create":
		a.counts.add++
	case "update":
		a.counts.change++
	case "delete":
		a.counts.remove++
	}
	a.guard.Unlock()
	onGood()
	a.out.hook("apply_complete", "complete", it, action, seconds)
	return true
}

// In the world; what would end the plugin must not end us.
func (a *applying) do(it resource, operation string, attributes map[string]any) (bool, *world.Problem) {
	if it.kind != "fault_object" {
		return true, nil
	}
	fault := faultOf(attributes, operation)
	line := world.Line{Op: operation, Name: text(attributes["name"]), ID: text(attributes["id"]), Content: text(attributes["content"])}
	if !endsPlugin(fault) {
		return fault.Do(a.stop, a.module.world, line)
	}
	fault.Mode = "ok"
	if _, problem := fault.Do(a.stop, a.module.world, line); problem != nil {
		return false, problem
	}
	return false, pluginGone
}

func (a *applying) provision(it resource, operation string) *world.Problem {
	if operation != "create" {
		return nil
	}
	for _, expression := range provisioners(it) {
		a.out.hook("provision_start", "Provisioning with 'local-exec'...", it, "", fields{"provisioner": "local-exec"})
		command := pathRoot.ReplaceAllString(literal(expression), ".")
		run := exec.CommandContext(a.stop, "/bin/sh", "-c", command)
		if output, err := run.CombinedOutput(); err != nil {
			a.out.hook("provision_errored", "Provisioning errored", it, "", fields{"provisioner": "local-exec"})
			return &world.Problem{Summary: "local-exec provisioner error", Detail: strings.TrimSpace(string(output)) + err.Error()}
		}
		a.out.hook("provision_complete", "Provisioning complete", it, "", fields{"provisioner": "local-exec"})
	}
	return nil
}

func output() int {
	it, err := openBackend(readConfig()).read()
	if err != nil {
		fmt.Fprintln(os.Stderr, "Error: Failed to load state\n\n"+err.Error())
		return 1
	}
	outputs := map[string]outputValue{}
	if it != nil {
		outputs = it.Outputs
	}
	text, _ := json.MarshalIndent(outputs, "", "  ")
	fmt.Println(string(text))
	return 0
}

func pull(given arguments) int {
	if len(given.rest) != 1 || given.rest[0] != "pull" {
		refuse("of `tofu state` only `pull` is played")
	}
	it, err := openBackend(readConfig()).read()
	if err != nil {
		fmt.Fprintln(os.Stderr, "Error: "+err.Error())
		return 1
	}
	if it != nil {
		fmt.Print(string(it.text()))
	}
	return 0
}
