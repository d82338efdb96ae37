package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionText(t *testing.T) {
	for _, c := range []struct {
		build debug.BuildInfo
		want  string
	}{
		{debug.BuildInfo{}, "ioslab (devel)"},
		{debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Version: "v1.2.3"}}, "ioslab v1.2.3, go1.26"},
		{debug.BuildInfo{Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.modified", Value: "true"},
		}}, "ioslab (devel), commit 0123456789ab with changes"},
	} {
		if got := versionText(&c.build); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
