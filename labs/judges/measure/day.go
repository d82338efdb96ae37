package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/library"
	"github.com/ioslab/ioslab/labs/topology"
)

const (
	dayLength = 26 * time.Hour
	dayEvery  = 30 * time.Second
	dayPing   = "ping 20.1.1.1 source 10.1.1.1 repeat 1"
)

// day keeps the tunnel of site-to-site in use for 26 hours.
func day() error {
	file, err := labs.Open(library.Files, "site-to-site", "")
	if err != nil {
		return err
	}
	b, err := newBench(file)
	if err != nil {
		return err
	}
	defer b.Close()
	var seen exchanges
	if _, err := b.Tap(topology.Endpoint{Node: "R1", Interface: "FastEthernet0/0"}, seen.see); err != nil {
		return err
	}
	began := time.Now()
	if _, err := b.typed("R1", dayPing); err != nil {
		return err
	}
	b.wait(time.Minute) // the tunnel comes up
	pings, lost := 0, 0
	end := b.Loop.Now() + dayLength
	for next := b.Loop.Now(); next < end; next += dayEvery {
		b.Loop.RunUntil(next)
		out, err := b.typed("R1", dayPing)
		if err != nil {
			return err
		}
		pings++
		if !strings.Contains(out, "100 percent (1/1)") {
			lost++
		}
	}
	fmt.Printf("a day: %v of virtual time in %.1f s; %d pings, %d lost; phase 1 built %d times, phase 2 %d times\n",
		dayLength, time.Since(began).Seconds(), pings, lost, len(seen.main), len(seen.quick))
	if lost > 0 {
		return fmt.Errorf("%d of %d pings were lost", lost, pings)
	}
	// The first ones, then one a day and one an hour.
	if len(seen.main) != 2 || len(seen.quick) < 26 || len(seen.quick) > 28 {
		return fmt.Errorf("phase 1 was built %d times, want 2; phase 2 %d times, want about 27", len(seen.main), len(seen.quick))
	}
	return nil
}

// exchanges are the IKE exchanges seen on a wire: main modes by their cookie,
// quick modes by cookie and message ID.
type exchanges struct {
	main, quick map[string]bool
}

const (
	portISAKMP   = 500
	ikeHeader    = 28
	exchangeMain = 2
	exchangeQM   = 32
)

func (e *exchanges) see(_ time.Duration, _ bool, frame []byte) {
	eth := packet.Ethernet(frame)
	if !eth.Valid() {
		return
	}
	ip := packet.IPv4(eth.Payload())
	if !ip.Valid() || ip.Protocol() != packet.ProtoUDP {
		return
	}
	udp := packet.UDP(ip.Payload())
	if !udp.Valid() || udp.DstPort() != portISAKMP || len(udp.Payload()) < ikeHeader {
		return
	}
	if e.main == nil {
		e.main, e.quick = map[string]bool{}, map[string]bool{}
	}
	message := udp.Payload() // RFC 2408, section 3.1
	switch message[18] {
	case exchangeMain:
		e.main[string(message[:8])] = true
	case exchangeQM:
		e.quick[string(message[:8])+string(message[20:24])] = true
	}
}
