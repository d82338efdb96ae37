package topology

import "strings"

// The keys that containerlab knows, level by level. Those that we read are
// handled where they are read; the others are only known not to be mistakes.
var (
	fileKeys = keySet("name", "prefix", "mgmt", "settings", "topology", "debug")

	mgmtKeys = keySet("network", "bridge", "ipv4-subnet", "ipv4-gw", "ipv4-range",
		"ipv6-subnet", "ipv6-gw", "ipv6-range", "mtu", "external-access", "driver-opts",
		"ipv4_subnet", "ipv6_subnet")

	settingsKeys = keySet("certificate-authority")

	topologyKeys = keySet("defaults", "kinds", "groups", "nodes", "links")

	nodeKeys = keySet("kind", "group", "type", "startup-config", "startup-delay",
		"enforce-startup-config", "suppress-startup-config", "auto-remove",
		"restart-policy", "config", "image", "image-pull-policy", "license", "position",
		"hostname", "entrypoint", "cmd", "exec", "binds", "devices", "cap-add",
		"privileged", "cgroupns-mode", "pid-mode", "tmpfs", "security-opts", "shm-size",
		"ports", "publish", "mgmt-ipv4", "mgmt-ipv6", "mgmt_ipv4", "mgmt_ipv6", "env",
		"env-files", "user", "labels", "network-mode", "runtime", "cpu", "cpu-set",
		"memory", "sandbox", "kernel", "sysctls", "extras", "stages", "wait-for", "dns",
		"certificate", "healthcheck", "credentials", "username", "password", "aliases",
		"components", "link-apply-mode", "SANs")

	linkKeys = keySet("endpoints", "endpoint", "type", "vars", "labels", "mtu", "mode",
		"host-interface", "remote", "vni", "dst-port", "src-port", "udp-port", "noencap",
		"noattachment", "ipv4", "ipv6")

	endpointKeys = keySet("node", "interface", "mac", "ipv4", "ipv6", "vars")
)

func keySet(names ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		m[n] = true
	}
	return m
}

// linkVars are the variables of a link that are ours.
var linkVars = keySet("delay", "jitter", "loss", "rate", "state", "wire")

// meant returns the name of ours that seems to be mistyped here, or nothing.
// The names beside it are free: in so short a word as `cost` or `site` one slip is
// all that counts, or it would be taken for `loss` or `state`.
func meant(name string, ours map[string]bool) string {
	lower := strings.ToLower(name)
	best := nearest(lower, ours)
	if best != "" && distance(lower, best) == 2 && min(len(lower), len(best)) <= 4 {
		return ""
	}
	return best
}

// nearest returns the known key that is closest to a mistyped one, or nothing.
func nearest(name string, known map[string]bool) string {
	best, at := "", 3
	for k := range known {
		d := distance(name, k)
		if d < at || d == at && best != "" && k < best {
			best, at = k, d
		}
	}
	return best
}

// distance counts the slips between two words: letters changed, added, dropped, or
// swapped with the next.
func distance(a, b string) int {
	above, row := []int(nil), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			d := min(row[j+1], next[j]) + 1
			if a[i] == b[j] {
				d = min(d, row[j])
			} else {
				d = min(d, row[j]+1)
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, above[j-1]+1)
			}
			next[j+1] = d
		}
		above, row = row, next
	}
	return row[len(b)]
}
