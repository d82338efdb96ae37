package topology

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

// distance counts the letters to change, add or drop between two words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
