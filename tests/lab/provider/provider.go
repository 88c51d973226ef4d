package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"space.local/lab/world"
)

type faultProvider struct{}

type settings struct {
	World types.String `tfsdk:"world"`
	Mode  types.String `tfsdk:"mode"`
	Token types.String `tfsdk:"token"`
}

func newProvider() provider.Provider { return faultProvider{} }

func (faultProvider) Metadata(_ context.Context, _ provider.MetadataRequest, out *provider.MetadataResponse) {
	out.TypeName = "fault"
}

func (faultProvider) Schema(_ context.Context, _ provider.SchemaRequest, out *provider.SchemaResponse) {
	out.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"world": schema.StringAttribute{Required: true, Description: "The world log, an absolute path."},
		"mode":  schema.StringAttribute{Optional: true, Description: "What goes wrong when it is configured."},
		"token": schema.StringAttribute{Optional: true, Sensitive: true, Description: "Not looked at."},
	}}
}

func (faultProvider) Configure(ctx context.Context, in provider.ConfigureRequest, out *provider.ConfigureResponse) {
	var given settings
	out.Diagnostics.Append(in.Config.Get(ctx, &given)...)
	if out.Diagnostics.HasError() {
		return
	}
	it := &world.World{Path: given.World.ValueString()}
	if !given.Mode.IsNull() {
		strike(ctx, world.Fault{Mode: given.Mode.ValueString()}, it, "configure", "provider", &out.Diagnostics)
	}
	out.ResourceData = it
	out.DataSourceData = it
}

func (faultProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return &object{} }}
}

func (faultProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return &lookup{} }}
}

func tell(problem *world.Problem, problems *diag.Diagnostics) {
	if problem != nil {
		problems.AddError(problem.Summary, problem.Detail)
	}
}

// A fault where there is nothing to do in the world.
func strike(ctx context.Context, fault world.Fault, w *world.World, what, name string, problems *diag.Diagnostics) {
	problem := fault.Before(ctx, w, what, name)
	if problem == nil {
		_, problem = fault.After(name)
	}
	tell(problem, problems)
}
