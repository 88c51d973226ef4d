// A provider that does wrong on purpose: its objects are lines of a world log, and each can be told to sleep, to ignore
// interrupts, to fail before or after it is made, to be made and not told, or to end the plugin.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
)

const address = "example.test/tests/fault"

func main() {
	err := providerserver.Serve(context.Background(), newProvider, providerserver.ServeOpts{Address: address, ProtocolVersion: 6})
	if err != nil {
		log.Fatal(err)
	}
}
