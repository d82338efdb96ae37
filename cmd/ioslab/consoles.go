package main

import (
	"fmt"
	"io"

	"github.com/ioslab/ioslab/labs/console"
	"github.com/ioslab/ioslab/labs/telnet"
)

const telnetHelp = "consoles by telnet, the first router's on this `address:port`, the next on the port after it; no password is asked but the routers' own"

// openTelnet takes the ports for the desk's consoles: the routers' in the order of
// the file, then the hosts'. Without an address there is none, and no server.
func (d *desk) openTelnet(address string) (*telnet.Server, error) {
	if address == "" {
		return nil, nil
	}
	return telnet.Listen(address, d.ports())
}

// ports are the consoles in the order of their ports.
func (d *desk) ports() []*console.Line {
	var routers, hosts []*console.Line
	for _, s := range d.consoles {
		if s.node.IsRouter() {
			routers = append(routers, s.line)
		} else {
			hosts = append(hosts, s.line)
		}
	}
	return append(routers, hosts...)
}

// listPorts says how to reach each console.
func (d *desk) listPorts(out io.Writer, s *telnet.Server) {
	for i, line := range d.ports() {
		a := s.Address(i)
		host := a.IP.String()
		if a.IP.IsUnspecified() {
			host = "localhost" // one way of many
		}
		fmt.Fprintf(out, "%s: telnet %s %d\n", line.Name, host, a.Port)
	}
}
