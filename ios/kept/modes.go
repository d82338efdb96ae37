package kept

import (
	"slices"
	"strings"
)

// A Mode is a configuration mode that is opened by headers.
type Mode struct {
	Key    string // the name in the prompt, with what tells two of one prompt apart behind a blank
	Title  string // what its help begins with
	Parent string // the key of the mode that the header is typed in; "" is configuration itself
	Own    string // beginnings of lines that are the mode's, whatever else begins so, with commas between
}

// Owns reports whether a line begins as only lines of the mode do.
func (m *Mode) Owns(line string) bool {
	words := strings.Fields(strings.ToLower(line))
	for own := range strings.SplitSeq(m.Own, ",") {
		if own := strings.Fields(own); len(own) > 0 && len(own) <= len(words) && slices.Equal(own, words[:len(own)]) {
			return true
		}
	}
	return false
}

// Prompt is what the prompt shows of the mode.
func (m *Mode) Prompt() string {
	name, _, _ := strings.Cut(m.Key, " ")
	return "(" + name + ")"
}

// Modes are the modes of all headers.
var Modes = []Mode{
	{Key: "config-if kept", Title: "Interface configuration commands:"},
	{Key: "config-subif", Title: "Interface configuration commands:"},
	{Key: "config-if-atm-vc", Title: "ATM virtual circuit configuration commands:", Parent: "config-if kept", Own: "encapsulation, protocol, ubr, ubr+, vbr-nrt, vbr-rt, cbr, abr, dialer, ppp, pppoe, pppoe-client, service-policy, oam, oam-pvc, broadcast, random-detect, tx-ring-limit, max-reserved-bandwidth, xconnect, snmp, logging event, precedence, shutdown, vpdn, frame-relay, description"},
	{Key: "config-if-ssid", Title: "SSID configuration commands:", Parent: "config-if kept", Own: "vlan, authentication, guest-mode, accounting, wpa-psk, ip redirection, mbssid"},
	{Key: "config-if-srv", Title: "Ethernet EFP configuration commands:", Parent: "config-if kept", Own: "encapsulation, rewrite, bridge-domain, xconnect, service-policy, l2protocol, mac, description, ethernet, shutdown, snmp, storm-control, errdisable, lldp"},
	{Key: "config-controller", Title: "Controller configuration commands:", Own: "clock source, logging event, card, service-module"},
	{Key: "config-line kept", Title: "Line configuration commands:", Own: "ipv6 access-class, logging synchronous, privilege level"},

	{Key: "config-router", Title: "Router configuration commands:", Own: "version, mpls, snmp, bfd, hostname dynamic, service ipv4, service ipv6, service ethernet"},
	{Key: "config-router-af", Title: "Address family configuration commands:", Parent: "config-router", Own: "version, mpls, snmp, bfd, service ipv4, service ipv6"},
	{Key: "config-router-sf", Title: "Service family configuration commands:", Parent: "config-router", Own: "snmp, bfd"},
	{Key: "config-router-af-interface", Title: "Address family interface configuration commands:", Parent: "config-router-af"},
	{Key: "config-router-af-topology", Title: "Address family topology configuration commands:", Parent: "config-router-af"},
	{Key: "config-router-sf-interface", Title: "Service family interface configuration commands:", Parent: "config-router-sf"},
	{Key: "config-router-sf-topology", Title: "Service family topology configuration commands:", Parent: "config-router-sf"},
	{Key: "config-router-ptmp", Title: "Peer policy template configuration commands:", Parent: "config-router"},
	{Key: "config-router-stmp", Title: "Peer session template configuration commands:", Parent: "config-router"},
	{Key: "config-rtr", Title: "IPv6 router configuration commands:", Own: "mpls, snmp, bfd"},
	{Key: "config-route-map", Title: "Route Map configuration commands:"},
	{Key: "config-vrf", Title: "IP VPN Routing/Forwarding instance configuration commands:", Own: "snmp, mpls label"},
	{Key: "config-vrf-af", Title: "IP VPN Routing/Forwarding address family configuration commands:", Parent: "config-vrf"},
	{Key: "cfg-ip-expl-path", Title: "IP explicit-path configuration commands:"},
	{Key: "config-keychain", Title: "Key-chain configuration commands:"},
	{Key: "config-keychain-key", Title: "Key-chain key configuration commands:", Parent: "config-keychain"},
	{Key: "config-ipv6-acl", Title: "IPv6 Access List configuration commands:"},
	{Key: "config-network-group", Title: "Network object group configuration commands:", Own: "host, range, any"},
	{Key: "config-service-group", Title: "Service object group configuration commands:"},
	{Key: "config-object-group", Title: "Object group configuration commands:", Own: "host"},
	{Key: "config-time-range", Title: "Time range configuration commands:"},

	{Key: "config-isakmp-group", Title: "ISAKMP group policy config commands:", Own: "banner, access-restrict, crypto aaa, subscriber"},
	{Key: "config-isakmp-peer", Title: "ISAKMP peer configuration commands:"},
	{Key: "conf-keyring", Title: "Crypto Keyring configuration commands:"},
	{Key: "conf-isa-prof", Title: "Crypto ISAKMP Profile configuration commands:", Own: "accounting"},
	{Key: "ipsec-profile", Title: "Crypto Map configuration commands:"},
	{Key: "cfg-crypto-trans kept", Title: "Crypto transform configuration commands:"},
	{Key: "config-crypto-map kept", Title: "Crypto Map configuration commands:"},
	{Key: "config-crypto-map dynamic", Title: "Crypto Map configuration commands:"},
	{Key: "config-crypto-ezvpn", Title: "EzVPN configuration commands:", Own: "username, flow allow, mode"},
	{Key: "config-crypto-identity", Title: "Crypto identity configuration commands:"},
	{Key: "config-gdoi-group", Title: "Crypto GDOI group configuration commands:"},
	{Key: "gdoi-local-server", Title: "GDOI local server configuration commands:", Parent: "config-gdoi-group"},
	{Key: "gdoi-sa-ipsec", Title: "GDOI SA configuration commands:", Parent: "gdoi-local-server"},
	{Key: "config-ikev2-proposal", Title: "IKEv2 Proposal commands:"},
	{Key: "config-ikev2-policy", Title: "IKEv2 Policy commands:"},
	{Key: "config-ikev2-keyring", Title: "IKEv2 Keyring commands:"},
	{Key: "config-ikev2-keyring-peer", Title: "IKEv2 Keyring peer commands:", Parent: "config-ikev2-keyring", Own: "hostname"},
	{Key: "config-ikev2-profile", Title: "IKEv2 profile commands:", Own: "aaa authentication eap, aaa authentication anyconnect-eap, aaa authorization user, aaa authorization group, aaa accounting psk, aaa accounting cert, aaa accounting eap, aaa accounting anyconnect-eap, dial"},
	{Key: "config-ikev2-author-policy", Title: "IKEv2 authorization policy commands:", Own: "aaa attribute, banner, route set, route accept, subscriber"},
	{Key: "config-ikev2-flexvpn", Title: "IKEv2 FlexVPN commands:"},
	{Key: "config-ikev2-name-mangler", Title: "IKEv2 name mangler commands:"},
	{Key: "ca-trustpoint", Title: "Certificate authority trustpoint configuration commands:"},
	{Key: "ca-trustpool", Title: "Certificate authority trustpool configuration commands:"},
	{Key: "ca-identity", Title: "Certificate authority identity configuration commands:"},
	{Key: "ca-root", Title: "Certificate authority root configuration commands:"},
	{Key: "ca-certificate-map", Title: "Certificate map configuration commands:"},
	{Key: "ca-profile-enroll", Title: "Certificate enrollment profile commands:"},
	{Key: "cs-server", Title: "Certificate Server configuration commands:"},
	{Key: "config-cert-chain", Title: "Certificate chain configuration commands:"},
	{Key: "config-pubkey cert", Title: "Certificate data:", Parent: "config-cert-chain"},
	{Key: "config-pubkey-chain", Title: "Crypto public key identification configuration commands:"},
	{Key: "config-pubkey-key", Title: "Crypto public key configuration commands:", Parent: "config-pubkey-chain"},
	{Key: "config-pubkey", Title: "Key data:", Parent: "config-pubkey-key"},

	{Key: "config-cmap", Title: "QoS class-map configuration commands:"},
	{Key: "config-pmap", Title: "QoS policy-map configuration commands:"},
	{Key: "config-pmap-c", Title: "QoS policy-map class configuration commands:", Parent: "config-pmap"},
	{Key: "config-pmap-c-police", Title: "QoS policy-map class police configuration commands:", Parent: "config-pmap-c"},
	{Key: "config-sec-zone", Title: "Zone configuration commands:"},
	{Key: "config-sec-zone-pair", Title: "Zone-pair configuration commands:"},
	{Key: "config-profile", Title: "Parameter-map configuration commands:", Own: "banner text, banner file"},
	{Key: "cfg-appfw-policy", Title: "Application firewall policy configuration commands:"},
	{Key: "config-map-class", Title: "Static maps class configuration commands:", Own: "dialer, frame-relay"},
	{Key: "config-cp", Title: "Control Plane configuration commands:"},
	{Key: "config-cp-host", Title: "Control Plane host configuration commands:"},

	{Key: "dhcp-config", Title: "DHCP pool configuration commands:", Own: "host, class, import"},
	{Key: "config-dhcp-pool-class", Title: "DHCP pool class configuration commands:", Parent: "dhcp-config"},
	{Key: "config-dhcp-class", Title: "DHCP class configuration commands:"},
	{Key: "config-dhcpv6", Title: "DHCPv6 pool configuration commands:"},
	{Key: "config-ipnat-pool", Title: "NAT pool configuration commands:"},
	{Key: "config-flow-top-talkers", Title: "Flow top talkers configuration commands:"},
	{Key: "config-flow-record", Title: "Flow record configuration commands:"},
	{Key: "config-flow-exporter", Title: "Flow exporter configuration commands:"},
	{Key: "config-flow-monitor", Title: "Flow monitor configuration commands:"},
	{Key: "config-sampler", Title: "Sampler configuration commands:"},
	{Key: "config-ip-sla", Title: "IP SLAs entry configuration commands:", Own: "mpls lsp, ethernet echo, ethernet jitter, ethernet y1731"},
	{Key: "config-ip-sla-echo", Title: "IP SLAs echo configuration commands:", Parent: "config-ip-sla"},
	{Key: "config-ip-sla-jitter", Title: "IP SLAs jitter configuration commands:", Parent: "config-ip-sla"},
	{Key: "config-ip-sla-udp", Title: "IP SLAs udpEcho configuration commands:", Parent: "config-ip-sla"},
	{Key: "config-ip-sla-tcp", Title: "IP SLAs tcpConnect configuration commands:", Parent: "config-ip-sla"},
	{Key: "config-ip-sla-http", Title: "IP SLAs HTTP configuration commands:", Parent: "config-ip-sla"},
	{Key: "config-ip-sla-dns", Title: "IP SLAs DNS configuration commands:", Parent: "config-ip-sla"},
	{Key: "config-sla-monitor", Title: "IP SLA Monitor entry configuration commands:"},
	{Key: "config-sla-monitor-echo", Title: "IP SLA Monitor echo configuration commands:", Parent: "config-sla-monitor"},
	{Key: "config-rtr sla", Title: "SAA entry configuration commands:"},
	{Key: "config-track", Title: "Tracking instance configuration commands:", Own: "ip vrf, ipv6 vrf, object"},

	{Key: "config-sg-radius", Title: "RADIUS server-group configuration commands:", Own: "ip radius, ip vrf forwarding, ipv6 radius, vrf forwarding, subscriber"},
	{Key: "config-sg-tacacs+", Title: "TACACS+ server-group configuration commands:", Own: "ip tacacs, ip vrf forwarding, ipv6 tacacs, vrf forwarding"},
	{Key: "config-sg", Title: "Server-group configuration commands:", Own: "ip vrf forwarding, vrf forwarding"},
	{Key: "config-radius-server", Title: "RADIUS server configuration commands:", Own: "key"},
	{Key: "config-server-tacacs", Title: "TACACS+ server configuration commands:", Own: "key"},
	{Key: "config-ldap-server", Title: "LDAP server configuration commands:"},
	{Key: "config-locsvr-da-radius", Title: "RADIUS Application configuration commands:"},
	{Key: "config-attr-list", Title: "AAA attribute list configuration commands:"},
	{Key: "config-view", Title: "View commands:", Own: "commands, secret"},

	{Key: "config-vlan", Title: "VLAN configuration commands:"},
	{Key: "config-access-map", Title: "VLAN access-map configuration commands:"},
	{Key: "config-vfi", Title: "VFI configuration commands:"},
	{Key: "config-pw-class", Title: "Pseudowire class configuration commands:"},
	{Key: "config-l2tp-class", Title: "L2TP class configuration commands:", Own: "hostname, security crypto-profile"},
	{Key: "config-vpdn", Title: "VPDN group configuration commands:", Own: "l2tp, snmp"},
	{Key: "config-vpdn-acc-in", Title: "VPDN group accept dialin configuration commands:", Parent: "config-vpdn", Own: "dialer"},
	{Key: "config-vpdn-req-in", Title: "VPDN group request dialin configuration commands:", Parent: "config-vpdn", Own: "dialer"},
	{Key: "config-bba-group", Title: "BBA Group configuration commands:", Own: "ac, service profile, tag, mac-address"},
	{Key: "config-ssid", Title: "SSID configuration commands:", Own: "vlan, ip redirection"},

	{Key: "config-archive", Title: "Archive configuration commands:", Own: "log, path"},
	{Key: "config-archive-log-cfg", Title: "Archive logging configuration commands:", Parent: "config-archive", Own: "logging enable, logging persistent, logging size"},
	{Key: "config-red", Title: "Redundancy configuration commands:", Own: "mode, security ipsec"},
	{Key: "config-r-mc", Title: "Redundancy main-cpu configuration commands:", Parent: "config-red"},
	{Key: "cfg-call-home", Title: "Call-home configuration commands:"},
	{Key: "cfg-call-home-profile", Title: "Call-home profile configuration commands:", Parent: "cfg-call-home"},
	{Key: "config-virt-serv", Title: "Virtual service configuration commands:"},
	{Key: "config-applet", Title: "Event manager applet configuration commands:"},
	{Key: "config-kron-policy", Title: "Kron policy configuration commands:", Own: "cli"},
	{Key: "config-kron-occurrence", Title: "Kron occurrence configuration commands:"},
	{Key: "config-oer-mc", Title: "OER master controller configuration commands:", Own: "interface"},
	{Key: "config-oer-br", Title: "OER border router configuration commands:"},
	{Key: "config-webvpn-gateway", Title: "WebVPN gateway configuration commands:", Own: "hostname, http-redirect, ip address, port"},
	{Key: "config-webvpn-context", Title: "WebVPN context configuration commands:", Own: "aaa authentication list, aaa authentication domain, aaa authentication auto, aaa accounting list, gateway, logging enable, policy group"},
	{Key: "config-webvpn-group", Title: "WebVPN group policy configuration commands:", Parent: "config-webvpn-context", Own: "banner"},

	{Key: "config-dial-peer", Title: "DIAL-PEER configuration commands:", Own: "service, port"},
	{Key: "conf-voi-serv", Title: "Voice Service configuration commands:"},
	{Key: "conf-serv-sip", Title: "SIP configuration commands:", Parent: "conf-voi-serv", Own: "crypto signaling"},
	{Key: "conf-serv-h323", Title: "H323 configuration commands:", Parent: "conf-voi-serv"},
	{Key: "config-class", Title: "Voice class configuration commands:", Own: "host, user"},
	{Key: "config-voiceport", Title: "Voice-port configuration commands:"},
	{Key: "config-voicecard", Title: "Voice card configuration commands:", Own: "dspfarm, dsp"},
	{Key: "cfg-translation-rule", Title: "Voice translation rule configuration commands:"},
	{Key: "cfg-translation-profile", Title: "Voice translation profile configuration commands:"},
	{Key: "config-register-global", Title: "Voice register global configuration commands:", Own: "service, file"},
	{Key: "config-register-dn", Title: "Voice register DN configuration commands:"},
	{Key: "config-register-pool", Title: "Voice register pool configuration commands:", Own: "username"},
	{Key: "config-ephone", Title: "Ethernet phone configuration commands:", Own: "username, mac-address, ephone-template, service"},
	{Key: "config-ephone-dn", Title: "Ethernet phone DN configuration commands:"},
	{Key: "config-ephone-template", Title: "Ethernet phone template configuration commands:", Own: "service"},
	{Key: "config-telephony", Title: "Cisco Unified Communications Manager Express configuration commands:", Own: "service, system, web"},
	{Key: "config-cm-fallback", Title: "Call-manager fallback configuration commands:", Own: "alias, dialplan-pattern, system"},
	{Key: "config-sip-ua", Title: "SIP User Agent configuration commands:", Own: "crypto signaling, aaa username"},
	{Key: "config-gateway", Title: "Gateway configuration commands:", Own: "aaa username, aaa accounting, resource threshold, security"},
	{Key: "config-gk", Title: "Gatekeeper configuration commands:", Own: "zone local, zone remote, zone prefix, zone subnet, zone access, zone bw, alias static"},
	{Key: "config-mgcp-profile", Title: "MGCP profile configuration commands:"},
	{Key: "config-sccp-ccm", Title: "SCCP CCM group configuration commands:"},
	{Key: "config-dspfarm-profile", Title: "DSPfarm profile configuration commands:"},
}
