// A tofu that plays: it understands the small part of the language that the tests' roots are written in, does what the real one
// would do with it, faults of the provider included, and starts in two milliseconds. What it does not understand it refuses with
// exit code 70. tests/lab/conformance.py holds it to the real one.
package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

const version = "1.12.6"

// What a command line holds: flags without their dashes, and the rest.
type arguments struct {
	flags map[string][]string
	rest  []string
}

var knownFlags = map[string][]string{
	"version": {"json"},
	"init":    {"input", "no-color", "json", "lockfile", "backend"},
	"plan":    {"input", "no-color", "detailed-exitcode", "destroy", "var-file", "out", "json-into"},
	"apply":   {"input", "no-color", "json"},
	"output":  {"no-color", "json"},
	"state":   {"no-color"},
}

func parse(words []string) (string, arguments) {
	given := arguments{flags: map[string][]string{}}
	command := words[0]
	known, is := knownFlags[command]
	if !is {
		refuse("`tofu %s` is not played", command)
	}
	for _, word := range words[1:] {
		if !strings.HasPrefix(word, "-") {
			given.rest = append(given.rest, word)
			continue
		}
		name, value, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
		if !slices.Contains(known, name) {
			refuse("`tofu %s -%s` is not played", command, name)
		}
		given.flags[name] = append(given.flags[name], value)
	}
	return command, given
}

func main() {
	if len(os.Args) < 2 {
		refuse("a command is missing")
	}
	command, given := parse(os.Args[1:])
	switch command {
	case "version":
		fmt.Printf("{\"terraform_version\":\"%s\",\"platform\":\"linux_amd64\",\"provider_selections\":{}}\n", version)
	case "init":
		os.Exit(initialise(given))
	case "plan":
		os.Exit(plan(given))
	case "apply":
		os.Exit(apply(given))
	case "output":
		os.Exit(output())
	case "state":
		os.Exit(pull(given))
	}
}
