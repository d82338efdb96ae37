package ios

import "github.com/ioslab/ioslab/cli"

// prefixes is the help of the words that several commands begin with.
var prefixes = cli.Prefixes{
	modeExec: {
		"clear":                                  "Reset functions",
		"clear crypto":                           "ISAKMP and IPsec",
		"copy":                                   "Copy a configuration",
		"debug":                                  "Debugging functions",
		"debug crypto":                           "Negotiation and IPsec",
		"monitor":                                "Monitor packets",
		"monitor capture":                        "Packet capture",
		"monitor capture buffer":                 "Capture buffer",
		"monitor capture buffer WORD:buffername": "Name of the buffer",
		"monitor capture point":                  "Capture point",
		"monitor capture point ip":               "IPv4",
		"ping":                                   "Send echo messages",
		"show":                                   "Show running system information",
		"show crypto":                            "ISAKMP, IPsec and crypto maps",
		"show crypto ipsec":                      "IPsec",
		"show crypto isakmp":                     "ISAKMP",
		"show ip":                                "IP information",
		"show monitor":                           "Monitor packets",
		"show monitor capture":                   "Packet capture",
		"traceroute":                             "Trace the route to an address",
		"undebug":                                "Disable debugging functions",
		"undebug crypto":                         "Negotiation and IPsec",
		"write":                                  "Save or show the running configuration",
	},
	modeConfig: {
		"access-list":                       "Add an entry to an access list",
		"banner":                            "Text shown at login",
		"crypto":                            "ISAKMP, IPsec and crypto maps",
		"crypto ipsec":                      "IPsec settings",
		"crypto ipsec security-association": "SAs",
		"crypto isakmp":                     "ISAKMP settings",
		"crypto map":                        "Crypto map",
		"crypto map WORD:name":              "Crypto map tag",
		"enable":                            "Passwords of privileged EXEC",
		"interface":                         "Configure an interface",
		"ip":                                "IP of the router",
		"ip access-list":                    "Named access list",
		"ip domain":                         "Names",
		"ip http":                           "Web server",
		"ip prefix-list":                    "A list of prefixes",
		"ip prefix-list WORD:name":          "Name of the list",
		"logging":                           "Log",
		"service":                           "Services of the router",
	},
	modeInterface: interfacePrefixes,
	modeRange:     interfacePrefixes,
	modeRouteMap: {
		"match":             "What the entry is for",
		"match ip":          "IP",
		"match ip address":  "Addresses of packets and routes",
		"match ip next-hop": "The next hop",
		"set":               "What is done to what is permitted",
		"set ip":            "IP",
	},
	modeCryptoMap: {
		"set":                      "Values of this entry",
		"set security-association": "SAs",
	},
}

var interfacePrefixes = map[string]string{"ip": "IP of this interface"}
