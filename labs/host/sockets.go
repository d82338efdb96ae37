package host

import (
	"fmt"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/tcp"
)

const ssOptions = `
	{ -t    "TCP (always so)"
	| -n    "Addresses only (always so)"
	| -a    "Open ports, too"
	| -l    "Open ports alone"
	| -tn   "-t -n"
	| -ta   "-t -a"
	| -tan  "-t -a -n"
	| -ant  "-t -a -n"
	| -tl   "-t -l"
	| -tln  "-t -l -n"
	| -tnl  "-t -l -n"
	| -lnt  "-t -l -n" }`

// socketState is what ss calls a state.
var socketStates = map[tcp.State]string{
	tcp.SynSent: "SYN-SENT", tcp.SynReceived: "SYN-RECV", tcp.Established: "ESTAB", tcp.FinWait1: "FIN-WAIT-1",
	tcp.FinWait2: "FIN-WAIT-2", tcp.CloseWait: "CLOSE-WAIT", tcp.Closing: "CLOSING", tcp.LastAck: "LAST-ACK", tcp.TimeWait: "TIME-WAIT",
}

func (h *Host) showSockets(c *cli.Call) error {
	alone := c.Which("-l", "-tl", "-tln", "-tnl", "-lnt") != ""
	all := alone || c.Which("-a", "-ta", "-tan", "-ant") != ""
	row := func(state string, received, sent any, local, remote string) {
		c.Printf("%-10s %6v %6v %21s %21s\n", state, received, sent, local, remote)
	}
	row("State", "Recv-Q", "Send-Q", "Local Address:Port", "Peer Address:Port")
	if all {
		for _, port := range h.tcp.Listeners() {
			row("LISTEN", 0, 0, fmt.Sprintf("0.0.0.0:%d", port), "0.0.0.0:*")
		}
	}
	if !alone {
		for _, conn := range h.tcp.Conns() {
			row(socketStates[conn.State()], conn.Waiting(), conn.Queued(), conn.Local().String(), conn.Remote().String())
		}
	}
	return nil
}
