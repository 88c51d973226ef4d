// A provider for `tofu validate` alone: it serves the schemas of the file that lies beside it, and finds no fault with what tofu
// itself let pass. So tofu judges bodies by the same description that spacec has, where the provider itself cannot be had.
//
// In: EXECUTABLE.json, as schema_index.py writes it. Out: a plugin of protocol 6. It can plan and apply nothing.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type attribute struct {
	Type                                               json.RawMessage
	Mode                                               string
	Attributes                                         map[string]*attribute
	Required, Optional, Computed, Sensitive, WriteOnly bool
	Deprecation                                        string
}

type nested struct {
	Mode     string
	Min, Max int64
	Block    *block
}

type block struct {
	Attributes  map[string]*attribute
	Blocks      map[string]*nested
	Deprecation string
}

type described struct {
	Address                    string
	Provider                   *block
	Resources, Data, Ephemeral map[string]*block
}

func types(of map[string]*attribute) []*tfprotov6.SchemaAttribute {
	modes := map[string]tfprotov6.SchemaObjectNestingMode{
		"single": tfprotov6.SchemaObjectNestingModeSingle, "list": tfprotov6.SchemaObjectNestingModeList,
		"set": tfprotov6.SchemaObjectNestingModeSet, "map": tfprotov6.SchemaObjectNestingModeMap}
	var all []*tfprotov6.SchemaAttribute
	for name, from := range of {
		made := &tfprotov6.SchemaAttribute{Name: name, Required: from.Required, Optional: from.Optional, Computed: from.Computed,
			Sensitive: from.Sensitive, WriteOnly: from.WriteOnly, Deprecated: from.Deprecation != "", DeprecationMessage: from.Deprecation}
		if from.Mode != "" {
			made.NestedType = &tfprotov6.SchemaObject{Nesting: modes[from.Mode], Attributes: types(from.Attributes)}
		} else {
			read, problem := tftypes.ParseJSONType(from.Type)
			if problem != nil {
				panic(fmt.Sprintf("%s: %v", name, problem))
			}
			made.Type = read
		}
		all = append(all, made)
	}
	return all
}

func body(from *block) *tfprotov6.SchemaBlock {
	modes := map[string]tfprotov6.SchemaNestedBlockNestingMode{
		"single": tfprotov6.SchemaNestedBlockNestingModeSingle, "group": tfprotov6.SchemaNestedBlockNestingModeGroup,
		"list": tfprotov6.SchemaNestedBlockNestingModeList, "set": tfprotov6.SchemaNestedBlockNestingModeSet,
		"map": tfprotov6.SchemaNestedBlockNestingModeMap}
	made := &tfprotov6.SchemaBlock{Attributes: types(from.Attributes), Deprecated: from.Deprecation != "", DeprecationMessage: from.Deprecation}
	for name, inner := range from.Blocks {
		made.BlockTypes = append(made.BlockTypes, &tfprotov6.SchemaNestedBlock{TypeName: name, Nesting: modes[inner.Mode],
			MinItems: inner.Min, MaxItems: inner.Max, Block: body(inner.Block)})
	}
	return made
}

func schemas(from map[string]*block) map[string]*tfprotov6.Schema {
	made := map[string]*tfprotov6.Schema{}
	for name, it := range from {
		made[name] = &tfprotov6.Schema{Block: body(it)}
	}
	return made
}

// What is not here is never asked by `tofu validate`.
type server struct {
	tfprotov6.ProviderServer
	described
}

func (s *server) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	made := &tfprotov6.GetMetadataResponse{ServerCapabilities: &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true}}
	for name := range s.Resources {
		made.Resources = append(made.Resources, tfprotov6.ResourceMetadata{TypeName: name})
	}
	for name := range s.Data {
		made.DataSources = append(made.DataSources, tfprotov6.DataSourceMetadata{TypeName: name})
	}
	for name := range s.Ephemeral {
		made.EphemeralResources = append(made.EphemeralResources, tfprotov6.EphemeralResourceMetadata{TypeName: name})
	}
	return made, nil
}

func (s *server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &tfprotov6.GetProviderSchemaResponse{Provider: &tfprotov6.Schema{Block: body(s.Provider)}, ResourceSchemas: schemas(s.Resources),
		DataSourceSchemas: schemas(s.Data), EphemeralResourceSchemas: schemas(s.Ephemeral)}, nil
}

func (s *server) ValidateProviderConfig(_ context.Context, asked *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: asked.Config}, nil
}

func (s *server) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (s *server) ValidateDataResourceConfig(context.Context, *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

func (s *server) ValidateEphemeralResourceConfig(context.Context, *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return &tfprotov6.ValidateEphemeralResourceConfigResponse{}, nil
}

func (s *server) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func main() {
	path, problem := os.Executable()
	if problem != nil {
		panic(problem)
	}
	text, problem := os.ReadFile(path + ".json")
	if problem != nil {
		panic(problem)
	}
	made := &server{}
	if problem := json.Unmarshal(text, &made.described); problem != nil {
		panic(problem)
	}
	if problem := tf6server.Serve(made.Address, func() tfprotov6.ProviderServer { return made }); problem != nil {
		panic(problem)
	}
}
