package ios

import "testing"

// typedLines are what people type, and the whole of it.
var typedLines = []struct{ mode, typed, whole string }{
	{modeExec, "en", "enable"},
	{modeExec, "conf t", "configure terminal"},
	{modeExec, "conf ter", "configure terminal"},
	{modeExec, "config t", "configure terminal"},
	{modeExec, "wr", "write"},
	{modeExec, "wr mem", "write memory"},
	{modeExec, "wri t", "write terminal"},
	{modeExec, "copy run start", "copy running-config startup-config"},
	{modeExec, "cop r s", "copy running-config startup-config"},
	{modeExec, "wr er", "write erase"},
	{modeExec, "erase start", "erase startup-config"},
	{modeExec, "rel", "reload"},
	{modeExec, "ex", "exit"},
	{modeExec, "term len 0", "terminal length 0"},
	{modeExec, "ter mon", "terminal monitor"},
	{modeExec, "sh run", "show running-config"},
	{modeExec, "sh ru", "show running-config"},
	{modeExec, "SHOW RUN", "show running-config"},
	{modeExec, "sh run | sec crypto", "show running-config | section crypto"},
	{modeExec, "sh run | i ip route", "show running-config | include ip route"},
	{modeExec, "sh run | inc access-list", "show running-config | include access-list"},
	{modeExec, "sh run | b line", "show running-config | begin line"},
	{modeExec, "sh run | e !", "show running-config | exclude !"},
	{modeExec, "sh run int fa0/0", "show running-config interface fa0/0"},
	{modeExec, "sh start", "show startup-config"},
	{modeExec, "sh ver", "show version"},
	{modeExec, "sh ip int br", "show ip interface brief"},
	{modeExec, "sh ip int brief", "show ip interface brief"},
	{modeExec, "sho ip interface b", "show ip interface brief"},
	{modeExec, "sh ip int fa0/0", "show ip interface fa0/0"},
	{modeExec, "sh int", "show interfaces"},
	{modeExec, "sh int f0/0", "show interfaces f0/0"},
	{modeExec, "sh int fastethernet 0/0", "show interfaces fastethernet 0/0"},
	{modeExec, "sh ip ro", "show ip route"},
	{modeExec, "sh ip route 20.1.1.1", "show ip route 20.1.1.1"},
	{modeExec, "sh arp", "show arp"},
	{modeExec, "sh ip arp", "show ip arp"},
	{modeExec, "sh access-l", "show access-lists"},
	{modeExec, "sh ip access-list", "show ip access-lists"},
	{modeExec, "sh ip access 101", "show ip access-lists 101"},
	{modeExec, "sh clo", "show clock"},
	{modeExec, "sh log", "show logging"},
	{modeExec, "sh hist", "show history"},
	{modeExec, "sh deb", "show debugging"},
	{modeExec, "sh users", "show users"},
	{modeExec, "sh priv", "show privilege"},
	{modeExec, "sh cry isa sa", "show crypto isakmp sa"},
	{modeExec, "sh crypto isakmp sa det", "show crypto isakmp sa detail"},
	{modeExec, "sh cry isa pol", "show crypto isakmp policy"},
	{modeExec, "sh cry isa key", "show crypto isakmp key"},
	{modeExec, "sh cry ips sa", "show crypto ipsec sa"},
	{modeExec, "sh cry ips trans", "show crypto ipsec transform-set"},
	{modeExec, "sh cry map", "show crypto map"},
	{modeExec, "sh cry ses", "show crypto session"},
	{modeExec, "sh cry eng con act", "show crypto engine connections active"},
	{modeExec, "deb cry isa", "debug crypto isakmp"},
	{modeExec, "deb crypto ips", "debug crypto ipsec"},
	{modeExec, "no deb all", "no debug all"},
	{modeExec, "u all", "undebug all"},
	{modeExec, "un all", "undebug all"},
	{modeExec, "undeb al", "undebug all"},
	{modeExec, "clear cry sa", "clear crypto sa"},
	{modeExec, "cle cry isa", "clear crypto isakmp"},
	{modeExec, "clear arp", "clear arp-cache"},
	{modeExec, "cle cou", "clear counters"},
	{modeExec, "clear log", "clear logging"},
	{modeExec, "clear access-list cou 101", "clear access-list counters 101"},
	{modeExec, "pi 20.1.1.1 so lo0", "ping 20.1.1.1 source lo0"},
	{modeExec, "ping 20.1.1.1 sou 10.1.1.1 rep 100 si 1400 df", "ping 20.1.1.1 source 10.1.1.1 repeat 100 size 1400 df-bit"},
	{modeExec, "ping 20.1.1.1 source loopback 0", "ping 20.1.1.1 source loopback 0"},
	{modeExec, "trace 20.1.1.1", "traceroute 20.1.1.1"},
	{modeExec, "tr 20.1.1.1 so lo0", "traceroute 20.1.1.1 source lo0"},

	{modeConfig, "do wr", "do write"},
	{modeConfig, "router os 1", "router ospf 1"},
	{modeConfig, "int tun 0", "interface tun 0"},
	{modeConfig, "cry dyn D 5", "crypto dynamic-map D 5"},
	{modeInterface, "ip nat ins", "ip nat inside"},
	{modeConfig, "do sh run", "do show running-config"},
	{modeConfig, "do sh ip int br", "do show ip interface brief"},
	{modeConfig, "ho R1", "hostname R1"},
	{modeConfig, "host R1", "hostname R1"},
	{modeConfig, "no ip domain lo", "no ip domain lookup"},
	{modeConfig, "no ip domain-l", "no ip domain-lookup"},
	{modeConfig, "ena sec cisco", "enable secret cisco"},
	{modeConfig, "serv pass", "service password-encryption"},
	{modeConfig, "user admin priv 15 sec cisco", "username admin privilege 15 secret cisco"},
	{modeConfig, "ban motd #hello#", "banner motd #hello#"},
	{modeConfig, "int fa0/0", "interface fa0/0"},
	{modeConfig, "int f0/0", "interface f0/0"},
	{modeConfig, "int fastEthernet 0/0", "interface fastEthernet 0/0"},
	{modeConfig, "int lo0", "interface lo0"},
	{modeConfig, "int loop 0", "interface loop 0"},
	{modeConfig, "no int lo0", "no interface lo0"},
	{modeConfig, "def int fa0/0", "default interface fa0/0"},
	{modeConfig, "ip route 0.0.0.0 0.0.0.0 12.12.12.2", "ip route 0.0.0.0 0.0.0.0 12.12.12.2"},
	{modeConfig, "access-l 101 per ip an an", "access-list 101 permit ip an an"},
	{modeConfig, "ip access-list ext VPN", "ip access-list extended VPN"},
	{modeConfig, "ip access sta 10", "ip access-list standard 10"},
	{modeConfig, "cry isa pol 10", "crypto isakmp policy 10"},
	{modeConfig, "crypto isa key cisco add 23.23.23.3", "crypto isakmp key cisco address 23.23.23.3"},
	{modeConfig, "cry ips tr TS esp-3des esp-sha-hmac", "crypto ipsec transform-set TS esp-3des esp-sha-hmac"},
	{modeConfig, "cry ips tr TS esp-n esp-sha", "crypto ipsec transform-set TS esp-null esp-sha-hmac"},
	{modeConfig, "cry ips tr TS esp-s esp-3", "crypto ipsec transform-set TS esp-sha-hmac esp-3des"},
	{modeConfig, "cry ips tr TS esp-sha5 esp-3", "crypto ipsec transform-set TS esp-sha512-hmac esp-3des"},
	{modeConfig, "cry map CMAP 10 ipsec-i", "crypto map CMAP 10 ipsec-isakmp"},
	{modeConfig, "cry ips sec life sec 120", "crypto ipsec security-association lifetime seconds 120"},
	{modeConfig, "li con 0", "line console 0"},
	{modeConfig, "line v 0 4", "line vty 0 4"},
	{modeConfig, "log buf 65536", "logging buffered 65536"},
	{modeConfig, "no logg con", "no logging console"},
	{modeConfig, "serv time deb date ms", "service timestamps debug datetime msec"},
	{modeInterface, "ip add 12.12.12.1 255.255.255.0", "ip address 12.12.12.1 255.255.255.0"},
	{modeInterface, "no ip add", "no ip address"},
	{modeInterface, "no sh", "no shutdown"},
	{modeInterface, "no shut", "no shutdown"},
	{modeInterface, "shut", "shutdown"},
	{modeInterface, "desc to R2", "description to R2"},
	{modeInterface, "cry map CMAP", "crypto map CMAP"},
	{modeInterface, "ip access-g 101 in", "ip access-group 101 in"},
	{modeInterface, "ip acc VPN o", "ip access-group VPN out"},
	{modeInterface, "int lo0", "interface lo0"},
	{modeInterface, "do sh ip int br", "do show ip interface brief"},
	{modeInterface, "ex", "exit"},
	{modeLine, "logg syn", "logging synchronous"},
	{modeLine, "exec-t 0 0", "exec-timeout 0 0"},
	{modeLine, "pass cisco", "password cisco"},
	{modeLine, "login l", "login local"},
	{modeLine, "transport in ssh", "transport input ssh"},
	{modeLine, "priv lev 15", "privilege level 15"},
	{modeISAKMP, "auth pre", "authentication pre-share"},
	{modeISAKMP, "enc aes 256", "encryption aes 256"},
	{modeISAKMP, "encr 3des", "encryption 3des"},
	{modeISAKMP, "ha md5", "hash md5"},
	{modeISAKMP, "ha s", "hash sha"},
	{modeISAKMP, "hash sha2", "hash sha256"},
	{modeISAKMP, "gr 1", "group 1"},
	{modeISAKMP, "group 15", "group 15"},
	{modeISAKMP, "gr 2", "group 2"},
	{modeISAKMP, "life 3600", "lifetime 3600"},
	{modeCryptoMap, "set pe 23.23.23.3", "set peer 23.23.23.3"},
	{modeCryptoMap, "set tr TS", "set transform-set TS"},
	{modeCryptoMap, "set pfs group2", "set pfs group2"},
	{modeCryptoMap, "ma add 101", "match address 101"},
	{modeStandardList, "per 10.1.1.0 0.0.0.255", "permit 10.1.1.0 0.0.0.255"},
	{modeExtendedList, "perm ip any any", "permit ip any any"},
	{modeExtendedList, "den ip any any log", "deny ip any any log"},
	{modeExtendedList, "no 10", "no 10"},
}

// What is too short on IOS is too short here.
var tooShort = []struct{ mode, typed string }{
	{modeExec, "undeb a"},    // all, arp
	{modeExec, "cl cry isa"}, // clear, clock
	{modeExec, "c"},          // clear, clock, configure, copy
	{modeExec, "sh i"},       // interfaces, ip
	{modeExec, "d"},          // debug, disable
	{modeConfig, "en"},       // enable, end
	{modeConfig, "ip ro 0.0.0.0 0.0.0.0 12.12.12.2"}, // route, routing
	{modeExtendedList, "de ip any any"},              // default, deny
	{modeISAKMP, "h sha x"},
}

func TestAmbiguousAsOnIOS(t *testing.T) {
	n := loneRouter(t, "")
	for _, test := range tooShort {
		want := "% Ambiguous command:  \"" + test.typed + "\""
		if got, err := n.grammar.Resolve(test.mode, test.typed, n.Router, 15); err == nil || err.Error() != want {
			t.Errorf("%s in %s: %s, %v", test.typed, test.mode, got, err)
		}
	}
}

func TestWhatPeopleType(t *testing.T) {
	n := loneRouter(t, "interface Loopback0\n")
	for _, test := range typedLines {
		got, err := n.grammar.Resolve(test.mode, test.typed, n.Router, 15)
		if err != nil {
			got = err.Error()
		}
		if got != test.whole {
			t.Errorf("%s in %s: %s, want %s", test.typed, test.mode, got, test.whole)
		}
	}
}
