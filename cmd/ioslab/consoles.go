package main

import (
	"fmt"
	"io"

	"github.com/ioslab/ioslab/labs/console"
	"github.com/ioslab/ioslab/labs/telnet"
)

const telnetHelp = "consoles by telnet, the first router's on this `address:port`, the next on the port after it; no password is asked but the routers' own"

// openTelnet takes the ports for the consoles: the routers' in the order of the file,
// then the hosts'. Without an address there is none, and no server.
func (t *terminal) openTelnet(address string) (*telnet.Server, error) {
	if address == "" {
		return nil, nil
	}
	return telnet.Listen(address, t.ports())
}

// ports are the consoles in the order of their ports.
func (t *terminal) ports() []*console.Line {
	var routers, hosts []*console.Line
	for _, v := range t.views {
		if v.node.IsRouter() {
			routers = append(routers, v.line)
		} else {
			hosts = append(hosts, v.line)
		}
	}
	return append(routers, hosts...)
}

// listPorts prints how to reach each console.
func (t *terminal) listPorts(out io.Writer, s *telnet.Server) {
	for i, line := range t.ports() {
		a := s.Address(i)
		host := a.IP.String()
		if a.IP.IsUnspecified() {
			host = "localhost" // one way of many
		}
		fmt.Fprintf(out, "%s: telnet %s %d\n", line.Name, host, a.Port)
	}
}
