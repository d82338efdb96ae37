package kept

import "strings"

// SubWord reports whether lines of sections begin with a word, on IOS. Such a line
// stays in its section unless it is a whole command of configuration itself.
func SubWord(word string) bool { return subWords[word] }

// subWords are the words that lines of sections begin with, as far as a command
// of configuration begins alike or can be abbreviated to them.
var subWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`
accept-dialin access access-class access-restrict accounting acl action activate address address-family
advertise af-interface aggregate-address alert allocation-pool allow area arp associate attribute auth-type
authentication authentication-port authorization authorize auto-enroll auto-summary autonomous-system backup
bandwidth bfd bgp bind bootfile bridge-group broadcast burst cache call-preference cdp certificate chain
channel-group cir class clear client client-name codec command commands community compression configuration
conform-action connect-interval console contact-email-addr control crl crypto-map cts ctype database dbg
deadtime default-information default-metric default-originate default-router delay deny description
destination destination-pattern dial dialer dialin digest distance distribute-list dns dns-server domain
domain-name dpd drop duplex duration eigrp enable encapsulation encr encryption enrollment environment event
exceed-action exec export fair-queue feature file filter firewall flow fqdn frequency ftp function fvrf grant
group group-lock group-object group-policy h323 hash hello-interval hidekeys hold-queue hold-time host
hostname http http-redirect icmp icmp-echo id identity idle-timeout import include-local-lan
incoming-called-number initiate inservice inside inspect integrity intercept interfaces ip ip-address ip-port
ipv6 is-type isakmp isdn issuer-name keepalive keepalives key key-string keyring lease lifetime lifetime-crl
link load-interval local local-address local-preference location log log-adjacency-changes
log-neighbor-changes logging login mac mac-address mac-address-table match max-connection max-logins max-users
maximum-paths maximum-prefix media-type member method metric mgcp mode modem monitor mpls mtu multicast name
named-key neighbor net netbios-name-server netmask network network-object nhrp no-summary no-validation-usage
notify nsf number object object-group offset-list on operation option ospf ospfv3 outbound-proxy output
outside own passive-interface password path peer peer-group permit pfs pin ping pki police policy pool port
preempt preference prf primary priority priority-level process profile proposal protocol protocol-object pvc
qos query-certificate queue-limit radius random-detect range rate-limit rd reachability record redistribute
registration remark remote request-data-size request-dialin response reverse-route revocation-check route
route-map route-target router-id rsakeypair rule sa save-password schedule secondary secret security
self-identity send-lifetime serial-number server server-key server-private service-policy session
session-target set shape shutdown sip snmp source source-interface source-ip speed split-dns split-tunnel ssid
standby static status stub subject-alt-name subject-name subnet summary-address summary-metric switchport
synchronization table-map tag tcp template terminate threshold time time-out timeout timers topology tos track
traffic traffic-export traffic-share transform-set translation-profile transport trap tunnel type udp
update-source usage user variance version view virtual-router virtual-template vlan voice-class vpdn vrf wins
write xauth zone zone-member`) {
		set[w] = true
	}
	return set
}()
