package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"
)

const scaleRouters = 200

// scale starts 200 routers in a ring, each with a LAN and a crypto map.
func scale() error {
	var text strings.Builder
	configs := map[string]string{}
	text.WriteString("name: ring\ntopology:\n  defaults: {kind: cisco_iol}\n  nodes:\n")
	for i := range scaleRouters {
		name := fmt.Sprintf("R%d", i+1)
		fmt.Fprintf(&text, "    %s: {startup-config: %s.cfg}\n", name, name)
		configs[name+".cfg"] = ringConfig(i)
	}
	text.WriteString("  links:\n")
	for i := range scaleRouters {
		fmt.Fprintf(&text, "    - endpoints: [\"R%d:FastEthernet0/1\", \"R%d:FastEthernet0/0\"]\n", i+1, (i+1)%scaleRouters+1)
	}
	began := time.Now()
	file, err := parse(text.String(), configs)
	if err != nil {
		return err
	}
	b, err := newBench(file)
	if err != nil {
		return err
	}
	defer b.Close()
	took := time.Since(began)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("%d routers: started in %.2f s, %d MB from the system, %d MB in use\n",
		scaleRouters, took.Seconds(), m.Sys>>20, m.HeapInuse>>20)

	// The neighbours are there: the first ping asks for the address, the next is whole.
	if _, err := b.typed("R1", "ping 10.0.1.2"); err != nil {
		return err
	}
	out, err := b.typed("R1", "ping 10.0.1.2")
	if err != nil {
		return err
	}
	if !strings.Contains(out, "100 percent") {
		return fmt.Errorf("R1 does not reach R2:\n%s", out)
	}
	return nil
}

// ringConfig is the configuration of router i of the ring. Link i joins it
// to the next one.
func ringConfig(i int) string {
	previous := (i + scaleRouters - 1) % scaleRouters
	return fmt.Sprintf(`hostname R%[1]d
crypto isakmp policy 10
 authentication pre-share
crypto isakmp key cisco address 0.0.0.0 0.0.0.0
crypto ipsec transform-set TS esp-des esp-md5-hmac
crypto map VPN 10 ipsec-isakmp
 set peer 10.0.%[2]d.2
 set transform-set TS
 match address 101
interface Loopback0
 ip address 172.16.%[2]d.1 255.255.255.0
interface FastEthernet0/0
 ip address 10.0.%[3]d.2 255.255.255.0
interface FastEthernet0/1
 ip address 10.0.%[2]d.1 255.255.255.0
 crypto map VPN
ip route 0.0.0.0 0.0.0.0 10.0.%[2]d.2
access-list 101 permit ip 172.16.%[2]d.0 0.0.0.255 192.168.0.0 0.0.255.255
end
`, i+1, i+1, previous+1)
}
