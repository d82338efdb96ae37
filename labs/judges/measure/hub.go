package main

import (
	"fmt"
	"strings"
	"time"
)

const spokes = 100

// hub brings up a tunnel from each of 100 spokes at once. An Ethernet switch is
// the internet between them.
func hub() error {
	var text strings.Builder
	configs := map[string]string{"hub.cfg": hubConfig()}
	text.WriteString("name: hub\ntopology:\n  defaults: {kind: cisco_iol}\n  nodes:\n")
	text.WriteString("    hub: {startup-config: hub.cfg}\n    net: {kind: bridge}\n")
	for i := 1; i <= spokes; i++ {
		fmt.Fprintf(&text, "    S%d: {startup-config: S%d.cfg}\n", i, i)
		configs[fmt.Sprintf("S%d.cfg", i)] = spokeConfig(i)
	}
	text.WriteString("  links:\n    - endpoints: [\"hub:FastEthernet0/0\", \"net:hub\"]\n")
	for i := 1; i <= spokes; i++ {
		fmt.Fprintf(&text, "    - endpoints: [\"S%d:FastEthernet0/0\", \"net:S%d\"]\n", i, i)
	}
	file, err := parse(text.String(), configs)
	if err != nil {
		return err
	}
	began := time.Now()
	b, err := newBench(file)
	if err != nil {
		return err
	}
	defer b.Close()
	ping := func(i int) string { return fmt.Sprintf("ping 172.16.0.1 source 172.16.%d.1", i) }
	for i := 1; i <= spokes; i++ {
		b.start(fmt.Sprintf("S%d", i), ping(i))
	}
	b.wait(2 * time.Minute)
	up := 0
	var missing []string
	for i := 1; i <= spokes; i++ {
		name := fmt.Sprintf("S%d", i)
		out, err := b.typed(name, ping(i))
		if err != nil {
			return err
		}
		if strings.Contains(out, "100 percent (5/5)") {
			up++
		} else {
			missing = append(missing, name)
		}
	}
	fmt.Printf("hub: %d of %d tunnels up two minutes (virtual) after all spokes began at once, in %.1f s\n",
		up, spokes, time.Since(began).Seconds())
	if up != spokes {
		return fmt.Errorf("no tunnel from %s", strings.Join(missing, " "))
	}
	return nil
}

// hubConfig has one entry of the crypto map for each spoke.
func hubConfig() string {
	var b strings.Builder
	b.WriteString(`hostname hub
crypto isakmp policy 10
 authentication pre-share
crypto isakmp key cisco address 0.0.0.0 0.0.0.0
crypto ipsec transform-set TS esp-des esp-md5-hmac
`)
	for i := 1; i <= spokes; i++ {
		fmt.Fprintf(&b, "crypto map VPN %d ipsec-isakmp\n set peer 10.0.0.%d\n set transform-set TS\n match address %d\n", i, i+1, 99+i)
	}
	b.WriteString(`interface Loopback0
 ip address 172.16.0.1 255.255.255.0
interface FastEthernet0/0
 ip address 10.0.0.1 255.255.255.0
 crypto map VPN
`)
	for i := 1; i <= spokes; i++ {
		fmt.Fprintf(&b, "ip route 172.16.%d.0 255.255.255.0 10.0.0.%d\n", i, i+1)
	}
	for i := 1; i <= spokes; i++ {
		fmt.Fprintf(&b, "access-list %d permit ip 172.16.0.0 0.0.0.255 172.16.%d.0 0.0.0.255\n", 99+i, i)
	}
	return b.String() + "end\n"
}

func spokeConfig(i int) string {
	return fmt.Sprintf(`hostname S%[1]d
crypto isakmp policy 10
 authentication pre-share
crypto isakmp key cisco address 10.0.0.1
crypto ipsec transform-set TS esp-des esp-md5-hmac
crypto map VPN 10 ipsec-isakmp
 set peer 10.0.0.1
 set transform-set TS
 match address 101
interface Loopback0
 ip address 172.16.%[1]d.1 255.255.255.0
interface FastEthernet0/0
 ip address 10.0.0.%[2]d 255.255.255.0
 crypto map VPN
ip route 172.16.0.0 255.255.255.0 10.0.0.1
access-list 101 permit ip 172.16.%[1]d.0 0.0.0.255 172.16.0.0 0.0.0.255
end
`, i, i+1)
}
