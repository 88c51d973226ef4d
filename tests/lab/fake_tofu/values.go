package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Values are what encoding/json makes of JSON, and `unknown`.
type unknownValue struct{}

var unknown = unknownValue{}

// What expressions can see: "var.x" and "TYPE.NAME" (an object of attributes).
type scope map[string]any

var (
	templatePart = regexp.MustCompile(`\$\{([^}]*)\}`)
	traversal    = regexp.MustCompile(`^([a-z_]+)\.([a-zA-Z0-9_]+)(?:\.([a-z_]+))?$`)
	wrapped      = regexp.MustCompile(`^(?:nonsensitive|sensitive)\((.*)\)$`)
)

func (s scope) traverse(text string) any {
	text = strings.TrimSpace(text)
	if inner := wrapped.FindStringSubmatch(text); inner != nil {
		text = inner[1]
	}
	match := traversal.FindStringSubmatch(text)
	if match == nil {
		refuse("the expression %s is not understood", text)
	}
	found, is := s[match[1]+"."+match[2]]
	if !is {
		refuse("there is no %s", text)
	}
	if match[3] == "" || found == unknown {
		return found
	}
	return found.(map[string]any)[match[3]]
}

func (s scope) evaluate(expression string) any {
	if strings.HasPrefix(expression, `"`) {
		text := literal(expression)
		isUnknown := false
		text = templatePart.ReplaceAllStringFunc(text, func(part string) string {
			value := s.traverse(part[2 : len(part)-1])
			if value == unknown {
				isUnknown = true
				return ""
			}
			return fmt.Sprint(value)
		})
		if isUnknown {
			return unknown
		}
		return text
	}
	var value any
	if json.Unmarshal([]byte(expression), &value) == nil {
		return value
	}
	return s.traverse(expression)
}

// The resources that an expression reads, "TYPE.NAME".
func reads(expression string) []string {
	var found []string
	for _, match := range regexp.MustCompile(`\b([a-z]+_[a-z]+)\.([a-z0-9_]+)`).FindAllStringSubmatch(expression, -1) {
		found = append(found, match[1]+"."+match[2])
	}
	return found
}
