package kept

// A Place is where a line of the configuration itself stands in the running one.
// The order of the places is that of the sections in package ios.
type Place uint8

// The places, and what stands there.
const (
	Nested     Place = iota // none: a header within another section
	Services                // service
	Boot                    // boot
	VRFs                    // ip vrf, vrf definition
	Logging                 // logging
	AAA                     // aaa, radius and tacacs groups
	Platform                // platform, license, memory, redundancy, archive …
	IP                      // ip …
	DHCP                    // ip dhcp
	IPv6                    // ipv6 …
	Inspect                 // ip inspect, ip ips
	PKI                     // crypto pki, crypto ca
	Voice                   // voice
	Users                   // username
	Track                   // track, ip ssh
	Switching               // spanning-tree, vlan
	QoS                     // class-map, policy-map, zones
	IKEv2                   // crypto ikev2
	Keyrings                // crypto keyring
	ISAKMP                  // crypto isakmp
	IPsec                   // crypto ipsec
	Maps                    // crypto map, crypto dynamic-map
	Interfaces              // interface
	Routers                 // router
	Pools                   // ip local pool
	HTTP                    // ip http, ip forward-protocol
	Routes                  // ip route
	NAT                     // ip nat
	Lists                   // ip prefix-list, ip community-list, object-group
	SLA                     // ip sla
	Dial                    // access-list of other kinds, dialer-list
	RouteMaps               // route-map
	SNMP                    // snmp-server
	Servers                 // tacacs-server, radius-server
	Control                 // control-plane
	Phones                  // dial-peer, telephony-service
	Tail                    // ntp, scheduler
	Places                  // how many there are
)
