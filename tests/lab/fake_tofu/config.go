package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// A block of the small part of HCL that the tests' roots are written in: a line is `head {`, `}` or `name = expression`.
// Anything else is refused, so that nothing is played that was not understood.
type block struct {
	kind       string
	labels     []string
	attributes map[string]string // the expression's text
	blocks     []*block
}

var (
	headLine      = regexp.MustCompile(`^([a-z_]+)((?:\s+"[^"]*")*)\s*\{$`)
	labelText     = regexp.MustCompile(`"([^"]*)"`)
	attributeLine = regexp.MustCompile(`^([a-z_A-Z0-9]+)\s*=\s*(.+)$`)
)

func refuse(format string, given ...any) {
	fmt.Fprintf(os.Stderr, "fake tofu: "+format+"\n", given...)
	os.Exit(70)
}

// All blocks of the folder's `.tf` files.
func readConfig() []*block {
	names, _ := filepath.Glob("*.tf")
	sort.Strings(names)
	top := &block{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			refuse("%v", err)
		}
		open := []*block{top}
		for number, line := range strings.Split(string(text), "\n") {
			line = strings.TrimSpace(line)
			last := open[len(open)-1]
			if head := headLine.FindStringSubmatch(line); head != nil {
				inner := &block{kind: head[1], attributes: map[string]string{}}
				for _, label := range labelText.FindAllStringSubmatch(head[2], -1) {
					inner.labels = append(inner.labels, label[1])
				}
				last.blocks = append(last.blocks, inner)
				open = append(open, inner)
			} else if object := regexp.MustCompile(`^([a-z]+) = \{$`).FindStringSubmatch(line); object != nil {
				inner := &block{kind: object[1], attributes: map[string]string{}} // of required_providers
				last.blocks = append(last.blocks, inner)
				open = append(open, inner)
			} else if line == "}" && len(open) > 1 {
				open = open[:len(open)-1]
			} else if attribute := attributeLine.FindStringSubmatch(line); attribute != nil && len(open) > 1 {
				last.attributes[attribute[1]] = attribute[2]
			} else if line != "" && !strings.HasPrefix(line, "#") {
				refuse("%s:%d is not understood: %s", name, number+1, line)
			}
		}
		if len(open) != 1 {
			refuse("%s: a block is not closed", name)
		}
	}
	return top.blocks
}

func (b *block) find(kind string) *block {
	for _, inner := range b.blocks {
		if inner.kind == kind {
			return inner
		}
	}
	return nil
}

// The backend's block: in a `terraform` block.
func findBackend(config []*block) *block {
	for _, it := range config {
		if it.kind == "terraform" {
			if found := it.find("backend"); found != nil {
				return found
			}
		}
	}
	return nil
}

// A text that stands there in quotes, without templates.
func literal(expression string) string {
	var text string
	if err := json.Unmarshal([]byte(expression), &text); err != nil {
		refuse("%s is no text", expression)
	}
	return text
}
