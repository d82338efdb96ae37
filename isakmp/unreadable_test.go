package isakmp

import (
	"reflect"
	"testing"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestContentsOfUnreadablePayload: a payload that cannot be taken apart is told of
// by its bytes.
func TestContentsOfUnreadablePayload(t *testing.T) {
	for _, kind := range []uint8{wire.SAPayload, wire.Identify, wire.Notification, wire.DeletePay} {
		got := (*sa)(nil).contents(wire.Payload{Type: kind, Body: []byte{1}})
		if want := (Payload{Type: kind, Content: Opaque{1}}); !reflect.DeepEqual(got, want) {
			t.Errorf("payload of type %d: %#v, want %#v", kind, got, want)
		}
	}
}
