package kept

// InterfaceLines are the commands of interface configuration that are kept, in
// interfaces that are built and in those that are kept.
var InterfaceLines = []Row{
	{Grammar: "vrf forwarding WORD:vrf", Withholds: true},
	{Grammar: "ip vrf ( forwarding | sitemap | receive ) WORD:vrf", Withholds: true},
	{Grammar: "encapsulation LINE:rest", Withholds: true},
	{Grammar: "channel-group LINE:rest", Withholds: true},
	{Grammar: "ip address ( dhcp | negotiated | pool | autoconfig ) [ LINE:rest ]", Withholds: true},
	{Grammar: "ip unnumbered LINE:rest", Withholds: true},
	{Grammar: "ip nat ( enable | allow-static-host )", Manner: List},
	{Grammar: "ip ( accounting | admission | audit | auth-proxy | authentication mode | authentication key-chain | authentication-key | bandwidth-percent | bfd | broadcast-address | cgmp | cef accounting | ddns | dampening-change | dampening-interval | dvmrp | flow | header-compression | hello-interval | helper-address | hold-time | igmp | information-reply | irdp | load-sharing | local-proxy-arp | mask-reply | mfib | mobile | mrm | mroute-cache | multicast | next-hop-self | nhrp | probe | rarp-server | rgmp | rip | router isis | rsvp | rtp | sap | security | split-horizon | summary-address | tcp adjust-mss | tcp compression-connections | tcp header-compression | traffic-export apply | trigger-authentication | urd | verify | virtual-reassembly | wrr | gratuitous-arps | device | sticky-arp | dns view-group | lisp ) [ LINE:rest ]", Manner: ListSwitch},
	{Grammar: "ip route-cache ( distributed | flow | policy | same-interface ) [ LINE:rest ]", Manner: ListSwitch},
	{Grammar: "ip arp inspection LINE:rest", Manner: ListSwitch},
	{Grammar: "ip dhcp ( client | relay | snooping | smart-relay | server ) [ LINE:rest ]", Manner: ListSwitch},
	{Grammar: "ip inspect WORD:name ( in | out )", Manner: List},
	{Grammar: "ip ips WORD:name ( in | out )", Manner: List},
	{Grammar: "ip nbar protocol-discovery [ LINE:rest ]"},
	{Grammar: "ip ospf ( authentication | authentication-key | bfd | cost | database-filter | dead-interval | demand-circuit | flood-reduction | hello-interval | lls | message-digest-key | mtu-ignore | network | prefix-suppression | priority | resync-timeout | retransmit-interval | shutdown | transmit-delay | ttl-security | <1-65535>:process area ) [ LINE:rest ]", Manner: List},
	{Grammar: "ip pim ( bsr-border | dense-mode | dr-priority | nbma-mode | neighbor-filter | passive | query-interval | sparse-dense-mode | sparse-mode | state-refresh | version ) [ LINE:rest ]", Manner: List},
	{Grammar: "ip urlfilter LINE:rest"},
	{Grammar: "ip wccp ( web-cache | <0-254>:service ) LINE:rest", Manner: List},
	{Grammar: "ipv6 ( address | enable | unnumbered | mtu | nd | ospf | rip | eigrp | router | dhcp | traffic-filter | inspect | nat | mld | mfib | pim | policy | redirects | unreachables | flow | cef | tcp | verify | virtual-reassembly | nhrp | hello-interval | hold-time | next-hop-self | split-horizon | summary-address | bandwidth-percent | authentication | snooping | crypto | destination-guard | bfd | mobile | rsvp ) [ LINE:rest ]", Manner: ListSwitch},
	{Grammar: "crypto ipsec ( client ezvpn | df-bit | fragmentation ) LINE:rest"},
	{Grammar: "crypto map WORD:name redundancy LINE:rest", Withholds: true},
	{Grammar: "crypto engine LINE:rest"},
	{Grammar: "negotiation auto", Manner: Switch},
	{Grammar: "( full-duplex | half-duplex )"},
	{Grammar: "( duplex | speed ) LINE:rest"},
	{Grammar: "( media-type | carrier-delay | hold-queue | tx-ring-limit | max-reserved-bandwidth | transmit-interface | mac-address | loopback | invert | ignore-dcd | nrzi-encoding | crc | framing | linecode | physical-layer | cable | pulse-time | timeslot | clock source | dce-terminal-timing-enable | restart-delay | scramble | keymap | transmitter-delay | down-when-looped | tx-queue-limit | transmit-buffers | buffers ) [ LINE:rest ]"},
	{Grammar: "( mop | snmp | cdp | lldp | spanning-tree | switchport | standby | vrrp | glbp | bridge-group | fair-queue | random-detect | service-policy | qos | mpls | tag-switching | isis | clns | dialer | dialer-group | ppp | pppoe | pppoe-client | peer | backup | bfd | priority-group | custom-queue-list | rate-limit | traffic-shape | weighting | ntp | arp ( arpa | frame-relay | snap | probe ) | async | group-range | autodetect | compress | dot1x | dot1q | dot11 | dsl | dxi | eou | ethernet | flowcontrol | frame-relay | h323-gateway | hssi | ipx | isdn | lacp | lan-name | lapb | lat | link | llc2 | load-balance | logging ( event | discriminator ) | macro | map-group | mls | mac ( access-group | address-table ) | mdix | multilink-group | multilink | netbios | nmsp | ospfv3 | pagp | power | private-vlan | port-channel | precedence | pvc-bundle | rts | sdllc | serial | smds | snapshot | srr-queue | storm-control | tcam | trust | tunnel | udld | vpdn | vlan-range | vlan-id | wrr-queue | x25 | xconnect | zone-member | station-role | encryption | bundle-enable | broadcast-key | l2protocol-tunnel | cts | atm | oam-pvc | protocol | ubr | vbr-nrt | auto | transport | channelized | authentication | mab | access-session | device-tracking | macsec | ima | platform | plim | performance | nat64 | mvr | rmon | rep | shape | priority-queue | queue-limit | wlan | dampening | nrm ) [ LINE:rest ]", Manner: ListSwitch},
}

// KeptInterfaceLines are those of interfaces that are kept, where they replace
// one another as on an interface that is built.
var KeptInterfaceLines = []Row{
	{Grammar: "description LINE:text"},
	{Grammar: "shutdown"},
	{Grammar: "ip address A.B.C.D:host A.B.C.D:mask"},
	{Grammar: "ip address A.B.C.D:host A.B.C.D:mask secondary", Manner: List},
	{Grammar: "ip ( mtu | redirects | unreachables | proxy-arp | directed-broadcast ) [ LINE:rest ]", Manner: Switch},
	{Grammar: "ip route-cache [ cef ]", Manner: ListSwitch},
	{Grammar: "ip access-group LINE:rest", Manner: List},
	{Grammar: "ip nat ( inside | outside )"},
	{Grammar: "crypto map WORD:name"},
	{Grammar: "( mtu | bandwidth | delay | load-interval | arp timeout | clock rate ) LINE:rest"},
	{Grammar: "keepalive [ LINE:rest ]", Manner: Switch},
	{Grammar: "tunnel ( source | destination | mode | key | vrf | checksum | sequence-datagrams | bandwidth | path-mtu-discovery | ttl | tos | flow | protection | rbscp | udlr | route-via | entropy | cdp | mpls ) [ LINE:rest ]"},
}

// MapLines are the commands of a crypto map entry that are kept.
var MapLines = []Row{
	{Grammar: "reverse-route [ LINE:rest ]"},
	{Grammar: "qos pre-classify"},
	{Grammar: "set nat demux"},
	{Grammar: "set reverse-route LINE:rest"},
	{Grammar: "set security-association ( replay | dummy | ecn | level ) LINE:rest"},
	{Grammar: "set ( isakmp-profile | ikev2-profile | identity | group | session-key | mixed-mode | security-policy ) [ LINE:rest ]", Withholds: true, Manner: List},
	{Grammar: "set pfs LATERGROUP:group", Withholds: true},
	{Grammar: "set peer WORD:name [ ( dynamic | default ) ]", Withholds: true, Manner: List},
	{Grammar: "match ( identity | fvrf | certificate ) [ LINE:rest ]", Withholds: true},
	{Grammar: "match address ipv6 WORD:name", Withholds: true},
}

// RouteMapLines are the commands of an entry of a route-map that are kept. What is
// for routing protocols alone changes no packet; a match, or another way, that is not
// built would leave the entry doing more than it says.
var RouteMapLines = []Row{
	{Grammar: "match ( as-path | clns | community | extcommunity | ipv6 | local-preference | mdt-group | metric | mpls-label | nlri | policy-list | route-type | source-protocol | tag | track | security-group | additional-paths | rpki ) [ LINE:rest ]", Withholds: true, Manner: List},
	{Grammar: "match ip ( route-source | flowspec | multicast | redistribution-source ) LINE:rest", Withholds: true, Manner: List},
	{Grammar: "set ip next-hop ( verify-availability | recursive | peer-address | self | unchanged | dynamic | encapsulate ) [ LINE:rest ]", Withholds: true, Manner: List},
	{Grammar: "set ip default next-hop verify-availability [ LINE:rest ]", Withholds: true, Manner: List},
	{Grammar: "set ip ( vrf | global | default vrf | default global ) LINE:rest", Withholds: true, Manner: List},
	{Grammar: "set ( vrf | global ) LINE:rest", Withholds: true},
	{Grammar: "set ip ( address | qos-group ) LINE:rest"},
	{Grammar: "set ( as-path | extcommunity | comm-list | extcomm-list ) LINE:rest", Manner: List},
	{Grammar: "set ( aigp-metric | automatic-tag | clns | community | dampening | ipv6 | level | local-preference | metric | metric-type | mpls-label | nlri | origin | qos-group | tag | traffic-index | weight ) [ LINE:rest ]"},
	{Grammar: "continue [ <1-65535>:sequence ]"},
}

// PolicyLines are the commands of an ISAKMP policy that are kept.
var PolicyLines = []Row{
	{Grammar: "group <19-24>:number", Withholds: true},
	{Grammar: "authentication ecdsa-sig", Withholds: true},
}

// TransformLines are the commands of a transform set that are kept.
var TransformLines = []Row{
	{Grammar: "mode transport [ require ]", Withholds: true},
}

// LineLines are the commands of a console or vty that are kept.
var LineLines = []Row{
	{Grammar: "login authentication WORD:list"},
	{Grammar: "login tacacs"},
	{Grammar: "authorization LINE:rest", Manner: List},
	{Grammar: "accounting LINE:rest", Manner: List},
	{Grammar: "access-class LINE:rest", Manner: List},
	{Grammar: "ipv6 access-class LINE:rest", Manner: List},
	{Grammar: "transport ( preferred | output ) LINE:rest"},
	{Grammar: "transport input LINE:rest"},
	{Grammar: "exec", Manner: Switch},
	{Grammar: "exec ( prompt | banner | character-bits ) [ LINE:rest ]", Manner: List},
	{Grammar: "( activation-character | absolute-timeout | autobaud | autocommand | autohangup | autoselect | data-character-bits | databits | default-value | disconnect-character | dispatch-character | domain-lookup | editing | escape-character | exec-character-bits | flowcontrol | flush-at-activation | full-help | hangup-character | hold-character | international | ip netmask-format | location | lockable | logout-warning | media-type | modem | monitor | motd-banner | exec-banner | notify | padding | parity | prompt | rotary | rxspeed | script | session-disconnect-warning | session-limit | session-timeout | special-character-bits | speed | start-character | stop-character | stopbits | telnet | terminal-queue | terminal-type | timeout | txspeed | x25 | usb-inactivity-timeout | callback | insecure | private ) [ LINE:rest ]", Manner: ListSwitch},
	{Grammar: "history", Manner: Switch},
	{Grammar: "vacant-message"},
}
