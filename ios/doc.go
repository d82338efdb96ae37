// Package ios is one router: its configuration, the commands that change and
// show it, its log, and the engines that the configuration drives.
//
// A Router is made of rooms below this one: forwarding moves packets, isakmp
// negotiates, keyengine keeps the IPsec policy and SAs, logging stamps and
// keeps records, cli is the console. This package holds what ties them to the
// command line: one file a feature, with the feature's commands as rows and
// the function that prints its lines of the running configuration.
//
// Everything runs on the lab's event loop; nothing here needs a lock.
package ios
