package isakmp_test

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// TestAuthenticationMethod: main mode knows nothing of how its ends authenticate.
func TestAuthenticationMethod(t *testing.T) {
	for _, tt := range []struct {
		name  string
		badge isakmp.Badge
		up    bool
		said  []string // by the responder
	}{
		{"known", isakmp.Badge{Mine: "gold", Theirs: "gold"}, true, []string{"auth RSA sig", "atts are acceptable", "SA has been authenticated"}},
		{"another", isakmp.Badge{Mine: "gold", Theirs: "silver"}, false, []string{"atts are acceptable", " phase 1 hash does not match!"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer isakmp.AuthenticateBy(tt.badge)()
			w := newWorld(t)
			for _, r := range w.all {
				r.config.Keys = nil
				r.policy(func(p *isakmp.Policy) { p.Auth = isakmp.RSASignature })
			}
			w.a.want()
			w.run(3 * time.Second)
			if w.up() != tt.up {
				t.Errorf("up = %t", w.up())
			}
			inOrder(t, "R3", w.b.take(), tt.said)
		})
	}
}
