package forwarding_test

import (
	"crypto/rand"
	"fmt"
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// stopped is a clock that stands still.
type stopped struct{}

func (stopped) Now() time.Duration                        { return 0 }
func (stopped) After(time.Duration, func()) (stop func()) { return func() {} }

// A router is asked what it would do with two packets that came in on FastEthernet0/0.
func ExampleStack_Ask() {
	s := forwarding.New("R1", forwarding.Env{
		Clock: stopped{}, Spend: func(time.Duration) {}, Rand: rand.Reader, Emit: func(forwarding.Event) {},
	})
	for name, address := range map[string]string{"FastEthernet0/0": "10.1.1.1/24", "FastEthernet0/1": "12.12.12.1/24"} {
		n, _ := forwarding.ParseName(name)
		i := s.AddInterface(n)
		i.SetAddress(netip.MustParsePrefix(address))
		i.SetCarrier(true)
		i.SetShutdown(false)
	}
	in := s.Interfaces()[0]
	for _, dst := range []string{"12.12.12.2", "20.1.1.1"} {
		p := packet.BuildIPv4(packet.IPv4Fields{
			TTL: 64, Protocol: packet.ProtoUDP, Src: netip.MustParseAddr("10.1.1.2"), Dst: netip.MustParseAddr(dst),
		}, make([]byte, 8))
		fmt.Println("to", dst)
		s.Ask(nil, in, p, func(step forwarding.Step) {
			if step.Reason != forwarding.NoReason {
				fmt.Printf("  %v: %v: %v\n", step.Stage, step.Outcome, step.Reason)
			}
		})
	}
	// Output:
	// to 12.12.12.2
	//   deliver: passed: not to this router
	//   forward: passed: may be passed on
	//   route: passed: a route leads there
	//   time to live: passed: the time to live is one less
	//   fragment: passed: fits in one piece
	//   transmit: dropped: the neighbour's hardware address is asked for
	// to 20.1.1.1
	//   deliver: passed: not to this router
	//   forward: passed: may be passed on
	//   route: dropped: no route
}
