package ios

import "github.com/ioslab/ioslab/cli"

// prefixes is the help of the words that several commands begin with.
var prefixes = cli.Prefixes{
	modeExec: {
		"clear":                                  "Set back, empty or delete",
		"clear crypto":                           "ISAKMP and IPsec",
		"copy":                                   "Copy a configuration",
		"debug":                                  "Show what the router does as it does it",
		"debug crypto":                           "Negotiation and IPsec",
		"monitor":                                "Look at what passes",
		"monitor capture":                        "Copies of packets",
		"monitor capture buffer":                 "Where the copies are kept",
		"monitor capture buffer WORD:buffername": "Name of the buffer",
		"monitor capture point":                  "Where packets are copied",
		"monitor capture point ip":               "IPv4",
		"ping":                                   "See whether somebody answers",
		"show":                                   "Show what there is",
		"show crypto":                            "ISAKMP, IPsec and crypto maps",
		"show crypto ipsec":                      "IPsec",
		"show crypto isakmp":                     "ISAKMP",
		"show ip":                                "IP information",
		"show monitor":                           "Look at what passes",
		"show monitor capture":                   "Copies of packets",
		"traceroute":                             "Find the way to an address",
		"undebug":                                "Stop showing what the router does",
		"undebug crypto":                         "Negotiation and IPsec",
		"write":                                  "Save or show the running configuration",
	},
	modeConfig: {
		"access-list":                       "Write a line of a numbered access list",
		"banner":                            "A text for who comes in",
		"cdp":                               "Discovery of neighbours",
		"crypto":                            "ISAKMP, IPsec and crypto maps",
		"crypto ipsec":                      "How packets are protected",
		"crypto ipsec security-association": "SAs",
		"crypto isakmp":                     "How keys are negotiated",
		"crypto map":                        "What is protected, how, and with whom",
		"crypto map WORD:name":              "Crypto map tag",
		"enable":                            "Passwords of privileged EXEC",
		"ip":                                "IP of the router",
		"ip access-list":                    "Named access list",
		"ip domain":                         "Names",
		"ip http":                           "Web server",
		"logging":                           "The log",
		"service":                           "Switches of the router",
	},
	modeInterface: {
		"ip": "IP of this interface",
	},
	modeCryptoMap: {
		"set":                      "How it is protected",
		"set security-association": "SAs",
	},
}
