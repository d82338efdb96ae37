// Package debugtext is what IOS says about IKE and the key engine: the lines of
// `debug crypto isakmp` and `debug crypto ipsec` and the syslog messages, one
// table per IOS version. Nothing is decided here; events and small structs
// go in, records come out, each with its trailing blanks, TABs and empty lines.
package debugtext
