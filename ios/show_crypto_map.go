package ios

import (
	"strconv"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/ios/showtext"
)

func decimal(n int) string { return strconv.Itoa(n) }

func showCryptoMaps(r *Router, c *cli.Call) error {
	found := false
	for _, m := range r.keys.Maps {
		if c.Has("name") && m.Name != c.Str("name") ||
			c.Has("interface") && r.keys.Applied(c.Value("interface").(forwarding.Name).String()) != m.Name {
			continue
		}
		found = true
		view := r.mapView(m)
		c.Print(r.release.show.CryptoMap.Text(view))
		for _, e := range m.Entries {
			c.Print(r.release.show.CryptoMapEntry.Text(r.entryView(m.Name, e)))
		}
		c.Print(r.release.show.CryptoMapUsers.Text(view))
	}
	if !found {
		c.Print("No crypto maps found.\n")
	}
	return nil
}

func (r *Router) mapView(m *keyengine.Map) showtext.Map {
	view := showtext.Map{Name: m.Name, LocalInterface: m.LocalInterface, Local: r.addressNamed(m.LocalInterface)}
	for _, b := range r.keys.View() {
		if b.Map == m.Name {
			view.Interfaces = append(view.Interfaces, b.Interface)
		}
	}
	return view
}

func (r *Router) entryView(mapName string, e *keyengine.Entry) showtext.MapEntry {
	view := showtext.MapEntry{Entry: e, Map: mapName, Complete: r.keys.Complete(e), Effective: r.keys.EffectiveLifetime(e)}
	if list := r.lists.Get(e.ACL); list != nil {
		for _, rule := range list.Rules() {
			if rule.Action != acl.Remark {
				view.Rules = append(view.Rules, rule.String())
			}
		}
	}
	for _, name := range e.TransformSets {
		set, _ := r.keys.TransformSet(name)
		set.Name = name
		view.Sets = append(view.Sets, set)
	}
	return view
}
