package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"space.local/lab/world"
)

// fault_object: one object of the world. `mode` strikes at the operation that `when` names.
type object struct{ world *world.World }

type objectModel struct {
	ID      types.String `tfsdk:"id"`
	Name    types.String `tfsdk:"name"`
	Content types.String `tfsdk:"content"`
	Mode    types.String `tfsdk:"mode"`
	When    types.String `tfsdk:"when"`
	Delay   types.Int64  `tfsdk:"delay"`
	Size    types.Int64  `tfsdk:"size"`
	Value   types.String `tfsdk:"value"`
}

func (*object) Metadata(_ context.Context, _ resource.MetadataRequest, out *resource.MetadataResponse) {
	out.TypeName = "fault_object"
}

func (*object) Schema(_ context.Context, _ resource.SchemaRequest, out *resource.SchemaResponse) {
	stays := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	out.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"id":      schema.StringAttribute{Computed: true, PlanModifiers: stays},
		"name":    schema.StringAttribute{Required: true, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()}},
		"content": schema.StringAttribute{Optional: true, Computed: true, Default: stringdefault.StaticString("")},
		"mode":    schema.StringAttribute{Optional: true, Computed: true, Default: stringdefault.StaticString("ok")},
		"when":    schema.StringAttribute{Optional: true, Computed: true, Default: stringdefault.StaticString("create")},
		"delay":   schema.Int64Attribute{Optional: true, Computed: true, Default: int64default.StaticInt64(0), Description: "Milliseconds."},
		"size":    schema.Int64Attribute{Optional: true, Computed: true, Default: int64default.StaticInt64(0), Description: "Bytes, of mode huge."},
		"value":   schema.StringAttribute{Computed: true},
	}}
}

func (o *object) Configure(_ context.Context, in resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	o.world, _ = in.ProviderData.(*world.World)
}

func (*object) ValidateConfig(ctx context.Context, in resource.ValidateConfigRequest, out *resource.ValidateConfigResponse) {
	var it objectModel
	out.Diagnostics.Append(in.Config.Get(ctx, &it)...)
	known := func(attribute string, given types.String, allowed []string) {
		if !given.IsNull() && !given.IsUnknown() && !slices.Contains(allowed, given.ValueString()) {
			out.Diagnostics.AddAttributeError(path.Root(attribute), "There is no such "+attribute, "One of: "+strings.Join(allowed, ", ")+".")
		}
	}
	known("mode", it.Mode, world.Modes)
	known("when", it.When, world.Operations)
}

func (m objectModel) faultAt(operation string) world.Fault {
	if m.When.ValueString() != operation {
		return world.Fault{Mode: "ok"}
	}
	return world.Fault{Mode: m.Mode.ValueString(), Delay: time.Duration(m.Delay.ValueInt64()) * time.Millisecond}
}

func (o *object) do(ctx context.Context, operation string, it objectModel, problems *diag.Diagnostics) bool {
	told, problem := it.faultAt(operation).Do(ctx, o.world, world.Line{
		Op: operation, Name: it.Name.ValueString(), ID: it.ID.ValueString(), Content: it.Content.ValueString()})
	tell(problem, problems)
	return told
}

func valueOf(it objectModel) types.String {
	return types.StringValue(world.Value(it.Mode.ValueString(), it.Name.ValueString(), it.Content.ValueString(), it.Size.ValueInt64()))
}

func (o *object) Create(ctx context.Context, in resource.CreateRequest, out *resource.CreateResponse) {
	var it objectModel
	out.Diagnostics.Append(in.Plan.Get(ctx, &it)...)
	if out.Diagnostics.HasError() {
		return
	}
	random := make([]byte, 8)
	_, _ = rand.Read(random)
	it.ID = types.StringValue(it.Name.ValueString() + "-" + hex.EncodeToString(random))
	it.Value = valueOf(it)
	if o.do(ctx, "create", it, &out.Diagnostics) {
		out.Diagnostics.Append(out.State.Set(ctx, it)...)
	}
}

// What others did to the world is seen here.
func (o *object) Read(ctx context.Context, in resource.ReadRequest, out *resource.ReadResponse) {
	var it objectModel
	out.Diagnostics.Append(in.State.Get(ctx, &it)...)
	if out.Diagnostics.HasError() {
		return
	}
	fault := it.faultAt("read")
	if fault.Mode != "ok" || fault.Delay > 0 {
		strike(ctx, fault, o.world, "read", it.Name.ValueString(), &out.Diagnostics)
		if out.Diagnostics.HasError() {
			return
		}
	}
	objects, err := o.world.Objects()
	if err != nil {
		out.Diagnostics.AddError("The world cannot be read", err.Error())
		return
	}
	found, isThere := objects[it.ID.ValueString()]
	if !isThere {
		out.State.RemoveResource(ctx)
		return
	}
	it.Name = types.StringValue(found.Name) // an imported one knows its id alone
	it.Content = types.StringValue(found.Content)
	if it.Mode.IsNull() {
		it.Mode, it.When = types.StringValue("ok"), types.StringValue("create")
		it.Delay, it.Size = types.Int64Value(0), types.Int64Value(0)
	}
	it.Value = valueOf(it)
	out.Diagnostics.Append(out.State.Set(ctx, it)...)
}

func (o *object) Update(ctx context.Context, in resource.UpdateRequest, out *resource.UpdateResponse) {
	var it objectModel
	out.Diagnostics.Append(in.Plan.Get(ctx, &it)...)
	if out.Diagnostics.HasError() {
		return
	}
	it.Value = valueOf(it)
	if o.do(ctx, "update", it, &out.Diagnostics) {
		out.Diagnostics.Append(out.State.Set(ctx, it)...)
	}
}

// The framework takes it out of the state where there is no error, and never else.
func (o *object) Delete(ctx context.Context, in resource.DeleteRequest, out *resource.DeleteResponse) {
	var it objectModel
	out.Diagnostics.Append(in.State.Get(ctx, &it)...)
	if out.Diagnostics.HasError() {
		return
	}
	o.do(ctx, "delete", it, &out.Diagnostics)
}

func (o *object) ModifyPlan(ctx context.Context, in resource.ModifyPlanRequest, out *resource.ModifyPlanResponse) {
	if o.world == nil || in.Plan.Raw.IsNull() { // validated, or destroyed
		return
	}
	var it objectModel
	out.Diagnostics.Append(in.Plan.Get(ctx, &it)...)
	fault := it.faultAt("plan")
	if out.Diagnostics.HasError() || (fault.Mode == "ok" && fault.Delay == 0) {
		return
	}
	strike(ctx, fault, o.world, "plan", it.Name.ValueString(), &out.Diagnostics)
}

func (*object) ImportState(ctx context.Context, in resource.ImportStateRequest, out *resource.ImportStateResponse) {
	resource.ImportStatePassthroughID(ctx, path.Root("id"), in, out)
}
