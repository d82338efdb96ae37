package source

import "testing"

func TestError(t *testing.T) {
	for _, tt := range []struct {
		err  *Error
		want string
	}{
		{Errorf("a.ios", 3, "there is no order %q", "wiat").Want("wait"), `a.ios:3: there is no order "wiat": want wait`},
		{Errorf("a.ios", 0, "the file is empty"), "a.ios: the file is empty"},
	} {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
