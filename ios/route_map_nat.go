package ios

import (
	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/routemap"
	"github.com/ioslab/ioslab/nat"
)

// natMap is a route-map as NAT asks it. Values of one view are equal.
type natMap struct{ view *routemap.View }

// Permits implements nat.RouteMap.
func (m natMap) Permits(p *acl.Packet, length int, way nat.Way) (matches, permit bool, hit *acl.Rule) {
	rule, _ := m.view.Find(&routemap.Asked{Packet: p, Length: length, Out: way.Out, NextHop: way.NextHop},
		func(h routemap.Hit) bool {
			if r, is := h.(*acl.Rule); is {
				hit = r
			}
			return true
		})
	return rule != nil, rule != nil && !rule.Deny, hit
}

// natRouteMap returns a route-map as it is now, nil where it is not defined.
func (r *Router) natRouteMap(name string) nat.RouteMap {
	v := r.routeMaps.View(name)
	if v == nil {
		return nil
	}
	return natMap{v}
}
