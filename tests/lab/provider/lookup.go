package main

import (
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"space.local/lab/world"
)

// data "fault_object": the ids of all objects of that name, sorted; it may be none.
type lookup struct{ world *world.World }

type lookupModel struct {
	Name  types.String   `tfsdk:"name"`
	Mode  types.String   `tfsdk:"mode"`
	Delay types.Int64    `tfsdk:"delay"`
	IDs   []types.String `tfsdk:"ids"`
}

func (*lookup) Metadata(_ context.Context, _ datasource.MetadataRequest, out *datasource.MetadataResponse) {
	out.TypeName = "fault_object"
}

func (*lookup) Schema(_ context.Context, _ datasource.SchemaRequest, out *datasource.SchemaResponse) {
	out.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"name":  schema.StringAttribute{Required: true},
		"mode":  schema.StringAttribute{Optional: true},
		"delay": schema.Int64Attribute{Optional: true, Description: "Milliseconds."},
		"ids":   schema.ListAttribute{Computed: true, ElementType: types.StringType},
	}}
}

func (l *lookup) Configure(_ context.Context, in datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	l.world, _ = in.ProviderData.(*world.World)
}

func (l *lookup) Read(ctx context.Context, in datasource.ReadRequest, out *datasource.ReadResponse) {
	var it lookupModel
	out.Diagnostics.Append(in.Config.Get(ctx, &it)...)
	if out.Diagnostics.HasError() {
		return
	}
	name := it.Name.ValueString()
	fault := world.Fault{Mode: it.Mode.ValueString(), Delay: time.Duration(it.Delay.ValueInt64()) * time.Millisecond}
	strike(ctx, fault, l.world, "look", name, &out.Diagnostics)
	objects, err := l.world.Objects()
	if err != nil {
		out.Diagnostics.AddError("The world cannot be read", err.Error())
	}
	if out.Diagnostics.HasError() {
		return
	}
	it.IDs = []types.String{}
	ids := []string{}
	for id, object := range objects {
		if object.Name == name {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		it.IDs = append(it.IDs, types.StringValue(id))
	}
	out.Diagnostics.Append(out.State.Set(ctx, it)...)
}
