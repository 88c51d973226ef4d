package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// A state, version 4, as far as the runner and the tests read it.
type state struct {
	Version   int                    `json:"version"`
	Tofu      string                 `json:"terraform_version"`
	Serial    int64                  `json:"serial"`
	Lineage   string                 `json:"lineage"`
	Outputs   map[string]outputValue `json:"outputs"`
	Resources []*resourceState       `json:"resources"`
	Checks    any                    `json:"check_results"`
}

type outputValue struct {
	Value     any  `json:"value"`
	Type      any  `json:"type"`
	Sensitive bool `json:"sensitive,omitempty"`
}

type resourceState struct {
	Mode      string          `json:"mode"`
	Type      string          `json:"type"`
	Name      string          `json:"name"`
	Provider  string          `json:"provider"`
	Instances []instanceState `json:"instances"`
}

type instanceState struct {
	Status     string         `json:"status,omitempty"`
	Schema     int            `json:"schema_version"`
	Attributes map[string]any `json:"attributes"`
	Sensitive  []any          `json:"sensitive_attributes"`
}

func randomID() string {
	bytes := make([]byte, 16)
	_, _ = rand.Read(bytes)
	text := hex.EncodeToString(bytes)
	return strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
}

func newState() *state {
	return &state{Version: 4, Tofu: version, Lineage: randomID(), Outputs: map[string]outputValue{}, Resources: []*resourceState{}}
}

func (s *state) text() []byte {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		refuse("%v", err)
	}
	return append(text, '\n')
}

func (s *state) find(address string) *resourceState {
	for _, it := range s.Resources {
		if it.Type+"."+it.Name == address {
			return it
		}
	}
	return nil
}

// Puts the instance of an address in its place; without attributes it is taken out.
func (s *state) set(address string, attributes map[string]any, status string) {
	attributes = maps.Clone(attributes)
	s.Resources = slices.DeleteFunc(s.Resources, func(it *resourceState) bool { return it.Type+"."+it.Name == address })
	if attributes == nil {
		return
	}
	kind, name, _ := strings.Cut(address, ".")
	provider := `provider["terraform.io/builtin/terraform"]`
	if kind == "fault_object" {
		provider = `provider["` + faultSource + `"]`
	}
	for _, dynamic := range dynamics[kind] {
		if value := attributes[dynamic]; value != nil {
			attributes[dynamic] = map[string]any{"value": value, "type": typeOf(value)}
		}
	}
	s.Resources = append(s.Resources, &resourceState{"managed", kind, name, provider,
		[]instanceState{{status, 0, attributes, []any{}}}})
	slices.SortFunc(s.Resources, func(a, b *resourceState) int { return strings.Compare(a.Type+a.Name, b.Type+b.Name) })
}

// Attributes of any type lie in a state with their types.
var dynamics = map[string][]string{"terraform_data": {"input", "output", "triggers_replace"}}

func attributesOf(it *resourceState) map[string]any {
	attributes := maps.Clone(it.Instances[0].Attributes)
	for _, dynamic := range dynamics[it.Type] {
		if wrapped, is := attributes[dynamic].(map[string]any); is {
			attributes[dynamic] = wrapped["value"]
		}
	}
	return attributes
}

// As cty writes types.
func typeOf(value any) any {
	switch it := value.(type) {
	case string:
		return "string"
	case float64:
		return "number"
	case bool:
		return "bool"
	case []any:
		types := []any{}
		for _, one := range it {
			types = append(types, typeOf(one))
		}
		return []any{"tuple", types}
	}
	return "dynamic"
}
