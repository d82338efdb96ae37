package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/kept"
)

// The modes of the command line.
const (
	modeExec   = cli.ModeExec
	modeConfig = "config"
)

// config is what is configured of the router itself; what belongs to an engine
// is configured there.
type config struct {
	hostname          string
	services          services
	enable            enablePasswords
	users             []user
	banners           banners
	lines             []line
	domain            domain
	isakmp            isakmpGlobals
	interfaces        map[forwarding.Name]*interfaceSettings
	kept              *kept.Store
	cef               bool            // `ip cef` or `no ip cef` has been said
	hidePrefixNumbers bool            // `no ip prefix-list sequence-number`
	toldKept          map[string]bool // of what kinds of line a console has said that they are kept
	modified          bool            // since the configuration was last saved
}

func newConfig(name string) config {
	return config{kept: kept.NewStore(), toldKept: map[string]bool{}, hostname: name, services: services{}, lines: defaultLines(), interfaces: map[forwarding.Name]*interfaceSettings{}}
}

// RunningConfig is the text of the running configuration, from its first mark
// to `end`.
func (r *Router) RunningConfig() string {
	var w writer
	w.bang()
	for _, print := range sections {
		print(r, &w)
	}
	w.line("end")
	return w.text.String()
}
