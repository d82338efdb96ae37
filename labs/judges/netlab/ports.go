package netlab

import (
	"net"
	"testing"
)

// FreePorts finds UDP ports of this machine that are free. It needs no root.
func FreePorts(t testing.TB, n int) []int {
	t.Helper()
	var list []int
	for range n {
		c, err := net.ListenPacket("udp", ":0")
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close() // when all are known, so that they differ
		list = append(list, c.LocalAddr().(*net.UDPAddr).Port)
	}
	return list
}
